/* Rates that a loan bears from a due day on: its schedule is computed anew on what is left then. */
#include "core/town.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/debt/loan_sql.h"
#include "service/accounting/right/right.h"
#include "service/accounting/story/story.h"

enum status loan_rates(struct ctx *ctx, const struct loan *loan, struct loan_rate **ret_rates, size_t *ret_count)
{
    struct sql_loan_rates_row *rows;
    TRY(sql_loan_rates(ctx->db, ctx->arena, (struct sql_loan_rates){.loan = loan->id}, &rows, ret_count));
    *ret_rates = arena_array(ctx->arena, struct loan_rate, *ret_count + 1);
    if (*ret_rates == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        (*ret_rates)[i] = (struct loan_rate){{(int32_t)rows[i].since}, rows[i].rate};
    return OK;
}

/* Days stay; interest and capital of those due from then on are those of what is left. */
static enum status revise(const struct debt *terms, const struct loan_rate *rate, struct faults *faults,
                          struct debt_schedule *own)
{
    struct debt_schedule rest;
    size_t from = 0;
    while (from < own->count && own->instalments[from].due.days < rate->since.days)
        from++;
    if (from == own->count)
        return OK;
    struct debt again = *terms;
    again.borrowed = from > 0 ? own->instalments[from - 1].left : terms->borrowed;
    again.rate = rate->rate;
    again.count = (int32_t)(own->count - from);
    again.first = own->instalments[from].due;
    if (again.borrowed.cents == 0)
        return OK;
    TRY(debt_schedule_of(&again, faults, &rest));
    for (size_t i = 0; i < rest.count && from + i < own->count; i++) {
        struct date due = own->instalments[from + i].due;
        own->instalments[from + i] = rest.instalments[i];
        own->instalments[from + i].due = due;
    }
    return OK;
}

enum status loan_own_schedule(struct ctx *ctx, const struct loan *loan, struct faults *faults,
                              struct debt_schedule *ret_schedule)
{
    struct loan_rate *rates;
    size_t count;
    TRY(debt_schedule_of(&loan->terms, faults, ret_schedule));
    TRY(loan_rates(ctx, loan, &rates, &count));
    for (size_t i = 0; i < count; i++)
        TRY(revise(&loan->terms, &rates[i], faults, ret_schedule));
    return OK;
}

static enum status check(struct ctx *ctx, const struct loan *loan, const struct loan_rate *rate, struct faults *faults)
{
    struct loan_schedule schedule;
    struct debt terms = loan->terms;
    struct debt_schedule tried;
    terms.rate = rate->rate;
    TRY(debt_schedule_of(&terms, faults, &tried));
    TRY(loan_schedule(ctx, loan, faults, &schedule));
    if (schedule.is_bank)
        return fault_refuse(faults, "loan.banked", "since", STR(""), STR(""));
    for (size_t i = schedule.count; i > 0; i--)
        if (schedule.dues[i - 1].piece != 0 && schedule.dues[i - 1].due.days >= rate->since.days) {
            fault_add_dates(faults, "loan.revised", "since", schedule.dues[i - 1].due, schedule.dues[i - 1].due);
            return INVALID;
        }
    if (schedule.count > 0 && schedule.dues[schedule.count - 1].due.days >= rate->since.days)
        return OK;
    fault_add_dates(faults, "loan.over", "since", rate->since, rate->since);
    return INVALID;
}

enum status loan_rate_add(struct ctx *ctx, const struct loan *loan, const struct loan_rate *rate,
                          struct faults *faults)
{
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(check(ctx, loan, rate, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_loan_rate_drop(ctx->db, (struct sql_loan_rate_drop){.loan = loan->id, .since = rate->since.days}));
    TRY(sql_loan_rate_add(ctx->db, (struct sql_loan_rate_add){.loan = loan->id, .since = rate->since.days,
                                                              .rate = rate->rate}));
    return story_add(ctx, STORY_LOAN, loan->id, "accounting.loan_rate", STR(""));
}
