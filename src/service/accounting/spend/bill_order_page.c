/* A bill ordered: service done attested for it where that lacks, and its mandat, line by line. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/spend/bill_view.h"
#include "service/accounting/spend/piece.h"
#include "service/accounting/spend/spend_nature.h"
#include "service/accounting/spend/spend_parts.h"

/* ---- forms ---- */

/* What is left of the bill's charge on what is left of the engagement's lines: on the only one, or on several as far as
 * each goes, what is above on the last. */
static enum status parts_for(struct ctx *ctx, const struct bill *bill, struct imputation **ret_lines,
                             struct money **ret_parts, size_t *ret_count)
{
    struct credit_year year;
    TRY(bill_year(ctx, bill, &year));
    TRY(spend_left(ctx, bill->engagement, ret_lines, ret_parts, ret_count));
    spend_in_order(*ret_parts, *ret_count, bill_charge_left(bill, year.recovers_tax));
    return OK;
}

/* Where not enough is said to be done for it yet, that is said here, and one page less is opened. */
enum status bill_attest_form(struct spend_view *view, const struct bill *bill)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct engagement engagement;
    TRY(engagement_get(ctx, bill->engagement, &engagement));
    int64_t ordered = engagement.amount.cents - engagement.remains.cents;
    struct credit_year year;
    TRY(bill_year(ctx, bill, &year));
    int64_t lacks = ordered + bill_charge_left(bill, year.recovers_tax).cents - engagement.attested.cents;
    if (lacks <= 0 || engagement.attested.cents + lacks > engagement.amount.cents)
        return OK;
    TRY(spend_action(view, "attest", T_accounting_attest, T_accounting_attest_go,
                     bill_path(ctx, bill->id, "/attest"), &action));
    spend_field(view, action, "day", T_accounting_attest_day, SPEND_DATE, spend_iso(ctx, bill->issued), true);
    spend_field(view, action, "amount", T_accounting_attest_amount, SPEND_MONEY,
                page_money(ctx, (struct money){lacks}), true);
    spend_field(view, action, "note", T_accounting_note, SPEND_WIDE, STR(""), false);
    return OK;
}

/* A mandat for what is left of it or a part of that, on the one line of its engagement or on each as it is said. */
enum status bill_order_form(struct spend_view *view, const struct bill *bill)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    TRY(spend_action(view, "order", T_accounting_order, T_accounting_order_go, bill_path(ctx, bill->id, "/order"),
                     &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_order_text);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    struct engagement engagement;
    TRY(engagement_get(ctx, bill->engagement, &engagement));
    spend_field(view, action, "object", T_accounting_object, SPEND_WIDE, engagement.object, true);
    struct imputation *lines;
    struct money *parts;
    size_t count;
    TRY(parts_for(ctx, bill, &lines, &parts, &count));
    if (count > 1)
        spend_fields_parts(view, action, lines, parts, count);
    else if (count == 1)
        spend_field(view, action, "amount", T_accounting_bill_part, SPEND_MONEY, page_money(ctx, parts[0]), true);
    return spend_field_nature(view, action);
}

/* ---- what they do ---- */

static enum status attest(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                          struct faults *faults)
{
    struct engagement engagement;
    struct attest attest = {.bill = bill->id, .note = str_trim(web_text(request, "note"))};
    TRY(spend_read_day(ctx, request, "day", &attest.day));
    TRY(spend_read_money(ctx, request, "amount", &attest.amount));
    TRY(engagement_get(ctx, bill->engagement, &engagement));
    return engagement_attest(ctx, &engagement, &attest, faults);
}

enum status bill_attest_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return bill_act(ctx, request, response, attest);
}

/* As it was written in the form, or as it is proposed. */
static enum status read_parts(struct ctx *ctx, const struct web_request *request, size_t count, struct money **parts)
{
    struct money *written;
    if (count == 1 && web_has(request, "amount"))
        return spend_read_money(ctx, request, "amount", &(*parts)[0]);
    enum status done = count > 1 ? spend_read_parts(ctx, request, count, &written) : NOT_FOUND;
    if (done == OK)
        *parts = written;
    return done == NOT_FOUND ? OK : done;
}

/* The tax of a part, where it is recovered: its share of what is left, and all of that with the last. */
static enum status share_tax(const struct bill *bill, struct imputation *lines, size_t count)
{
    struct money left = bill_tax_left(bill), tax = {0};
    struct money net = bill_charge_left(bill, true), part = credit_charge(lines, count);
    if (net.cents > 0 && part.cents <= net.cents)
        TRY(money_share(left, part.cents, net.cents, &tax));
    return credit_share_tax(lines, count, tax);
}

static enum status lines_for(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                             bool recovers_tax, struct imputation **ret_lines, size_t *ret_count)
{
    struct imputation *lines;
    struct money *parts;
    size_t count, kept = 0;
    TRY(parts_for(ctx, bill, &lines, &parts, &count));
    TRY(read_parts(ctx, request, count, &parts));
    for (size_t i = 0; i < count; i++) {
        if (parts[i].cents == 0)
            continue;
        lines[kept] = lines[i];
        lines[kept].tax = (struct money){0};
        lines[kept++].net = parts[i];
    }
    *ret_lines = lines;
    *ret_count = kept;
    return recovers_tax ? share_tax(bill, lines, kept) : OK;
}

static enum status order(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                         struct faults *faults, uint64_t *ret_sequence)
{
    struct credit_year year;
    unsigned char id[ENTRY_ID_BYTES];
    struct piece_order order = {.year = &year, .kind = CHART_REAL, .party = bill->party, .bill = bill->id,
                                .engagement = bill->engagement, .object = str_trim(web_text(request, "object")),
                                .nature = STR(""), .type = STR("")};
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &order.day));
    TRY(spend_read_nature(request, faults, &order.nature));
    TRY(bill_year(ctx, bill, &year));
    TRY(lines_for(ctx, request, bill, year.recovers_tax, &order.lines, &order.line_count));
    return piece_order(ctx, &order, id, faults, ret_sequence);
}

enum status bill_order_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct bill bill;
    uint64_t sequence = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(bill_asked(ctx, request, &bill));
    enum status done = order(ctx, request, &bill, faults, &sequence);
    if (spend_is_refused(done, faults))
        return bill_page(ctx, request, response, &bill, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)sequence);
}
