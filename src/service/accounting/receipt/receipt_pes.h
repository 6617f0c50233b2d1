/* What a line of a file for the accountant says because of where its piece comes from: money that moved before it, a
 * régie, payroll. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_RECEIPT_PES_H
#define SERVICE_ACCOUNTING_RECEIPT_RECEIPT_PES_H

#include "service/accounting/pes/pes_slip.h"
#include "service/accounting/spend/piece.h"

/* Link (NatPceOrig 03), third account, IdRegie and, of a mandat, ModRegl; what else the line has stays. */
MUST_USE enum status receipt_tell(struct ctx *ctx, const struct piece *piece, struct pes_line *line);

#endif
