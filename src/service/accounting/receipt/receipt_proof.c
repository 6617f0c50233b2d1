#include "service/accounting/receipt/receipt_proof.h"

#include "service/accounting/proof.h"
#include "service/accounting/receipt/receipt_proof_sql.h"

static const char *const says[] = {
    [1] = "put in order: number %lld: %lld cents of %lld",
    [2] = "takings of entry %lld: %lld cents, its titre %lld",
    [3] = "list %lld, row %lld: %lld cents, its titre %lld, or another object",
    [4] = "list %lld: its rows stand at places up to %lld, and there are %lld (I6)",
    [5] = "list %lld: it is made, and %lld rows have no titre (I6)",
    [6] = "entry %lld: it was issued after money moved, and no money is said",
    [7] = "entry %lld: a titre of a regie without takings",
    [8] = "taking %lld: it takes back %lld cents, and %lld were taken",
    [9] = "regie %lld: it handed over %lld cents, and took %lld of cash and cheques",
    [10] = "entry %lld: regie %lld takes on it, and it is no titre of that regie",
};
PROOF_EACH(receipt_proof_rows, says)

enum status receipt_verify(struct ctx *ctx, struct buf *findings)
{
    struct proof proof = {.findings = findings};
    return prove_receipt_proof_rows(ctx, &proof);
}
