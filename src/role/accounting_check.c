#include "core/shape.h"
#include "os/file.h"
#include "role/accounting_schema.h"
#include "service/accounting/docbudg/docbudg.h"
#include "service/accounting/invoice/invoice.h"
#include "service/accounting/pes/pes_signed.h"

/* The tree of a file, what is read of it and a chart lie in memory together: below 64 MB in all, with the program. */
enum { TREE_MAX = 49 << 20, CHART_MAX = 16 << 20, SIGNATURES_MAX = 4 << 20, WHERE_MAX = 4096 };

/* A file that is open: its tree, and what is wrong in it. */
struct sheet {
    struct arena *tree;
    struct xml *root;
    struct faults *faults;
};

/* ---- reading ---- */

/* A file that is no XML has that as its fault. */
static enum status open_sheet(struct ctx *ctx, struct verb_call *call, struct sheet *sheet)
{
    struct xml_fault fault = {0};
    sheet->faults = arena_new(ctx->arena, struct faults);
    if (sheet->faults == NULL)
        return LIMIT;
    sheet->faults->arena = ctx->arena;
    enum status done = accounting_tree(ctx, call, verb_argument(call, 0), sheet->tree, &sheet->root, &fault);
    struct str place = str_format(ctx->arena, "ligne %u", fault.line);
    if (done != OK && fault.what != NULL)
        fault_add(sheet->faults, "xml.read", place, str_of(fault.what), STR(""));
    return done;
}

/* What keeps the whole from being looked at is among the faults; INVALID: the rest can be looked at all the same. */
static enum status read_document(struct verb_call *call, struct sheet *sheet, struct docbudg *ret_document)
{
    enum status done = docbudg_read(sheet->tree, sheet->root, ret_document, sheet->faults);
    call->is_unread = done == LIMIT || ret_document->budget_count == 0;
    return done;
}

/* That of its nomenclature and year, where one is shipped; its lines are placed by it. */
static enum status chart_of(struct arena *arena, struct docbudg_budget *budget, struct chart *ret_chart,
                            bool *ret_has_chart)
{
    enum status done = chart_shipped(arena, budget->nomenclature, budget->year, ret_chart);
    *ret_has_chart = done == OK;
    if (done == OK)
        docbudg_place(budget, ret_chart);
    return done == NOT_FOUND ? OK : done;
}

/* ---- check ---- */

static enum status check_budget(struct docbudg *document, size_t number, struct faults *faults)
{
    struct arena *arena ARENA_SCOPE = arena_create(CHART_MAX);
    struct chart chart;
    bool has_chart;
    TRY(chart_of(arena, &document->budgets[number], &chart, &has_chart));
    docbudg_check(document, number, has_chart ? &chart : NULL, faults);
    return OK;
}

static void print_fault_json(struct buf *out, const struct fault *fault)
{
    const struct {
        const char *name;
        struct str value;
    } fields[] = {{"rule", fault->rule}, {"place", fault->place}, {"value", fault->value}, {"mend", fault->mend}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        buf_add_format(out, "%s\"%s\":", i == 0 ? "{" : ",", fields[i].name);
        shape_json_text(out, fields[i].value);
    }
    buf_add_byte(out, '}');
}

static void print_faults(struct buf *out, const struct faults *faults, bool is_json)
{
    if (is_json)
        buf_add_literal(out, "{\"faults\":[");
    for (size_t i = 0; i < faults->count; i++) {
        if (is_json && i > 0)
            buf_add_byte(out, ',');
        (is_json ? print_fault_json : fault_print)(out, &faults->kept[i]);
    }
    if (is_json)
        buf_add_literal(out, "]}\n");
    else if (faults->found > faults->count)
        buf_add_format(out, "+ %zu\n", faults->found - faults->count);
}

static enum status check_document(struct verb_call *call, struct sheet *sheet)
{
    struct docbudg document = {0};
    enum status done = read_document(call, sheet, &document);
    for (size_t i = 0; done != LIMIT && i < document.budget_count; i++)
        TRY(check_budget(&document, i, sheet->faults));
    return done;
}

static enum status check_invoices(struct verb_call *call, struct sheet *sheet)
{
    struct invoice_file file;
    enum status done = invoice_read(sheet->tree, sheet->root, &file, sheet->faults);
    call->is_unread = done == LIMIT || file.count + file.status_count == 0;
    if (done != LIMIT)
        invoice_check(&file, NULL, sheet->faults);
    return done;
}

/* What is only recognised says so, in words of rules.csv: no fault is not the same as right. */
static enum status say_unlooked(struct ctx *ctx, struct verb_call *call, const struct xml *root)
{
    struct rule rule;
    TRY(rule_find(ctx->arena, STR("pes.return"), &rule));
    rule_say(call->out, &rule, &(struct rule_words){.place = STR(""), .value = root->name, .wanted = STR("")});
    buf_add_byte(call->out, '\n');
    return buf_status(call->out);
}

