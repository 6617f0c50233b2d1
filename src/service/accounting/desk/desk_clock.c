#include "service/accounting/desk/desk_clock.h"

#include <stdlib.h>

#include "service/accounting/desk/desk_sql.h"
#include "service/accounting/lang.h"
#include "service/accounting/figures/figure_kept.h"
#include "service/accounting/spend/bill.h"
#include "service/accounting/spend/late.h"

enum { BILLS_SHOWN = 8 };

struct str desk_count(struct ctx *ctx, size_t count)
{
    return count == 0 ? text_of(ctx->language, T_accounting_nothing) : spend_number(ctx, count);
}

struct str desk_some(struct ctx *ctx, size_t count, size_t total)
{
    const struct text_arg args[] = {NUMBER_ARG("count", (int64_t)count),
                                    TEXT_ARG("all", spend_number(ctx, (uint64_t)total))};
    return count < total ? text_with(ctx->arena, ctx->language, T_accounting_desk_some, args, 2) : STR("");
}

struct urgent {
    const struct sql_desk_bills_row *bill;
    struct delay delay;
    bool is_known; /* its delay */
    int32_t left;  /* days, below 0 where it is late; the largest where the clock stands */
};

static int by_urgency(const void *one, const void *other)
{
    const struct urgent *a = one, *b = other;
    if (a->left != b->left)
        return a->left < b->left ? -1 : 1;
    return a->bill->id < b->bill->id ? -1 : a->bill->id > b->bill->id;
}

static void look_at_clock(struct ctx *ctx, struct faults *faults, struct urgent *urgent)
{
    const struct sql_desk_bills_row *row = urgent->bill;
    struct bill bill = {.id = row->id, .engagement = (uint64_t)row->engagement,
                        .received = {(int32_t)row->received}, .notified = {(int32_t)row->notified},
                        .completed = {(int32_t)row->completed}, .freed = {(int32_t)row->freed},
                        .retained = {row->retained}, .gross = {row->gross}};
    urgent->left = INT32_MAX;
    urgent->is_known = bill_delay(ctx, &bill, faults, &urgent->delay) == OK;
    if (urgent->is_known && !urgent->delay.is_interrupted)
        urgent->left = urgent->delay.due.days - ctx_today(ctx).days;
}

static enum status bill_row(struct spend_view *view, struct spend_page_table *table, struct faults *faults,
                            const struct urgent *urgent)
{
    struct ctx *ctx = view->ctx;
    enum spend_mood mood;
    struct str path = str_format(ctx->arena, "/accounting/bills/%lld", (long long)urgent->bill->id);
    struct spend_page_table_row *row = spend_row(view, table, urgent->bill->number, path);
    if (row == NULL)
        return LIMIT;
    struct str words = urgent->is_known ? spend_clock(ctx, &urgent->delay, &mood) : STR("");
    spend_cell_tag(row, words, urgent->is_known ? mood : SPEND_PLAIN);
    spend_cell(row, page_money(ctx, (struct money){urgent->bill->gross}), SPEND_NUMBER);
    spend_cell(row, urgent->bill->party_name, SPEND_OPTIONAL);
    spend_cell(row, urgent->is_known ? late_words(ctx, &urgent->delay, (struct money){urgent->bill->gross},
                                                  ctx_today(ctx), faults)
                                     : STR(""), SPEND_OPTIONAL);
    return OK;
}

/* ret_all: urgent first, of those received first; ret_total: of all. */
static enum status read_bills(struct ctx *ctx, const struct credit_year *year, struct faults *faults,
                              struct urgent **ret_all, size_t *ret_count, size_t *ret_total)
{
    struct sql_desk_bills_row *rows;
    TRY(sql_desk_bills(ctx->db, ctx->arena, (struct sql_desk_bills){.budget = year->budget}, &rows, ret_count));
    *ret_all = arena_array(ctx->arena, struct urgent, *ret_count + 1);
    if (*ret_all == NULL)
        return LIMIT;
    *ret_total = *ret_count > 0 ? (size_t)rows[0].whole : 0;
    for (size_t i = 0; i < *ret_count; i++) {
        (*ret_all)[i].bill = &rows[i];
        look_at_clock(ctx, faults, &(*ret_all)[i]);
    }
    qsort(*ret_all, *ret_count, sizeof **ret_all, by_urgency);
    return OK;
}

enum status desk_clock(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct urgent *all;
    size_t count, total, late = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(figure_take(ctx, faults));
    TRY(read_bills(ctx, year, faults, &all, &count, &total));
    while (late < count && all[late].left < 0)
        late++;
    struct str some = desk_some(ctx, count, total), known = desk_count(ctx, late);
    if (some.len > 0) /* how many of the others are late nobody looked */
        known = str_format(ctx->arena, "%.*s · %.*s", STR_ARG(known), STR_ARG(some));
    spend_fact(view, T_accounting_desk_late, known, spend_path(ctx, year, "/bills"));
    spend_fact(view, T_accounting_bills_waiting, desk_count(ctx, total), spend_path(ctx, year, "/bills"));
    TRY(spend_table(view, "clock", T_accounting_desk_bills, T_accounting_no_bills, BILLS_SHOWN, &table));
    spend_head(view, table, T_accounting_bill, SPEND_TEXT);
    spend_head(view, table, T_accounting_clock, SPEND_TEXT);
    spend_head(view, table, T_accounting_amount_gross, SPEND_NUMBER);
    spend_head(view, table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_desk_owed, SPEND_OPTIONAL);
    for (size_t i = 0; i < count && i < BILLS_SHOWN; i++)
        TRY(bill_row(view, table, faults, &all[i]));
    if (count > BILLS_SHOWN) {
        const struct text_arg shown = NUMBER_ARG("count", BILLS_SHOWN);
        spend_note(table, text_with(ctx->arena, ctx->language, T_accounting_desk_bills_more, &shown, 1));
    }
    return late_table(view, year, faults);
}
