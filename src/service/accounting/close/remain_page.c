/* The list of what remains to be done: what is engaged, receipts that are certain, and its signature. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/close/remain.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"

static struct str section_name(struct ctx *ctx, enum cell_section section)
{
    return text_of(ctx->language, section == CELL_INVESTMENT ? T_accounting_investment
                                                             : T_accounting_functioning);
}

static enum status add_rows(struct spend_view *view, struct spend_page_table *table, const struct remain *remains,
                            size_t count)
{
    struct ctx *ctx = view->ctx;
    for (size_t i = 0; i < count; i++) {
        bool is_receipt = remains[i].engagement == 0;
        struct str path = str_format(ctx->arena, "/accounting/engagements/%llu",
                                     (unsigned long long)remains[i].engagement);
        struct spend_page_table_row *row =
            is_receipt ? spend_row(view, table, remains[i].object, STR(""))
                       : spend_row(view, table, str_format(ctx->arena, "%u · %.*s", remains[i].number,
                                                           STR_ARG(remains[i].object)), path);
        if (row == NULL)
            return LIMIT;
        spend_cell(row, remains[i].party_name, SPEND_OPTIONAL);
        spend_cell(row, remains[i].proof, SPEND_OPTIONAL);
        spend_cell(row, section_name(ctx, remains[i].line.section), SPEND_OPTIONAL);
        spend_cell(row, remains[i].line.nature, SPEND_TEXT);
        spend_cell(row, page_money(ctx, remains[i].line.net), SPEND_NUMBER);
    }
    return OK;
}

/* Those carried over, or those that programmes bear. */
static enum status add_table(struct spend_view *view, const char *id, enum text_key caption,
                             const struct remain *remains, size_t count, bool is_borne)
{
    struct spend_page_table *table;
    struct remain *those = arena_array(view->ctx->arena, struct remain, count + 1);
    size_t kept = 0;
    if (those == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if ((remains[i].programme != 0) == is_borne)
            those[kept++] = remains[i];
    if (is_borne && kept == 0)
        return OK;
    TRY(spend_table(view, id, caption, T_accounting_remains_none, kept, &table));
    spend_head(view, table, T_accounting_object, SPEND_TEXT);
    spend_head(view, table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_remains_proof, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_section, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_account, SPEND_TEXT);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    return add_rows(view, table, those, kept);
}

static enum status add_forms(struct spend_view *view, const struct credit_year *year, bool is_signed)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    if ((rights & RIGHT_SIGN) && !is_signed) {
        TRY(spend_action(view, "sign", T_accounting_remains_sign, T_accounting_remains_sign_go,
                         spend_path(ctx, year, "/remains/sign"), &action));
        action->has_text = true;
        action->text = text_of(ctx->language, T_accounting_remains_sign_text);
        spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)),
                    true);
    }
    if (!(rights & RIGHT_ORDER))
        return OK;
    TRY(spend_action(view, "receipt", T_accounting_remains_receipt, T_accounting_remains_receipt_go,
                     spend_path(ctx, year, "/remains/receipt"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_remains_receipt_text);
    spend_field(view, action, "object", T_accounting_object, SPEND_WIDE, STR(""), true);
    TRY(spend_field_party(view, action, STR(""), false));
    TRY(spend_fields_account(view, action, year, CHART_RECEIPT));
    spend_field(view, action, "amount", T_accounting_amount, SPEND_MONEY, STR(""), true);
    spend_hint(view, spend_field(view, action, "proof", T_accounting_remains_proof, SPEND_WIDE, STR(""), true),
               T_accounting_remains_proof_hint);
    return OK;
}

/* What the list says that was signed, or would say now. */
static enum status read_list(struct ctx *ctx, const struct credit_year *year, bool is_kept,
                             struct remain **ret_expenses, size_t *ret_count, struct remain **ret_receipts,
                             size_t *ret_receipt_count)
{
    TRY(remain_kept(ctx, year->budget, year->year, CELL_RECEIPT, ret_receipts, ret_receipt_count));
    return is_kept ? remain_kept(ctx, year->budget, year->year, CELL_EXPENSE, ret_expenses, ret_count)
                   : remain_open(ctx, year, ret_expenses, ret_count);
}

static enum status add_list(struct spend_view *view, const struct credit_year *year, bool is_kept)
{
    struct ctx *ctx = view->ctx;
    struct remain *expenses, *receipts;
    size_t count, receipt_count;
    struct remain_sums sums = {0};
    TRY(read_list(ctx, year, is_kept, &expenses, &count, &receipts, &receipt_count));
    TRY(remain_sum(expenses, count, CELL_EXPENSE, &sums));
    TRY(remain_sum(receipts, receipt_count, CELL_RECEIPT, &sums));
    spend_fact(view, T_accounting_investment_expense,
               page_money(ctx, sums.amounts[CELL_INVESTMENT][CELL_EXPENSE]), STR(""));
    spend_fact(view, T_accounting_investment_receipt,
               page_money(ctx, sums.amounts[CELL_INVESTMENT][CELL_RECEIPT]), STR(""));
    spend_fact(view, T_accounting_functioning_expense,
               page_money(ctx, sums.amounts[CELL_FUNCTIONING][CELL_EXPENSE]), STR(""));
    spend_fact(view, T_accounting_functioning_receipt,
               page_money(ctx, sums.amounts[CELL_FUNCTIONING][CELL_RECEIPT]), STR(""));
    TRY(add_table(view, "expenses", T_accounting_remains_expenses, expenses, count, false));
    TRY(add_table(view, "borne", T_accounting_remains_borne, expenses, count, true));
    return add_table(view, "receipts", T_accounting_remains_receipts, receipts, receipt_count, false);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct credit_year *year, const struct faults *faults)
{
    struct remain_list list;
    struct spend_view view;
    bool is_current = true, is_closed;
    TRY(remain_list_get(ctx, year->budget, year->year, &list));
    TRY(book_is_closed(ctx, year->siret, year->year, &is_closed));
    if (!is_closed)
        TRY(remain_list_is_current(ctx, year, &is_current));
    TRY(spend_begin(&view, ctx, request, year, SPEND_TABS, text_of(ctx->language, T_accounting_remains_title)));
    spend_crumb(&view, spend_path(ctx, year, "/close"), text_of(ctx->language, T_accounting_close_title));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_of(ctx->language, T_accounting_remains_text));
    spend_tag(&view, list.is_signed ? is_current ? T_accounting_remains_is_signed : T_accounting_close_list_old
                                    : T_accounting_close_list_open,
              list.is_signed && is_current ? SPEND_GOOD : SPEND_PLAIN);
    spend_fact(&view, T_accounting_remains_signed_by, list.signed_by, STR(""));
    spend_fact(&view, T_accounting_remains_signed_day, spend_day(ctx, list.day), STR(""));
    TRY(add_list(&view, year, is_closed || (list.is_signed && is_current)));
    if (!is_closed)
        TRY(add_forms(&view, year, list.is_signed && is_current));
    return spend_end(&view, response);
}

enum status remain_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    return show(ctx, request, response, &year, NULL);
}

static enum status answer(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          const struct credit_year *year, const struct faults *faults, enum status done)
{
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, year, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/years/%lld/%d/remains?saved=1", (long long)year->budget,
                        year->year);
}

static enum status sign(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                        struct faults *faults)
{
    struct date day;
    TRY(spend_read_day(ctx, request, "day", &day));
    return remain_sign(ctx, year, day, faults);
}

enum status remain_sign_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_SIGN));
    TRY(spend_read_year(ctx, request, &year));
    return answer(ctx, request, response, &year, faults, sign(ctx, request, &year, faults));
}

static enum status receipt(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                           struct faults *faults)
{
    struct money amount;
    struct remain remain = {.object = str_trim(web_text(request, "object")),
                            .proof = str_trim(web_text(request, "proof"))};
    TRY(spend_read_money(ctx, request, "amount", &amount));
    TRY(spend_read_party(ctx, request, &remain.party));
    remain.line = spend_read_line(request, amount, (struct money){0});
    return remain_receipt(ctx, year, &remain, faults);
}

enum status remain_receipt_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    return answer(ctx, request, response, &year, faults, receipt(ctx, request, &year, faults));
}
