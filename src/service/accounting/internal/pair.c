#include "service/accounting/internal/pair.h"

#include "core/town.h"
#include "service/accounting/internal/pair_sql.h"
#include "service/accounting/lang.h"

enum { KIND_NAMES_MAX = 4 << 10 };

/* ---- what may stand against what ---- */

struct side {
    struct imputation *lines;
    size_t count;
    enum chart_direction direction;
    struct str prefix;
    const char *place; /* the field, as a fault names it */
};

static enum status check_line(const struct pair_order *order, const struct pair_kind *kind, const struct side *side,
                              struct imputation *line, struct faults *faults)
{
    if (!str_starts(line->nature, side->prefix))
        return fault_refuse(faults, "pair.account", side->place, line->nature, side->prefix);
    TRY(credit_place(order->year, line, kind->order, side->direction, side->place, faults));
    return credit_amounts(line, order->day, side->place, faults);
}

/* Every line of a side is of one section. */
static enum status check_side(const struct pair_order *order, const struct pair_kind *kind, const struct side *side,
                              struct faults *faults)
{
    if (side->count == 0 || side->count > IMPUTATIONS_MAX)
        return fault_refuse(faults, "spend.lines", side->place, STR(""), STR(""));
    for (size_t i = 0; i < side->count; i++) {
        TRY(check_line(order, kind, side, &side->lines[i], faults));
        if (side->lines[i].section != side->lines[0].section)
            return fault_refuse(faults, "spend.section", side->place, side->lines[i].nature, STR(""));
    }
    return OK;
}

static enum status check_both(const struct side *expense, const struct side *receipt, const struct pair_kind *kind,
                              struct faults *faults)
{
    struct money spent = credit_charge(expense->lines, expense->count);
    struct money received = credit_charge(receipt->lines, receipt->count);
    bool is_one_section = expense->lines[0].section == receipt->lines[0].section;
    if (is_one_section != (kind->order == CHART_WITHIN))
        return fault_refuse(faults, "pair.chapters", receipt->place, receipt->lines[0].nature,
                            expense->lines[0].nature);
    if (money_is(spent, received))
        return OK;
    fault_add_money(faults, "pair.sum", "receipt_amount", received, spent);
    return INVALID;
}

/* Names of the kinds, as the form offers them. */
static enum status refuse_kind(struct ctx *ctx, const struct pair_order *order, struct faults *faults)
{
    struct buf names BUF_SCOPE = BUF_INIT(KIND_NAMES_MAX);
    struct pair_kind *kinds;
    size_t count;
    TRY(pair_kinds(ctx->arena, order->year->nomenclature, &kinds, &count));
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_c(&names, " ; ");
        buf_add(&names, text_of(ctx->language, kinds[i].words));
    }
    TRY(buf_status(&names));
    return fault_refuse(faults, "pair.kind", "kind", order->kind, str_copy(ctx->arena, buf_str(&names)));
}

static enum status check(struct ctx *ctx, const struct pair_order *order, struct faults *faults,
                         struct pair_kind *ret_kind)
{
    enum status done = pair_kind(ctx->arena, order->kind, ret_kind);
    if (done == NOT_FOUND || (done == OK && !pair_kind_is_for(ret_kind, order->year->nomenclature)))
        return refuse_kind(ctx, order, faults);
    TRY(done);
    const struct side expense = {order->expense, order->expense_count, CHART_EXPENSE, ret_kind->expense, "expense"};
    const struct side receipt = {order->receipt, order->receipt_count, CHART_RECEIPT, ret_kind->receipt, "receipt"};
    TRY(check_side(order, ret_kind, &expense, faults));
    TRY(check_side(order, ret_kind, &receipt, faults));
    if (!piece_is_product(order->product)) /* a file for the accountant has it of every titre */
        return fault_refuse(faults, "piece.product", "product", order->product, STR(""));
    return check_both(&expense, &receipt, ret_kind, faults);
}

/* ---- both or none ---- */

