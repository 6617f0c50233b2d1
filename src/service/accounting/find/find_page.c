/* One field for all of accounting; answers in groups, each a link. */
#include "base/utf8.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/find/find.h"
#include "service/accounting/spend/slip_view.h"
#include "service/accounting/lang.h"

static struct str path_to(struct ctx *ctx, const char *what, uint64_t number)
{
    return str_format(ctx->arena, "/accounting/%s/%llu", what, (unsigned long long)number);
}

/* ---- the groups: name, day, object, party, amount ---- */

static enum status begin_group(struct spend_view *view, const char *id, enum text_key caption, enum text_key name,
                               size_t count, struct spend_page_table **ret_table)
{
    TRY(spend_table(view, id, caption, T_accounting_nothing, count, ret_table));
    spend_head(view, *ret_table, name, SPEND_TEXT);
    spend_head(view, *ret_table, T_accounting_day, SPEND_OPTIONAL);
    spend_head(view, *ret_table, T_accounting_object, SPEND_TEXT);
    spend_head(view, *ret_table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(view, *ret_table, T_accounting_amount, SPEND_NUMBER);
    return OK;
}

struct answer {
    struct str name, path, object, party;
    struct date day;
    struct money amount;
};

static enum status add_answer(struct spend_view *view, struct spend_page_table *table, struct answer answer)
{
    struct spend_page_table_row *row = spend_row(view, table, answer.name, answer.path);
    if (row == NULL)
        return LIMIT;
    spend_cell(row, spend_day(view->ctx, answer.day), SPEND_OPTIONAL);
    spend_cell(row, answer.object, SPEND_TEXT);
    spend_cell(row, answer.party, SPEND_OPTIONAL);
    spend_cell(row, page_money(view->ctx, answer.amount), SPEND_NUMBER);
    return OK;
}

/* "12 (2026)": numbers begin anew each year. */
static struct str numbered(struct ctx *ctx, uint32_t number, int32_t year)
{
    return str_format(ctx->arena, "%u (%d)", number, year);
}

static enum status add_engagements(struct spend_view *view, const struct found *found)
{
    struct spend_page_table *table;
    if (found->engagement_count == 0)
        return OK;
    TRY(begin_group(view, "engagements", T_accounting_tab_engagements, T_accounting_number, found->engagement_count,
                    &table));
    for (size_t i = 0; i < found->engagement_count; i++) {
        const struct engagement *one = &found->engagements[i];
        TRY(add_answer(view, table, (struct answer){.name = numbered(view->ctx, one->number, one->year),
                                                    .path = path_to(view->ctx, "engagements", one->sequence),
                                                    .object = one->object, .party = one->party_name, .day = one->day,
                                                    .amount = one->amount}));
    }
    return OK;
}

static enum status add_pieces(struct spend_view *view, const char *id, enum text_key caption,
                              const struct piece *pieces, size_t count)
{
    struct spend_page_table *table;
    if (count == 0)
        return OK;
    TRY(begin_group(view, id, caption, T_accounting_number, count, &table));
    for (size_t i = 0; i < count; i++)
        TRY(add_answer(view, table, (struct answer){.name = numbered(view->ctx, pieces[i].number, pieces[i].year),
                                                    .path = path_to(view->ctx, "pieces", pieces[i].sequence),
                                                    .object = pieces[i].object, .party = pieces[i].party_name,
                                                    .day = pieces[i].day, .amount = pieces[i].amount}));
    return OK;
}

static enum status add_bills(struct spend_view *view, const struct found *found)
{
    struct spend_page_table *table;
    if (found->bill_count == 0)
        return OK;
    TRY(begin_group(view, "bills", T_accounting_tab_bills, T_accounting_bill, found->bill_count, &table));
    for (size_t i = 0; i < found->bill_count; i++) {
        const struct bill *one = &found->bills[i];
        TRY(add_answer(view, table, (struct answer){.name = one->number,
                                                    .path = path_to(view->ctx, "bills", (uint64_t)one->id),
                                                    .object = one->reason, .party = one->party_name,
                                                    .day = one->received, .amount = one->gross}));
    }
    return OK;
}

static enum status add_slips(struct spend_view *view, const struct found *found)
{
    struct spend_page_table *table;
    if (found->slip_count == 0)
        return OK;
    TRY(spend_table(view, "slips", T_accounting_tab_slips, T_accounting_nothing, found->slip_count, &table));
    spend_head(view, table, T_accounting_slip, SPEND_TEXT);
    spend_head(view, table, T_accounting_day, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < found->slip_count; i++) {
        const struct slip *one = &found->slips[i];
        struct spend_page_table_row *row =
            spend_row(view, table, slip_name(view->ctx, one), path_to(view->ctx, "slips", (uint64_t)one->id));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(view->ctx, one->day), SPEND_OPTIONAL);
        spend_cell(row, slip_sum(view->ctx, one), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_parties(struct spend_view *view, const struct found *found)
{
    struct spend_page_table *table;
    if (found->party_count == 0)
        return OK;
    TRY(spend_table(view, "parties", T_accounting_find_parties, T_accounting_nothing, found->party_count, &table));
    spend_head(view, table, T_accounting_party, SPEND_TEXT);
    spend_head(view, table, T_accounting_party_number, SPEND_TEXT);
    spend_head(view, table, T_accounting_party_place, SPEND_OPTIONAL);
    for (size_t i = 0; i < found->party_count; i++) {
        const struct party_found *one = &found->parties[i];
        struct str name = one->first_name.len == 0 ? one->name
                                                   : str_format(view->ctx->arena, "%.*s %.*s", STR_ARG(one->name),
                                                                STR_ARG(one->first_name));
        struct spend_page_table_row *row =
            spend_row(view, table, name, path_to(view->ctx, "parties", (uint64_t)one->id));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, one->id_number, SPEND_TEXT);
        spend_cell(row, one->place, SPEND_OPTIONAL);
    }
    return OK;
}

static enum status add_acts(struct spend_view *view, const struct found *found)
{
    struct spend_page_table *table;
    if (found->act_count == 0)
        return OK;
    TRY(spend_table(view, "acts", T_accounting_find_acts, T_accounting_nothing, found->act_count, &table));
    spend_head(view, table, T_accounting_act, SPEND_TEXT);
    spend_head(view, table, T_accounting_budget, SPEND_TEXT);
    spend_head(view, table, T_accounting_decided, SPEND_OPTIONAL);
    for (size_t i = 0; i < found->act_count; i++) {
        struct spend_page_table_row *row =
            spend_row(view, table, budget_act_name(view->ctx, &found->acts[i]),
                      budget_act_path(view->ctx, found->acts[i].id, ""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, found->acts[i].label, SPEND_TEXT);
        spend_cell(row, spend_day(view->ctx, found->acts[i].decided), SPEND_OPTIONAL);
    }
    return OK;
}

/* ---- the page ---- */

static enum status add_all(struct spend_view *view, const struct found *found)
{
    struct ctx *ctx = view->ctx;
    const struct text_arg shown = NUMBER_ARG("count", FIND_SHOWN);
    TRY(add_engagements(view, found));
    TRY(add_bills(view, found));
    TRY(add_pieces(view, "orders", T_accounting_tab_orders, found->orders, found->order_count));
    TRY(add_pieces(view, "titles", T_accounting_tab_titles, found->titles, found->title_count));
    TRY(add_slips(view, found));
    TRY(add_parties(view, found));
    TRY(add_acts(view, found));
    if (view->page.table_count > 0 && found->is_cut)
        spend_note(&view->page.tables[view->page.table_count - 1],
                   text_with(ctx->arena, ctx->language, T_accounting_find_limit, &shown, 1));
    return OK;
}

enum status find_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct spend_view view;
    struct found *found = arena_new(ctx->arena, struct found);
    struct str words = utf8_prefix(str_trim(web_text(request, "q")), FIND_TEXT_MAX);
    const struct text_arg said = TEXT_ARG("words", words);
    if (found == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(find(ctx, words, found));
    TRY(spend_begin(&view, ctx, request, NULL, SPEND_NOWHERE,
                    words.len == 0 ? text_of(ctx->language, T_accounting_find_title)
                                   : text_with(ctx->arena, ctx->language, T_accounting_find_for, &said, 1)));
    TRY(add_all(&view, found));
    if (words.len == 0)
        spend_stand(&view, text_of(ctx->language, T_accounting_find_text));
    else if (view.page.table_count == 0)
        spend_empty(&view, T_accounting_find_none, T_accounting_find_none_text);
    return spend_end(&view, response);
}