/* A signature is over each blank: the file is read again, into the room of what was read of it so far. */
static enum status check_signatures(struct ctx *ctx, struct verb_call *call, struct sheet *sheet)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    struct arena *arena ARENA_SCOPE = arena_create(SIGNATURES_MAX);
    struct xml_fault fault;
    const char *path = str_c(ctx->arena, verb_argument(call, 0));
    if (path == NULL)
        return LIMIT;
    TRY(file_read_all(path, &bytes));
    arena_reset(sheet->tree);
    TRY(xml_read_exact(sheet->tree, buf_str(&bytes), &sheet->root, &fault));
    buf_finish(&bytes);
    return pes_signed_check(arena, sheet->root, sheet->faults);
}

static enum status check_pes(struct ctx *ctx, struct verb_call *call, struct sheet *sheet)
{
    bool is_return = pes_kind_of(sheet->root) != PES_ALLER;
    enum status done = pes_check(sheet->root, NULL, sheet->faults);
    if (done == OK && is_return && !verb_has(call, "--json"))
        return say_unlooked(ctx, call, sheet->root);
    if (done == OK && !is_return && pes_is_signed(sheet->root))
        done = check_signatures(ctx, call, sheet);
    call->is_unread = done == LIMIT;
    return done;
}

enum status accounting_check(struct ctx *ctx, struct verb_call *call)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct sheet sheet = {.tree = tree};
    enum status done = open_sheet(ctx, call, &sheet);
    if (sheet.faults == NULL)
        return LIMIT;
    struct str schemas = verb_option(call, "--schemas");
    if (done == OK && !str_is_absent(schemas))
        TRY(accounting_schema_check(ctx, call, schemas, sheet.root, sheet.faults));
    if (done == OK && pes_kind_of(sheet.root) != PES_NONE)
        done = check_pes(ctx, call, &sheet);
    else if (done == OK && invoice_form_of(sheet.root) != INVOICE_NONE)
        done = check_invoices(call, &sheet);
    else if (done == OK)
        done = check_document(call, &sheet);
    if (done != OK && ((done != INVALID && done != LIMIT) || sheet.faults->found == 0))
        return done;
    print_faults(call->out, sheet.faults, verb_has(call, "--json"));
    call->is_told = sheet.faults->found > 0;
    return sheet.faults->found > 0 ? INVALID : OK;
}

/* ---- totals ---- */

/* What rows call the file: its name, or that of its folder where it is called as every such file is. */
static struct str name_of(struct str path)
{
    size_t slash = str_find_byte_last(path, '/');
    struct str file = slash == SIZE_MAX ? path : str_after(path, slash + 1);
    struct str folder = slash == SIZE_MAX ? STR("") : str_slice(path, 0, slash);
    size_t above = str_find_byte_last(folder, '/');
    if (str_eq(file, STR("totem.xml")) && folder.len > 0)
        return above == SIZE_MAX ? folder : str_after(folder, above + 1);
    return str_ends(file, STR(".xml")) ? str_slice(file, 0, file.len - 4) : file;
}

enum status accounting_totals(struct ctx *ctx, struct verb_call *call)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct sheet sheet = {.tree = tree};
    struct docbudg document = {0};
    TRY(open_sheet(ctx, call, &sheet)); /* no file, or no XML: said already */
    enum status done = read_document(call, &sheet, &document);
    if (done != OK) {
        call->is_unread = true;
        return refuse_with(ctx, done, "accounting.not_budget", T_accounting_not_budget, "%.*s",
                           STR_ARG(verb_argument(call, 0)));
    }
    docbudg_totals_head(call->out);
    for (size_t i = 0; i < document.budget_count; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(CHART_MAX);
        struct chart chart;
        bool has_chart;
        TRY(chart_of(arena, &document.budgets[i], &chart, &has_chart));
        docbudg_totals(call->out, name_of(verb_argument(call, 0)), &document.budgets[i]);
    }
    return buf_status(call->out);
}

/* ---- compare ---- */

enum status accounting_compare(struct ctx *ctx, struct verb_call *call)
{
    struct arena *one_tree ARENA_SCOPE = arena_create(XML_ARENA), *other_tree ARENA_SCOPE = arena_create(XML_ARENA);
    struct buf where BUF_SCOPE = BUF_INIT(WHERE_MAX);
    struct xml *one, *other;
    struct xml_fault fault;
    TRY(accounting_tree(ctx, call, verb_argument(call, 0), one_tree, &one, &fault));
    TRY(accounting_tree(ctx, call, verb_argument(call, 1), other_tree, &other, &fault));
    call->is_told = !xml_same(one, other, &where);
    buf_add_format(call->out, "%.*s\n", STR_ARG(call->is_told ? buf_str(&where) : STR("same")));
    return call->is_told ? INVALID : OK;
}
