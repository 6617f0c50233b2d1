/* An annul is a piece that cancels or reduces one of a closed year: a titre for a mandat, a mandat for a titre.
 *
 * Source: instruction M57 (accounts: annul_account.h); PES V2, 01-02-09. Invariants: the piece is of a year whose
 * credits are open and that comes after; all corrections together never pass the original (the book, I7). */
#ifndef SERVICE_ACCOUNTING_CLOSE_ANNUL_H
#define SERVICE_ACCOUNTING_CLOSE_ANNUL_H

#include "service/accounting/spend/piece.h"
#include "service/accounting/spend/spend_view.h"

struct annul {
    struct money amount;
    struct date day; /* the year of the piece is its year */
    struct str object, product; /* product: of a titre */
    int64_t bill;               /* the credit note that it is for; 0 */
};

/* INVALID: `faults`: annul.year, engine.corrected, the account, a titre without its product code. */
MUST_USE enum status annul_make(struct ctx *ctx, const struct piece *piece, const struct annul *annul,
                                const unsigned char id[ENTRY_ID_BYTES], struct faults *faults, uint64_t *ret_sequence);
/* The form on the page of the piece, and what was sent by it. */
MUST_USE enum status annul_form(struct spend_view *view, const struct piece *piece);
MUST_USE enum status annul_read(struct ctx *ctx, const struct web_request *request, const struct piece *piece,
                                struct faults *faults, uint64_t *ret_sequence);

#endif
