#include "service/accounting/asset/item_rows.h"

#include "core/town.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/asset/item_rows_sql.h"

EXPORT_EACH(item_rows_asset)
EXPORT_EACH(item_rows_charge)

static bool is_asset(const struct sql_item_rows_asset_row *row)
{
    return row->id > 0 && row->number.len > 0 && row->number.len <= ITEM_NUMBER_KEPT && row->label.len > 0 &&
           row->label.len <= ITEM_LABEL_MAX && row->nature.len > 1 && row->nature.at[0] == '2' && row->cost > 0 &&
           money_is_within(row->cost) && row->before >= 0 && row->before <= row->cost && row->years >= 0 &&
           row->years <= ASSET_YEARS_MAX && row->basis >= 0 && row->basis <= ASSET_WHOLE_YEAR &&
           row->before_year >= 0 && row->before_year <= CELL_YEAR_LAST && export_is_day(row->commissioned) &&
           export_is_day(row->gone) && row->price >= 0 && money_is_within(row->price);
}

static enum status take_asset(struct ctx *ctx, const void *from)
{
    const struct sql_item_rows_asset_row *row = from;
    if (!is_asset(row))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_item_rows_asset_add(ctx->db, (struct sql_item_rows_asset_add){.id = row->id,
                                                                             .budget = row->budget,
                                                                             .number = row->number,
                                                                             .label = row->label,
                                                                             .nature = row->nature,
                                                                             .kind = row->kind,
                                                                             .commissioned = row->commissioned,
                                                                             .cost = row->cost,
                                                                             .years = row->years,
                                                                             .basis = row->basis,
                                                                             .before = row->before,
                                                                             .before_year = row->before_year,
                                                                             .piece = row->piece,
                                                                             .gone = row->gone,
                                                                             .price = row->price});
}

static enum status take_charge(struct ctx *ctx, const void *from)
{
    const struct sql_item_rows_charge_row *row = from;
    if (row->year <= 0 || row->year > CELL_YEAR_LAST || row->amount <= 0 || !money_is_within(row->amount))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_item_rows_charge_add(ctx->db,
                                    (struct sql_item_rows_charge_add){.asset = row->asset, .year = row->year,
                                                                      .amount = row->amount, .piece = row->piece});
}

const struct export_file item_rows[ITEM_ROWS] = {
    {"accounting_assets.csv", &sql_item_rows_asset_row_shape, each_item_rows_asset, take_asset},
    {"accounting_charges.csv", &sql_item_rows_charge_row_shape, each_item_rows_charge, take_charge},
};
