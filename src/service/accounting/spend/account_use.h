/* An account use is what a mandat or titre may do on an account: nothing, or be made without an engagement.
 *
 * Source: account_uses.csv, dated rows by the beginning of an account's number; its column `source` cites the text
 * (instruction M57 and decree 2012-1246, from memory). */
#ifndef SERVICE_ACCOUNTING_SPEND_ACCOUNT_USE_H
#define SERVICE_ACCOUNTING_SPEND_ACCOUNT_USE_H

#include "base/arena.h"
#include "base/dates.h"
#include "service/accounting/fault.h"

/* May a mandat or titre be charged to it? No: it stands in the budget alone. CORRUPT: what was shipped is damaged. */
MUST_USE enum status account_is_executed(struct arena *arena, struct str account, struct date day, bool *ret_is);
/* INVALID: expenses of that account are engaged first (rule piece.direct). */
MUST_USE enum status account_may_be_direct(struct faults *faults, struct str account, struct date day,
                                           const char *place);
/* INVALID: no authorisation over several years is for such expenses (rule programme.private). */
MUST_USE enum status account_may_be_over_years(struct faults *faults, struct str account, struct date day,
                                               const char *place);

#endif
