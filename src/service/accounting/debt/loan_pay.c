/* The direct mandat of an instalment: capital and interest in one. */
#include "core/town.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/debt/loan_sql.h"
#include "service/accounting/lang.h"
#include "service/accounting/story/story.h"

#define CAPITAL_ACCOUNT STR("1641")
#define INTEREST_ACCOUNT STR("66111")

static enum status due_of(struct ctx *ctx, const struct loan_schedule *schedule, size_t place, int32_t year,
                          struct faults *faults, const struct loan_due **ret_due)
{
    struct str number = str_format(ctx->arena, "%zu", place);
    if (place > 0 && place <= schedule->count && schedule->dues[place - 1].piece != 0)
        return fault_refuse(faults, "loan.repaid", "place", number, STR(""));
    if (place == 0 || place > schedule->count || !loan_is_due(&schedule->dues[place - 1], year))
        return fault_refuse(faults, "loan.place", "place", number, STR(""));
    *ret_due = &schedule->dues[place - 1];
    return OK;
}

enum status loan_pay(struct ctx *ctx, const struct credit_year *year, const struct loan *loan, size_t place,
                     struct date day, const unsigned char id[ENTRY_ID_BYTES], struct faults *faults,
                     uint64_t *ret_piece)
{
    struct loan_schedule schedule;
    const struct loan_due *due;
    struct imputation lines[2];
    const struct text_arg args[] = {TEXT_ARG("number", loan->number),
                                    TEXT_ARG("place", str_format(ctx->arena, "%zu", place))};
    enum status seen = book_repeated(ctx, id, ENTRY_ORDER_DIRECT, 0, ret_piece);
    if (seen != NOT_FOUND)
        return seen;
    TRY(loan_schedule(ctx, loan, faults, &schedule));
    TRY(due_of(ctx, &schedule, place, year->year, faults, &due));
    struct piece_order order = {.year = year, .lines = lines, .kind = CHART_REAL, .party = loan->lender, .day = day,
                                .nature = STR(PES_NATURE_LOAN), .type = STR(""),
                                .object = text_with(ctx->arena, LANGUAGE_FR, T_accounting_loan_object, args, 2)};
    if (due->capital.cents > 0)
        lines[order.line_count++] = (struct imputation){.nature = CAPITAL_ACCOUNT, .function = STR(""),
                                                        .operation = STR(""), .net = due->capital};
    if (due->interest.cents > 0)
        lines[order.line_count++] = (struct imputation){.nature = INTEREST_ACCOUNT, .function = STR(""),
                                                        .operation = STR(""), .net = due->interest};
    TRY(piece_order_direct(ctx, &order, id, faults, ret_piece));
    TRY(sql_loan_repaid_add(ctx->db, (struct sql_loan_repaid_add){.loan = loan->id, .place = (int64_t)place,
                                                                  .piece = (int64_t)*ret_piece}));
    return story_add(ctx, STORY_LOAN, loan->id, "accounting.loan_pay", args[1].text);
}
