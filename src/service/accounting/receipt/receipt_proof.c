#include "service/accounting/receipt/receipt_proof.h"

#include "service/accounting/receipt/receipt_proof_sql.h"

static enum status verify_suspense(struct ctx *ctx, struct buf *findings)
{
    struct sql_receipt_proof_suspense_row *rows;
    size_t count;
    TRY(sql_receipt_proof_suspense(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(findings, "put in order: number %lld: %lld cents of %lld\n", (long long)rows[i].number,
                       (long long)rows[i].done, (long long)rows[i].amount);
    return OK;
}

static enum status verify_takings(struct ctx *ctx, struct buf *findings)
{
    struct sql_receipt_proof_taking_row *rows;
    size_t count;
    TRY(sql_receipt_proof_taking(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(findings, "takings of entry %lld: %lld cents, its titre %lld\n", (long long)rows[i].sequence,
                       (long long)rows[i].taken, (long long)rows[i].amount);
    return OK;
}

static enum status verify_rows(struct ctx *ctx, struct buf *findings)
{
    struct sql_receipt_proof_row_row *rows;
    size_t count;
    TRY(sql_receipt_proof_row(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(findings, "list %lld, row %lld: %lld cents, its titre %lld, or another object\n",
                       (long long)rows[i].batch, (long long)rows[i].place, (long long)rows[i].amount,
                       (long long)rows[i].titled);
    return OK;
}

enum status receipt_verify(struct ctx *ctx, struct buf *findings)
{
    TRY(verify_suspense(ctx, findings));
    TRY(verify_takings(ctx, findings));
    return verify_rows(ctx, findings);
}
