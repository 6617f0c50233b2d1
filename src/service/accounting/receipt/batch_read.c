/* A list as rows: its columns found, each row looked at, a few of them in each step of the writer. */
#include "base/utf8.h"
#include "core/identifier.h"
#include "core/town.h"
#include "proto/csv/csv.h"
#include "proto/mime/charset.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/receipt/batch.h"
#include "service/accounting/receipt/batch_sql.h"
#include "service/accounting/spend/title_least.h"

enum { TEXT_MAX = 3 * BATCH_FILE_MAX + 3, KINDS = 9 };
#define NUMBERED STR_INIT("n\xC2\xB0")
static const struct str numbered = NUMBERED;

const struct batch_column batch_columns[BATCH_COLUMNS] = {
    [BATCH_PARTY] = {"tiers", "party", true, T_accounting_batch_party, "n\xC2\xB0 1"},
    [BATCH_OBJECT] = {"objet", "object", true, T_accounting_batch_object, "Cantine, novembre 2026"},
    [BATCH_ACCOUNT] = {"compte", "account", true, T_accounting_batch_account, "7067"},
    [BATCH_FUNCTION] = {"fonction", "function", false, T_accounting_batch_function, ""},
    [BATCH_AMOUNT] = {"montant", "amount", true, T_accounting_batch_amount, "42,00"},
    [BATCH_PRODUCT] = {"produit", "product", true, T_accounting_batch_product, "CANT"},
    [BATCH_BASIS] = {"bases", "basis", false, T_accounting_batch_basis, "12 repas \xC3\xA0 3,50 \xE2\x82\xAC"},
};

/* ---- the file ---- */

struct source {
    struct csv_reader reader;
    struct csv_row row;
    size_t places[BATCH_COLUMNS]; /* SIZE_MAX: not there */
    size_t width;
    struct str text;
};

