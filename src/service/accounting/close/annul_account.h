/* An annul_account is the account of a piece that cancels one of a closed year: annul_accounts.csv, dated rows with
 * their sources. */
#ifndef SERVICE_ACCOUNTING_CLOSE_ANNUL_ACCOUNT_H
#define SERVICE_ACCOUNTING_CLOSE_ANNUL_ACCOUNT_H

#include "base/arena.h"
#include "base/dates.h"
#include "service/accounting/engine/cell.h"

/* Of a mandat (expense) or titre (receipt) that is cancelled, in that section, on that day. "": the account of the
 * piece itself. NOT_FOUND: no row says it; CORRUPT: what was shipped is damaged. In the arena. */
MUST_USE enum status annul_account(struct arena *arena, enum cell_direction cancelled, enum cell_section section,
                                   struct date day, struct str *ret_account);

#endif
