/* The depreciation of a year: an internal mandat on 6811 and an internal titre on the accounts 28, both or none. */
#include "core/town.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/asset/item_sql.h"
#include "service/accounting/internal/pair.h"
#include "service/accounting/lang.h"
#include "service/accounting/story/story.h"

#define CHARGE_ACCOUNT STR("6811") /* 681 in the abridged chart */
enum { CHARGE_LEAST = 3 };

struct charging {
    struct ctx *ctx;
    const struct credit_year *year;
    struct faults *faults;
    struct imputation *titles; /* by account 28 */
    size_t title_count;
    struct money sum;
};

/* The account of that code or, where the chart has none so fine, the nearest above it that takes order operations in
 * that sense; "" for none. `least`: digits it keeps. */
static struct str nearest_account(const struct charging *charging, struct str code, size_t least,
                                  enum chart_direction direction)
{
    for (size_t len = code.len; charging->year->chart != NULL && len >= least; len--) {
        const struct chart_account *account = chart_account(charging->year->chart, str_slice(code, 0, len));
        if (account != NULL && !account->is_shown_only && account->chapter[CHART_BETWEEN][direction].len > 0)
            return account->code;
    }
    return STR("");
}

/* "28183" of "2183". */
static struct str depreciation_account(const struct charging *charging, struct str nature)
{
    enum { LEAST = 3 };
    struct str whole = str_format(charging->ctx->arena, "28%.*s", STR_ARG(str_after(nature, 1)));
    return nearest_account(charging, whole, LEAST, CHART_RECEIPT);
}

static enum status add_charge(struct charging *charging, const struct item *item, struct money charge)
{
    struct str account = depreciation_account(charging, item->nature);
    if (account.len == 0)
        return fault_refuse(charging->faults, "item.plan", "account", item->nature, STR(""));
    TRY(money_add(&charging->sum, charge));
    for (size_t i = 0; i < charging->title_count; i++)
        if (str_eq(charging->titles[i].nature, account))
            return money_add(&charging->titles[i].net, charge);
    if (charging->title_count == IMPUTATIONS_MAX)
        return LIMIT;
    charging->titles[charging->title_count++] =
        (struct imputation){.nature = account, .function = STR(""), .operation = STR(""), .net = charge};
    return OK;
}

static enum status recorded(struct ctx *ctx, const struct credit_year *year, uint64_t *ret_piece)
{
    struct sql_item_charged_row row;
    enum status done = sql_item_charged(
        ctx->db, ctx->arena, (struct sql_item_charged){.budget = year->budget, .year = year->year}, &row);
    *ret_piece = done == OK ? (uint64_t)row.piece : 0;
    return done == NOT_FOUND ? OK : done;
}

enum status item_charge_of(struct ctx *ctx, const struct credit_year *year, struct money *ret_sum, uint64_t *ret_piece)
{
    struct item *items;
    struct item_year sums;
    size_t count;
    struct faults *faults = faults_new(ctx->arena);
    *ret_sum = (struct money){0};
    if (faults == NULL)
        return LIMIT;
    TRY(recorded(ctx, year, ret_piece));
    TRY(item_list(ctx, year->budget, &items, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(item_year(&items[i], year->year, faults, &sums));
        TRY(money_add(ret_sum, sums.charge));
    }
    return OK;
}

static enum status gather(struct charging *charging, struct item **ret_items, struct money **ret_charges,
                          size_t *ret_count)
{
    struct ctx *ctx = charging->ctx;
    struct item_year sums;
    TRY(item_list(ctx, charging->year->budget, ret_items, ret_count));
    *ret_charges = arena_array(ctx->arena, struct money, *ret_count + 1);
    charging->titles = arena_array(ctx->arena, struct imputation, IMPUTATIONS_MAX);
    if (*ret_charges == NULL || charging->titles == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++) {
        TRY(item_year(&(*ret_items)[i], charging->year->year, charging->faults, &sums));
        (*ret_charges)[i] = sums.charge;
        if (sums.charge.cents > 0)
            TRY(add_charge(charging, &(*ret_items)[i], sums.charge));
    }
    return OK;
}

static enum status post_both(struct charging *charging, const struct item_order *asked, uint64_t *ret_piece)
{
    struct ctx *ctx = charging->ctx;
    struct text_arg year = TEXT_ARG("year", str_format(ctx->arena, "%d", charging->year->year));
    struct str charged = nearest_account(charging, CHARGE_ACCOUNT, CHARGE_LEAST, CHART_EXPENSE);
    struct imputation cost = {.nature = charged.len > 0 ? charged : CHARGE_ACCOUNT, .function = STR(""),
                              .operation = STR(""),
                              .net = charging->sum};
    const struct pair_order order = {.year = charging->year, .kind = STR("depreciation"), .expense = &cost,
                                     .expense_count = 1, .receipt = charging->titles,
                                     .receipt_count = charging->title_count, .day = asked->day,
                                     .product = asked->product,
                                     .object = text_with(ctx->arena, LANGUAGE_FR, T_accounting_asset_run_object, &year,
                                                         1)};
    return pair_make(ctx, &order, asked->id, charging->faults, ret_piece);
}

static enum status record(struct charging *charging, const struct item *items, const struct money *charges,
                          size_t count, uint64_t piece)
{
    struct ctx *ctx = charging->ctx;
    struct str number = str_format(ctx->arena, "%d", charging->year->year);
    for (size_t i = 0; i < count; i++) {
        if (charges[i].cents == 0)
            continue;
        TRY(sql_item_charge_add(ctx->db, (struct sql_item_charge_add){.asset = items[i].id,
                                                                      .year = charging->year->year,
                                                                      .amount = charges[i].cents,
                                                                      .piece = (int64_t)piece}));
        TRY(story_add(ctx, STORY_ASSET, items[i].id, "accounting.asset_charge", number));
    }
    return OK;
}

enum status item_charge(struct ctx *ctx, const struct credit_year *year, const struct item_order *order,
                        struct faults *faults, uint64_t *ret_piece)
{
    struct charging charging = {.ctx = ctx, .year = year, .faults = faults};
    struct item *items;
    struct money *charges;
    size_t count;
    struct str number = str_format(ctx->arena, "%d", year->year);
    enum status seen = book_repeated(ctx, order->id, ENTRY_ORDER_DIRECT, 0, ret_piece);
    if (seen != NOT_FOUND)
        return seen;
    TRY(recorded(ctx, year, ret_piece));
    if (*ret_piece != 0)
        return fault_refuse(faults, "item.charged", "year", number, STR(""));
    TRY(gather(&charging, &items, &charges, &count));
    if (charging.sum.cents == 0)
        return fault_refuse(faults, "item.nothing", "year", number, STR(""));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* what one of both lacks leaves neither */
    enum status done = post_both(&charging, order, ret_piece);
    if (done == OK)
        done = record(&charging, items, charges, count, *ret_piece);
    return db_settle(ctx->db, done);
}
