/* A notice (avis des sommes à payer) tells a debtor what a titre asks, why, how to pay and how to contest it.
 *
 * Source: CGCT L1617-5 (what a titre says, two months to contest it), decree 2012-1246 article 24 (bases of the
 * liquidation), cited from memory. Invariants: printed once its bordereau is signed, since it names who signed and in
 * which quality; amounts are those of the titre, corrections apart. The accountant's system can print and post notices
 * too (ASAP, Edition 01): README says what that takes and what of it is not here. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_ASAP_H
#define SERVICE_ACCOUNTING_RECEIPT_ASAP_H

#include "document/pdf.h"
#include "service/accounting/party/party.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/spend/slip.h"

enum {
    ASAP_TEXT_MAX = 400, /* bytes, of each text below */
    ASAP_CODE_MAX = 20,
    ASAP_IN_FILE = 15, /* a page each: one turn of the writer */
};

/* What stands on each notice of a budget. */
struct asap_words {
    struct str desk;   /* who answers questions */
    struct str pay_to; /* the accountant's post, and how to pay there */
    struct str online, online_code; /* where to pay on the web, and the town's code there; "" */
    struct str court;  /* before which a titre is contested */
};
/* All "" where nothing was said yet. */
MUST_USE enum status asap_words(struct ctx *ctx, int64_t budget, struct asap_words *ret_words);
/* INVALID: `faults`: asap.text (empty, too long), asap.online (one of the two alone). */
MUST_USE enum status asap_set(struct ctx *ctx, int64_t budget, const struct asap_words *words,
                                struct faults *faults);

struct asap {
    struct piece piece;
    struct slip slip;
    struct credit_year year;
    struct party party;
    struct asap_words words;
    struct imputation *lines;
    size_t line_count;
    struct str basis;   /* as said, else the object */
    struct str signer, quality;
};
/* Does it name a debtor who is asked to pay? A titre does, and one that takes back a mandat of a closed year (01-02-09:
 * ../close/annul.h), though that corrects another piece; a mandat and a reduced titre ask nothing. */
static inline bool asap_is_for(const struct piece *piece)
{
    bool is_own = piece->origin == 0 || str_eq(piece->nature, STR(PES_NATURE_OTHER));
    return piece->is_receipt && piece->party != 0 && is_own;
}
/* INVALID: `faults`: asap.receipt (asap_is_for says no), asap.signed (not yet), asap.words (nothing was
 * said of how to pay and where to contest). */
MUST_USE enum status asap_of(struct ctx *ctx, uint64_t sequence, struct faults *faults, struct asap *ret_notice);
/* One page, or as many as it takes. */
MUST_USE enum status asap_print(struct ctx *ctx, const struct asap *notice, struct pdf *pdf);

#endif
