/* The bank's own schedule of a loan, taken over as CSV: then it is the one that counts. */
#include "core/town.h"
#include "proto/csv/csv.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/debt/loan_sql.h"
#include "service/accounting/right/right.h"
#include "service/accounting/story/story.h"

enum { BANK_FIELDS = 3 };

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

/* A first line with semicolons has its fields parted by them, however many decimal commas stand in it. */
static struct csv_reader open_bank(struct str csv)
{
    struct csv_reader reader = csv_open(csv);
    size_t end = str_find_byte(reader.rest, '\n');
    struct str first = end == SIZE_MAX ? reader.rest : str_slice(reader.rest, 0, end);
    if (str_find_byte(first, ';') != SIZE_MAX)
        reader.separator = ';';
    return reader;
}

static enum status read_bank(struct ctx *ctx, struct str csv, struct faults *faults, struct loan_due *dues,
                             size_t *ret_count)
{
    struct csv_reader reader = open_bank(csv);
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

static bool is_kept(const struct loan_due *old, const struct loan_due *due)
{
    return (money_is(old->capital, due->capital) && money_is(old->interest, due->interest)) ||
           old->ordered.cents == due->capital.cents + due->interest.cents;
}

/* What was ordered stays as it was, or becomes what is left of a mandat that was reduced. */
static enum status keeps_repaid(struct ctx *ctx, const struct loan_schedule *before, const struct loan_due *dues,
                                size_t count, struct faults *faults)
{
    for (size_t i = 0; i < before->count; i++) {
        const struct loan_due *old = &before->dues[i];
        if (old->piece != 0 && (i >= count || !is_kept(old, &dues[i])))
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
    if (csv.len > LOAN_FILE_MAX) {
        fault_add_numbers(faults, "loan.size", "file", (int64_t)csv.len, LOAN_FILE_MAX);
        return INVALID;
    }
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
