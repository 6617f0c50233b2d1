/* The accountant's list of money that moved before its piece. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/suspense_view.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"

static enum status add_list(struct spend_view *view, const struct credit_year *year, bool is_receipt, bool is_open)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct suspense *all;
    size_t count;
    TRY(suspense_list(ctx, year, is_receipt, is_open, &all, &count));
    TRY(spend_table(view, is_open ? "open" : "all", is_open ? T_accounting_suspense_open : T_accounting_suspense_all,
                    is_open ? T_accounting_suspense_none_open : T_accounting_suspense_none, count, &table));
    spend_head(view, table, T_accounting_number, SPEND_TEXT);
    spend_head(view, table, T_accounting_day, SPEND_OPTIONAL);
    spend_head(view, table, is_receipt ? T_accounting_payer : T_accounting_paid_to, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_object, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    spend_head(view, table, T_accounting_suspense_left, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row =
            spend_row(view, table, spend_number(ctx, (uint64_t)all[i].number), suspense_path(ctx, all[i].id, ""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, all[i].day), SPEND_OPTIONAL);
        spend_narrow(row, all[i].payer);
        spend_cell(row, all[i].payer, SPEND_OPTIONAL);
        spend_cell(row, all[i].label, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, all[i].amount), SPEND_NUMBER);
        spend_cell(row, page_money(ctx, suspense_left(&all[i])), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_forms(struct spend_view *view, const struct credit_year *year, bool is_receipt)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    TRY(spend_action(view, "list", T_accounting_suspense_list, T_accounting_suspense_list_go,
                     suspense_list_path(ctx, year, is_receipt, "/list"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_suspense_list_text);
    spend_field(view, action, "file", T_accounting_batch_file, SPEND_FILE, STR(""), true);
    TRY(spend_action(view, "one", T_accounting_suspense_new, T_accounting_suspense_go,
                     suspense_list_path(ctx, year, is_receipt, ""), &action));
    spend_field(view, action, "number", T_accounting_suspense_number, SPEND_WORDS, STR(""), true);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    spend_field(view, action, "amount", T_accounting_amount, SPEND_MONEY, STR(""), true);
    spend_field(view, action, "payer", is_receipt ? T_accounting_payer : T_accounting_paid_to, SPEND_WIDE, STR(""),
                true);
    spend_field(view, action, "label", T_accounting_object, SPEND_WIDE, STR(""), false);
    spend_field(view, action, "third", T_accounting_third_account, SPEND_WORDS, STR(""), false);
    return OK;
}

static enum status show_list(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct credit_year *year, bool is_receipt, const struct faults *faults)
{
    struct spend_view view;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    TRY(spend_begin(&view, ctx, request, year, is_receipt ? SPEND_TITLES : SPEND_ORDERS,
                    text_of(ctx->language, is_receipt ? T_accounting_suspense_received : T_accounting_suspense_paid)));
    TRY(spend_trouble(&view, faults));
    if (web_has(request, "taken")) {
        struct text_arg count = NUMBER_ARG("count", web_int(request, "taken", 0));
        spend_stand(&view, text_with(ctx->arena, ctx->language, T_accounting_suspense_taken, &count, 1));
    }
    spend_link(&view, suspense_list_path(ctx, year, !is_receipt, ""),
               is_receipt ? T_accounting_suspense_paid : T_accounting_suspense_received);
    if (rights & RIGHT_ORDER)
        TRY(add_forms(&view, year, is_receipt));
    TRY(add_list(&view, year, is_receipt, true));
    TRY(add_list(&view, year, is_receipt, false));
    return spend_end(&view, response);
}

/* The year, and which of the two lists. */
static enum status asked_list(struct ctx *ctx, const struct web_request *request, struct credit_year *ret_year,
                              bool *ret_is_receipt)
{
    TRY(right_need(ctx, RIGHT_READ));
    *ret_is_receipt = str_eq(request->params[2], STR("received"));
    if (!*ret_is_receipt && !str_eq(request->params[2], STR("paid")))
        return NOT_FOUND;
    return spend_read_year(ctx, request, ret_year);
}

enum status suspense_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    bool is_receipt;
    TRY(asked_list(ctx, request, &year, &is_receipt));
    return show_list(ctx, request, response, &year, is_receipt, NULL);
}

static enum status add_one(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                           bool is_receipt, struct faults *faults)
{
    struct suspense suspense = {.budget = year->budget, .year = year->year, .is_receipt = is_receipt,
                                .payer = str_trim(web_text(request, "payer")),
                                .label = str_trim(web_text(request, "label")),
                                .third_account = str_trim(web_text(request, "third")), .source = SUSPENSE_BY_HAND};
    bool is_new;
    TRY(spend_read_day(ctx, request, "day", &suspense.day));
    TRY(spend_read_money(ctx, request, "amount", &suspense.amount));
    if (str_to_i64(str_trim(web_text(request, "number")), &suspense.number) != OK)
        suspense.number = 0;
    return suspense_add(ctx, &suspense, faults, &is_new);
}

enum status suspense_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    bool is_receipt;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked_list(ctx, request, &year, &is_receipt));
    enum status done = add_one(ctx, request, &year, is_receipt, faults);
    if (spend_is_refused(done, faults))
        return show_list(ctx, request, response, &year, is_receipt, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/years/%lld/%d/suspense/%s?saved=1", (long long)year.budget,
                        year.year, is_receipt ? "received" : "paid");
}

enum status suspense_csv_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    bool is_receipt;
    size_t added;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked_list(ctx, request, &year, &is_receipt));
    enum status done = suspense_take_csv(ctx, &year, is_receipt, web_text(request, "file"), faults, &added);
    if (done == INVALID)
        return show_list(ctx, request, response, &year, is_receipt, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/years/%lld/%d/suspense/%s?taken=%zu", (long long)year.budget,
                        year.year, is_receipt ? "received" : "paid", added);
}
