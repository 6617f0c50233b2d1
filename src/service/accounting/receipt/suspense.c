#include "service/accounting/receipt/suspense.h"

#include "base/utf8.h"
#include "core/town.h"
#include "service/accounting/party/party.h"
#include "service/accounting/receipt/suspense_sql.h"
#include "service/accounting/right/right.h"

enum { ACCOUNT_MAX = 12 };
static const int64_t number_max = INT64_C(9999999999999); /* thirteen digits */

/* ---- known ---- */

static bool is_account(struct str account)
{
    for (size_t i = 0; i < account.len; i++)
        if (!ascii_is_digit(account.at[i]))
            return false;
    return account.len <= ACCOUNT_MAX;
}

static enum status look(struct ctx *ctx, const struct suspense *suspense, struct faults *faults)
{
    if (suspense->number <= 0 || suspense->number > number_max)
        return fault_refuse(faults, "suspense.number", "number", STR(""), STR(""));
    if (suspense->amount.cents <= 0)
        return fault_refuse(faults, "suspense.amount", "amount", STR(""), STR(""));
    if (suspense->day.days > ctx_today(ctx).days) {
        fault_add_dates(faults, "suspense.day", "day", suspense->day, ctx_today(ctx));
        return INVALID;
    }
    bool is_right = suspense->payer.len > 0 && utf8_is_line(suspense->payer, SUSPENSE_TEXT_MAX) &&
                    utf8_is_line(suspense->label, SUSPENSE_TEXT_MAX) && is_account(suspense->third_account);
    return is_right ? OK : fault_refuse(faults, "suspense.text", "payer", suspense->payer, STR(""));
}

enum status suspense_add(struct ctx *ctx, const struct suspense *suspense, struct faults *faults, bool *ret_is_new)
{
    struct sql_suspense_of_number_row known;
    *ret_is_new = false;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(look(ctx, suspense, faults));
    enum status seen = sql_suspense_of_number(
        ctx->db, ctx->arena,
        (struct sql_suspense_of_number){.budget = suspense->budget, .year = suspense->year,
                                        .is_receipt = suspense->is_receipt, .number = suspense->number},
        &known);
    if (seen == OK && known.amount == suspense->amount.cents)
        return OK;
    if (seen == OK) {
        fault_add_money(faults, "suspense.there", "number", suspense->amount, (struct money){known.amount});
        return CONFLICT;
    }
    if (seen != NOT_FOUND)
        return seen;
    *ret_is_new = true;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_suspense_add(ctx->db, (struct sql_suspense_add){.budget = suspense->budget, .year = suspense->year,
                                                               .is_receipt = suspense->is_receipt,
                                                               .number = suspense->number, .day = suspense->day.days,
                                                               .amount = suspense->amount.cents,
                                                               .payer = suspense->payer, .label = suspense->label,
                                                               .third_account = suspense->third_account,
                                                               .source = suspense->source,
                                                               .entered_by = ctx->actor.person,
                                                               .entered_ms = ctx->now.ms});
}

/* ---- reading ---- */

enum status suspense_get(struct ctx *ctx, int64_t id, struct suspense *ret_suspense)
{
    struct sql_suspense_get_row row;
    TRY(sql_suspense_get(ctx->db, ctx->arena, (struct sql_suspense_get){.id = id}, &row));
    *ret_suspense = (struct suspense){.id = row.id, .budget = row.budget, .year = (int32_t)row.year,
                                      .is_receipt = row.is_receipt != 0, .number = row.number,
                                      .day = {(int32_t)row.day}, .amount = {row.amount}, .done = {row.done},
                                      .payer = row.payer, .label = row.label, .third_account = row.third_account,
                                      .source = (enum suspense_source)row.source};
    return OK;
}

