/* Elements of a month out of a spreadsheet's CSV: a wrong line is told of, the others stand. */
#include "service/payroll/element/element.h"

#include <openssl/sha.h>

#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "proto/csv/csv.h"
#include "service/payroll/lang.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/view/panel.h"

enum { NAME_MAX_BYTES = 100 };

static const struct {
    const char *name, *english;
    bool is_needed;
} columns[ELEMENT_FIELDS] = {
    [ELEMENT_MATRICULE] = {"matricule", "agent", true}, [ELEMENT_CODE] = {"code", "code", true},
    [ELEMENT_AMOUNT] = {"montant", "amount", true},     [ELEMENT_SINCE] = {"mois", "month", false},
    [ELEMENT_UNTIL] = {"fin", "until", false},          [ELEMENT_SOURCE] = {"acte", "source", true},
};

struct importing {
    struct ctx *ctx;
    struct element_taken *taken;
    struct date month;
    int64_t import;
    size_t at[ELEMENT_FIELDS]; /* CSV_FIELDS_MAX: there is none */
};

static enum status read_head(struct importing *importing, const struct csv_row *head)
{
    for (size_t i = 0; i < ELEMENT_FIELDS; i++) {
        importing->at[i] = CSV_FIELDS_MAX;
        for (size_t k = 0; k < head->count; k++) {
            struct str name = str_trim(head->fields[k]);
            if (str_eq_nocase(name, str_of(columns[i].name)) || str_eq_nocase(name, str_of(columns[i].english)))
                importing->at[i] = k;
        }
        if (columns[i].is_needed && importing->at[i] == CSV_FIELDS_MAX)
            return refuse(importing->ctx, INVALID, "payroll.import_columns", T_payroll_import_columns_wrong);
    }
    return OK;
}

static struct str field_of(const struct importing *importing, const struct csv_row *row, enum element_field field)
{
    size_t at = importing->at[field];
    return at < row->count ? str_trim(row->fields[at]) : STR("");
}

static void tell(struct importing *importing, int64_t line, enum element_field field)
{
    struct element_taken *taken = importing->taken;
    struct ctx *ctx = importing->ctx;
    taken->refused++;
    if (taken->fault_count < ELEMENT_FAULTS_MAX)
        taken->faults[taken->fault_count++] =
            (struct element_fault){line, field < ELEMENT_FIELDS ? str_of(columns[field].name) : STR(""),
                                   text_of(ctx->language, ctx->failure.sentence)};
}

/* A line without months is of the month of the page, alone. */
static enum status months_of(struct importing *importing, const struct csv_row *row, struct element_given *given,
                             enum element_field *ret_field)
{
    struct str since = field_of(importing, row, ELEMENT_SINCE), until = field_of(importing, row, ELEMENT_UNTIL);
    given->since = given->until = importing->month;
    *ret_field = ELEMENT_SINCE;
    if (since.len > 0 && panel_read_month(since, &given->since) != OK)
        return refuse(importing->ctx, INVALID, "payroll.month", T_payroll_month_wrong);
    if (since.len > 0)
        given->until = given->since;
    *ret_field = ELEMENT_UNTIL;
    if (str_eq(until, STR("-")))
        given->until = (struct date){0};
    else if (until.len > 0 && panel_read_month(until, &given->until) != OK)
        return refuse(importing->ctx, INVALID, "payroll.month", T_payroll_month_wrong);
    return OK;
}

static enum status take_row(struct importing *importing, const struct csv_row *row)
{
    struct ctx *ctx = importing->ctx;
    enum element_field field = ELEMENT_FIELDS;
    struct element_given given = {.matricule = field_of(importing, row, ELEMENT_MATRICULE),
                                  .code = field_of(importing, row, ELEMENT_CODE),
                                  .amount = field_of(importing, row, ELEMENT_AMOUNT),
                                  .source = field_of(importing, row, ELEMENT_SOURCE)};
    enum status done = months_of(importing, row, &given, &field);
    if (done == OK)
        done = element_add(ctx, &given, importing->import, &field);
    if (done == INVALID || done == CONFLICT) {
        tell(importing, row->line, field);
        return OK;
    }
    importing->taken->rows += done == OK;
    return done;
}

static enum status take_rows(struct importing *importing, struct csv_reader *reader)
{
    struct csv_row *row = arena_new(importing->ctx->arena, struct csv_row);
    enum status done;
    if (row == NULL)
        return LIMIT;
    while ((done = csv_next(reader, importing->ctx->arena, row)) == OK) {
        if (importing->taken->rows + importing->taken->refused == ELEMENT_ROWS_MAX)
            return refuse(importing->ctx, LIMIT, "payroll.import_long", T_payroll_import_long);
        TRY(take_row(importing, row));
    }
    if (done != INVALID)
        return done == NOT_FOUND ? OK : done;
    done = refuse(importing->ctx, INVALID, "payroll.import_quote", T_payroll_import_quote);
    tell(importing, row->line, ELEMENT_FIELDS);
    return done == INVALID ? OK : done;
}

static enum status need_new(struct ctx *ctx, struct str hash)
{
    struct sql_element_import_of_row row;
    enum status done =
        sql_element_import_of(ctx->db, ctx->arena, (struct sql_element_import_of){.hash = hash}, &row);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    return refuse(ctx, CONFLICT, "payroll.import_there", T_payroll_import_there);
}

static enum status take_file(struct importing *importing, struct str file, struct str name, struct str hash)
{
    struct ctx *ctx = importing->ctx;
    struct csv_reader reader = csv_open(file);
    struct csv_row *head = arena_new(ctx->arena, struct csv_row);
    struct sql_element_import_add_row row;
    if (head == NULL)
        return LIMIT;
    if (csv_next(&reader, ctx->arena, head) != OK)
        return refuse(ctx, INVALID, "payroll.import_columns", T_payroll_import_columns_wrong);
    TRY(read_head(importing, head));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_element_import_add(ctx->db, ctx->arena,
                               (struct sql_element_import_add){.hash = hash, .name = name,
                                                               .month_day = importing->month.days,
                                                               .added_by = ctx->actor.person,
                                                               .added_ms = ctx->now.ms},
                               &row));
    importing->import = row.id;
    TRY(take_rows(importing, &reader));
    return sql_element_import_end(ctx->db, (struct sql_element_import_end){.id = row.id,
                                                                           .taken = importing->taken->rows,
                                                                           .refused = importing->taken->refused});
}

enum status element_import(struct ctx *ctx, struct str file, struct str name, struct date month,
                           struct element_taken *ret_taken)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    struct importing importing = {.ctx = ctx, .taken = ret_taken, .month = date_month_start(month)};
    *ret_taken = (struct element_taken){0};
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE));
    if (file.len == 0 || file.len > ELEMENT_FILE_MAX || !utf8_is_valid(file))
        return refuse(ctx, INVALID, "payroll.import_columns", T_payroll_import_columns_wrong);
    SHA256((const unsigned char *)file.at, file.len, hash);
    struct str bytes = str_copy(ctx->arena, (struct str){(const char *)hash, sizeof hash});
    name = utf8_prefix(name.len > 0 ? name : STR("CSV"), NAME_MAX_BYTES);
    TRY(need_new(ctx, bytes));
    TRY(take_file(&importing, file, name, bytes));
    return audit_add(ctx, "payroll.import", name,
                     str_format(ctx->arena, "%lld, %lld", (long long)ret_taken->rows, (long long)ret_taken->refused));
}
