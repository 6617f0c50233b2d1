/* Which documents the accountant expects with a mandat: rows of vouchers.csv. */
#include "proto/csv/csv.h"
#include "base/embed.h"
#include "service/accounting/dated.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/spend/voucher.h"

EMBED(accounting_vouchers, "src/service/accounting/spend/vouchers.csv");

enum column { SINCE, UNTIL, ACCOUNT, KIND, SOURCE, COLUMNS };

static enum status next_row(struct ctx *ctx, struct csv_reader *reader, struct csv_row *row)
{
    TRY(csv_next(reader, ctx->arena, row));
    return row->count == COLUMNS ? OK : CORRUPT;
}

static struct csv_reader open_rows(void)
{
    return csv_open(str_span(accounting_vouchers, accounting_vouchers_end));
}

/* How long the longest account of the table is that begins this one. */
static enum status longest(struct ctx *ctx, struct str nature, struct date day, size_t *ret_length)
{
    struct csv_reader reader = open_rows();
    struct csv_row row;
    enum status done;
    *ret_length = 0;
    TRY(next_row(ctx, &reader, &row)); /* the head */
    while ((done = next_row(ctx, &reader, &row)) == OK)
        if (str_starts(nature, row.fields[ACCOUNT]) && dated_holds(row.fields[SINCE], row.fields[UNTIL], day) &&
            row.fields[ACCOUNT].len > *ret_length)
            *ret_length = row.fields[ACCOUNT].len;
    return done == NOT_FOUND ? OK : done;
}

static bool is_among(struct str kind, const struct str *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(kind, kinds[i]))
            return true;
    return false;
}

static enum status add_wanted(struct ctx *ctx, struct str nature, struct date day, struct str *kinds, size_t *count)
{
    struct csv_reader reader = open_rows();
    struct csv_row row;
    enum status done;
    size_t length;
    TRY(longest(ctx, nature, day, &length));
    TRY(next_row(ctx, &reader, &row)); /* the head */
    while ((done = next_row(ctx, &reader, &row)) == OK) {
        bool is_it = length > 0 && row.fields[ACCOUNT].len == length && str_starts(nature, row.fields[ACCOUNT]);
        if (is_it && dated_holds(row.fields[SINCE], row.fields[UNTIL], day) && *count < VOUCHER_WANTED_MAX &&
            !is_among(row.fields[KIND], kinds, *count))
            kinds[(*count)++] = row.fields[KIND];
    }
    return done == NOT_FOUND ? OK : done;
}

enum status voucher_wanted(struct ctx *ctx, const struct imputation *lines, size_t count, struct date day,
                           struct str ret_kinds[VOUCHER_WANTED_MAX], size_t *ret_count)
{
    *ret_count = 0;
    for (size_t i = 0; i < count; i++)
        TRY(add_wanted(ctx, lines[i].nature, day, ret_kinds, ret_count));
    return OK;
}

enum status voucher_missing(struct ctx *ctx, const struct piece *piece, struct str ret_kinds[VOUCHER_WANTED_MAX],
                            size_t *ret_count)
{
    struct str wanted[VOUCHER_WANTED_MAX];
    struct imputation *lines;
    struct voucher *there;
    size_t count, wanted_count, line_count;
    *ret_count = 0;
    bool is_attached = str_eq(piece->type, STR(PES_ORDER_ATTACHED)); /* made as no invoice came (../close) */
    if (piece->is_receipt || piece->origin != 0 || piece_is_internal(piece) || is_attached)
        return OK;
    TRY(credit_lines(ctx, piece->sequence, &lines, &line_count));
    TRY(voucher_wanted(ctx, lines, line_count, piece->day, wanted, &wanted_count));
    TRY(voucher_list(ctx, piece->sequence, &there, &count));
    for (size_t i = 0; i < wanted_count; i++) {
        bool is_there = false;
        for (size_t j = 0; j < count; j++)
            is_there = is_there || str_eq_nocase(there[j].about, wanted[i]);
        if (!is_there)
            ret_kinds[(*ret_count)++] = wanted[i];
    }
    return OK;
}
