/* The operations of order of a year, the kinds there are with their accounts, and a form that makes one. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/internal/pair.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"
#include "service/accounting/spend/spend_lines.h"

/* ---- what there is ---- */

static struct str piece_number(struct ctx *ctx, const struct piece *piece)
{
    return str_format(ctx->arena, "%.*s %u",
                      STR_ARG(text_of(ctx->language, piece->is_receipt ? T_accounting_kind_title
                                                                       : T_accounting_kind_order)),
                      piece->number);
}

static enum status pair_row(struct spend_view *view, struct spend_page_table *table, const struct pair *pair)
{
    struct ctx *ctx = view->ctx;
    struct piece expense, receipt;
    struct pair_kind kind;
    TRY(piece_get(ctx, pair->expense, &expense));
    TRY(piece_get(ctx, pair->receipt, &receipt));
    enum status known = pair_kind(ctx->arena, pair->kind, &kind);
    if (known != OK && known != NOT_FOUND)
        return known;
    struct spend_page_table_row *row =
        spend_row(view, table, piece_number(ctx, &expense),
                  spend_piece_path(ctx, pair->expense, ""));
    if (row == NULL)
        return LIMIT;
    spend_cell(row, piece_number(ctx, &receipt), SPEND_TEXT);
    spend_cell(row, spend_day(ctx, expense.day), SPEND_OPTIONAL);
    spend_cell(row, expense.object, SPEND_TEXT);
    spend_cell(row, known == OK ? text_of(ctx->language, kind.words) : pair->kind, SPEND_OPTIONAL);
    spend_cell(row, page_money(ctx, expense.remains), SPEND_NUMBER);
    return OK;
}

static enum status add_pairs(struct spend_view *view, const struct credit_year *year)
{
    struct spend_page_table *table;
    struct pair *pairs;
    size_t count;
    TRY(pair_list(view->ctx, year->budget, year->year, &pairs, &count));
    TRY(spend_table(view, "pairs", T_accounting_pairs, T_accounting_pairs_none, count, &table));
    spend_head(view, table, T_accounting_kind_order, SPEND_TEXT);
    spend_head(view, table, T_accounting_kind_title, SPEND_TEXT);
    spend_head(view, table, T_accounting_day, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_object, SPEND_TEXT);
    spend_head(view, table, T_accounting_pair_kind, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++)
        TRY(pair_row(view, table, &pairs[i]));
    return OK;
}

static struct str account_words(struct ctx *ctx, struct str prefix)
{
    return prefix.len > 0 ? str_format(ctx->arena, "%.*s…", STR_ARG(prefix))
                          : text_of(ctx->language, T_accounting_pair_any);
}

static enum status add_kinds(struct spend_view *view, const struct pair_kind *kinds, size_t count)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    TRY(spend_table(view, "kinds", T_accounting_pair_kinds, T_accounting_pair_kinds_none, count, &table));
    spend_head(view, table, T_accounting_pair_kind, SPEND_TEXT);
    spend_head(view, table, T_accounting_pair_expense, SPEND_TEXT);
    spend_head(view, table, T_accounting_pair_receipt, SPEND_TEXT);
    spend_head(view, table, T_accounting_pair_source, SPEND_OPTIONAL);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, text_of(ctx->language, kinds[i].words), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, account_words(ctx, kinds[i].expense), SPEND_TEXT);
        spend_cell(row, account_words(ctx, kinds[i].receipt), SPEND_TEXT);
        spend_cell(row, kinds[i].source, SPEND_OPTIONAL);
    }
    spend_note(table, text_of(ctx->language, T_accounting_pair_prefix));
    return OK;
}

/* ---- a new one ---- */

