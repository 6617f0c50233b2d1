#include "service/accounting/close/close_proof.h"

#include "service/accounting/budget/budget_programme_use.h"
#include "service/accounting/close/close_proof_sql.h"

static enum status verify_carried(struct ctx *ctx, struct buf *findings)
{
    struct sql_close_proof_carried_row *rows;
    size_t count;
    TRY(sql_close_proof_carried(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(findings, "carried over: engagement %lld: %lld cents by entry %lld, %lld engaged again (I13)\n",
                       (long long)rows[i].engagement, (long long)rows[i].carried, (long long)rows[i].entry,
                       (long long)rows[i].again);
    return OK;
}

static enum status verify_lists(struct ctx *ctx, struct buf *findings)
{
    struct sql_close_proof_lists_row *rows;
    size_t count;
    TRY(sql_close_proof_lists(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(findings, "remains of %lld: engagement %lld: %lld cents listed, %lld released (I13)\n",
                       (long long)rows[i].year, (long long)rows[i].engagement, (long long)rows[i].listed,
                       (long long)rows[i].released);
    return OK;
}

static enum status verify_opened(struct ctx *ctx, struct buf *findings)
{
    struct sql_close_proof_opened_row *rows;
    size_t count;
    TRY(sql_close_proof_opened(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(findings, "reports of %lld: expenses %lld cents of %lld listed, receipts %lld of %lld (I13)\n",
                       (long long)rows[i].year, (long long)rows[i].expense_open, (long long)rows[i].expense,
                       (long long)rows[i].receipt_open, (long long)rows[i].receipt);
    return OK;
}

enum status close_verify(struct ctx *ctx, struct buf *findings)
{
    TRY(verify_carried(ctx, findings));
    TRY(verify_lists(ctx, findings));
    TRY(verify_opened(ctx, findings));
    return budget_programme_verify(ctx, findings);
}
