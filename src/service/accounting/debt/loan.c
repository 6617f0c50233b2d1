#include "service/accounting/debt/loan.h"

#include "core/town.h"
#include "service/accounting/debt/loan_sql.h"
#include "service/accounting/right/right.h"
#include "service/accounting/story/story.h"

/* ---- recorded ---- */

static enum status check(struct ctx *ctx, const struct loan *loan, struct faults *faults)
{
    struct sql_loan_same_row row;
    struct debt_schedule schedule;
    if (loan->number.len == 0 || loan->number.len > LOAN_NUMBER_MAX) {
        fault_add_most(faults, "loan.words", "number", loan->number, LOAN_NUMBER_MAX);
        return INVALID;
    }
    if (loan->label.len == 0 || loan->label.len > LOAN_TEXT_MAX) {
        fault_add_most(faults, "loan.words", "label", loan->label, LOAN_TEXT_MAX);
        return INVALID;
    }
    if (loan->lender == 0)
        return fault_refuse(faults, "loan.lender", "lender", STR(""), STR(""));
    TRY(debt_schedule_of(&loan->terms, faults, &schedule));
    enum status done = sql_loan_same(ctx->db, ctx->arena,
                                     (struct sql_loan_same){.budget = loan->budget, .number = loan->number}, &row);
    if (done == OK)
        return fault_refuse(faults, "loan.twice", "number", loan->number, STR(""));
    return done == NOT_FOUND ? OK : done;
}

enum status loan_add(struct ctx *ctx, const struct loan *loan, struct faults *faults, int64_t *ret_id)
{
    struct sql_loan_add_row row;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(check(ctx, loan, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_loan_add(ctx->db, ctx->arena,
                     (struct sql_loan_add){.budget = loan->budget,
                                           .number = loan->number,
                                           .label = loan->label,
                                           .lender = loan->lender,
                                           .profile = loan->terms.profile,
                                           .borrowed = loan->terms.borrowed.cents,
                                           .rate = loan->terms.rate,
                                           .a_year = loan->terms.a_year,
                                           .count = loan->terms.count,
                                           .first = loan->terms.first.days,
                                           .signed_day = loan->signed_on.days},
                     &row));
    *ret_id = row.id;
    return story_add(ctx, STORY_LOAN, row.id, "accounting.loan_add", STR(""));
}

/* ---- reading ---- */

enum status loan_get(struct ctx *ctx, int64_t id, struct loan *ret_loan)
{
    struct sql_loan_get_row row;
    TRY(sql_loan_get(ctx->db, ctx->arena, (struct sql_loan_get){.id = id}, &row));
    *ret_loan = (struct loan){.id = id,
                              .budget = row.budget,
                              .lender = row.lender,
                              .number = row.number,
                              .label = row.label,
                              .lender_name = row.lender_name,
                              .terms = {.profile = (enum debt_profile)row.profile,
                                        .borrowed = {row.borrowed},
                                        .rate = row.rate,
                                        .a_year = (int32_t)row.a_year,
                                        .count = (int32_t)row.count,
                                        .first = {(int32_t)row.first}},
                              .signed_on = {(int32_t)row.signed_day}};
    return OK;
}

enum status loan_list(struct ctx *ctx, int64_t budget, struct loan **ret_loans, size_t *ret_count)
{
    struct sql_loan_list_row *rows;
    TRY(sql_loan_list(ctx->db, ctx->arena, (struct sql_loan_list){.budget = budget}, &rows, ret_count));
    *ret_loans = arena_array(ctx->arena, struct loan, *ret_count + 1);
    if (*ret_loans == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        TRY(loan_get(ctx, rows[i].id, &(*ret_loans)[i]));
    return OK;
}

/* ---- what falls due ---- */

static void of_computed(const struct debt_schedule *own, struct loan_schedule *schedule)
{
    schedule->count = own->count;
    for (size_t i = 0; i < own->count; i++)
        schedule->dues[i] = (struct loan_due){.due = own->instalments[i].due,
                                              .capital = own->instalments[i].capital,
                                              .interest = own->instalments[i].interest,
                                              .left = own->instalments[i].left};
}

static void of_bank(const struct sql_loan_bank_row *rows, size_t count, const struct debt_schedule *own,
                    struct money borrowed, struct loan_schedule *schedule)
{
    schedule->is_bank = true;
    schedule->count = count;
    for (size_t i = 0; i < count; i++) {
        struct loan_due *due = &schedule->dues[i];
        borrowed.cents -= rows[i].capital;
        *due = (struct loan_due){.due = {(int32_t)rows[i].due}, .capital = {rows[i].capital},
                                 .interest = {rows[i].interest}, .left = borrowed};
        if (i < own->count) {
            due->own_capital = own->instalments[i].capital;
            due->own_interest = own->instalments[i].interest;
        }
        due->differs = !money_is(due->capital, due->own_capital) || !money_is(due->interest, due->own_interest);
    }
}

static void of_repaid(const struct sql_loan_repaid_row *rows, size_t count, struct loan_schedule *schedule)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].place < 1 || (size_t)rows[i].place > schedule->count)
            continue;
        struct loan_due *due = &schedule->dues[rows[i].place - 1];
        due->was_ordered = true;
        if (rows[i].remains > 0) {
            due->piece = (uint64_t)rows[i].piece;
            due->ordered = (struct money){rows[i].remains};
        }
    }
}

