/* The accountant's list as a CSV. */
#include "core/town.h"
#include "proto/csv/csv.h"
#include "proto/mime/charset.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/receipt/suspense.h"

enum { TEXT_MAX = 3 * SUSPENSE_FILE_MAX + 3 };
enum columns { DAY, NUMBER, AMOUNT, PAYER, LABEL, ACCOUNT, COLUMNS };
static const char *const names[COLUMNS] = {"jour", "numero", "montant", "payeur", "libelle", "compte_tiers"};

struct source {
    struct csv_reader reader;
    struct csv_row row;
    size_t places[COLUMNS];
};

static enum status read_columns(struct ctx *ctx, struct source *source)
{
    for (size_t i = 0; i < COLUMNS; i++)
        source->places[i] = SIZE_MAX;
    if (csv_next(&source->reader, ctx->arena, &source->row) != OK)
        return INVALID;
    for (size_t i = 0; i < source->row.count; i++) {
        size_t column = 0;
        while (column < COLUMNS && !str_eq_nocase(str_trim(source->row.fields[i]), str_of(names[column])))
            column++;
        if (column == COLUMNS || source->places[column] != SIZE_MAX)
            return INVALID;
        source->places[column] = i;
    }
    for (size_t i = 0; i <= PAYER; i++)
        if (source->places[i] == SIZE_MAX)
            return INVALID;
    return OK;
}

static struct str field(const struct source *source, enum columns column)
{
    size_t place = source->places[column];
    return place < source->row.count ? str_trim(source->row.fields[place]) : STR("");
}

/* "2026-11-04" or "04/11/2026". */
static enum status read_day(struct ctx *ctx, struct str text, struct date *ret_day)
{
    if (text.len == 10 && text.at[2] == '/' && text.at[5] == '/')
        text = str_format(ctx->arena, "%.4s-%.2s-%.2s", text.at + 6, text.at + 3, text.at);
    return str_is_absent(text) ? LIMIT : date_parse(text, ret_day);
}

static enum status take_row(struct ctx *ctx, const struct source *source, struct suspense suspense,
                            struct faults *faults, bool *ret_is_new)
{
    suspense.payer = field(source, PAYER);
    suspense.label = field(source, LABEL);
    suspense.third_account = field(source, ACCOUNT);
    if (read_day(ctx, field(source, DAY), &suspense.day) != OK ||
        str_to_i64(field(source, NUMBER), &suspense.number) != OK ||
        budget_amount_read(LANGUAGE_FR, field(source, AMOUNT), &suspense.amount) != OK)
        return fault_refuse(faults, "suspense.row", "row",
                            str_format(ctx->arena, "%lld", (long long)source->row.line), STR(""));
    return suspense_add(ctx, &suspense, faults, ret_is_new);
}

static enum status take_rows(struct ctx *ctx, struct source *source, const struct suspense *of, struct faults *faults,
                             size_t *added)
{
    for (size_t rows = 0;; rows++) {
        enum status done = csv_next(&source->reader, ctx->arena, &source->row);
        bool is_new = false;
        if (done == NOT_FOUND)
            return OK;
        if (done != OK || rows == SUSPENSE_FILE_ROWS)
            return fault_refuse(faults, "suspense.row", "row",
                                str_format(ctx->arena, "%lld", (long long)source->row.line), STR(""));
        if (source->row.count == 1 && str_trim(source->row.fields[0]).len == 0)
            continue;
        done = take_row(ctx, source, *of, faults, &is_new);
        if (done != OK)
            return done == CONFLICT ? INVALID : done;
        *added += is_new;
    }
}

enum status suspense_take_csv(struct ctx *ctx, const struct credit_year *year, bool is_receipt, struct str file,
                              struct faults *faults, size_t *ret_added)
{
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    struct source *source = arena_new(ctx->arena, struct source);
    const struct suspense of = {.budget = year->budget, .year = year->year, .is_receipt = is_receipt,
                                .source = SUSPENSE_CSV};
    *ret_added = 0;
    if (source == NULL)
        return LIMIT;
    if (file.len == 0 || file.len > SUSPENSE_FILE_MAX || str_find_byte(file, '\0') != SIZE_MAX)
        return fault_refuse(faults, "suspense.file", "file", STR(""), STR(""));
    charset_to_utf8(&text, STR(""), file);
    TRY(buf_status(&text));
    source->reader = csv_open(buf_str(&text));
    if (read_columns(ctx, source) != OK)
        return fault_refuse(faults, "suspense.file", "file", STR(""), STR(""));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* its page tells of what is refused, and the job is committed */
    return db_settle(ctx->db, take_rows(ctx, source, &of, faults, ret_added));
}
