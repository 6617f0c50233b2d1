/* The sale of an asset: it leaves for its net book value (675 against its account), and what its price is above or
 * below goes from one section to the other (6761 and 192, or 192 and 7761). */
#include "core/town.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/internal/pair.h"
#include "service/accounting/lang.h"
#include "service/accounting/story/story.h"

#define BOOK STR("disposal.book")
#define GAIN STR("disposal.gain")
#define LOSS STR("disposal.loss")
enum { SECOND = 0x40 /* of the id of the second pair's command */ };

struct disposing {
    struct ctx *ctx;
    const struct credit_year *year;
    const struct item *item;
    const struct item_order *order;
    struct faults *faults;
};

enum status item_disposal_of(struct ctx *ctx, const struct item *item, struct faults *faults,
                             struct item_disposal *ret_disposal)
{
    struct item_year sums;
    struct pair *pairs;
    size_t count;
    *ret_disposal = (struct item_disposal){.piece = 0};
    if (item->gone.days == 0)
        return OK;
    TRY(item_year(item, civil_of_date(item->gone).year, faults, &sums));
    ret_disposal->net = sums.left;
    ret_disposal->gain = (struct money){item->price.cents - sums.left.cents};
    TRY(pair_list_of_asset(ctx, item->id, &pairs, &count));
    for (size_t i = 0; i < count && ret_disposal->piece == 0; i++)
        if (str_starts(pairs[i].kind, STR("disposal.")))
            ret_disposal->piece = pairs[i].expense;
    return OK;
}

/* The kind's account, or where it takes any asset's, that of this one. */
static struct str account_of(const struct disposing *disposing, const struct pair_kind *kind, struct str prefix,
                             enum chart_direction direction)
{
    if (str_eq(prefix, STR("2")))
        return disposing->item->nature;
    struct str found = pair_account(disposing->year, prefix, kind->order, direction);
    return found.len > 0 ? found : prefix;
}

static enum status write_one(const struct disposing *disposing, struct str code, struct money amount,
                             const unsigned char id[ENTRY_ID_BYTES], uint64_t *ret_piece)
{
    struct ctx *ctx = disposing->ctx;
    struct pair_kind kind;
    struct text_arg number = TEXT_ARG("number", disposing->item->number);
    TRY(pair_kind(ctx->arena, code, &kind));
    struct imputation expense = {.nature = account_of(disposing, &kind, kind.expense, CHART_EXPENSE),
                                 .function = STR(""), .operation = STR(""), .net = amount};
    struct imputation receipt = {.nature = account_of(disposing, &kind, kind.receipt, CHART_RECEIPT),
                                 .function = STR(""), .operation = STR(""), .net = amount};
    const struct pair_order order = {.year = disposing->year, .kind = code, .expense = &expense, .expense_count = 1,
                                     .receipt = &receipt, .receipt_count = 1, .asset = disposing->item->id,
                                     .day = disposing->order->day, .product = disposing->order->product,
                                     .object = text_with(ctx->arena, LANGUAGE_FR, T_accounting_asset_dispose_object,
                                                         &number, 1)};
    return pair_make(ctx, &order, id, disposing->faults, ret_piece);
}

static enum status write_both(const struct disposing *disposing, const struct item_disposal *disposal,
                              uint64_t *ret_piece)
{
    const unsigned char *id = disposing->order->id;
    unsigned char second[ENTRY_ID_BYTES];
    int64_t gain = disposal->gain.cents;
    uint64_t other = 0;
    memcpy(second, id, ENTRY_ID_BYTES);
    if (disposal->net.cents > 0) {
        TRY(write_one(disposing, BOOK, disposal->net, id, ret_piece));
        second[0] ^= SECOND;
    }
    if (gain != 0)
        TRY(write_one(disposing, gain > 0 ? GAIN : LOSS, (struct money){gain > 0 ? gain : -gain}, second, &other));
    if (disposal->net.cents == 0)
        *ret_piece = other;
    return story_add(disposing->ctx, STORY_ASSET, disposing->item->id, "accounting.asset_dispose", STR(""));
}

enum status item_dispose(struct ctx *ctx, const struct credit_year *year, const struct item *item,
                         const struct item_order *order, struct faults *faults, uint64_t *ret_piece)
{
    const struct disposing disposing = {ctx, year, item, order, faults};
    struct item_disposal disposal;
    enum status seen = book_repeated(ctx, order->id, ENTRY_ORDER_DIRECT, 0, ret_piece);
    if (seen != NOT_FOUND)
        return seen;
    if (item->gone.days == 0)
        return fault_refuse(faults, "item.there", "asset", item->number, STR(""));
    if (item->price.cents == 0)
        return fault_refuse(faults, "item.free", "price", item->number, STR(""));
    TRY(item_disposal_of(ctx, item, faults, &disposal));
    if (disposal.piece != 0)
        return fault_refuse(faults, "item.disposed", "asset", item->number, STR(""));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* all of the sale, or none of it */
    return db_settle(ctx->db, write_both(&disposing, &disposal, ret_piece));
}