static enum status add_form(struct spend_view *view, const struct credit_year *year, const struct pair_kind *kinds,
                            size_t count)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct spend_page_action_field *field;
    TRY(spend_action(view, "pair", T_accounting_pair_new, T_accounting_pair_go, spend_path(ctx, year, "/pairs"),
                     &action));
    field = spend_field(view, action, "kind", T_accounting_pair_kind, SPEND_WORDS, STR(""), true);
    spend_hint(view, field, T_accounting_pair_kind_hint);
    TRY(spend_choices(view, field, count + 1));
    for (size_t i = 0; i < count; i++)
        spend_choice(field, count + 1, text_of(ctx->language, kinds[i].words), STR(""));
    spend_field(view, action, "object", T_accounting_object, SPEND_WIDE, STR(""), true);
    spend_field(view, action, "expense", T_accounting_pair_expense, SPEND_WORDS, STR(""), true);
    spend_field(view, action, "expense_amount", T_accounting_pair_expense_amount, SPEND_MONEY, STR(""), true);
    spend_field(view, action, "receipt", T_accounting_pair_receipt, SPEND_WORDS, STR(""), true);
    spend_field(view, action, "receipt_amount", T_accounting_pair_receipt_amount, SPEND_MONEY, STR(""), true);
    spend_hint(view, spend_field(view, action, "product", T_accounting_product, SPEND_WORDS, STR(""), true),
               T_accounting_product_hint);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    spend_field(view, action, "asset", T_accounting_pair_asset, SPEND_WORDS, STR(""), false);
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    struct pair_kind *kinds;
    size_t count;
    bool is_open;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    TRY(pair_kinds(ctx->arena, year.nomenclature, &kinds, &count));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_NOWHERE, text_of(ctx->language, T_accounting_pairs)));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_of(ctx->language, T_accounting_pairs_text));
    TRY(spend_is_open(&view, &year, &is_open));
    if (is_open && right_may(ctx, RIGHT_ORDER))
        TRY(add_form(&view, &year, kinds, count));
    TRY(add_pairs(&view, &year));
    TRY(add_kinds(&view, kinds, count));
    return spend_end(&view, response);
}

enum status pair_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, NULL);
}

/* ---- what was sent ---- */

static enum status read_side(struct ctx *ctx, const struct web_request *request, const char *account,
                             const char *amount, struct imputation *line)
{
    *line = (struct imputation){.nature = str_trim(web_text(request, account)), .function = STR(""),
                                .operation = STR(""), .level = STR("")};
    return spend_read_money(ctx, request, amount, &line->net);
}

/* Its code, of whoever gives its name as the form has it. */
static enum status read_kind(struct ctx *ctx, const struct web_request *request, struct str *ret_code)
{
    struct pair_kind kind;
    *ret_code = str_trim(web_text(request, "kind"));
    enum status done = pair_kind_named(ctx, *ret_code, &kind);
    if (done == OK)
        *ret_code = kind.code;
    return done == NOT_FOUND ? OK : done; /* a code, or what is refused */
}

/* 0 where nothing stands. */
static enum status read_asset(struct ctx *ctx, const struct web_request *request, int64_t budget, int64_t *ret_asset)
{
    struct str number = str_trim(web_text(request, "asset"));
    *ret_asset = 0;
    if (number.len == 0)
        return OK;
    enum status done = item_numbered(ctx, budget, number, ret_asset);
    return done == NOT_FOUND
               ? refuse(ctx, INVALID, "accounting.pair_asset_unknown", T_accounting_pair_asset_unknown)
               : done;
}

static enum status make(struct ctx *ctx, const struct web_request *request, struct faults *faults,
                        uint64_t *ret_expense)
{
    struct credit_year year;
    struct imputation expense, receipt;
    unsigned char id[ENTRY_ID_BYTES];
    struct pair_order order = {.year = &year, .kind = STR(""), .expense = &expense,
                               .receipt = &receipt, .expense_count = 1, .receipt_count = 1,
                               .object = str_trim(web_text(request, "object")),
                               .product = str_trim(web_text(request, "product"))};
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_read_command(ctx, request, id));
    TRY(read_kind(ctx, request, &order.kind));
    TRY(read_side(ctx, request, "expense", "expense_amount", &expense));
    TRY(read_side(ctx, request, "receipt", "receipt_amount", &receipt));
    TRY(spend_read_day(ctx, request, "day", &order.day));
    TRY(read_asset(ctx, request, year.budget, &order.asset));
    return pair_make(ctx, &order, id, faults, ret_expense);
}

enum status pair_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    uint64_t expense = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    enum status done = make(ctx, request, faults, &expense);
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)expense);
}
