#include "service/accounting/proof.h"

#include "service/accounting/asset/asset_proof.h"
#include "service/accounting/close/close_proof.h"
#include "service/accounting/debt/debt_proof.h"
#include "service/accounting/receipt/receipt_proof.h"
#include "service/accounting/spend/spend_proof.h"

bool proof_has_room(struct proof *proof)
{
    return proof->found++ < PROOF_FINDINGS_MAX;
}

enum status proof_tell(struct proof *proof, const char *const says[], size_t count, struct proof_row row)
{
    if (row.finding < 1 || (size_t)row.finding >= count || says[row.finding] == NULL)
        return BUG;
    if (!proof_has_room(proof))
        return OK;
    buf_add_format(proof->findings, says[row.finding], (long long)row.subject, (long long)row.found,
                   (long long)row.wanted, (long long)row.other);
    buf_add_c(proof->findings, "\n");
    return OK;
}

enum status proof_whole(struct ctx *ctx, struct book_proof *ret_book, struct buf *findings)
{
    TRY(book_verify(ctx, ret_book, findings));
    TRY(spend_verify(ctx, findings));
    TRY(close_verify(ctx, findings));
    TRY(receipt_verify(ctx, findings));
    TRY(asset_verify(ctx, findings));
    TRY(debt_verify(ctx, findings));
    return buf_status(findings);
}
