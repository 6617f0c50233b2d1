#include "service/accounting/receipt/receipt_pes.h"

#include "service/accounting/pes/pes_code.h"
#include "service/accounting/receipt/regie.h"
#include "service/accounting/receipt/suspense.h"

static enum status tell_suspense(struct ctx *ctx, const struct piece *piece, struct pes_line *line)
{
    struct pes_link *link = arena_new(ctx->arena, struct pes_link);
    struct suspense suspense;
    if (link == NULL)
        return LIMIT;
    enum status known = suspense_of_piece(ctx, piece->sequence, &suspense);
    if (known != OK)
        return known == NOT_FOUND ? OK : known;
    *link = (struct pes_link){.kind = STR(PES_LINK_MONEY), .year = (uint32_t)suspense.year,
                              .piece = (uint64_t)suspense.number};
    line->link = link;
    line->third_account = suspense.third_account;
    if (!piece->is_receipt)
        line->way = STR(PES_WAY_DEBIT);
    return OK;
}

static enum status tell_regie(struct ctx *ctx, const struct piece *piece, struct pes_line *line)
{
    struct pes_ties *ties = arena_new(ctx->arena, struct pes_ties);
    struct regie regie;
    if (ties == NULL)
        return LIMIT;
    enum status known = regie_of_piece(ctx, piece->sequence, &regie);
    if (known != OK)
        return known == NOT_FOUND ? OK : known;
    *ties = (struct pes_ties){.advance_fund = regie.code};
    line->ties = ties;
    return OK;
}

enum status receipt_tell(struct ctx *ctx, const struct piece *piece, struct pes_line *line)
{
    if (str_eq(piece->type, STR(PES_PIECE_AFTER)))
        TRY(tell_suspense(ctx, piece, line));
    if (!piece->is_receipt && piece->party == 0 && str_eq(piece->nature, STR(PES_ORDER_PAY)))
        line->way = STR(PES_WAY_FILE);
    return piece->is_receipt ? tell_regie(ctx, piece, line) : OK;
}
