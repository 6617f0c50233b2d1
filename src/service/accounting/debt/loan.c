#include "service/accounting/debt/loan.h"

#include "core/town.h"
#include "proto/csv/csv.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/debt/loan_sql.h"
#include "service/accounting/lang.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/right/right.h"
#include "service/accounting/story/story.h"

#define CAPITAL_ACCOUNT STR("1641")
#define INTEREST_ACCOUNT STR("66111")
enum { BANK_FIELDS = 3, PLACE_MAX = 12 };

/* ---- recorded ---- */

static enum status check(struct ctx *ctx, const struct loan *loan, struct faults *faults)
{
    struct sql_loan_same_row row;
    struct debt_schedule schedule;
    const struct str words[] = {loan->number, loan->label};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].len == 0 || words[i].len > LOAN_TEXT_MAX) {
            fault_add_most(faults, "loan.words", "number", words[i], LOAN_TEXT_MAX);
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

enum status loan_schedule(struct ctx *ctx, const struct loan *loan, struct faults *faults,
                          struct loan_schedule *ret_schedule)
{
    struct debt_schedule own;
    struct sql_loan_bank_row *rows;
    struct sql_loan_repaid_row *repaid;
    size_t count, repaid_count;
    TRY(debt_schedule_of(&loan->terms, faults, &own));
    TRY(sql_loan_bank(ctx->db, ctx->arena, (struct sql_loan_bank){.loan = loan->id}, &rows, &count));
    TRY(sql_loan_repaid(ctx->db, ctx->arena, (struct sql_loan_repaid){.loan = loan->id}, &repaid, &repaid_count));
    *ret_schedule = (struct loan_schedule){.dues = arena_array(ctx->arena, struct loan_due, DEBT_COUNT_MAX)};
    if (ret_schedule->dues == NULL)
        return LIMIT;
    if (count > 0)
        of_bank(rows, count, &own, loan->terms.borrowed, ret_schedule);
    else
        of_computed(&own, ret_schedule);
    for (size_t i = 0; i < repaid_count; i++)
        if (repaid[i].place > 0 && (size_t)repaid[i].place <= ret_schedule->count)
            ret_schedule->dues[repaid[i].place - 1].piece = (uint64_t)repaid[i].piece;
    return OK;
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

/* ---- the bank's own ---- */

static enum status read_due(struct ctx *ctx, const struct csv_row *row, struct faults *faults, struct loan_due *ret_due)
{
    bool is_read = row->count >= BANK_FIELDS &&
                   budget_day_read(row->fields[0], &ret_due->due) == OK &&
                   budget_amount_read(ctx->language, row->fields[1], &ret_due->interest) == OK &&
                   budget_amount_read(ctx->language, row->fields[2], &ret_due->capital) == OK &&
                   ret_due->interest.cents >= 0 && ret_due->capital.cents >= 0;
    if (is_read)
        return OK;
    return fault_refuse(faults, "loan.file", "file", str_format(ctx->arena, "%lld", (long long)row->line), STR(""));
}

/* A first line of names is passed over. */
static bool is_head(const struct csv_row *row)
{
    return row->line == 1 && row->count > 0 && row->fields[0].len > 0 && !ascii_is_digit(row->fields[0].at[0]);
}

static enum status read_bank(struct ctx *ctx, struct str csv, struct faults *faults, struct loan_due *dues,
                             size_t *ret_count)
{
    struct csv_reader reader = csv_open(csv);
    struct csv_row *row = arena_new(ctx->arena, struct csv_row);
    size_t count = 0;
    enum status done;
    if (row == NULL)
        return LIMIT;
    while ((done = csv_next(&reader, ctx->arena, row)) == OK) {
        if (is_head(row) || (row->count == 1 && row->fields[0].len == 0))
            continue;
        if (count == DEBT_COUNT_MAX)
            return fault_refuse(faults, "loan.file", "file", STR("1201"), STR(""));
        TRY(read_due(ctx, row, faults, &dues[count]));
        if (count > 0 && dues[count].due.days <= dues[count - 1].due.days) {
            fault_add_dates(faults, "loan.order", "file", dues[count].due, dues[count - 1].due);
            return INVALID;
        }
        count++;
    }
    *ret_count = count;
    return done == NOT_FOUND ? OK
                             : fault_refuse(faults, "loan.file", "file",
                                            str_format(ctx->arena, "%lld", (long long)row->line), STR(""));
}

/* What was ordered stays as it was. */
static enum status keeps_repaid(struct ctx *ctx, const struct loan_schedule *before, const struct loan_due *dues,
                                size_t count, struct faults *faults)
{
    for (size_t i = 0; i < before->count; i++) {
        const struct loan_due *old = &before->dues[i];
        if (old->piece != 0 && (i >= count || !money_is(old->capital, dues[i].capital) ||
                                !money_is(old->interest, dues[i].interest)))
            return fault_refuse(faults, "loan.started", "file", str_format(ctx->arena, "%zu", i + 1), STR(""));
    }
    return OK;
}

static enum status check_bank(struct ctx *ctx, const struct loan *loan, const struct loan_due *dues, size_t count,
                              struct faults *faults)
{
    struct loan_schedule before;
    struct money sum = {0};
    for (size_t i = 0; i < count; i++)
        TRY(money_add(&sum, dues[i].capital));
    if (!money_is(sum, loan->terms.borrowed)) {
        fault_add_money(faults, "loan.sum", "file", sum, loan->terms.borrowed);
        return INVALID;
    }
    TRY(loan_schedule(ctx, loan, faults, &before));
    return keeps_repaid(ctx, &before, dues, count, faults);
}

enum status loan_take_bank(struct ctx *ctx, const struct loan *loan, struct str csv, struct faults *faults)
{
    struct loan_due *dues = arena_array(ctx->arena, struct loan_due, DEBT_COUNT_MAX);
    size_t count = 0;
    if (dues == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(read_bank(ctx, csv, faults, dues, &count));
    TRY(check_bank(ctx, loan, dues, count, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_loan_bank_drop(ctx->db, (struct sql_loan_bank_drop){.loan = loan->id}));
    for (size_t i = 0; i < count; i++)
        TRY(sql_loan_bank_add(ctx->db, (struct sql_loan_bank_add){.loan = loan->id, .place = (int64_t)i + 1,
                                                                  .due = dues[i].due.days,
                                                                  .interest = dues[i].interest.cents,
                                                                  .capital = dues[i].capital.cents}));
    return story_add(ctx, STORY_LOAN, loan->id, "accounting.loan_bank", STR(""));
}

/* ---- ordered ---- */

static enum status due_of(struct ctx *ctx, const struct loan_schedule *schedule, size_t place, int32_t year,
                          struct faults *faults, const struct loan_due **ret_due)
{
    struct str number = str_format(ctx->arena, "%zu", place);
    if (place == 0 || place > schedule->count || civil_of_date(schedule->dues[place - 1].due).year != year)
        return fault_refuse(faults, "loan.place", "place", number, STR(""));
    if (schedule->dues[place - 1].piece != 0)
        return fault_refuse(faults, "loan.repaid", "place", number, STR(""));
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
