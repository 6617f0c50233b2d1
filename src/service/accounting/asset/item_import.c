/* An inventory taken over from another program: a CSV with control totals, all of it or nothing. */
#include "core/town.h"
#include "proto/csv/csv.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/budget/budget_draft.h"

enum column { NUMBER, LABEL, ACCOUNT, DAY, COST, YEARS, BEFORE, BEFORE_YEAR, COLUMNS };
static const char *const names[COLUMNS] = {"numero", "designation", "compte", "date",
                                           "cout",   "duree",       "amorti", "annee"};

struct importing {
    struct ctx *ctx;
    const struct credit_year *year;
    struct faults *faults;
    size_t at[COLUMNS]; /* of each column */
    struct item *items;
    size_t count;
    struct money sum;
};

static enum status bad_line(struct importing *importing, int64_t line)
{
    return fault_refuse(importing->faults, "item.file", "file",
                        str_format(importing->ctx->arena, "%lld", (long long)line),
                        STR("numero;designation;compte;date;cout;duree;amorti;annee"));
}

static enum status read_head(struct importing *importing, const struct csv_row *row)
{
    for (size_t column = 0; column < COLUMNS; column++) {
        importing->at[column] = SIZE_MAX;
        for (size_t i = 0; i < row->count; i++)
            if (str_eq(str_trim(row->fields[i]), str_of(names[column])))
                importing->at[column] = i;
        if (importing->at[column] == SIZE_MAX && column < BEFORE)
            return bad_line(importing, 1);
    }
    return OK;
}

static struct str cell(const struct importing *importing, const struct csv_row *row, enum column column)
{
    size_t at = importing->at[column];
    return at < row->count ? str_trim(row->fields[at]) : STR("");
}

/* An empty cell is 0. */
static bool read_sum(const struct importing *importing, struct str text, struct money *ret_sum)
{
    *ret_sum = (struct money){0};
    return text.len == 0 || budget_amount_read(importing->ctx->language, text, ret_sum) == OK;
}

static bool read_count(struct str text, int32_t *ret_count)
{
    int64_t count = 0;
    bool is_read = text.len == 0 || (str_to_i64(text, &count) == OK && count >= 0 && count <= CELL_YEAR_LAST);
    *ret_count = (int32_t)count;
    return is_read;
}

static enum status read_row(struct importing *importing, const struct csv_row *row)
{
    if (importing->count == ITEMS_MAX)
        return fault_refuse(importing->faults, "item.many", "file", STR(""),
                            str_format(importing->ctx->arena, "%d", ITEMS_MAX));
    struct item *item = &importing->items[importing->count];
    *item = (struct item){.budget = importing->year->budget, .number = cell(importing, row, NUMBER),
                          .label = cell(importing, row, LABEL), .nature = cell(importing, row, ACCOUNT),
                          .kind = STR("")};
    bool is_read = budget_day_read(cell(importing, row, DAY), &item->commissioned) == OK &&
                   read_sum(importing, cell(importing, row, COST), &item->cost) &&
                   read_count(cell(importing, row, YEARS), &item->years) &&
                   read_sum(importing, cell(importing, row, BEFORE), &item->before) &&
                   read_count(cell(importing, row, BEFORE_YEAR), &item->before_year);
    if (!is_read)
        return bad_line(importing, row->line);
    importing->count++;
    return money_add(&importing->sum, item->cost);
}

static enum status read_rows(struct importing *importing, struct str csv)
{
    struct ctx *ctx = importing->ctx;
    struct csv_reader reader = csv_open(csv);
    struct csv_row *row = arena_new(ctx->arena, struct csv_row);
    enum status done;
    if (row == NULL)
        return LIMIT;
    done = csv_next(&reader, ctx->arena, row);
    if (done != OK)
        return bad_line(importing, 1);
    TRY(read_head(importing, row));
    while ((done = csv_next(&reader, ctx->arena, row)) == OK)
        if (row->count > 1)
            TRY(read_row(importing, row));
    return done == NOT_FOUND ? OK : bad_line(importing, row->line);
}

static enum status check_totals(struct importing *importing, int64_t count, struct money sum)
{
    if ((int64_t)importing->count != count) {
        fault_add_numbers(importing->faults, "item.count", "count", (int64_t)importing->count, count);
        return INVALID;
    }
    if (money_is(importing->sum, sum))
        return OK;
    fault_add_money(importing->faults, "item.total", "sum", importing->sum, sum);
    return INVALID;
}

static enum status keep_all(struct importing *importing)
{
    int64_t id;
    for (size_t i = 0; i < importing->count; i++)
        TRY(item_add(importing->ctx, importing->year, &importing->items[i], importing->faults, &id));
    return OK;
}

enum status item_import(struct ctx *ctx, const struct credit_year *year, struct str csv, int64_t count,
                        struct money sum, struct faults *faults)
{
    struct importing importing = {.ctx = ctx, .year = year, .faults = faults,
                                  .items = arena_array(ctx->arena, struct item, ITEMS_MAX)};
    if (importing.items == NULL)
        return LIMIT;
    if (csv.len > ITEM_FILE_MAX) {
        fault_add_numbers(faults, "item.size", "file", (int64_t)csv.len, ITEM_FILE_MAX);
        return INVALID;
    }
    TRY(read_rows(&importing, csv));
    TRY(check_totals(&importing, count, sum));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* what one of them lacks leaves none */
    return db_settle(ctx->db, keep_all(&importing));
}
