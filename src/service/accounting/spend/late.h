/* A late mandat was ordered after the last day of its payment delay: interest and an indemnity are owed beside it.
 *
 * Source: code de la commande publique, L2192-13, R2192-31 to R2192-36, D2192-35: they fall due at payment, and nobody
 * has to ask. Invariants: what is owed runs to the day the accountant says it was paid, else to today; it is no longer
 * told once a later mandat of the budget pays its party on an account of interest for late payment (6583, or 6711 of
 * other charts), and is not corrected away; whether that mandat comes to all of it, its maker knows. */
#ifndef SERVICE_ACCOUNTING_SPEND_LATE_H
#define SERVICE_ACCOUNTING_SPEND_LATE_H

#include "service/accounting/spend/spend_view.h"

/* Interest and indemnity of an amount paid on that day; where the rate is not known, that is said. "": in time. */
struct str late_words(struct ctx *ctx, const struct delay *delay, struct money amount, struct date paid,
                      struct faults *faults);
/* Those of the year, the oldest first; nothing where there are none. */
MUST_USE enum status late_table(struct spend_view *view, const struct credit_year *year, struct faults *faults);
/* On the page of a bill, or of a piece (the other 0). */
MUST_USE enum status late_facts(struct spend_view *view, const struct credit_year *year, int64_t bill,
                                uint64_t piece);

#endif
