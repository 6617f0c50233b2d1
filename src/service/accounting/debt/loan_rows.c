#include "service/accounting/debt/loan_rows.h"

#include "core/town.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/debt/loan_rows_sql.h"

EXPORT_EACH(loan_rows_loan)
EXPORT_EACH(loan_rows_bank)
EXPORT_EACH(loan_rows_repaid)
EXPORT_EACH(loan_rows_rate)
EXPORT_EACH(loan_rows_accrued)

static enum status take_loan(struct ctx *ctx, const void *from)
{
    const struct sql_loan_rows_loan_row *row = from;
    struct debt_schedule schedule;
    struct faults *faults = faults_new(ctx->arena);
    struct debt terms = {.profile = (enum debt_profile)row->profile, .borrowed = {row->borrowed}, .rate = row->rate,
                         .a_year = (int32_t)row->a_year, .count = (int32_t)row->count, .first = {(int32_t)row->first}};
    bool is_loan = row->id > 0 && row->number.len > 0 && row->number.len <= LOAN_TEXT_MAX && row->label.len > 0 &&
                   row->label.len <= LOAN_TEXT_MAX && row->profile >= 0 && row->profile <= DEBT_IN_FINE &&
                   row->count > 0 && row->count <= DEBT_COUNT_MAX && row->a_year > 0 && row->a_year <= INT16_MAX &&
                   export_is_day(row->first) && export_is_day(row->signed_day) && money_is_within(row->borrowed);
    if (faults == NULL)
        return LIMIT;
    if (!is_loan || debt_schedule_of(&terms, faults, &schedule) != OK)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_loan_rows_loan_add(ctx->db, (struct sql_loan_rows_loan_add){.id = row->id,
                                                                           .budget = row->budget,
                                                                           .number = row->number,
                                                                           .label = row->label,
                                                                           .lender = row->lender,
                                                                           .profile = row->profile,
                                                                           .borrowed = row->borrowed,
                                                                           .rate = row->rate,
                                                                           .a_year = row->a_year,
                                                                           .count = row->count,
                                                                           .first = row->first,
                                                                           .signed_day = row->signed_day});
}

static enum status take_bank(struct ctx *ctx, const void *from)
{
    const struct sql_loan_rows_bank_row *row = from;
    bool is_due = row->place > 0 && row->place <= DEBT_COUNT_MAX && export_is_day(row->due) && row->interest >= 0 &&
                  row->capital >= 0 && money_is_within(row->interest) && money_is_within(row->capital);
    if (!is_due)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_loan_rows_bank_add(ctx->db,
                                  (struct sql_loan_rows_bank_add){.loan = row->loan, .place = row->place,
                                                                  .due = row->due, .interest = row->interest,
                                                                  .capital = row->capital});
}

static enum status take_repaid(struct ctx *ctx, const void *from)
{
    const struct sql_loan_rows_repaid_row *row = from;
    if (row->place <= 0 || row->place > DEBT_COUNT_MAX)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_loan_rows_repaid_add(
        ctx->db, (struct sql_loan_rows_repaid_add){.loan = row->loan, .place = row->place, .piece = row->piece});
}

static enum status take_rate(struct ctx *ctx, const void *from)
{
    const struct sql_loan_rows_rate_row *row = from;
    if (!export_is_day(row->since) || row->rate < 0 || row->rate > DEBT_RATE_WHOLE)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_loan_rows_rate_add(
        ctx->db, (struct sql_loan_rows_rate_add){.loan = row->loan, .since = row->since, .rate = row->rate});
}

static enum status take_accrued(struct ctx *ctx, const void *from)
{
    const struct sql_loan_rows_accrued_row *row = from;
    if (row->year < CELL_YEAR_FIRST || row->year > CELL_YEAR_LAST || row->piece <= 0)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_loan_rows_accrued_add(
        ctx->db, (struct sql_loan_rows_accrued_add){.loan = row->loan, .year = row->year, .piece = row->piece});
}

const struct export_file loan_rows[LOAN_ROWS] = {
    {"accounting_loans.csv", &sql_loan_rows_loan_row_shape, each_loan_rows_loan, take_loan},
    {"accounting_instalments.csv", &sql_loan_rows_bank_row_shape, each_loan_rows_bank, take_bank},
    {"accounting_repaid.csv", &sql_loan_rows_repaid_row_shape, each_loan_rows_repaid, take_repaid},
    {"accounting_loan_rates.csv", &sql_loan_rows_rate_row_shape, each_loan_rows_rate, take_rate},
    {"accounting_accrued.csv", &sql_loan_rows_accrued_row_shape, each_loan_rows_accrued, take_accrued},
};
