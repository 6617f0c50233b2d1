/* Interest run on 31 December and not due (ICNE): attached to its year loan by loan, and reversed in the next one. */
#include "core/town.h"
#include "service/accounting/close/attach.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/debt/loan_sql.h"
#include "service/accounting/internal/pair_kind.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/story/story.h"

#define ACCRUED_ACCOUNT STR("66112")

/* *ret_piece: the mandat, 0 for none; *ret_before: one that was cancelled. */
static enum status is_done(struct ctx *ctx, int64_t loan, int32_t year, uint64_t *ret_piece, uint64_t *ret_before)
{
    struct sql_loan_accrued_row row;
    enum status done =
        sql_loan_accrued(ctx->db, ctx->arena, (struct sql_loan_accrued){.loan = loan, .year = year}, &row);
    *ret_piece = done == OK && !row.is_cancelled ? (uint64_t)row.piece : 0;
    *ret_before = done == OK && row.is_cancelled ? (uint64_t)row.piece : 0;
    return done == NOT_FOUND ? OK : done;
}

enum status loan_accrued_of(struct ctx *ctx, const struct credit_year *year, struct loan_accrued *ret_accrued)
{
    struct loan *loans;
    size_t count;
    uint64_t piece, before;
    struct faults *faults = faults_new(ctx->arena);
    *ret_accrued = (struct loan_accrued){.count = 0};
    if (faults == NULL)
        return LIMIT;
    TRY(loan_list(ctx, year->budget, &loans, &count));
    for (size_t i = 0; i < count; i++) {
        struct loan_schedule schedule;
        TRY(loan_schedule(ctx, &loans[i], faults, &schedule));
        struct loan_year sums = loan_year(&loans[i], &schedule, year->year);
        TRY(is_done(ctx, loans[i].id, year->year, &piece, &before));
        if (sums.accrued.cents == 0 && piece == 0)
            continue;
        ret_accrued->count++;
        ret_accrued->done += piece != 0;
        if (piece == 0)
            TRY(money_add(&ret_accrued->to_do, sums.accrued));
    }
    return OK;
}

/* One act for one loan and year, and one for each that was cancelled. */
static void id_of(struct ctx *ctx, const struct loan *loan, int32_t year, uint64_t before,
                  unsigned char id[ENTRY_ID_BYTES])
{
    book_id_of(str_format(ctx->arena, "accrue loan %lld %d %llu", (long long)loan->id, year,
                          (unsigned long long)before), id);
}

static enum status attach_one(struct ctx *ctx, const struct credit_year *year, const struct loan *loan,
                              uint64_t before, struct money amount, struct faults *faults)
{
    struct str account = pair_account(year, ACCRUED_ACCOUNT, CHART_REAL, CHART_EXPENSE);
    struct imputation line = {.nature = account.len > 0 ? account : ACCRUED_ACCOUNT, .function = STR(""),
                              .operation = STR(""), .net = amount};
    const struct text_arg args[] = {TEXT_ARG("year", str_format(ctx->arena, "%d", year->year)),
                                    TEXT_ARG("number", loan->number)};
    struct piece_order order = {.year = year, .lines = &line, .line_count = 1, .party = loan->lender,
                                .object = text_with(ctx->arena, LANGUAGE_FR, T_accounting_loan_accrued_object, args,
                                                    2),
                                .nature = STR(PES_NATURE_FUNCTIONING), .type = STR(PES_ORDER_ATTACHED),
                                .day = date_of(year->year, 12, 31)};
    unsigned char id[ENTRY_ID_BYTES];
    uint64_t piece;
    id_of(ctx, loan, year->year, before, id);
    TRY(credit_place(year, &line, CHART_REAL, CHART_EXPENSE, "account", faults));
    TRY(piece_make(ctx, &order, ENTRY_ORDER_DIRECT, 0, 0, id, faults, &piece));
    TRY(sql_loan_accrued_add(ctx->db, (struct sql_loan_accrued_add){.loan = loan->id, .year = year->year,
                                                                    .piece = (int64_t)piece}));
    return story_add(ctx, STORY_LOAN, loan->id, "accounting.loan_accrue", args[0].text);
}

static enum status attach_all(struct ctx *ctx, const struct credit_year *year, struct faults *faults)
{
    struct loan *loans;
    size_t count;
    uint64_t piece, before;
    TRY(loan_list(ctx, year->budget, &loans, &count));
    for (size_t i = 0; i < count; i++) {
        struct loan_schedule schedule;
        TRY(loan_schedule(ctx, &loans[i], faults, &schedule));
        struct loan_year sums = loan_year(&loans[i], &schedule, year->year);
        TRY(is_done(ctx, loans[i].id, year->year, &piece, &before));
        if (sums.accrued.cents > 0 && piece == 0)
            TRY(attach_one(ctx, year, &loans[i], before, sums.accrued, faults));
    }
    return OK;
}

static enum status reverse_all(struct ctx *ctx, const struct credit_year *year, struct date day, struct faults *faults)
{
    struct sql_loan_unreversed_row *rows;
    size_t count;
    struct str before = str_format(ctx->arena, "%d", year->year - 1);
    TRY(sql_loan_unreversed(ctx->db, ctx->arena,
                            (struct sql_loan_unreversed){.budget = year->budget, .year = year->year - 1}, &rows,
                            &count));
    if (count == 0)
        return fault_refuse(faults, "loan.unreversed", "year", before, STR(""));
    for (size_t i = 0; i < count; i++) {
        TRY(attach_reverse(ctx, year, (uint64_t)rows[i].piece, day, faults));
        TRY(story_add(ctx, STORY_LOAN, rows[i].loan, "accounting.loan_reverse", before));
    }
    return OK;
}

enum status loan_unreversed(struct ctx *ctx, const struct credit_year *year, struct money *ret_sum)
{
    struct sql_loan_unreversed_row *rows;
    size_t count;
    *ret_sum = (struct money){0};
    TRY(sql_loan_unreversed(ctx->db, ctx->arena,
                            (struct sql_loan_unreversed){.budget = year->budget, .year = year->year - 1}, &rows,
                            &count));
    for (size_t i = 0; i < count; i++)
        TRY(money_add(ret_sum, (struct money){rows[i].remains}));
    return OK;
}

enum status loan_accrue(struct ctx *ctx, const struct credit_year *year, struct faults *faults)
{
    struct loan_accrued accrued;
    struct str number = str_format(ctx->arena, "%d", year->year);
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(loan_accrued_of(ctx, year, &accrued));
    if (accrued.count == 0)
        return fault_refuse(faults, "loan.unrun", "year", number, STR(""));
    if (accrued.done == accrued.count)
        return fault_refuse(faults, "loan.accrued", "year", number, STR(""));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* all of them or none */
    return db_settle(ctx->db, attach_all(ctx, year, faults));
}

enum status loan_reverse(struct ctx *ctx, const struct credit_year *year, struct date day, struct faults *faults)
{
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* all of them or none */
    return db_settle(ctx->db, reverse_all(ctx, year, day, faults));
}
