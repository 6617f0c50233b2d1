/* The list of what remains to be done: receipts that are entered, its signature, what the next year opens of it. */
#include <stdlib.h>

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/close/carry.h"
#include "service/accounting/close/remain.h"
#include "service/accounting/close/remain_sql.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/signatory.h"

/* ---- receipts ---- */

enum status remain_need_year(struct ctx *ctx, const struct credit_year *year)
{
    bool is_closed;
    TRY(book_is_closed(ctx, year->siret, year->year, &is_closed));
    return is_closed ? refuse(ctx, CONFLICT, "accounting.year_closed", T_accounting_year_closed) : OK;
}

static enum status add(struct ctx *ctx, const struct credit_year *year, const struct remain *remain)
{
    struct sql_remain_add_row row;
    struct sql_remain_add in = {.budget = year->budget, .year = year->year, .is_receipt = remain->engagement == 0,
                                .engagement = (int64_t)remain->engagement, .programme = remain->programme,
                                .section = remain->line.section, .nature = remain->line.nature,
                                .function = remain->line.function, .operation = remain->line.operation,
                                .amount = remain->line.net.cents, .party = remain->party, .object = remain->object,
                                .proof = remain->proof};
    return sql_remain_add(ctx->db, ctx->arena, in, &row);
}

/* Once the close has begun to release what the list says, the list is what it goes by, and stays. */
static enum status need_before_close(struct ctx *ctx, const struct credit_year *year)
{
    struct carry_counts counts;
    TRY(carry_count(ctx, year->budget, year->year, &counts));
    return counts.released == 0 ? OK
                                : refuse(ctx, CONFLICT, "accounting.remain_closing", T_accounting_remain_closing);
}

enum status remain_receipt(struct ctx *ctx, const struct credit_year *year, struct remain *remain,
                           struct faults *faults)
{
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(remain_need_year(ctx, year));
    TRY(need_before_close(ctx, year));
    if (remain->object.len == 0 || remain->object.len > SPEND_OBJECT_MAX)
        return fault_refuse(faults, "spend.object", "object", remain->object, STR(""));
    if (remain->proof.len == 0 || remain->proof.len > REMAIN_PROOF_MAX)
        return fault_refuse(faults, "remain.proof", "proof", remain->proof, STR(""));
    if (remain->line.net.cents < 0) {
        fault_add_money(faults, "remain.amount", "amount", remain->line.net, (struct money){0});
        return INVALID;
    }
    TRY(credit_place(year, &remain->line, CHART_REAL, CHART_RECEIPT, "line 1", faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_remain_drop_receipt(ctx->db, (struct sql_remain_drop_receipt){.budget = year->budget, .year = year->year,
                                                                          .nature = remain->line.nature,
                                                                          .object = remain->object}));
    return remain->line.net.cents > 0 ? add(ctx, year, remain) : OK;
}

/* ---- the list ---- */

enum status remain_list_get(struct ctx *ctx, int64_t budget, int32_t year, struct remain_list *ret_list)
{
    struct sql_remain_signed_row row;
    *ret_list = (struct remain_list){.signed_by = STR("")};
    enum status done = sql_remain_signed(ctx->db, ctx->arena,
                                         (struct sql_remain_signed){.budget = budget, .year = year}, &row);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    *ret_list = (struct remain_list){.is_signed = true, .day = {(int32_t)row.day}, .signed_by = row.signed_by,
                                     .at = {row.signed_ms}, .expense = {row.expense}, .receipt = {row.receipt}};
    return OK;
}

static int by_line(const void *one, const void *other)
{
    const struct remain *first = one, *second = other;
    const int64_t numbers[][2] = {{(int64_t)first->engagement, (int64_t)second->engagement},
                                  {first->programme, second->programme},
                                  {first->line.net.cents, second->line.net.cents}};
    const struct str texts[][2] = {{first->line.nature, second->line.nature},
                                   {first->line.function, second->line.function},
                                   {first->line.operation, second->line.operation}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i][0] != numbers[i][1])
            return numbers[i][0] < numbers[i][1] ? -1 : 1;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int order = str_compare(texts[i][0], texts[i][1]);
        if (order != 0)
            return order;
    }
    return 0;
}

/* Line by line: the same engagements have the same left on the same accounts, borne by the same programmes. Both are
 * put in order, so that a long list is not gone through once for each of its lines. */
static bool says(struct remain *kept, size_t kept_count, struct remain *open, size_t open_count)
{
    if (kept_count != open_count)
        return false;
    qsort(kept, kept_count, sizeof *kept, by_line);
    qsort(open, open_count, sizeof *open, by_line);
    for (size_t i = 0; i < open_count; i++)
        if (by_line(&kept[i], &open[i]) != 0)
            return false;
    return true;
}

