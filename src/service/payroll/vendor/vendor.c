#include "service/payroll/vendor/vendor.h"

#include "base/utf8.h"
#include "proto/csv/csv.h"
#include "service/payroll/lang.h"
#include "service/payroll/run/payrun_law.h"
#include "service/payroll/view/panel.h"

enum field { MATRICULE, LINE, AMOUNT, FIELDS };

struct comparing {
    struct ctx *ctx;
    struct vendor_result *result;
    struct law law;
    const payrun_slip_row *slips;
    size_t slip_count;
    size_t at[FIELDS];
    struct vendor_row *rows; /* all of the file */
    size_t row_count;
    struct bulletin *bulletin;
};

/* ---- the file ---- */

static enum status read_head(struct comparing *comparing, const struct csv_row *head)
{
    static const char *const names[FIELDS][2] = {{"matricule", "agent"}, {"ligne", "line"}, {"montant", "amount"}};
    for (size_t i = 0; i < FIELDS; i++) {
        comparing->at[i] = CSV_FIELDS_MAX;
        for (size_t k = 0; k < head->count; k++)
            if (str_eq_nocase(str_trim(head->fields[k]), str_of(names[i][0])) ||
                str_eq_nocase(str_trim(head->fields[k]), str_of(names[i][1])))
                comparing->at[i] = k;
        if (comparing->at[i] == CSV_FIELDS_MAX)
            return INVALID;
    }
    return OK;
}

static enum pay_line line_of(struct str name)
{
    enum pay_line line;
    if (pay_line_named(name, &line) == OK)
        return line;
    for (size_t i = 0; i < PAY_LINES; i++)
        if (str_eq(name, text_of(LANGUAGE_FR, bulletin_line_text((enum pay_line)i))) ||
            str_eq(name, text_of(LANGUAGE_EN, bulletin_line_text((enum pay_line)i))))
            return (enum pay_line)i;
    return PAY_LINES;
}

static enum status take_row(struct comparing *comparing, const struct csv_row *row)
{
    int64_t millionths;
    for (size_t i = 0; i < FIELDS; i++)
        if (comparing->at[i] >= row->count)
            return INVALID;
    if (comparing->row_count == VENDOR_ROWS_MAX)
        return LIMIT;
    TRY(panel_read_number(row->fields[comparing->at[AMOUNT]], &millionths));
    if (millionths % 10000 != 0)
        return INVALID;
    struct str name = str_trim(row->fields[comparing->at[LINE]]);
    comparing->rows[comparing->row_count++] =
        (struct vendor_row){.matricule = str_trim(row->fields[comparing->at[MATRICULE]]), .name = name,
                            .line = line_of(name), .expected = millionths / 10000};
    return OK;
}

static enum status read_file(struct comparing *comparing, struct str file)
{
    struct csv_reader reader = csv_open(file);
    struct csv_row *row = arena_new(comparing->ctx->arena, struct csv_row);
    size_t room = 1;
    enum status done;
    for (size_t i = 0; i < file.len; i++)
        room += file.at[i] == '\n';
    comparing->rows = arena_array(comparing->ctx->arena, struct vendor_row,
        room < VENDOR_ROWS_MAX ? room : VENDOR_ROWS_MAX);
    if (row == NULL || comparing->rows == NULL)
        return LIMIT;
    TRY(csv_next(&reader, comparing->ctx->arena, row));
    TRY(read_head(comparing, row));
    while ((done = csv_next(&reader, comparing->ctx->arena, row)) == OK)
        TRY(take_row(comparing, row));
    return done == NOT_FOUND ? OK : done;
}

/* ---- compared ---- */

static void tell(struct comparing *comparing, struct vendor_row *row)
{
    struct vendor_result *result = comparing->result;
    result->compared++;
    result->right += row->cause == VENDOR_SAME;
    result->causes[row->cause]++;
    if (row->cause != VENDOR_SAME && result->row_count < VENDOR_SHOWN_MAX)
        result->rows[result->row_count++] = *row;
}

/* Rows of one agent follow each other. */
static enum status compare_agent(struct comparing *comparing, size_t from, size_t to, const payrun_slip_row *slip)
{
    int64_t differences[PAY_LINES] = {0};
    TRY(bulletin_read(comparing->ctx->arena, slip->bytes, comparing->bulletin));
    for (size_t i = from; i < to; i++) {
        struct vendor_row *row = &comparing->rows[i];
        if (row->line == PAY_LINES)
            continue;
        row->computed = comparing->bulletin->paid.cents[row->line];
        differences[row->line] = row->expected - row->computed;
    }
    for (size_t i = from; i < to; i++) {
        struct vendor_row *row = &comparing->rows[i];
        row->cause = row->line == PAY_LINES ? (row->expected == 0 ? VENDOR_SAME : VENDOR_ABSENT)
                                            : vendor_cause_of(comparing->bulletin, &comparing->law, row->line,
                                                              differences, &row->value);
        tell(comparing, row);
    }
    return OK;
}

static const payrun_slip_row *slip_of(const struct comparing *comparing, struct str matricule)
{
    for (size_t i = 0; i < comparing->slip_count; i++)
        if (str_eq(comparing->slips[i].matricule, matricule))
            return &comparing->slips[i];
    return NULL;
}

static enum status compare_all(struct comparing *comparing)
{
    for (size_t from = 0, to; from < comparing->row_count; from = to) {
        for (to = from + 1; to < comparing->row_count &&
                            str_eq(comparing->rows[to].matricule, comparing->rows[from].matricule);)
            to++;
        const payrun_slip_row *slip = slip_of(comparing, comparing->rows[from].matricule);
        if (slip != NULL)
            TRY(compare_agent(comparing, from, to, slip));
        for (size_t i = from; slip == NULL && i < to; i++) {
            comparing->rows[i].cause = VENDOR_AGENT;
            tell(comparing, &comparing->rows[i]);
        }
    }
    return OK;
}

enum status vendor_compare(struct ctx *ctx, const payrun_row *run, struct str file, struct vendor_result *ret_result)
{
    struct comparing comparing = {.ctx = ctx, .result = ret_result, .bulletin = arena_new(ctx->arena, struct bulletin)};
    payrun_slip_row *slips;
    *ret_result = (struct vendor_result){0};
    if (comparing.bulletin == NULL)
        return LIMIT;
    bool is_text = file.len > 0 && file.len <= VENDOR_FILE_MAX && utf8_is_valid(file);
    enum status done = is_text ? read_file(&comparing, file) : INVALID;
    if (done == INVALID || done == NOT_FOUND)
        return refuse(ctx, INVALID, "payroll.witness_form", T_payroll_witness_wrong_form);
    TRY(done);
    TRY(payrun_law_of(ctx, run->law, &comparing.law));
    TRY(payrun_slips(ctx, run->id, &slips, &comparing.slip_count));
    comparing.slips = slips;
    return compare_all(&comparing);
}
