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

/* The others are asked, too, where one comes to a row that is damaged. */
static const struct {
    const char *name;
    enum status (*prove)(struct ctx *ctx, struct buf *findings);
} parts[] = {{"spending", spend_verify}, {"closing", close_verify}, {"receipts", receipt_verify},
             {"assets", asset_verify},   {"debt", debt_verify}};

enum status proof_whole(struct ctx *ctx, struct book_proof *ret_book, struct buf *findings)
{
    TRY(book_verify(ctx, ret_book, findings));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        enum status done = parts[i].prove(ctx, findings);
        if (done != NOT_FOUND && done != CORRUPT)
            TRY(done);
        else
            buf_add_format(findings, "%s: a row that another one names is not there, or cannot be read\n",
                           parts[i].name);
    }
    return buf_status(findings);
}
