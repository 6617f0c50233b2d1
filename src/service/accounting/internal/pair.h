/* A pair is one operation of order (opération d’ordre budgétaire): a mandat and a titre by which nothing is paid, of
 * one amount.
 *
 * Source: instruction M57 (040 = 042, 041 = 041); PES V2, TypPce 03. Invariants: both or none, in one commit, equal to
 * the cent; between the sections one side is of each, within one both are of it; what corrects one corrects the other
 * by as much (spend/piece_reduce.c). Rights as spend/piece.h says. */
#ifndef SERVICE_ACCOUNTING_INTERNAL_PAIR_H
#define SERVICE_ACCOUNTING_INTERNAL_PAIR_H

#include "service/accounting/internal/pair_kind.h"
#include "service/accounting/spend/piece.h"

struct pair {
    int64_t id, asset; /* asset 0: none */
    uint64_t expense, receipt; /* the mandat, the titre */
    struct str kind;
};

/* What becomes one. */
struct pair_order {
    const struct credit_year *year;
    struct str kind; /* pair_kind.h */
    struct imputation *expense, *receipt; /* placed here */
    size_t expense_count, receipt_count;
    int64_t asset;
    struct str object, product; /* product: CodProdLoc of the titre */
    struct date day;
};

/* In a job. INVALID: `faults` names the field: pair.kind, pair.account, pair.chapters, pair.never, pair.sum,
 * piece.product, engine.id; or as piece_order_direct and piece_title. *ret_expense: the mandat. */
MUST_USE enum status pair_make(struct ctx *ctx, const struct pair_order *order, const unsigned char id[ENTRY_ID_BYTES],
                               struct faults *faults, uint64_t *ret_expense);
/* That a mandat or titre is half of. NOT_FOUND: of none. */
MUST_USE enum status pair_of(struct ctx *ctx, uint64_t piece, struct pair *ret_pair);
static inline uint64_t pair_other(const struct pair *pair, uint64_t piece)
{
    return piece == pair->expense ? pair->receipt : pair->expense;
}
/* The id of the other half's command, drawn from that of the first. */
static inline void pair_id(const unsigned char id[ENTRY_ID_BYTES], unsigned char ret_id[ENTRY_ID_BYTES])
{
    memcpy(ret_id, id, ENTRY_ID_BYTES);
    ret_id[0] ^= 0x80;
}
/* Of a year, the newest first, at most 500; of an asset, those of which something is left. */
MUST_USE enum status pair_list(struct ctx *ctx, int64_t budget, int32_t year, struct pair **ret_pairs,
                               size_t *ret_count);
MUST_USE enum status pair_list_of_asset(struct ctx *ctx, int64_t asset, struct pair **ret_pairs, size_t *ret_count);

#endif
