/* A suspense is money that came, or went, before its titre or mandat: the accountant's list (P503), to be put in order
 * by a piece "issued after" (TypPce 05).
 *
 * Source: PES V2, TypBord 05 and TypPce 13 of a PES_Retour of titres, NatPceOrig 03 of what puts it in order; CpteTiers
 * is repeated by the piece. Where from: schemas of the DGFiP as libriciel/s2low publishes them (README). Invariants:
 * the accountant's number is known once for each budget, year and direction; what its pieces come to, corrections
 * apart, never passes its amount, so nothing is put in order twice; a piece that is cancelled gives its amount back. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_SUSPENSE_H
#define SERVICE_ACCOUNTING_RECEIPT_SUSPENSE_H

#include "document/xml.h"
#include "service/accounting/spend/piece.h"

enum suspense_source { SUSPENSE_BY_HAND, SUSPENSE_CSV, SUSPENSE_RETURN, SUSPENSE_SOURCES };
enum {
    SUSPENSE_TEXT_MAX = 160, /* bytes */
    SUSPENSE_LIST_MAX = 500,
    SUSPENSE_FILE_MAX = 256 << 10,
    SUSPENSE_FILE_ROWS = 200, /* one turn of the writer */
};

struct suspense {
    int64_t id, budget;
    int32_t year;
    bool is_receipt;
    int64_t number;
    struct date day;
    struct money amount, done; /* done: what its pieces come to, as read */
    struct str payer, label;
    struct str third_account; /* "" */
    enum suspense_source source;
};
/* What no piece has put in order yet. */
static inline struct money suspense_left(const struct suspense *suspense)
{
    return (struct money){suspense->amount.cents - suspense->done.cents};
}

/* INVALID: `faults` says why (suspense.number, suspense.amount, suspense.day, suspense.text). CONFLICT: its number is
 * there and says something else, and a fault says so (suspense.there). The same again is OK and adds nothing:
 * *ret_is_new. */
MUST_USE enum status suspense_add(struct ctx *ctx, const struct suspense *suspense, struct faults *faults,
                                  bool *ret_is_new);
/* A list: jour; numero; montant; payeur; libelle; compte_tiers, in any order. All of it or nothing: INVALID,
 * `faults`. */
MUST_USE enum status suspense_take_csv(struct ctx *ctx, const struct credit_year *year, bool is_receipt,
                                       struct str file, struct faults *faults, size_t *ret_added);
/* Bordereaux 04 and 05 of a PES_Retour of titres. */
struct suspense_taken {
    size_t added;    /* new here */
    size_t left_out; /* of no budget or open year of the town, unreadable, or against what is known */
};
MUST_USE enum status suspense_take_return(struct ctx *ctx, struct xml *root, struct suspense_taken *ret_taken);

/* NOT_FOUND. */
MUST_USE enum status suspense_get(struct ctx *ctx, int64_t id, struct suspense *ret_suspense);
/* The oldest first; with `is_open`, those that are not wholly in order. */
MUST_USE enum status suspense_list(struct ctx *ctx, const struct credit_year *year, bool is_receipt, bool is_open,
                                   struct suspense **ret_all, size_t *ret_count);
MUST_USE enum status suspense_pieces(struct ctx *ctx, int64_t id, struct piece **ret_pieces, size_t *ret_count);
/* How the last one of that payer was put in order, to fill the form in. NOT_FOUND: none was. */
struct suspense_habit {
    int64_t party;
    struct str nature, function, product;
};
MUST_USE enum status suspense_habit(struct ctx *ctx, const struct suspense *suspense, struct suspense_habit *ret_habit);
/* Its titre or mandat; order->type, its receipt or not and its day are filled in here. INVALID: `faults`:
 * suspense.left (above what is left), and what piece_title or piece_order_direct say. */
MUST_USE enum status suspense_settle(struct ctx *ctx, const struct suspense *suspense, struct piece_order *order,
                                     const unsigned char id[ENTRY_ID_BYTES], struct faults *faults,
                                     uint64_t *ret_sequence);
/* What a piece puts in order. NOT_FOUND: none. */
MUST_USE enum status suspense_of_piece(struct ctx *ctx, uint64_t sequence, struct suspense *ret_suspense);

#endif
