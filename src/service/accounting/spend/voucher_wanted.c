/* Which documents the accountant expects with a mandat: rows of vouchers.csv. */
#include "base/embed.h"
#include "service/accounting/dated_csv.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/spend/voucher.h"

EMBED(accounting_vouchers, "src/service/accounting/spend/vouchers.csv");

enum column { ACCOUNT = DATED_FIRST, KIND, SOURCE, COLUMNS };

static enum status open_rows(struct ctx *ctx, struct date day, struct dated_csv *ret_table)
{
    return dated_csv_open(ctx->arena, str_span(accounting_vouchers, accounting_vouchers_end), COLUMNS, day, ret_table);
}

/* How long the longest account of the table is that begins this one. */
static enum status longest(struct ctx *ctx, struct str nature, struct date day, size_t *ret_length)
{
    struct dated_csv table;
    enum status done;
    *ret_length = 0;
    TRY(open_rows(ctx, day, &table));
    while ((done = dated_csv_next(&table)) == OK) {
        struct str account = table.row->fields[ACCOUNT];
        if (str_starts(nature, account) && account.len > *ret_length)
            *ret_length = account.len;
    }
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
    struct dated_csv table;
    enum status done;
    size_t length;
    TRY(longest(ctx, nature, day, &length));
    TRY(open_rows(ctx, day, &table));
    while ((done = dated_csv_next(&table)) == OK) {
        const struct str *fields = table.row->fields;
        bool is_it = length > 0 && fields[ACCOUNT].len == length && str_starts(nature, fields[ACCOUNT]);
        if (is_it && *count < VOUCHER_WANTED_MAX && !is_among(fields[KIND], kinds, *count))
            kinds[(*count)++] = fields[KIND];
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
