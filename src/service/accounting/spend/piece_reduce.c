/* Pieces that correct others of their exercise: a reduction, or a cancellation where all of it goes. */
#include "core/town.h"
#include "service/accounting/internal/pair.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/spend/piece.h"
#include "service/accounting/spend/piece_sql.h"
#include "service/accounting/spend/spend_parts.h"

enum { AMOUNT_LETTERS = 32 };

static enum status refuse_part(struct faults *faults, const struct imputation *line, struct money left)
{
    struct buf wanted BUF_SCOPE = BUF_INIT(AMOUNT_LETTERS);
    money_write(&wanted, left);
    fault_add(faults, "piece.line", STR("amount"), line->nature, buf_str(&wanted));
    fault_mark_money(faults);
    return INVALID;
}

/* The part of each line, and of the tax that is left of it: the last part has all of that. */
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
        TRY(money_share(parts->lines[i].tax, part.cents, parts->left[i].cents, &tax));
        lines[*ret_count] = parts->lines[i];
        lines[*ret_count].tax = tax;
        lines[(*ret_count)++].net = part;
    }
    return *ret_count > 0 ? OK : fault_refuse(faults, "spend.lines", "lines", STR(""), STR(""));
}

enum status piece_lines(struct ctx *ctx, const struct piece *piece, struct money amount, struct faults *faults,
                        struct imputation **ret_lines, size_t *ret_count)
{
    struct imputation *lines;
    struct money *left;
    size_t count;
    TRY(spend_left(ctx, piece->sequence, &lines, &left, &count));
    struct money *parts = arena_array(ctx->arena, struct money, count + 1);
    *ret_lines = arena_array(ctx->arena, struct imputation, count + 1);
    if (parts == NULL || *ret_lines == NULL)
        return LIMIT;
    memcpy(parts, left, count * sizeof *left);
    spend_in_order(parts, count, amount);
    return take_parts(&(struct piece_parts){lines, left, parts, count}, faults, *ret_lines, ret_count);
}

static enum status reduce_one(struct ctx *ctx, const struct piece *piece, const struct piece_order *order,
                              const unsigned char id[ENTRY_ID_BYTES], struct faults *faults, uint64_t *ret_sequence)
{
    return piece_make(ctx, order, piece->is_receipt ? ENTRY_TITLE_REDUCE : ENTRY_ORDER_REDUCE, piece->sequence,
                      piece->bank, id, faults, ret_sequence);
}

/* Lines of the other half of an operation of order, by as much: of its only line, or all that is left of it. */
static enum status other_lines(struct ctx *ctx, const struct piece *other, struct piece_order *order,
                               struct faults *faults)
{
    struct money sum = credit_charge(order->lines, order->line_count), *left;
    struct imputation *lines;
    size_t count, kept = 0;
    TRY(spend_left(ctx, other->sequence, &lines, &left, &count));
    if (count != 1 && !money_is(sum, other->remains)) {
        struct buf wanted BUF_SCOPE = BUF_INIT(AMOUNT_LETTERS);
        money_write(&wanted, other->remains);
        fault_add(faults, "pair.side", STR("amount"), str_format(ctx->arena, "%u", other->number),
                  buf_str(&wanted));
        fault_mark_money(faults);
        return INVALID;
    }
    for (size_t i = 0; i < count; i++) {
        if (left[i].cents == 0)
            continue;
        lines[kept] = lines[i];
        lines[kept++].net = count == 1 ? sum : left[i];
    }
    order->lines = lines;
    order->line_count = kept;
    return OK;
}

static enum status reduce_both(struct ctx *ctx, const struct piece *piece, const struct piece *other,
                               struct piece_order *order, const unsigned char id[ENTRY_ID_BYTES],
                               struct faults *faults, uint64_t *ret_sequence)
{
    unsigned char second[ENTRY_ID_BYTES];
    uint64_t sequence;
    TRY(reduce_one(ctx, piece, order, id, faults, ret_sequence));
    TRY(other_lines(ctx, other, order, faults));
    order->origin = other->sequence;
    order->product = other->product;
    pair_id(id, second);
    return reduce_one(ctx, other, order, second, faults, &sequence);
}

/* Half of an operation of order is reduced with the other one, in one commit, or not at all. */
static enum status reduce(struct ctx *ctx, const struct piece *piece, struct piece_order *order,
                          const unsigned char id[ENTRY_ID_BYTES], struct faults *faults, uint64_t *ret_sequence)
{
    struct pair pair;
    struct piece other;
    enum status is_half = pair_of(ctx, piece->sequence, &pair);
    if (is_half == NOT_FOUND)
        return reduce_one(ctx, piece, order, id, faults, ret_sequence);
    TRY(is_half);
    TRY(piece_get(ctx, pair_other(&pair, piece->sequence), &other));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db));
    return db_settle(ctx->db, reduce_both(ctx, piece, &other, order, id, faults, ret_sequence));
}

/* A form that comes twice has the piece it made, whatever is left by now. */
static enum status again(struct ctx *ctx, const struct piece *piece, const unsigned char id[ENTRY_ID_BYTES],
                         uint64_t *ret_sequence)
{
    return book_repeated(ctx, id, piece->is_receipt ? ENTRY_TITLE_REDUCE : ENTRY_ORDER_REDUCE, piece->sequence,
                         ret_sequence);
}

static struct piece_order correction_of(const struct piece *piece, const struct credit_year *year,
                                        const struct piece_change *change)
{
    return (struct piece_order){.year = year, .party = piece->party, .unit = piece->unit, .origin = piece->sequence,
                                .engagement = piece->engagement, .object = change->object, .bill = change->bill,
                                .product = piece->product, .nature = STR(PES_NATURE_REDUCING),
                                .type = STR(PES_PIECE_CORRECTING), .day = change->day,
                                .kind = piece_is_internal(piece) ? CHART_BETWEEN : CHART_REAL};
}

enum status piece_reduce(struct ctx *ctx, const struct piece *piece, struct money amount,
                         const struct piece_change *change, const unsigned char id[ENTRY_ID_BYTES],
                         struct faults *faults, uint64_t *ret_sequence)
{
    struct credit_year year;
    struct piece_order order = correction_of(piece, &year, change);
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

enum status piece_reduce_parts(struct ctx *ctx, const struct piece *piece, const struct piece_parts *parts,
                               const struct piece_change *change, const unsigned char id[ENTRY_ID_BYTES],
                               struct faults *faults, uint64_t *ret_sequence)
{
    struct credit_year year;
    struct piece_order order = correction_of(piece, &year, change);
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