enum status loan_schedule(struct ctx *ctx, const struct loan *loan, struct faults *faults,
                          struct loan_schedule *ret_schedule)
{
    struct debt_schedule own;
    struct sql_loan_bank_row *rows;
    struct sql_loan_repaid_row *repaid;
    size_t count, repaid_count;
    TRY(loan_own_schedule(ctx, loan, faults, &own));
    TRY(sql_loan_bank(ctx->db, ctx->arena, (struct sql_loan_bank){.loan = loan->id}, &rows, &count));
    TRY(sql_loan_repaid(ctx->db, ctx->arena, (struct sql_loan_repaid){.loan = loan->id}, &repaid, &repaid_count));
    *ret_schedule = (struct loan_schedule){.dues = arena_array(ctx->arena, struct loan_due, DEBT_COUNT_MAX)};
    if (ret_schedule->dues == NULL)
        return LIMIT;
    if (count > 0)
        of_bank(rows, count, &own, loan->terms.borrowed, ret_schedule);
    else
        of_computed(&own, ret_schedule);
    of_repaid(repaid, repaid_count, ret_schedule);
    return OK;
}

bool loan_is_due(const struct loan_due *due, int32_t year)
{
    int32_t own = civil_of_date(due->due).year;
    return due->piece == 0 && (own == year || (own < year && due->was_ordered));
}

/* Interest of the period that the end of the year cuts, by its days. */
static struct money accrued_of(const struct loan *loan, const struct loan_schedule *schedule, size_t next,
                               struct date end)
{
    enum { MONTHS = 12, DAYS = 30 };
    const struct loan_due *due = &schedule->dues[next];
    struct date from = next > 0 ? schedule->dues[next - 1].due
                                : (struct date){due->due.days - MONTHS / loan->terms.a_year * DAYS};
    struct money accrued = {0};
    if (from.days < end.days && due->due.days > from.days &&
        money_share(due->interest, end.days - from.days, due->due.days - from.days, &accrued) != OK)
        accrued = (struct money){0};
    return accrued;
}

struct loan_year loan_year(const struct loan *loan, const struct loan_schedule *schedule, int32_t year)
{
    struct loan_year sums = {.before = loan->terms.borrowed, .left = loan->terms.borrowed};
    struct date first = date_of(year, 1, 1), end = date_of(year, 12, 31);
    for (size_t i = 0; i < schedule->count; i++) {
        const struct loan_due *due = &schedule->dues[i];
        if (due->due.days > end.days) {
            sums.accrued = accrued_of(loan, schedule, i, end);
            break;
        }
        sums.left = due->left;
        if (due->due.days < first.days) {
            sums.before = due->left;
        } else {
            sums.capital.cents += due->capital.cents;
            sums.interest.cents += due->interest.cents;
        }
    }
    return sums;
}
