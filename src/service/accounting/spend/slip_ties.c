#include "service/accounting/spend/slip_ties.h"

#include "base/utf8.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/asset/item_sql.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/debt/loan_sql.h"
#include "service/accounting/internal/pair.h"

static void tie(struct slip_ties *ties, struct str *field, struct str number, size_t most)
{
    if (number.len == 0 || utf8_count(number) > most)
        return;
    *field = number;
    ties->is_any = true;
}

static enum status tie_paid(struct ctx *ctx, const struct piece *piece, struct slip_ties *ties)
{
    struct sql_item_paid_by_row row;
    enum status done =
        sql_item_paid_by(ctx->db, ctx->arena, (struct sql_item_paid_by){.piece = (int64_t)piece->sequence}, &row);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    ties->nature = row.nature;
    tie(ties, &ties->ties.asset, row.number, ITEM_NUMBER_MAX);
    return OK;
}

static enum status tie_charged(struct ctx *ctx, uint64_t mandat, struct slip_ties *ties)
{
    struct sql_item_charged_by_row *rows;
    size_t count;
    TRY(sql_item_charged_by(ctx->db, ctx->arena, (struct sql_item_charged_by){.piece = (int64_t)mandat}, &rows,
                            &count));
    ties->charged = arena_array(ctx->arena, struct slip_charged, count + 1);
    if (ties->charged == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct slip_charged *one = &ties->charged[i];
        *one = (struct slip_charged){
            .account = str_format(ctx->arena, "28%.*s", STR_ARG(str_after(rows[i].nature, 1)))};
        if (utf8_count(rows[i].number) <= ITEM_NUMBER_MAX)
            one->ties.asset = rows[i].number;
    }
    ties->charged_count = count;
    return OK;
}

static enum status tie_pair(struct ctx *ctx, const struct piece *piece, struct slip_ties *ties)
{
    struct pair pair;
    struct item item;
    enum status done = pair_of(ctx, piece->sequence, &pair);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    if (pair.asset == 0)
        return tie_charged(ctx, pair.expense, ties);
    TRY(item_get(ctx, pair.asset, &item));
    tie(ties, &ties->ties.asset, item.number, ITEM_NUMBER_MAX);
    return OK;
}

static enum status tie_loan(struct ctx *ctx, const struct piece *piece, struct slip_ties *ties)
{
    struct sql_loan_paid_by_row row;
    enum status done =
        sql_loan_paid_by(ctx->db, ctx->arena, (struct sql_loan_paid_by){.piece = (int64_t)piece->sequence}, &row);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    tie(ties, &ties->ties.loan, row.number, LOAN_NUMBER_MAX);
    return OK;
}

enum status slip_ties_of(struct ctx *ctx, const struct piece *piece, struct slip_ties *ret_ties)
{
    *ret_ties = (struct slip_ties){.nature = STR("")};
    if (piece->origin != 0)
        return OK;
    if (piece_is_internal(piece))
        return tie_pair(ctx, piece, ret_ties);
    if (piece->is_receipt)
        return OK;
    if (str_eq(piece->nature, STR(PES_NATURE_INVENTORY)))
        return tie_paid(ctx, piece, ret_ties);
    return tie_loan(ctx, piece, ret_ties);
}

/* The chart may have no account as fine as the asset's (item_charge.c): either may begin with the other. */
static bool may_be_on(const struct slip_charged *charged, struct str account)
{
    return str_starts(account, STR("28")) &&
           (str_starts(charged->account, account) || str_starts(account, charged->account));
}

static const struct pes_ties *charged_on(const struct slip_ties *ties, struct str account)
{
    const struct slip_charged *only = ties->charged_count == 1 ? &ties->charged[0] : NULL;
    size_t count = ties->charged_count == 1;
    for (size_t i = 0; i < ties->charged_count && ties->charged_count > 1; i++)
        if (may_be_on(&ties->charged[i], account)) {
            only = &ties->charged[i];
            count++;
        }
    return count == 1 && only->ties.asset.len > 0 ? &only->ties : NULL;
}

const struct pes_ties *slip_ties_on(const struct slip_ties *ties, const struct imputation *line)
{
    if (ties->charged_count > 0)
        return charged_on(ties, line->nature);
    bool is_of_it = ties->nature.len == 0 || str_eq(ties->nature, line->nature);
    return ties->is_any && is_of_it ? &ties->ties : NULL;
}