static enum status read_text(struct ctx *ctx, struct str file, struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    charset_to_utf8(&text, STR(""), file); /* spreadsheets of Windows write its own charset */
    TRY(buf_status(&text));
    *ret_text = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

static size_t column_of(struct str name)
{
    size_t column = 0;
    while (column < BATCH_COLUMNS && !str_eq_nocase(name, str_of(batch_columns[column].name)) &&
           !str_eq_nocase(name, str_of(batch_columns[column].english)))
        column++;
    return column;
}

/* The first row names the columns, in any order. INVALID: one is unknown, there twice, or lacks. */
static enum status read_columns(struct ctx *ctx, struct source *source)
{
    for (size_t i = 0; i < BATCH_COLUMNS; i++)
        source->places[i] = SIZE_MAX;
    enum status done = csv_next(&source->reader, ctx->arena, &source->row);
    if (done != OK)
        return done == NOT_FOUND ? INVALID : done;
    source->width = source->row.count;
    for (size_t i = 0; i < source->row.count; i++) {
        size_t column = column_of(str_trim(source->row.fields[i]));
        if (column == BATCH_COLUMNS || source->places[column] != SIZE_MAX)
            return INVALID;
        source->places[column] = i;
    }
    for (size_t i = 0; i < BATCH_COLUMNS; i++)
        if (batch_columns[i].is_needed && source->places[i] == SIZE_MAX)
            return INVALID;
    return OK;
}

static enum status open_source(struct ctx *ctx, struct str file, struct source **ret_source)
{
    struct source *source = arena_new(ctx->arena, struct source);
    if (source == NULL)
        return LIMIT;
    TRY(read_text(ctx, file, &source->text));
    source->reader = csv_open(source->text);
    *ret_source = source;
    return read_columns(ctx, source);
}

enum status batch_look(struct ctx *ctx, struct str file, struct faults *faults)
{
    struct source *source;
    if (file.len == 0 || file.len > BATCH_FILE_MAX || str_find_byte(file, '\0') != SIZE_MAX)
        return fault_refuse(faults, "batch.file", "file", STR(""), STR(""));
    enum status done = open_source(ctx, file, &source);
    if (done == INVALID || done == LIMIT)
        return fault_refuse(faults, "batch.columns", "file", STR(""), STR(""));
    return done;
}

/* ---- whom a row names ---- */

static enum status by_number(struct ctx *ctx, struct str text, int64_t *ret_party)
{
    struct str plain = identifier_plain(ctx->arena, text);
    struct party party;
    char kind[2] = {'0', '0'};
    for (int i = 1; i <= KINDS; i++) {
        kind[1] = (char)('0' + i);
        enum status done = party_of_number(ctx, (struct str){kind, 2}, plain, &party);
        if (done == NOT_FOUND)
            continue;
        *ret_party = done == OK ? party.id : 0;
        return done;
    }
    return NOT_FOUND;
}

/* "n° 12", an identifier, or a name. */
static enum status find_party(struct ctx *ctx, struct str text, struct party *ret_party)
{
    int64_t id = 0;
    enum status done = NOT_FOUND;
    if (str_starts(text, numbered))
        done = str_to_i64(str_trim(str_after(text, numbered.len)), &id) == OK ? OK : NOT_FOUND;
    else if (text.len > 0)
        done = ascii_is_digit(text.at[0]) ? by_number(ctx, text, &id) : NOT_FOUND;
    if (done == NOT_FOUND && text.len > 0)
        done = party_named(ctx, text, &id);
    return done == OK ? party_get(ctx, id, ret_party) : done;
}

/* ---- what is wrong with a row ---- */

struct looked {
    struct ctx *ctx;
    const struct batch *batch;
    const struct credit_year *year;
    struct faults *faults;
};

static enum status look_at_party(const struct looked *looked, struct batch_row *row)
{
    struct party party;
    enum status done = find_party(looked->ctx, row->party_text, &party);
    if (done == NOT_FOUND)
        return fault_refuse(looked->faults, "batch.party", "party", row->party_text, STR(""));
    if (done == CONFLICT)
        return fault_refuse(looked->faults, "batch.parties", "party", row->party_text, STR(""));
    TRY(done);
    row->party = party.id;
    if (!party.is_active)
        return fault_refuse(looked->faults, "batch.closed", "party", row->party_text, STR(""));
    return party.street.len > 0 && party.postcode.len > 0 && party.place.len > 0
               ? OK
               : fault_refuse(looked->faults, "piece.address", "party", party.name, STR(""));
}

static enum status look_at_amount(const struct looked *looked, struct str text, struct batch_row *row)
{
    if (budget_amount_read(LANGUAGE_FR, text, &row->amount) != OK || row->amount.cents <= 0) {
        row->amount = (struct money){0};
        return fault_refuse(looked->faults, "batch.amount", "amount", text, STR(""));
    }
    const struct imputation line = {.nature = row->nature, .net = row->amount};
    return title_is_enough(looked->ctx, &line, 1, looked->batch->day, looked->faults);
}

static enum status look_at_twin(const struct looked *looked, const struct batch_row *row)
{
    struct sql_batch_row_twin_row twin;
    enum status done = sql_batch_row_twin(
        looked->ctx->db, looked->ctx->arena,
        (struct sql_batch_row_twin){.party = row->party, .object = row->object, .amount = row->amount.cents,
                                    .nature = row->nature, .budget = looked->year->budget, .year = looked->year->year,
                                    .batch = looked->batch->id, .place = row->place},
        &twin);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    struct str line = str_format(looked->ctx->arena, "%lld", (long long)twin.line);
    if (twin.batch == looked->batch->id)
        return fault_refuse(looked->faults, "batch.same", "row", line, STR(""));
    return fault_refuse(looked->faults, "batch.twice", "row", line, twin.label);
}

/* The first thing that is wrong. */
static enum status look(const struct looked *looked, struct str amount, struct batch_row *row)
{
    struct imputation line = {.nature = row->nature, .function = row->function, .operation = STR(""),
                              .level = STR("")};
    TRY(look_at_party(looked, row));
    if (row->object.len == 0 || !utf8_is_line(row->object, SPEND_OBJECT_MAX))
        return fault_refuse(looked->faults, "spend.object", "object", row->object, STR(""));
    TRY(credit_place(looked->year, &line, CHART_REAL, CHART_RECEIPT, "account", looked->faults));
    TRY(look_at_amount(looked, amount, row));
    if (!piece_is_product(row->product))
        return fault_refuse(looked->faults, "piece.product", "product", row->product, STR(""));
    if (!utf8_is_line(row->basis, BATCH_BASIS_MAX))
        return fault_refuse(looked->faults, "batch.basis", "basis", STR(""), STR(""));
    return look_at_twin(looked, row);
}

/* ---- rows ---- */

/* Texts that a page can show, whatever the file holds. */
static struct str field(struct ctx *ctx, const struct source *source, enum batch_columns column)
{
    size_t place = source->places[column];
    struct buf clean BUF_SCOPE = BUF_INIT(4 * CSV_FIELD_MAX);
    if (place >= source->row.count)
        return STR("");
    for (struct str rest = utf8_prefix(str_trim(source->row.fields[place]), BATCH_BASIS_MAX + 1); rest.len > 0;) {
        uint32_t point = utf8_next(&rest);
        bool is_blank = point == '\t' || point == '\n' || point == '\r';
        utf8_add(&clean, is_blank ? ' ' : point < ' ' ? UTF8_REPLACEMENT : point);
    }
    return str_copy(ctx->arena, buf_str(&clean));
}

static enum status keep(struct ctx *ctx, const struct batch *batch, const struct batch_row *row)
{
    return sql_batch_row_add(ctx->db, (struct sql_batch_row_add){.batch = batch->id, .place = row->place,
                                                                 .line = row->line, .party_text = row->party_text,
                                                                 .party = row->party, .object = row->object,
                                                                 .nature = row->nature, .function = row->function,
                                                                 .product = row->product,
                                                                 .amount = row->amount.cents, .basis = row->basis,
                                                                 .fault = row->fault});
}

/* `wrong`: a rule that it broke before anything was read of it; NULL. */
static enum status take(struct looked *looked, const struct source *source, int64_t place, const char *wrong)
{
    struct ctx *ctx = looked->ctx;
    struct batch_row row = {.place = place, .line = source->row.line, .party_text = STR(""), .object = STR(""),
                            .nature = STR(""), .function = STR(""), .product = STR(""), .basis = STR(""),
                            .fault = STR("")};
    looked->faults->count = looked->faults->found = 0;
    enum status done = INVALID;
    if (wrong != NULL) {
        fault_add(looked->faults, wrong, STR("row"), STR(""), STR(""));
    } else {
        row.party_text = field(ctx, source, BATCH_PARTY);
        row.object = field(ctx, source, BATCH_OBJECT);
        row.nature = field(ctx, source, BATCH_ACCOUNT);
        row.function = field(ctx, source, BATCH_FUNCTION);
        row.product = field(ctx, source, BATCH_PRODUCT);
        row.basis = field(ctx, source, BATCH_BASIS);
        if (source->row.count != source->width)
            fault_add(looked->faults, "batch.row", STR("row"), STR(""), STR(""));
        else
            done = look(looked, field(ctx, source, BATCH_AMOUNT), &row);
    }
    if (done != OK && done != INVALID)
        return done;
    if (done == INVALID && looked->faults->count > 0)
        row.fault = looked->faults->kept[0].mend;
    return keep(ctx, looked->batch, &row);
}

static enum status set(struct ctx *ctx, const struct batch *batch, enum batch_state state, const struct source *source)
{
    return sql_batch_set(ctx->db, (struct sql_batch_set){.state = state,
                                                         .read_from = (int64_t)(source->text.len -
                                                                                source->reader.rest.len),
                                                         .read_line = source->reader.line,
                                                         .said = STR(""),
                                                         .id = batch->id});
}

static enum status end(struct ctx *ctx, const struct batch *before, const struct source *source)
{
    struct batch batch;
    TRY(batch_get(ctx, before->id, &batch));
    return set(ctx, before, batch.rows == 0 || batch.faulty > 0 ? BATCH_FAULTY : BATCH_READY, source);
}

static enum status read_rows(struct looked *looked, struct source *source)
{
    struct ctx *ctx = looked->ctx;
    int64_t place = looked->batch->rows;
    for (int taken = 0; taken < BATCH_READ_STEP;) {
        enum status done = csv_next(&source->reader, ctx->arena, &source->row);
        if (done == NOT_FOUND)
            return end(ctx, looked->batch, source);
        if (done == OK && source->row.count == 1 && str_trim(source->row.fields[0]).len == 0)
            continue;
        place++;
        const char *wrong = done != OK ? "batch.row" : place > BATCH_ROWS_MAX ? "batch.many" : NULL;
        TRY(take(looked, source, place, wrong));
        if (wrong != NULL)
            return end(ctx, looked->batch, source); /* nothing behind it can be trusted, or is looked at */
        taken++;
    }
    return set(ctx, looked->batch, BATCH_READING, source);
}

enum status batch_read(struct ctx *ctx, const struct batch *batch, const struct credit_year *year)
{
    struct sql_batch_file_row row;
    struct source *source;
    struct looked looked = {.ctx = ctx, .batch = batch, .year = year, .faults = faults_new(ctx->arena)};
    if (looked.faults == NULL)
        return LIMIT;
    TRY(sql_batch_file(ctx->db, ctx->arena, (struct sql_batch_file){.id = batch->id}, &row));
    TRY(open_source(ctx, row.file, &source));
    if (batch->read_from > 0) {
        if ((size_t)batch->read_from > source->text.len)
            return CORRUPT;
        source->reader.rest = str_after(source->text, (size_t)batch->read_from);
        source->reader.line = batch->read_line;
    }
    return read_rows(&looked, source);
}
