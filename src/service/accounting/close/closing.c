#include "service/accounting/close/closing.h"

#include "core/audit.h"
#include "service/accounting/budget/budget_opening.h"
#include "service/accounting/close/closing_sql.h"
#include "service/accounting/engine/window.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/credit_sql.h"

enum { SEED_MAX = 64 };

static enum status count_waiting(struct ctx *ctx, const struct credit_year *year, struct closing *closing)
{
    struct sql_credit_year_counts_row counts;
    struct sql_closing_undone_row undone;
    struct sql_closing_reserved_row reserved;
    TRY(sql_credit_year_counts(ctx->db, ctx->arena,
                               (struct sql_credit_year_counts){.budget = year->budget, .year = year->year}, &counts));
    TRY(sql_closing_undone(ctx->db, ctx->arena,
                           (struct sql_closing_undone){.budget = year->budget, .year = year->year}, &undone));
    TRY(sql_closing_reserved(ctx->db, ctx->arena,
                             (struct sql_closing_reserved){.budget = year->budget, .year = year->year}, &reserved));
    closing->bills = counts.bills;
    closing->orders = counts.orders;
    closing->titles = counts.titles;
    closing->slips = counts.slips;
    closing->undone = undone.engagements;
    closing->undone_sum = (struct money){undone.cents};
    closing->reserved = reserved.engagements;
    closing->reserved_sum = (struct money){reserved.cents};
    return OK;
}

enum status closing_look(struct ctx *ctx, const struct credit_year *year, struct closing *ret_closing)
{
    struct closing closing = {0};
    struct budget_act *unopened;
    TRY(book_is_closed(ctx, year->siret, year->year, &closing.is_closed));
    TRY(count_waiting(ctx, year, &closing));
    TRY(remain_list_get(ctx, year->budget, year->year, &closing.list));
    TRY(carry_count(ctx, year->budget, year->year, &closing.carried));
    TRY(budget_opening_waiting(ctx, year, &unopened, &closing.unopened));
    closing.first_unopened = closing.unopened > 0 ? unopened[0].id : 0;
    closing.is_current = true;
    if (!closing.is_closed)
        TRY(remain_list_is_current(ctx, year, &closing.is_current));
    *ret_closing = closing;
    return OK;
}

bool closing_is_ready(const struct closing *closing)
{
    return !closing->is_closed && closing->orders + closing->titles + closing->slips == 0 && closing->is_current;
}

bool closing_is_going_on(const struct closing *closing)
{
    return !closing->is_closed && closing->list.is_signed && closing->carried.released > 0;
}

/* ---- the close ---- */

static enum status need_ready(const struct closing *closing, struct faults *faults)
{
    if (closing->orders + closing->titles > 0) {
        fault_add_numbers(faults, "close.pieces", "pieces", closing->orders + closing->titles, 0);
        return INVALID;
    }
    if (closing->slips > 0) {
        fault_add_numbers(faults, "close.slips", "slips", closing->slips, 0);
        return INVALID;
    }
    return closing->is_current ? OK : fault_refuse(faults, "close.list", "remains", STR(""), STR(""));
}

/* Years are closed in their order. */
static enum status need_before(struct ctx *ctx, const struct credit_year *year, struct faults *faults)
{
    struct credit_year before;
    bool is_closed;
    enum status done = credit_year(ctx, year->budget, year->year - 1, &before);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    TRY(book_is_closed(ctx, before.siret, before.year, &is_closed));
    if (is_closed)
        return OK;
    fault_add_numbers(faults, "close.before", "year", year->year, before.year);
    return INVALID;
}

static enum status post(struct ctx *ctx, const struct credit_year *year, struct faults *faults)
{
    const struct chain_hash none = {{0}};
    struct buf seed BUF_SCOPE = BUF_INIT(SEED_MAX);
    struct ledger_answer answer;
    struct date today = ctx_today(ctx);
    struct entry entry = {.kind = ENTRY_CLOSE, .day = today, .budget = year->siret,
                          .exercise = (uint16_t)year->year, .label = STR("")};
    buf_add_format(&seed, "close %lld %d", (long long)year->budget, year->year);
    struct chain_hash hash = chain_next(&none, buf_str(&seed));
    memcpy(entry.id, hash.bytes, ENTRY_ID_BYTES);
    TRY(book_post(ctx, &entry, &answer, faults));
    return audit_add(ctx, "accounting.close", year->siret, str_format(ctx->arena, "%d", year->year));
}

enum status closing_close(struct ctx *ctx, const struct credit_year *year, struct faults *faults, bool *ret_has_more)
{
    struct closing closing;
    *ret_has_more = false;
    TRY(right_need(ctx, RIGHT_SIGN));
    TRY(remain_need_year(ctx, year));
    if (year->is_before)
        return fault_refuse(faults, "close.budget", "year", str_format(ctx->arena, "%d", year->year), STR(""));
    TRY(closing_look(ctx, year, &closing));
    closing.is_current |= closing_is_going_on(&closing);
    TRY(need_ready(&closing, faults));
    TRY(need_before(ctx, year, faults));
    TRY(carry_release(ctx, year, faults, ret_has_more));
    return *ret_has_more ? OK : post(ctx, year, faults);
}

enum status closing_last_day(struct ctx *ctx, int32_t year, struct date *ret_day)
{
    struct windows windows;
    TRY(windows_of(ctx->arena, (uint16_t)year, &windows));
    *ret_day = windows.at[WINDOW_ORDER][WINDOW_FUNCTIONING].entered;
    return OK;
}
