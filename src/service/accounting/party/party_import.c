/* `accounting import-parties`: third parties out of a CSV on standard input. */
#include "base/utf8.h"
#include "core/identifier.h"
#include "proto/csv/csv.h"
#include "proto/mime/charset.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/party/party_verb.h"

enum { PIECE_ROWS = 25, FILE_MAX = 4 << 20, BANK_FIELDS = 3, COLUMNS = PARTY_FIELDS + BANK_FIELDS };

/* After the fields of a party, those of its account. */
enum { IBAN = PARTY_FIELDS, BIC, HOLDER };
static const char *const bank_columns[BANK_FIELDS] = {"iban", "bic", "holder"};
/* As French spreadsheets head them, in the order of party_fields, then of the account. */
static const char *const french[COLUMNS] = {
    "nom",         "complement",  "civilite", "prenom", "nature_identifiant", "identifiant", "categorie",
    "nature_juridique", "adresse_1", "adresse", "adresse_3", "code_postal",   "ville",       "pays",
    "courriel",    "telephone",   "iban",     "bic",    "titulaire"};

static struct str column_name(size_t column)
{
    return str_of(column < PARTY_FIELDS ? party_fields[column].column : bank_columns[column - PARTY_FIELDS]);
}

/* ---- in the command ---- */

struct source {
    struct csv_reader reader;
    struct csv_row row;
    size_t place[COLUMNS]; /* of each column in a row; SIZE_MAX: not there */
};

/* COLUMNS: none has that name. */
static size_t column_of(struct str name)
{
    size_t column = 0;
    while (column < COLUMNS && !str_eq_nocase(name, column_name(column)) &&
           !str_eq_nocase(name, str_of(french[column])))
        column++;
    return column;
}

static bool is_there(const struct source *source, const char *name)
{
    return source->place[column_of(str_of(name))] != SIZE_MAX;
}

static enum status read_columns(struct ctx *ctx, struct verb_call *call, struct source *source)
{
    enum status done = csv_next(&source->reader, call->always, &source->row);
    for (size_t i = 0; i < COLUMNS; i++)
        source->place[i] = SIZE_MAX;
    for (size_t i = 0; done == OK && i < source->row.count; i++) {
        size_t column = column_of(str_trim(source->row.fields[i]));
        if (column == COLUMNS || source->place[column] != SIZE_MAX)
            done = INVALID;
        else
            source->place[column] = i;
    }
    if (done == OK && is_there(source, "name") && is_there(source, "category") && is_there(source, "nature"))
        return OK;
    return refuse_with(ctx, INVALID, "accounting.import_columns", T_accounting_import_columns, "line 1");
}

static enum status open_source(struct ctx *ctx, struct verb_call *call)
{
    struct str bytes;
    struct buf text BUF_SCOPE = BUF_INIT(3 * FILE_MAX);
    struct source *source = arena_new(call->always, struct source);
    if (source == NULL)
        return LIMIT;
    TRY(verb_read_input(ctx, FILE_MAX, &bytes));
    charset_to_utf8(&text, STR(""), bytes); /* spreadsheets of Windows write its own charset */
    TRY(buf_status(&text));
    struct str kept = str_copy(call->always, buf_str(&text));
    if (str_is_absent(kept))
        return LIMIT;
    source->reader = csv_open(kept);
    *call->kept = source;
    return read_columns(ctx, call, source);
}

static struct str field(const struct source *source, size_t column)
{
    size_t place = source->place[column];
    return place < source->row.count ? str_trim(source->row.fields[place]) : STR("");
}

static void write_row(struct ctx *ctx, struct verb_call *call, const struct source *source)
{
    struct str fields[COLUMNS + 1] = {str_format(ctx->arena, "%lld", (long long)source->row.line)};
    for (size_t i = 0; i < COLUMNS; i++)
        fields[i + 1] = field(source, i);
    csv_write(call->output, fields, COLUMNS + 1);
}

