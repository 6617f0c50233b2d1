/* A voucher (pièce justificative) is a document that goes to the accountant with a mandat or a titre.
 *
 * Source: decree 2012-1246 article 50, CGCT D1617-19 and its annex I (which kinds, by kind of expense: vouchers.csv,
 * dated rows); PES V2 PES_PJ (../pes) for how it goes. Invariants: the file of a piece's bill goes along by itself, its
 * bytes kept once, with the bill; what is in a bordereau that was signed stays as it is; what the accountant said of
 * one is told apart from what was said of its bordereau. What a document says is for people to look at: nothing here
 * reads it. */
#ifndef SERVICE_ACCOUNTING_SPEND_VOUCHER_H
#define SERVICE_ACCOUNTING_SPEND_VOUCHER_H

#include "service/accounting/spend/piece.h"

enum {
    VOUCHER_MAX = 5 << 20,      /* bytes of one that is handed in */
    VOUCHER_NAME_MAX = 100,     /* bytes */
    VOUCHER_ABOUT_MAX = 200,
    VOUCHERS_MAX = 20,          /* of one piece */
    VOUCHER_SLIP_MAX = 10 << 20, /* bytes of all in one bordereau */
    VOUCHER_WANTED_MAX = 8,
};
enum voucher_state { VOUCHER_SENT, VOUCHER_ACCEPTED, VOUCHER_REFUSED, VOUCHER_STATES };

struct voucher {
    int64_t id, bill; /* bill: its file; 0: handed in */
    uint64_t piece;
    struct str name, type; /* NomPJ, TypePJ */
    struct str about;      /* what it is: a kind of vouchers.csv, or any words */
    int64_t size;
    enum voucher_state state;
    struct str said; /* the accountant's words; "" */
};

/* In a job. INVALID: `faults` (voucher.name, voucher.type, voucher.about, voucher.size, voucher.count,
 * voucher.slip: its bordereau would pass what one file may have). CONFLICT
 * "accounting.slip_signed": it is too late. */
MUST_USE enum status voucher_add(struct ctx *ctx, const struct piece *piece, const struct voucher *voucher,
                                 struct str bytes, struct faults *faults);
/* What these pieces have beside them, and so many bytes more, fits in one bordereau's file. INVALID: `faults`, by that
 * rule. */
MUST_USE enum status voucher_fit(struct ctx *ctx, const uint64_t *pieces, size_t count, int64_t more, const char *rule,
                                 struct faults *faults);
/* The same of a bordereau that was made (voucher.slip). */
MUST_USE enum status voucher_fit_slip(struct ctx *ctx, int64_t slip, int64_t more, struct faults *faults);
/* The file of the piece's bill, where it has one. */
MUST_USE enum status voucher_add_bill(struct ctx *ctx, uint64_t piece, bool is_receipt, int64_t bill);
/* NOT_FOUND: none of this piece. CONFLICT as above. */
MUST_USE enum status voucher_drop(struct ctx *ctx, const struct piece *piece, int64_t id);
MUST_USE enum status voucher_list(struct ctx *ctx, uint64_t piece, struct voucher **ret_vouchers, size_t *ret_count);
MUST_USE enum status voucher_bytes(struct ctx *ctx, int64_t id, struct voucher *ret_voucher, struct str *ret_bytes);
/* "application/pdf", by the end of its name; absent: no kind that is taken. */
struct str voucher_media(struct str name);
/* "PJ21560046100010N12": IdUnique, of letters and digits alone. */
struct str voucher_unique(struct ctx *ctx, struct str siret, int64_t id);

/* ---- which are expected ---- */

/* Kinds that the accountant expects with a mandat charged to these accounts, by the longest row of each that is in
 * force on that day; each once, at most VOUCHER_WANTED_MAX. */
MUST_USE enum status voucher_wanted(struct ctx *ctx, const struct imputation *lines, size_t count, struct date day,
                                    struct str ret_kinds[VOUCHER_WANTED_MAX], size_t *ret_count);
/* Those of them that a mandat lacks; a titre, a correction, a mandat de rattachement or an operation of order lacks
 * none. */
MUST_USE enum status voucher_missing(struct ctx *ctx, const struct piece *piece,
                                     struct str ret_kinds[VOUCHER_WANTED_MAX], size_t *ret_count);

#endif
