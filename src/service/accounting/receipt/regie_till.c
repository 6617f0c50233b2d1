/* What a régie takes, hands over and holds, day by day. */
#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/receipt/regie.h"
#include "service/accounting/receipt/regie_sql.h"
#include "service/accounting/right/right.h"

/* ---- taken, and handed over ---- */

static enum status need_day(struct ctx *ctx, const struct regie *regie, struct date day, struct faults *faults)
{
    struct date last = ctx_today(ctx);
    if (regie->ended.days != 0 && regie->ended.days < last.days)
        last = regie->ended;
    if (day.days >= regie->act_day.days && day.days <= last.days)
        return OK;
    fault_add_dates(faults, "regie.day", "day", day, day.days < regie->act_day.days ? regie->act_day : last);
    return INVALID;
}

enum status regie_take(struct ctx *ctx, const struct regie *regie, const struct regie_taking *taking,
                       struct faults *faults)
{
    bool is_right = taking->kind.len > 0 && utf8_is_line(taking->kind, REGIE_TEXT_MAX) &&
                    taking->means > REGIE_NO_MEANS && taking->means < REGIE_MEANS &&
                    taking->amount.cents > 0 && regie->kind != REGIE_ADVANCE;
    TRY(right_need(ctx, RIGHT_ORDER | RIGHT_PREPARE));
    if (!is_right)
        return fault_refuse(faults, "regie.taking", "kind", taking->kind, STR(""));
    TRY(need_day(ctx, regie, taking->day, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_regie_taking_add(ctx->db, (struct sql_regie_taking_add){.regie = regie->id, .day = taking->day.days,
                                                                       .kind = taking->kind, .means = taking->means,
                                                                       .amount = taking->amount.cents,
                                                                       .entered_by = ctx->actor.person,
                                                                       .entered_ms = ctx->now.ms,
                                                                       .reason = STR("")});
}

/* What was handed over already is counted by the accountant: that it was never taken cannot be said any more. */
static enum status may_undo(struct ctx *ctx, const struct regie *regie, const struct sql_regie_taking_get_row *row,
                            struct faults *faults)
{
    struct regie_state state;
    if (row->titled > 0)
        return fault_refuse(faults, "regie.undo_titled", "taking", row->kind, STR(""));
    if (row->means != REGIE_CASH && row->means != REGIE_CHEQUE)
        return OK;
    TRY(regie_state(ctx, regie, ctx_today(ctx), &state));
    struct money held = row->means == REGIE_CASH ? state.cash
                                                 : (struct money){state.held.cents - state.cash.cents};
    if (row->amount <= held.cents)
        return OK;
    fault_add_money(faults, "regie.undo_held", "taking", (struct money){row->amount}, held);
    return INVALID;
}

enum status regie_undo(struct ctx *ctx, const struct regie *regie, int64_t taking, struct str reason,
                       struct faults *faults)
{
    struct sql_regie_taking_get_row row;
    TRY(right_need(ctx, RIGHT_ORDER | RIGHT_PREPARE));
    if (reason.len == 0 || !utf8_is_line(reason, REGIE_TEXT_MAX))
        return fault_refuse(faults, "regie.undo_reason", "reason", reason, STR(""));
    enum status done = sql_regie_taking_get(ctx->db, ctx->arena,
                                            (struct sql_regie_taking_get){.id = taking, .regie = regie->id}, &row);
    if (done == NOT_FOUND)
        return fault_refuse(faults, "regie.undo", "taking", str_format(ctx->arena, "%lld", (long long)taking),
                            STR(""));
    TRY(done);
    TRY(may_undo(ctx, regie, &row, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_regie_taking_add(ctx->db, (struct sql_regie_taking_add){.regie = regie->id, .day = row.day,
                                                                    .kind = row.kind, .means = row.means,
                                                                    .amount = -row.amount,
                                                                    .entered_by = ctx->actor.person,
                                                                    .entered_ms = ctx->now.ms, .undoes = taking,
                                                                    .reason = reason}));
    return audit_add(ctx, "accounting.regie_undo", regie->code, reason);
}

/* Of what is handed over, cash: as it is said, else cash goes first. INVALID: more of either than is held. */
static enum status cash_of(const struct regie_deposit *deposit, const struct regie_state *state, struct faults *faults,
                           struct money *ret_cash)
{
    int64_t cheques = state->held.cents - state->cash.cents, cash = deposit->cash.cents;
    if (cash < 0)
        cash = deposit->amount.cents < state->cash.cents ? deposit->amount.cents : state->cash.cents;
    *ret_cash = (struct money){cash};
    if (cash <= deposit->amount.cents && cash <= state->cash.cents && deposit->amount.cents - cash <= cheques)
        return OK;
    fault_add_money(faults, "regie.deposit_cash", "cash", *ret_cash, state->cash);
    return INVALID;
}

enum status regie_hand_over(struct ctx *ctx, const struct regie *regie, const struct regie_deposit *deposit,
                            struct faults *faults)
{
    struct regie_state state;
    struct money cash;
    TRY(right_need(ctx, RIGHT_ORDER | RIGHT_PREPARE));
    TRY(need_day(ctx, regie, deposit->day, faults));
    TRY(regie_state(ctx, regie, ctx_today(ctx), &state));
    if (deposit->amount.cents <= 0 || deposit->amount.cents > state.held.cents ||
        !utf8_is_line(deposit->reference, REGIE_TEXT_MAX)) {
        fault_add_money(faults, "regie.deposit", "amount", deposit->amount, state.held);
        return INVALID;
    }
    TRY(cash_of(deposit, &state, faults, &cash));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_regie_deposit_add(ctx->db, (struct sql_regie_deposit_add){.regie = regie->id,
                                                                         .day = deposit->day.days,
                                                                         .amount = deposit->amount.cents,
                                                                         .reference = deposit->reference,
                                                                         .cash = cash.cents,
                                                                         .entered_by = ctx->actor.person,
                                                                         .entered_ms = ctx->now.ms});
}

enum status regie_takings(struct ctx *ctx, int64_t regie, struct date month, struct regie_taking **ret_all,
                          size_t *ret_count)
{
    struct sql_regie_taking_list_row *rows;
    size_t count;
    TRY(sql_regie_taking_list(ctx->db, ctx->arena,
                              (struct sql_regie_taking_list){.regie = regie, .from = date_month_start(month).days,
                                                       .until = date_month_end(month).days},
                              &rows, &count));
    struct regie_taking *all = arena_array(ctx->arena, struct regie_taking, count + 1);
    if (all == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        all[i] = (struct regie_taking){.id = rows[i].id, .undoes = rows[i].undoes, .is_undone = rows[i].undone != 0,
                                       .reason = rows[i].reason, .day = {(int32_t)rows[i].day}, .kind = rows[i].kind,
                                       .means = (enum regie_means)rows[i].means, .amount = {rows[i].amount},
                                       .sequence = (uint64_t)rows[i].sequence, .number = (uint32_t)rows[i].number};
    *ret_all = all;
    *ret_count = count;
    return OK;
}

enum status regie_deposits(struct ctx *ctx, int64_t regie, struct date month, struct regie_deposit **ret_all,
                           size_t *ret_count)
{
    struct sql_regie_deposit_list_row *rows;
    size_t count;
    TRY(sql_regie_deposit_list(ctx->db, ctx->arena,
                               (struct sql_regie_deposit_list){.regie = regie, .from = date_month_start(month).days,
                                                               .until = date_month_end(month).days},
                               &rows, &count));
    struct regie_deposit *all = arena_array(ctx->arena, struct regie_deposit, count + 1);
    if (all == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        all[i] = (struct regie_deposit){.day = {(int32_t)rows[i].day}, .amount = {rows[i].amount},
                                        .cash = {rows[i].cash}, .reference = rows[i].reference};
    *ret_all = all;
    *ret_count = count;
    return OK;
}

/* ---- how it stands ---- */

/* Of what was handed over without saying so (before it was asked), cash went first. */
static int64_t cash_held(const struct sql_regie_sums_row *sums, int64_t held)
{
    int64_t cash = sums->cash - sums->handed_cash - sums->handed_mixed;
    return cash < 0 ? 0 : cash < held ? cash : held;
}

enum status regie_state(struct ctx *ctx, const struct regie *regie, struct date day, struct regie_state *ret_state)
{
    struct sql_regie_sums_row sums;
    struct sql_regie_first_held_row first;
    struct sql_regie_untitled_row untitled;
    TRY(sql_regie_sums(ctx->db, ctx->arena, (struct sql_regie_sums){.regie = regie->id, .until = day.days}, &sums));
    TRY(sql_regie_untitled(ctx->db, ctx->arena,
                           (struct sql_regie_untitled){.regie = regie->id, .from = 0, .until = day.days}, &untitled));
    struct regie_state state = {.held = {sums.taken - sums.handed}, .untitled = {untitled.amount},
                                .untitled_from = {(int32_t)untitled.day}};
    state.cash.cents = cash_held(&sums, state.held.cents);
    if (state.held.cents > 0) {
        TRY(sql_regie_first_held(ctx->db, ctx->arena,
                                 (struct sql_regie_first_held){.regie = regie->id, .after = sums.last,
                                                               .until = day.days},
                                 &first));
        state.since.days = first.day != 0 ? (int32_t)first.day : (int32_t)sums.last;
        if (regie->deposit_days > 0)
            state.due.days = state.since.days + regie->deposit_days;
    }
    state.is_late = state.due.days != 0 && day.days > state.due.days;
    state.is_above = regie->cash_limit.cents > 0 && state.held.cents > regie->cash_limit.cents;
    state.is_coin_above = regie->coin_limit.cents > 0 && state.cash.cents > regie->coin_limit.cents;
    *ret_state = state;
    return OK;
}
