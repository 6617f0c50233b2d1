#include "service/accounting/spend/slip.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/right/signatory.h"
#include "service/accounting/spend/piece_sql.h"
#include "service/accounting/spend/slip_sql.h"
#include "service/accounting/spend/voucher.h"
#include "service/accounting/story/story.h"

/* ---- making one ---- */

/* Ordinary pieces go in a bordereau 01, corrections in one of 02 (PES V2, TypBord and TypPce); what cancels a piece
 * of the other sense, of a closed year, in one of 01 (NatPce 09). */
static struct str type_for(const struct piece *piece)
{
    return str_eq(piece->type, STR(PES_PIECE_CORRECTING)) && !str_eq(piece->nature, STR(PES_NATURE_OTHER))
               ? STR(PES_SLIP_REDUCING)
               : STR(PES_SLIP_ORDINARY);
}

static bool is_named_before(const uint64_t *pieces, size_t place)
{
    for (size_t i = 0; i < place; i++)
        if (pieces[i] == pieces[place])
            return true;
    return false;
}

static enum status look(struct ctx *ctx, const struct credit_year *year, bool is_receipt, const uint64_t *pieces,
                        size_t count, struct faults *faults, struct str *ret_type)
{
    struct piece piece;
    if (count == 0 || count > SLIP_PIECES_MAX)
        return fault_refuse(faults, "slip.count", "pieces", STR(""), STR(""));
    for (size_t i = 0; i < count; i++) {
        TRY(piece_get(ctx, pieces[i], &piece));
        if (piece.budget != year->budget || piece.year != year->year || piece.is_receipt != is_receipt)
            return fault_refuse(faults, "slip.other", "pieces", STR(""), STR(""));
        if (piece.slip != 0 || is_named_before(pieces, i))
            return fault_refuse(faults, "slip.twice", "pieces", STR(""), STR(""));
        if (i > 0 && !str_eq(type_for(&piece), *ret_type))
            return fault_refuse(faults, "slip.mixed", "pieces", STR(""), STR(""));
        *ret_type = type_for(&piece);
    }
    return OK;
}

enum status slip_make(struct ctx *ctx, const struct credit_year *year, bool is_receipt, const uint64_t *pieces,
                      size_t count, struct date day, struct faults *faults, int64_t *ret_id)
{
    struct sql_slip_last_row last;
    struct sql_slip_add_row row;
    struct str type = STR("");
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(look(ctx, year, is_receipt, pieces, count, faults, &type));
    TRY(voucher_fit(ctx, pieces, count, 0, "slip.vouchers", faults)); /* one file has them all */
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_slip_last(ctx->db, ctx->arena,
                      (struct sql_slip_last){.budget = year->budget, .year = year->year, .is_receipt = is_receipt,
                                             .type = type},
                      &last));
    TRY(sql_slip_add(ctx->db, ctx->arena,
                     (struct sql_slip_add){.budget = year->budget, .year = year->year, .is_receipt = is_receipt,
                                           .type = type, .number = last.number + 1, .day = day.days,
                                           .made_by = ctx->actor.person, .file = STR("")},
                     &row));
    for (size_t i = 0; i < count; i++)
        TRY(sql_piece_put_in(ctx->db, (struct sql_piece_put_in){.slip = row.id, .place = (int64_t)i + 1,
                                                                .sequence = (int64_t)pieces[i]}));
    *ret_id = row.id;
    return story_add(ctx, STORY_SLIP, row.id, "accounting.slip_make", STR(""));
}

/* ---- reading ---- */

enum status slip_get(struct ctx *ctx, int64_t id, struct slip *ret_slip)
{
    struct sql_slip_get_row row;
    TRY(sql_slip_get(ctx->db, ctx->arena, (struct sql_slip_get){.id = id}, &row));
    *ret_slip = (struct slip){.id = row.id, .budget = row.budget, .year = (int32_t)row.year,
                              .is_receipt = row.is_receipt != 0, .type = row.type, .number = (uint32_t)row.number,
                              .day = {(int32_t)row.day}, .state = (enum slip_state)row.state,
                              .file_name = row.file_name, .answer = row.answer, .signed_by = row.signed_by,
                              .signed_at = {row.signed_ms}, .pieces = row.pieces, .net = {row.net}, .tax = {row.tax}};
    return OK;
}

enum status slip_list(struct ctx *ctx, int64_t budget, int32_t year, struct slip **ret_slips, size_t *ret_count)
{
    struct sql_slip_list_row *rows;
    size_t count;
    TRY(sql_slip_list(ctx->db, ctx->arena, (struct sql_slip_list){.budget = budget, .year = year}, &rows, &count));
    *ret_slips = arena_array(ctx->arena, struct slip, count + 1);
    if (*ret_slips == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(slip_get(ctx, rows[i].id, &(*ret_slips)[i]));
    *ret_count = count;
    return OK;
}

/* ---- signing ---- */

static enum status need_apart(struct ctx *ctx, int64_t slip)
{
    struct sql_slip_attesters_row *rows;
    size_t count;
    TRY(sql_slip_attesters(ctx->db, ctx->arena,
                           (struct sql_slip_attesters){.slip = slip, .internal = STR(PES_PIECE_INTERNAL)}, &rows,
                           &count));
    for (size_t i = 0; i < count; i++)
        TRY(right_need_apart(ctx, rows[i].person));
    return OK;
}

enum status slip_sign(struct ctx *ctx, const struct slip *slip, struct faults *faults)
{
    struct money sum = slip->net;
    TRY(money_add(&sum, slip->tax));
    struct signatory_act act = {.person = ctx->actor.person, .right = RIGHT_SIGN, .amount = sum,
                                .day = ctx_today(ctx)};
    TRY(right_need(ctx, RIGHT_SIGN));
    if (slip->state != SLIP_TO_SIGN)
        return refuse(ctx, CONFLICT, "accounting.slip_signed", T_accounting_slip_signed);
    TRY(signatory_may(ctx, &act, faults));
    TRY(need_apart(ctx, slip->id));
    TRY(voucher_fit_slip(ctx, slip->id, 0, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_slip_sign(ctx->db, (struct sql_slip_sign){.signed_by = ctx->actor.person, .signed_ms = ctx->now.ms,
                                                      .id = slip->id}));
    TRY(story_add(ctx, STORY_SLIP, slip->id, "accounting.sign", STR("")));
    return audit_add(ctx, "accounting.sign", str_format(ctx->arena, "%d", slip->year),
                     str_format(ctx->arena, "%u", slip->number));
}
