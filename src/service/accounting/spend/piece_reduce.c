/* Pieces that correct others of their exercise: a reduction, or a cancellation where all of it goes. */
#include "service/accounting/spend/piece.h"

#include "service/accounting/pes/pes_code.h"

/* Codes of PES V2 (../pes/data/codes.csv). */
enum { AMOUNT_LETTERS = 32 };

enum status piece_lines(struct ctx *ctx, const struct piece *piece, struct money amount, struct faults *faults,
                        struct imputation **ret_lines, size_t *ret_count)
{
    TRY(credit_lines(ctx, piece->sequence, ret_lines, ret_count));
    if (money_is(amount, credit_charge(*ret_lines, *ret_count)))
        return OK;
    if (*ret_count != 1)
        return fault_refuse(faults, "piece.whole", "amount", STR(""), STR(""));
    struct imputation *line = &(*ret_lines)[0];
    struct money tax;
    TRY(money_share(line->tax, amount.cents, line->net.cents, &tax));
    line->tax = tax;
    line->net = amount;
    return OK;
}

static enum status reduce(struct ctx *ctx, const struct piece *piece, const struct piece_order *order,
                          const unsigned char id[ENTRY_ID_BYTES], struct faults *faults, uint64_t *ret_sequence)
{
    return piece_make(ctx, order, piece->is_receipt ? ENTRY_TITLE_REDUCE : ENTRY_ORDER_REDUCE, piece->sequence,
                      piece->bank, id, faults, ret_sequence);
}

/* A form that comes twice has the piece it made, whatever is left by now. */
static enum status again(struct ctx *ctx, const struct piece *piece, const unsigned char id[ENTRY_ID_BYTES],
                         uint64_t *ret_sequence)
{
    return book_repeated(ctx, id, piece->is_receipt ? ENTRY_TITLE_REDUCE : ENTRY_ORDER_REDUCE, piece->sequence,
                         ret_sequence);
}

static struct piece_order correction_of(const struct piece *piece, const struct credit_year *year, struct date day,
                                        struct str object)
{
    return (struct piece_order){.year = year, .party = piece->party, .unit = piece->unit, .origin = piece->sequence,
                                .engagement = piece->engagement, .object = object, .nature = STR(PES_NATURE_REDUCING),
                                .type = STR(PES_PIECE_CORRECTING), .day = day};
}

enum status piece_reduce(struct ctx *ctx, const struct piece *piece, struct money amount, struct date day,
                         struct str object, const unsigned char id[ENTRY_ID_BYTES], struct faults *faults,
                         uint64_t *ret_sequence)
{
    struct credit_year year;
    struct piece_order order = correction_of(piece, &year, day, object);
    enum status seen = again(ctx, piece, id, ret_sequence);
    if (seen != NOT_FOUND)
        return seen;
    if (amount.cents <= 0 || amount.cents > piece->remains.cents) {
        fault_add_money(faults, "engine.corrected", "amount", amount, piece->remains);
        return INVALID;
    }
    TRY(credit_year(ctx, piece->budget, piece->year, &year));
    TRY(piece_lines(ctx, piece, amount, faults, &order.lines, &order.line_count));
    return reduce(ctx, piece, &order, id, faults, ret_sequence);
}

static enum status refuse_part(struct faults *faults, const struct imputation *line, struct money left)
{
    struct buf wanted BUF_SCOPE = BUF_INIT(AMOUNT_LETTERS);
    money_write(&wanted, left);
    return fault_refuse(faults, "piece.line", "amount", line->nature, buf_str(&wanted));
}

/* The part of each line, and of its tax. */
static enum status take_parts(const struct piece_parts *parts, struct faults *faults, struct imputation *lines,
                              size_t *ret_count)
{
    *ret_count = 0;
    for (size_t i = 0; i < parts->count; i++) {
        struct money part = parts->parts[i], tax;
        if (part.cents == 0)
            continue;
        if (part.cents < 0 || part.cents > parts->left[i].cents)
            return refuse_part(faults, &parts->lines[i], parts->left[i]);
        TRY(money_share(parts->lines[i].tax, part.cents, parts->lines[i].net.cents, &tax));
        lines[*ret_count] = parts->lines[i];
        lines[*ret_count].tax = tax;
        lines[(*ret_count)++].net = part;
    }
    return *ret_count > 0 ? OK : fault_refuse(faults, "spend.lines", "lines", STR(""), STR(""));
}

enum status piece_reduce_parts(struct ctx *ctx, const struct piece *piece, const struct piece_parts *parts,
                               struct date day, struct str object, const unsigned char id[ENTRY_ID_BYTES],
                               struct faults *faults, uint64_t *ret_sequence)
{
    struct credit_year year;
    struct piece_order order = correction_of(piece, &year, day, object);
    enum status seen = again(ctx, piece, id, ret_sequence);
    if (seen != NOT_FOUND)
        return seen;
    order.lines = arena_array(ctx->arena, struct imputation, parts->count + 1);
    if (order.lines == NULL)
        return LIMIT;
    TRY(take_parts(parts, faults, order.lines, &order.line_count));
    TRY(credit_year(ctx, piece->budget, piece->year, &year));
    return reduce(ctx, piece, &order, id, faults, ret_sequence);
}