enum status party_import_read(struct ctx *ctx, struct verb_call *call)
{
    if (*call->kept == NULL)
        TRY(open_source(ctx, call));
    struct source *source = *call->kept;
    for (int taken = 0; taken < PIECE_ROWS;) {
        enum status done = csv_next(&source->reader, call->always, &source->row);
        if (done == NOT_FOUND)
            break;
        if (done == INVALID || done == LIMIT)
            return refuse_with(ctx, INVALID, "accounting.import_row", T_accounting_import_row, "line %lld",
                               (long long)source->row.line);
        TRY(done);
        bool is_empty = source->row.count == 1 && source->row.fields[0].len == 0;
        if (is_empty)
            continue;
        write_row(ctx, call, source);
        taken++;
    }
    call->next = call->output->len > 0 ? PARTY_IMPORT_TAKE : PARTY_IMPORT_END;
    return buf_status(call->output);
}

/* ---- in the town ---- */

/* What became of the rows so far: "12 3 1", handed from piece to piece. */
struct tally {
    int64_t added, there, refused;
};

static enum status read_tally(struct str text, struct tally *ret_tally)
{
    struct tally tally = {0};
    if (text.len > 0) {
        TRY(str_to_i64(str_cut(&text, ' '), &tally.added));
        TRY(str_to_i64(str_cut(&text, ' '), &tally.there));
        TRY(str_to_i64(text, &tally.refused));
    }
    *ret_tally = tally;
    return OK;
}

static void tell_faults(struct buf *out, struct str line, const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        buf_add_format(out, "line %.*s: ", STR_ARG(line));
        fault_print(out, &faults->kept[i]);
    }
}

/* Its account waits to be confirmed, as if somebody had entered it. */
static struct party_bank bank_of(struct ctx *ctx, const struct str *fields)
{
    return (struct party_bank){.iban = identifier_plain(ctx->arena, fields[IBAN]),
                               .bic = identifier_plain(ctx->arena, fields[BIC]),
                               .holder = fields[HOLDER],
                               .source = STR("import")};
}

/* All of it or nothing. INVALID: `faults` says why. */
static enum status add_row(struct ctx *ctx, const struct party *party, const struct str *fields,
                           struct faults *faults)
{
    int64_t id, bank_id;
    const struct party_bank bank = bank_of(ctx, fields);
    bool has_bank = bank.iban.len > 0;
    if (has_bank)
        TRY(party_bank_check(&bank, faults));
    TRY(party_add(ctx, party, faults, &id));
    return has_bank ? party_bank_add(ctx, id, &bank, faults, &bank_id) : OK;
}

static enum status take_row(struct ctx *ctx, struct verb_call *call, const struct csv_row *row, struct tally *tally)
{
    const struct str *fields = row->fields + 1;
    struct faults *faults = faults_new(ctx->arena);
    struct party party = {.is_active = true};
    if (faults == NULL)
        return LIMIT;
    for (size_t i = 0; i < PARTY_FIELDS; i++)
        *party_text(&party, i) = fields[i];
    enum status known = party_known(ctx, &party);
    if (known != NOT_FOUND) {
        tally->there += known == OK;
        return known;
    }
    enum status done = add_row(ctx, &party, fields, faults);
    tally->added += done == OK;
    tally->refused += done == INVALID;
    tell_faults(call->out, row->fields[0], faults);
    return done == INVALID ? OK : done;
}

enum status party_import_take(struct ctx *ctx, struct verb_call *call)
{
    struct tally tally;
    struct csv_row *row = arena_new(ctx->arena, struct csv_row);
    struct csv_reader reader = {.rest = call->input, .separator = ',', .line = 1};
    enum status done;
    if (row == NULL)
        return LIMIT;
    TRY(read_tally(call->handed, &tally));
    while ((done = csv_next(&reader, ctx->arena, row)) == OK) {
        if (row->count != COLUMNS + 1)
            return INVALID;
        TRY(take_row(ctx, call, row, &tally));
    }
    buf_add_format(call->hand, "%lld %lld %lld", (long long)tally.added, (long long)tally.there,
                   (long long)tally.refused);
    call->next = PARTY_IMPORT_READ;
    return done == NOT_FOUND ? OK : done;
}

enum status party_import_end(struct ctx *ctx, struct verb_call *call)
{
    struct tally tally;
    TRY(read_tally(call->handed, &tally));
    buf_add_format(call->out, "%lld added, %lld there already, %lld refused\n", (long long)tally.added,
                   (long long)tally.there, (long long)tally.refused);
    if (tally.refused > 0)
        return refuse_with(ctx, INVALID, "accounting.faults", T_accounting_import_refused, "%lld",
                           (long long)tally.refused);
    return OK;
}
