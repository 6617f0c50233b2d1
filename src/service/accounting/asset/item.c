#include "service/accounting/asset/item.h"

#include "core/town.h"
#include "service/accounting/asset/item_sql.h"
#include "service/accounting/right/right.h"
#include "service/accounting/story/story.h"
#include "service/accounting/figures/figure_kept.h"
#include "service/accounting/pes/pes_code.h"

/* ---- recorded ---- */

static bool is_asset_account(struct str nature)
{
    return nature.len >= 2 && nature.at[0] == '2' && nature.at[1] >= '0' && nature.at[1] <= '7' && nature.at[1] != '5';
}

static enum status check_words(const struct item *item, struct faults *faults)
{
    if (item->number.len == 0 || item->number.len > ITEM_NUMBER_MAX) {
        fault_add_most(faults, "item.words", "number", item->number, ITEM_NUMBER_MAX);
        return INVALID;
    }
    if (item->label.len == 0 || item->label.len > ITEM_LABEL_MAX) {
        fault_add_most(faults, "item.words", "label", item->label, ITEM_LABEL_MAX);
        return INVALID;
    }
    return OK;
}

static enum status check_sums(struct ctx *ctx, const struct item *item, struct faults *faults)
{
    struct date first = date_of(1900, 1, 1), today = ctx_today(ctx);
    struct asset_plan plan;
    if (item->commissioned.days > today.days || item->commissioned.days < first.days) {
        fault_add_dates(faults, "item.day", "commissioned", item->commissioned, first);
        return INVALID;
    }
    if (item->before.cents < 0 || item->before.cents > item->cost.cents ||
        (item->before.cents > 0) != (item->before_year > 0)) {
        fault_add_money(faults, "item.before", "before", item->before, item->cost);
        return INVALID;
    }
    if (item->cost.cents <= 0) {
        fault_add_money(faults, "asset.base", "cost", item->cost, (struct money){0});
        return INVALID;
    }
    enum status done = item_plan(item, faults, &plan); /* no ceiling is known of that day: a fault says so */
    return done == NOT_FOUND ? INVALID : done;
}

static enum status check(struct ctx *ctx, const struct credit_year *year, const struct item *item,
                         struct faults *faults)
{
    struct sql_item_same_row row;
    const struct chart_account *account = year->chart == NULL ? NULL : chart_account(year->chart, item->nature);
    TRY(check_words(item, faults));
    if (!is_asset_account(item->nature) || (year->chart != NULL && account == NULL))
        return fault_refuse(faults, "item.account", "account", item->nature, STR(""));
    TRY(figure_take(ctx, faults));
    TRY(check_sums(ctx, item, faults));
    enum status done = sql_item_same(ctx->db, ctx->arena,
                                     (struct sql_item_same){.budget = item->budget, .number = item->number}, &row);
    if (done == OK)
        return fault_refuse(faults, "item.twice", "number", item->number, STR(""));
    return done == NOT_FOUND ? OK : done;
}

