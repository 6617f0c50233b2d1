#include "service/accounting/close/close_proof.h"

#include "service/accounting/budget/budget_programme_use.h"
#include "service/accounting/close/close_proof_sql.h"
#include "service/accounting/proof.h"

static const char *const says[] = {
    [1] = "carried over: engagement %lld: %lld cents by entry %lld, %lld engaged again (I13)",
    [2] = "remains of %lld: engagement %lld: %lld cents listed, %lld released (I13)",
    [3] = "carried over: engagement %lld: %lld cents released by entry %lld, none listed (I13)",
    [4] = "entry %lld: mandat %lld attached what no link carries over (I13)",
    [5] = "remains of %lld, receipts %lld: the signed list says %lld cents, its lines %lld (I13)",
    [6] = "reports of %lld: expenses %lld cents of %lld listed (I13)",
    [7] = "reports of %lld: receipts %lld cents of %lld listed (I13)",
    [8] = "remains of %lld: the year is closed, and no list of it is signed (budget %lld, %lld) (I13)",
    [9] = "later years of engagement %lld: %lld cents go on as engagement %lld, which has %lld",
};
PROOF_EACH(close_proof_rows, says)

enum status close_verify(struct ctx *ctx, struct buf *findings)
{
    struct proof proof = {.findings = findings};
    TRY(prove_close_proof_rows(ctx, &proof));
    return budget_programme_verify(ctx, findings);
}