static struct money both(const struct remain_sums *sums, enum cell_direction direction)
{
    struct money sum = sums->amounts[CELL_FUNCTIONING][direction];
    return money_add(&sum, sums->amounts[CELL_INVESTMENT][direction]) == OK ? sum : (struct money){MONEY_MAX};
}

enum status remain_list_is_current(struct ctx *ctx, const struct credit_year *year, bool *ret_is_current)
{
    struct remain *open, *kept, *receipts;
    struct remain_list list;
    struct remain_sums sums = {0};
    size_t open_count, kept_count, receipt_count;
    TRY(remain_list_get(ctx, year->budget, year->year, &list));
    TRY(remain_open(ctx, year, &open, &open_count));
    TRY(remain_kept(ctx, year->budget, year->year, CELL_EXPENSE, &kept, &kept_count));
    TRY(remain_kept(ctx, year->budget, year->year, CELL_RECEIPT, &receipts, &receipt_count));
    TRY(remain_sum(receipts, receipt_count, CELL_RECEIPT, &sums));
    bool is_empty = open_count == 0 && receipt_count == 0 && !list.is_signed;
    *ret_is_current = is_empty || (list.is_signed && says(kept, kept_count, open, open_count) &&
                                   money_is(list.receipt, both(&sums, CELL_RECEIPT)));
    return OK;
}

static enum status may_sign(struct ctx *ctx, const struct credit_year *year, struct date day, struct money sum,
                            struct faults *faults)
{
    const struct date last = date_of(year->year, 12, 31), today = ctx_today(ctx);
    struct signatory_act act = {.person = ctx->actor.person, .right = RIGHT_SIGN, .amount = sum, .day = day};
    TRY(right_need(ctx, RIGHT_SIGN));
    TRY(remain_need_year(ctx, year));
    TRY(need_before_close(ctx, year));
    if (day.days < last.days || day.days > today.days) {
        fault_add_dates(faults, day.days < last.days ? "remain.day" : "engine.future", "day", day,
                        day.days < last.days ? last : today);
        return INVALID;
    }
    return signatory_may(ctx, &act, faults);
}

enum status remain_sign(struct ctx *ctx, const struct credit_year *year, struct date day, struct faults *faults)
{
    struct remain *open, *receipts;
    struct remain_sums sums = {0};
    size_t count, receipt_count;
    TRY(remain_open(ctx, year, &open, &count));
    TRY(remain_kept(ctx, year->budget, year->year, CELL_RECEIPT, &receipts, &receipt_count));
    TRY(remain_sum(open, count, CELL_EXPENSE, &sums));
    TRY(remain_sum(receipts, receipt_count, CELL_RECEIPT, &sums));
    TRY(may_sign(ctx, year, day, both(&sums, CELL_EXPENSE), faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_remain_drop(ctx->db, (struct sql_remain_drop){.budget = year->budget, .year = year->year}));
    for (size_t i = 0; i < count; i++)
        TRY(add(ctx, year, &open[i]));
    TRY(sql_remain_sign(ctx->db, (struct sql_remain_sign){.budget = year->budget, .year = year->year, .day = day.days,
                                                          .signed_by = ctx->actor.person, .signed_ms = ctx->now.ms,
                                                          .expense = both(&sums, CELL_EXPENSE).cents,
                                                          .receipt = both(&sums, CELL_RECEIPT).cents}));
    return audit_add(ctx, "accounting.remains", year->siret, str_format(ctx->arena, "%d", year->year));
}

/* ---- the next year ---- */

static enum status check_carried(struct money carried, struct money listed, struct faults *faults)
{
    if (money_is(carried, listed))
        return OK;
    fault_add_money(faults, "remain.opened", "lines", carried, listed);
    return INVALID;
}

enum status remain_may_open(struct ctx *ctx, const struct budget_act *act, int64_t budget, struct faults *faults)
{
    struct sql_remain_carried_row row;
    struct remain_list list;
    bool is_closed;
    TRY(book_is_closed(ctx, act->siret, act->year - 1, &is_closed));
    if (!is_closed || !budget_takes_over(act))
        return OK;
    TRY(remain_list_get(ctx, budget, act->year - 1, &list));
    TRY(sql_remain_carried(ctx->db, ctx->arena,
                           (struct sql_remain_carried){.act = act->id, .budget = budget, .year = act->year}, &row));
    if (row.expense == 0 && row.receipt == 0)
        return OK; /* another act will */
    TRY(check_carried((struct money){row.expense + row.expense_open}, list.expense, faults));
    return check_carried((struct money){row.receipt + row.receipt_open}, list.receipt, faults);
}