enum status item_add(struct ctx *ctx, const struct credit_year *year, const struct item *item, struct faults *faults,
                     int64_t *ret_id)
{
    struct sql_item_add_row row;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(check(ctx, year, item, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    if (item->piece != 0)
        TRY(sql_item_piece_told(ctx->db, (struct sql_item_piece_told){.inventory = STR(PES_NATURE_INVENTORY),
                                                                      .piece = (int64_t)item->piece,
                                                                      .ordinary = STR(PES_PIECE_ORDINARY),
                                                                      .investment = STR(PES_NATURE_INVESTMENT)}));
    TRY(sql_item_add(ctx->db, ctx->arena,
                     (struct sql_item_add){.budget = item->budget,
                                           .number = item->number,
                                           .label = item->label,
                                           .nature = item->nature,
                                           .kind = item->kind,
                                           .commissioned = item->commissioned.days,
                                           .cost = item->cost.cents,
                                           .years = item->years,
                                           .basis = item->basis,
                                           .before = item->before.cents,
                                           .before_year = item->before_year,
                                           .piece = (int64_t)item->piece},
                     &row));
    *ret_id = row.id;
    return story_add(ctx, STORY_ASSET, row.id, "accounting.asset_add", STR(""));
}

enum status item_leave(struct ctx *ctx, const struct item *item, struct date day, struct money price,
                       struct faults *faults)
{
    TRY(right_need(ctx, RIGHT_PREPARE));
    if (item->gone.days != 0) {
        fault_add_dates(faults, "item.gone", "day", item->gone, item->gone);
        return INVALID;
    }
    if (day.days > ctx_today(ctx).days || day.days < item->commissioned.days || price.cents < 0) {
        fault_add_dates(faults, "item.day", "day", day, item->commissioned);
        return INVALID;
    }
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_item_gone(ctx->db, (struct sql_item_gone){.gone = day.days, .price = price.cents, .id = item->id}));
    return story_add(ctx, STORY_ASSET, item->id, "accounting.asset_gone", STR(""));
}

/* ---- reading ---- */

#define ITEM_OF(row)                                                                                                   \
    (struct item)                                                                                                      \
    {                                                                                                                  \
        .id = (row).id, .budget = (row).budget, .number = (row).number, .label = (row).label, .nature = (row).nature, \
        .kind = (row).kind, .commissioned = {(int32_t)(row).commissioned}, .cost = {(row).cost},                      \
        .years = (int32_t)(row).years, .basis = (enum asset_basis)(row).basis, .before = {(row).before},              \
        .before_year = (int32_t)(row).before_year, .piece = (uint64_t)(row).piece, .gone = {(int32_t)(row).gone},     \
        .price = {(row).price}                                                                                         \
    }

enum status item_get(struct ctx *ctx, int64_t id, struct item *ret_item)
{
    struct sql_item_get_row row;
    TRY(sql_item_get(ctx->db, ctx->arena, (struct sql_item_get){.id = id}, &row));
    *ret_item = ITEM_OF(row);
    return OK;
}

enum status item_numbered(struct ctx *ctx, int64_t budget, struct str number, int64_t *ret_id)
{
    struct sql_item_same_row row;
    TRY(sql_item_same(ctx->db, ctx->arena, (struct sql_item_same){.budget = budget, .number = number}, &row));
    *ret_id = row.id;
    return OK;
}

/* Step by step: nothing is left out, however many there are. */
enum status item_list(struct ctx *ctx, int64_t budget, struct item **ret_items, size_t *ret_count)
{
    struct sql_item_count_row all;
    struct sql_item_list_row *rows;
    size_t count, have = 0;
    TRY(sql_item_count(ctx->db, ctx->arena, (struct sql_item_count){.budget = budget}, &all));
    struct item *items = arena_array(ctx->arena, struct item, (size_t)all.count + 1);
    if (items == NULL)
        return LIMIT;
    while (have < (size_t)all.count) {
        struct sql_item_list in = {.budget = budget, .nature = have > 0 ? items[have - 1].nature : STR(""),
                                   .number = have > 0 ? items[have - 1].number : STR("")};
        TRY(sql_item_list(ctx->db, ctx->arena, in, &rows, &count));
        if (count == 0 || have + count > (size_t)all.count)
            return CORRUPT;
        for (size_t i = 0; i < count; i++)
            items[have++] = ITEM_OF(rows[i]);
    }
    *ret_items = items;
    *ret_count = have;
    return OK;
}

enum status item_waiting(struct ctx *ctx, int64_t budget, int32_t year, struct item_waiting **ret_waiting,
                         size_t *ret_count)
{
    struct sql_item_waiting_row *rows;
    TRY(sql_item_waiting(ctx->db, ctx->arena, (struct sql_item_waiting){.budget = budget, .year = year,
                                                                       .ordinary = STR(PES_PIECE_ORDINARY)}, &rows,
                         ret_count));
    struct item_waiting *all = arena_array(ctx->arena, struct item_waiting, *ret_count + 1);
    if (all == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        all[i] = (struct item_waiting){.piece = (uint64_t)rows[i].sequence, .number = (uint32_t)rows[i].number,
                                       .day = {(int32_t)rows[i].day}, .object = rows[i].object,
                                       .party = rows[i].party_name, .nature = rows[i].nature,
                                       .amount = {rows[i].cents}};
    *ret_waiting = all;
    return OK;
}

/* ---- its plan ---- */

/* What was depreciated elsewhere is past: what is left goes over the years that are left, whole ones. */
static struct asset asset_of(const struct item *item)
{
    struct asset asset = {.kind = item->kind, .base = item->cost, .years = item->years,
                          .commissioned = item->commissioned, .basis = item->basis};
    if (item->before_year == 0)
        return asset;
    int32_t passed = item->before_year - civil_of_date(item->commissioned).year + (item->basis != ASSET_WHOLE_YEAR);
    asset.base.cents -= item->before.cents;
    asset.years = item->years > passed ? item->years - passed : 1;
    asset.commissioned = date_of(item->before_year, 12, 31);
    asset.basis = ASSET_WHOLE_YEAR;
    return asset;
}

enum status item_plan(const struct item *item, struct faults *faults, struct asset_plan *ret_plan)
{
    struct asset asset = asset_of(item);
    ret_plan->count = 0;
    if (item->years == 0 || asset.base.cents == 0)
        return OK;
    TRY(asset_plan_of(&asset, faults, ret_plan));
    if (item->gone.days != 0)
        asset_plan_cut(&asset, item->basis, item->gone, ret_plan);
    return OK;
}

enum status item_year(const struct item *item, int32_t year, struct faults *faults, struct item_year *ret_year)
{
    struct asset_plan plan;
    *ret_year = (struct item_year){.left = {item->cost.cents - item->before.cents}};
    TRY(item_plan(item, faults, &plan));
    for (size_t i = 0; i < plan.count && plan.years[i].year <= year; i++) {
        ret_year->left = plan.years[i].left;
        if (plan.years[i].year == year)
            ret_year->charge = plan.years[i].charge;
    }
    return OK;
}
