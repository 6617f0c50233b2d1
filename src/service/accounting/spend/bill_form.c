/* A new bill: by its file, or by hand. */
#include "service/accounting/spend/bill_form.h"

#include "core/identifier.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/spend/spend_form.h"

enum status bill_read_engagement(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                          struct engagement *ret_engagement)
{
    int64_t number = web_int(request, "engagement", 0);
    *ret_engagement = (struct engagement){.party_name = STR(""), .object = STR("")};
    if (number <= 0 || number > UINT32_MAX)
        return OK;
    enum status done = engagement_of_number(ctx, year->budget, year->year, (uint32_t)number, ret_engagement);
    return done == NOT_FOUND ? refuse(ctx, INVALID, "accounting.engagement", T_accounting_engagement_unknown) : done;
}

static enum status add_file(struct spend_view *view, const struct credit_year *year)
{
    struct spend_page_action *action;
    TRY(spend_action(view, "inbound", T_accounting_inbound_title, T_accounting_inbound_go,
                     spend_path(view->ctx, year, "/inbound"), &action));
    action->has_text = true;
    action->text = text_of(view->ctx->language, T_accounting_inbound_text);
    spend_field(view, action, "file", T_accounting_inbound_file, SPEND_FILE, STR(""), true);
    return OK;
}

/* What was written in the form by hand stays; a file is chosen anew. */
static enum status show_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct credit_year *year, const struct faults *faults)
{
    struct spend_view view;
    struct spend_page_action *action;
    struct engagement engagement;
    struct party party = {.id_number = STR("")};
    struct str today = spend_iso(ctx, ctx_today(ctx));
    if (bill_read_engagement(ctx, request, year, &engagement) == INVALID)
        engagement = (struct engagement){.party_name = STR("")};
    if (engagement.party != 0)
        TRY(party_get(ctx, engagement.party, &party));
    TRY(spend_begin(&view, ctx, request, year, SPEND_BILLS, text_of(ctx->language, T_accounting_bill_new)));
    TRY(spend_trouble(&view, faults));
    TRY(add_file(&view, year));
    TRY(spend_action(&view, "bill", T_accounting_bill_title, T_accounting_bill_go, spend_path(ctx, year, "/bill"),
                     &action));
    TRY(spend_field_party(&view, action,
                          engagement.party == 0 ? STR("")
                                                : spend_party_words(ctx, party.id, party.name, party.id_number),
                          true));
    spend_field(&view, action, "number", T_accounting_bill_number, SPEND_WORDS, STR(""), true);
    spend_field(&view, action, "issued", T_accounting_bill_issued, SPEND_DATE, today, true);
    spend_field(&view, action, "received", T_accounting_received, SPEND_DATE, today, true);
    spend_field(&view, action, "net", T_accounting_amount_net, SPEND_MONEY, STR(""), true);
    spend_field(&view, action, "tax", T_accounting_amount_tax, SPEND_MONEY, STR("0"), true);
    spend_field(&view, action, "engagement", T_accounting_engagement_number, SPEND_WORDS,
                engagement.number > 0 ? spend_number(ctx, engagement.number) : STR(""), false);
    spend_field(&view, action, "iban", T_accounting_bill_iban, SPEND_WORDS, STR(""), false);
    return spend_end(&view, response);
}

enum status bill_new_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_ORDER | RIGHT_ENGAGE));
    TRY(spend_read_year(ctx, request, &year));
    return show_form(ctx, request, response, &year, NULL);
}

static enum status read_form(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                             struct bill *bill)
{
    struct engagement engagement;
    *bill = (struct bill){.budget = year->budget, .form = STR(""), .asked = STR(""), .service = STR(""),
                          .origin = STR(""), .file_name = STR(""), .file = STR("")};
    TRY(spend_read_party(ctx, request, &bill->party));
    if (bill->party == 0)
        return refuse(ctx, INVALID, "accounting.party", T_accounting_party_unknown);
    TRY(spend_read_day(ctx, request, "issued", &bill->issued));
    TRY(spend_read_day(ctx, request, "received", &bill->received));
    TRY(spend_read_money(ctx, request, "net", &bill->net));
    TRY(spend_read_money(ctx, request, "tax", &bill->tax));
    TRY(bill_read_engagement(ctx, request, year, &engagement));
    bill->engagement = engagement.sequence;
    bill->number = str_trim(web_text(request, "number"));
    bill->iban = identifier_plain(ctx->arena, str_trim(web_text(request, "iban")));
    bill->gross = bill->net;
    return money_add(&bill->gross, bill->tax) == OK
               ? OK
               : refuse(ctx, INVALID, "accounting.amount", T_accounting_amount_wrong);
}

enum status bill_new_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct bill bill;
    int64_t id = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER | RIGHT_ENGAGE));
    TRY(spend_read_year(ctx, request, &year));
    enum status done = read_form(ctx, request, &year, &bill);
    if (done == OK)
        done = bill_add(ctx, &bill, faults, &id);
    if (done == INVALID)
        return show_form(ctx, request, response, &year, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/bills/%lld?saved=1", (long long)id);
}

enum status bill_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                      const struct credit_year *year, const struct faults *faults)
{
    return show_form(ctx, request, response, year, faults);
}