enum status suspense_list(struct ctx *ctx, const struct credit_year *year, bool is_receipt, bool is_open,
                          struct suspense **ret_all, size_t *ret_count)
{
    struct sql_suspense_list_row *rows;
    size_t count;
    TRY(sql_suspense_list(ctx->db, ctx->arena,
                          (struct sql_suspense_list){.budget = year->budget, .year = year->year,
                                                     .is_receipt = is_receipt, .is_open = is_open},
                          &rows, &count));
    *ret_all = arena_array(ctx->arena, struct suspense, count + 1);
    if (*ret_all == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(suspense_get(ctx, rows[i].id, &(*ret_all)[i]));
    *ret_count = count;
    return OK;
}

enum status suspense_pieces(struct ctx *ctx, int64_t id, struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_suspense_piece_list_row *rows;
    size_t count;
    TRY(sql_suspense_piece_list(ctx->db, ctx->arena, (struct sql_suspense_piece_list){.suspense = id}, &rows, &count));
    *ret_pieces = arena_array(ctx->arena, struct piece, count + 1);
    if (*ret_pieces == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(piece_get(ctx, (uint64_t)rows[i].sequence, &(*ret_pieces)[i]));
    *ret_count = count;
    return OK;
}

enum status suspense_of_piece(struct ctx *ctx, uint64_t sequence, struct suspense *ret_suspense)
{
    struct sql_suspense_of_piece_row row;
    TRY(sql_suspense_of_piece(ctx->db, ctx->arena, (struct sql_suspense_of_piece){.sequence = (int64_t)sequence},
                              &row));
    return suspense_get(ctx, row.suspense, ret_suspense);
}

/* As the last of that payer, else the only party of that name. */
enum status suspense_habit(struct ctx *ctx, const struct suspense *suspense, struct suspense_habit *ret_habit)
{
    struct sql_suspense_habit_row row;
    struct party party;
    int64_t id;
    enum status done = sql_suspense_habit(ctx->db, ctx->arena,
                                          (struct sql_suspense_habit){.budget = suspense->budget,
                                                                      .payer = suspense->payer,
                                                                      .is_receipt = suspense->is_receipt},
                                          &row);
    if (done == OK)
        *ret_habit = (struct suspense_habit){.party = row.party, .nature = row.nature, .function = row.function,
                                             .product = row.product};
    if (done != NOT_FOUND)
        return done;
    done = party_named(ctx, suspense->payer, &id);
    if (done != OK)
        return done == CONFLICT ? NOT_FOUND : done;
    TRY(party_get(ctx, id, &party));
    *ret_habit = (struct suspense_habit){.party = id, .nature = STR(""), .function = STR(""), .product = STR("")};
    return party.is_active ? OK : NOT_FOUND;
}

/* ---- put in order ---- */

/* Its piece, made now or by the same command before. */
static enum status keep(struct ctx *ctx, const struct suspense *suspense, uint64_t sequence)
{
    struct sql_suspense_of_piece_row row;
    enum status seen = sql_suspense_of_piece(ctx->db, ctx->arena,
                                             (struct sql_suspense_of_piece){.sequence = (int64_t)sequence}, &row);
    if (seen != NOT_FOUND)
        return seen;
    return sql_suspense_piece_add(ctx->db, (struct sql_suspense_piece_add){.sequence = (int64_t)sequence,
                                                                           .suspense = suspense->id});
}

enum status suspense_settle(struct ctx *ctx, const struct suspense *suspense, struct piece_order *order,
                            const unsigned char id[ENTRY_ID_BYTES], struct faults *faults, uint64_t *ret_sequence)
{
    struct money sum = credit_sum(order->lines, order->line_count);
    struct money left = suspense_left(suspense);
    enum status seen = book_repeated(ctx, id, suspense->is_receipt ? ENTRY_TITLE : ENTRY_ORDER_DIRECT, 0, ret_sequence);
    if (seen != NOT_FOUND)
        return seen;
    if (sum.cents <= 0 || sum.cents > left.cents) {
        fault_add_money(faults, "suspense.left", "amount", sum, left);
        return INVALID;
    }
    order->type = STR(PES_PIECE_AFTER);
    order->kind = CHART_REAL;
    order->is_settled = true;
    TRY(suspense->is_receipt ? piece_title(ctx, order, id, faults, ret_sequence)
                             : piece_order_direct(ctx, order, id, faults, ret_sequence));
    return keep(ctx, suspense, *ret_sequence);
}
