#include "service/accounting/receipt/basis.h"

#include "service/accounting/receipt/basis_sql.h"

enum status basis_of(struct ctx *ctx, uint64_t sequence, struct str *ret_words)
{
    struct sql_basis_get_row row;
    *ret_words = STR("");
    enum status done =
        sql_basis_get(ctx->db, ctx->arena, (struct sql_basis_get){.sequence = (int64_t)sequence}, &row);
    if (done == OK)
        *ret_words = row.words;
    return done == NOT_FOUND ? OK : done;
}

enum status basis_keep(struct ctx *ctx, uint64_t sequence, struct str words)
{
    struct str before;
    TRY(basis_of(ctx, sequence, &before));
    if (str_eq(before, words))
        return OK;
    return sql_basis_put(ctx->db, (struct sql_basis_put){.sequence = (int64_t)sequence, .words = words});
}
