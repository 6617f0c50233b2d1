/* A basis is what the amount of a titre was reckoned from (bases de la liquidation): "12 repas à 3,50 €".
 *
 * Source: decree 2012-1246 article 24: every titre says it. Invariants: at most one for each titre; one that went out
 * in a bordereau keeps it. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_BASIS_H
#define SERVICE_ACCOUNTING_RECEIPT_BASIS_H

#include "core/ctx.h"

enum { BASIS_MAX = 200 /* bytes */ };

/* "" for none. */
MUST_USE enum status basis_of(struct ctx *ctx, uint64_t sequence, struct str *ret_words);
/* Instead of what was said before; "" where nothing was said keeps nothing. */
MUST_USE enum status basis_keep(struct ctx *ctx, uint64_t sequence, struct str words);

#endif
