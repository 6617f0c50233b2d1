/* The least amount for which a titre is issued (seuil de mise en recouvrement): figures.csv, title.least.
 *
 * Source: CGCT L1611-5 and D1611-1: claims that are no taxes, and that were not paid on the spot. What was paid before
 * its titre (régies, receipts to put in order: ../receipt) is not asked. Accounts of taxes: title_exempts.csv,
 * dated rows with sources. */
#ifndef SERVICE_ACCOUNTING_SPEND_TITLE_LEAST_H
#define SERVICE_ACCOUNTING_SPEND_TITLE_LEAST_H

#include "service/accounting/spend/credit.h"

/* Of a titre on that account, that day; 0: there is none. `faults` keeps the town's figures for the next titre of a
 * list. CORRUPT: what was shipped is damaged. */
MUST_USE enum status title_least(struct ctx *ctx, struct str nature, struct date day, struct faults *faults,
                                 struct money *ret_least);
/* Of all its lines together; one that has a tax among them is not asked. INVALID: `faults` (title.least). */
MUST_USE enum status title_is_enough(struct ctx *ctx, const struct imputation *lines, size_t count, struct date day,
                                     struct faults *faults);

#endif
