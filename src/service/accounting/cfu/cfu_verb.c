#include "service/accounting/cfu/cfu_verb.h"

#include "proto/csv/csv.h"
#include "service/accounting/cfu/cfu.h"
#include "service/accounting/cfu/cfu_book.h"
#include "service/accounting/lang.h"

enum { TREE_MAX = 48 << 20, ROWS_MAX = 32 << 20, SHOWN_MAX = 50, FIELDS = 7, YEAR_MAX = 9999 };

/* A file that is open, and what is wrong in it. */
struct reading {
    struct arena *tree, *rows;
    struct cfu cfu;
    struct faults faults;
};

static void close_reading(struct reading *reading)
{
    arena_destroy(&reading->tree);
    arena_destroy(&reading->rows);
}

/* ---- reading ---- */

static bool has_fault(const struct faults *faults, const char *rule)
{
    for (size_t i = 0; i < faults->count; i++)
        if (str_eq(faults->kept[i].rule, str_of(rule)))
            return true;
    return false;
}

static enum status refuse_cfu(struct ctx *ctx, struct verb_call *call, const struct reading *reading,
                              enum status status)
{
    call->is_unread = true;
    if (status == LIMIT)
        return refuse(ctx, LIMIT, "accounting.file_long", T_accounting_file_long);
    if (has_fault(&reading->faults, "cfu.sums"))
        return refuse(ctx, INVALID, "accounting.cfu_sums", T_accounting_cfu_sums);
    return refuse(ctx, status, "accounting.not_cfu", T_accounting_not_cfu);
}

static enum status read_file(struct ctx *ctx, struct verb_call *call, struct str path, struct reading *reading)
{
    struct xml *root;
    struct xml_fault fault = {0};
    const char *c_path = str_c(ctx->arena, path);
    *reading = (struct reading){.tree = arena_create(TREE_MAX), .rows = arena_create(ROWS_MAX)};
    reading->faults.arena = reading->rows;
    if (c_path == NULL)
        return LIMIT;
    enum status done = xml_read_file(reading->tree, c_path, &root, &fault);
    call->is_unread = done != OK;
    if (done != OK && fault.what == NULL)
        return refuse_with(ctx, done, "accounting.no_file", T_accounting_no_file, "%.*s", STR_ARG(path));
    if (done != OK)
        return refuse_with(ctx, done, "accounting.not_xml", T_accounting_not_xml, "%.*s:%u: %s", STR_ARG(path),
                           fault.line, fault.what);
    done = cfu_read(reading->rows, root, &reading->cfu, &reading->faults);
    if (done != OK)
        return refuse_cfu(ctx, call, reading, done);
    cfu_check(&reading->cfu, &reading->faults);
    return OK;
}

/* ---- saying ---- */

static enum status tell(struct ctx *ctx, struct verb_call *call, struct reading *reading, struct cfu_part town)
{
    struct cfu_difference *differences;
    size_t count;
    TRY(cfu_reconcile(reading->rows, town, reading->cfu.accountant, &differences, &count));
    for (size_t i = 0; i < reading->faults.count && i < SHOWN_MAX; i++)
        fault_print(call->out, &reading->faults.kept[i]);
    cfu_differences_write(call->out, differences, count);
    if (count == 0 && reading->faults.found == 0)
        return buf_status(call->out);
    return refuse_with(ctx, INVALID, "accounting.cfu_differs", T_accounting_cfu_differs, "%zu + %zu", count,
                       reading->faults.found);
}

enum status cfu_verb_alone(struct ctx *ctx, struct verb_call *call)
{
    struct reading *reading = arena_new(ctx->arena, struct reading);
    if (reading == NULL)
        return LIMIT;
    enum status done = read_file(ctx, call, verb_argument(call, 0), reading);
    if (done == OK)
        done = tell(ctx, call, reading, reading->cfu.town);
    close_reading(reading);
    return done;
}

/* ---- beside what a town has ---- */

enum status cfu_verb_open(struct ctx *ctx, struct verb_call *call)
{
    struct reading *reading = arena_new(call->always, struct reading);
    if (reading == NULL)
        return LIMIT;
    *call->kept = reading;
    enum status done = read_file(ctx, call, verb_argument(call, 1), reading);
    if (done != OK) {
        close_reading(reading);
        return done;
    }
    buf_add_format(call->hand, "%.*s %d", STR_ARG(cfu_siret(&reading->cfu)), reading->cfu.document.budgets[0].year);
    return buf_status(call->hand);
}

static void write_line(struct buf *out, const struct budget_line *from)
{
    static const char *const digits[] = {"0", "1", "2"};
    struct buf amount BUF_SCOPE = BUF_INIT(64);
    struct cfu_line line = {.direction = from->direction};
    cfu_line_set(&line, from->nature, from->operation, from->group_chapter);
    money_write(&amount, from->amounts[DOCBUDG_DONE]);
    const struct str fields[FIELDS] = {line.nature,
                                       line.operation,
                                       line.chapter,
                                       str_of(digits[from->section]),
                                       str_of(digits[from->direction]),
                                       str_of(digits[from->kind != CHART_REAL]),
                                       buf_str(&amount)};
    csv_write(out, fields, FIELDS);
}

enum status cfu_verb_lines(struct ctx *ctx, struct verb_call *call)
{
    struct budget_act act;
    struct budget_line *lines;
    enum cfu_town from;
    size_t count;
    uint64_t year;
    struct str rest = call->handed, siret = str_cut(&rest, ' ');
    if (str_to_u64(rest, YEAR_MAX, &year) != OK)
        return INVALID;
    TRY(cfu_town_lines(ctx, siret, (int32_t)year, &from, &act, &lines, &count));
    if (from == CFU_TOWN_NONE)
        return refuse(ctx, NOT_FOUND, "accounting.no_account", T_accounting_no_account);
    for (size_t i = 0; i < count; i++)
        write_line(call->output, &lines[i]);
    return buf_status(call->output);
}

static enum status read_line(const struct csv_row *row, struct cfu_line *ret_line)
{
    uint64_t numbers[3];
    if (row->count != FIELDS)
        return INVALID;
    for (size_t i = 0; i < 3; i++)
        TRY(str_to_u64(row->fields[3 + i], CHART_NO_SECTION, &numbers[i]));
    *ret_line = (struct cfu_line){.nature = row->fields[0],
                                  .operation = row->fields[1],
                                  .chapter = row->fields[2],
                                  .section = (enum chart_section)numbers[0],
                                  .direction = (enum chart_direction)numbers[1],
                                  .is_order = numbers[2] != 0};
    return money_parse(row->fields[6], &ret_line->done);
}

static enum status read_lines(struct arena *arena, struct str text, struct cfu_part *ret_part)
{
    struct csv_reader reader = csv_open(text);
    struct csv_row *row = arena_new(arena, struct csv_row);
    ret_part->lines = arena_array(arena, struct cfu_line, str_count_byte(text, '\n') + 1);
    if (row == NULL || ret_part->lines == NULL)
        return LIMIT;
    enum status done;
    while ((done = csv_next(&reader, arena, row)) == OK)
        TRY(read_line(row, &ret_part->lines[ret_part->count++]));
    return done == NOT_FOUND ? OK : done;
}

enum status cfu_verb_compare(struct ctx *ctx, struct verb_call *call)
{
    struct reading *reading = *call->kept;
    struct cfu_part town = {0};
    enum status done = read_lines(reading->rows, call->input, &town);
    if (done == OK)
        done = tell(ctx, call, reading, town);
    close_reading(reading);
    return done;
}