static enum status make_both(struct ctx *ctx, const struct pair_order *order, const struct pair_kind *kind,
                             const unsigned char id[ENTRY_ID_BYTES], struct faults *faults, uint64_t *ret_expense)
{
    unsigned char other[ENTRY_ID_BYTES];
    uint64_t receipt;
    struct piece_order piece = {.year = order->year, .lines = order->expense, .line_count = order->expense_count,
                                .kind = kind->order, .object = order->object, .nature = kind->nature, .type = STR(""),
                                .day = order->day};
    TRY(piece_order_direct(ctx, &piece, id, faults, ret_expense));
    pair_id(id, other);
    piece.lines = order->receipt;
    piece.line_count = order->receipt_count;
    piece.product = order->product;
    TRY(piece_title(ctx, &piece, other, faults, &receipt));
    return sql_pair_add(ctx->db, (struct sql_pair_add){.expense = (int64_t)*ret_expense, .receipt = (int64_t)receipt,
                                                       .kind = kind->code, .asset = order->asset});
}

static enum status refuse_used(const struct pair_order *order, enum entry_kind kind, struct faults *faults)
{
    return fault_refuse(faults, "engine.id", "command", order->kind, str_of(entry_kind_name(kind)));
}

/* What the commands of both halves did before. OK: this operation, and its answer stands. NOT_FOUND: nothing. INVALID:
 * another act, which is half of nothing here. */
static enum status look_back(struct ctx *ctx, const struct pair_order *order, const unsigned char id[ENTRY_ID_BYTES],
                             struct faults *faults, uint64_t *ret_expense)
{
    unsigned char other[ENTRY_ID_BYTES];
    struct pair pair;
    uint64_t receipt;
    enum status seen = book_repeated(ctx, id, ENTRY_ORDER_DIRECT, 0, ret_expense);
    if (seen == OK) {
        seen = pair_of(ctx, *ret_expense, &pair);
        if (seen == OK && str_eq(pair.kind, order->kind) && pair.asset == order->asset)
            return OK;
        return seen == OK || seen == NOT_FOUND ? refuse_used(order, ENTRY_ORDER_DIRECT, faults) : seen;
    }
    if (seen != NOT_FOUND)
        return seen;
    pair_id(id, other);
    seen = book_repeated(ctx, other, ENTRY_TITLE, 0, &receipt);
    return seen == OK ? refuse_used(order, ENTRY_TITLE, faults) : seen;
}

enum status pair_make(struct ctx *ctx, const struct pair_order *order, const unsigned char id[ENTRY_ID_BYTES],
                      struct faults *faults, uint64_t *ret_expense)
{
    struct pair_kind kind = {.norm = STR("")};
    enum status seen = look_back(ctx, order, id, faults, ret_expense);
    if (seen != NOT_FOUND)
        return seen;
    TRY(check(ctx, order, faults, &kind));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* what one of both lacks leaves neither */
    return db_settle(ctx->db, make_both(ctx, order, &kind, id, faults, ret_expense));
}

/* ---- reading ---- */

#define PAIR_OF(row)                                                                                                   \
    (struct pair)                                                                                                      \
    {                                                                                                                  \
        .id = (row).id, .asset = (row).asset, .expense = (uint64_t)(row).expense, .receipt = (uint64_t)(row).receipt,  \
        .kind = (row).kind                                                                                             \
    }

enum status pair_of(struct ctx *ctx, uint64_t piece, struct pair *ret_pair)
{
    struct sql_pair_of_row row;
    TRY(sql_pair_of(ctx->db, ctx->arena, (struct sql_pair_of){.piece = (int64_t)piece}, &row));
    *ret_pair = PAIR_OF(row);
    return OK;
}

enum status pair_list(struct ctx *ctx, int64_t budget, int32_t year, struct pair **ret_pairs, size_t *ret_count)
{
    struct sql_pair_list_row *rows;
    TRY(sql_pair_list(ctx->db, ctx->arena, (struct sql_pair_list){.budget = budget, .year = year}, &rows, ret_count));
    *ret_pairs = arena_array(ctx->arena, struct pair, *ret_count + 1);
    if (*ret_pairs == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        (*ret_pairs)[i] = PAIR_OF(rows[i]);
    return OK;
}

enum status pair_list_of_asset(struct ctx *ctx, int64_t asset, struct pair **ret_pairs, size_t *ret_count)
{
    struct sql_pair_list_of_asset_row *rows;
    TRY(sql_pair_list_of_asset(ctx->db, ctx->arena, (struct sql_pair_list_of_asset){.asset = asset}, &rows,
                               ret_count));
    *ret_pairs = arena_array(ctx->arena, struct pair, *ret_count + 1);
    if (*ret_pairs == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        (*ret_pairs)[i] = PAIR_OF(rows[i]);
    return OK;
}
