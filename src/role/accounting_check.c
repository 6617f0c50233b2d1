#include "core/shape.h"
#include "role/accounting_verb.h"
#include "service/accounting/docbudg/docbudg.h"
#include "service/accounting/invoice/invoice.h"

/* The tree of a file, what is read of it and a chart lie in memory together: below 64 MB in all, with the program. */
enum { TREE_MAX = 49 << 20, CHART_MAX = 16 << 20, WHERE_MAX = 4096 };

/* ---- reading ---- */

/* What keeps the tree from being read is among the faults. */
static enum status read_tree(struct ctx *ctx, struct verb_call *call, struct arena *tree, struct xml **ret_root,
                             struct faults *faults)
{
    struct xml_fault fault;
    enum status done = accounting_tree(ctx, call, verb_argument(call, 0), tree, ret_root, &fault);
    struct str place = str_format(ctx->arena, "ligne %u", fault.line);
    if (done != OK && fault.what != NULL)
        fault_add(faults, "xml.read", place, str_of(fault.what), STR(""));
    return done;
}

/* What keeps the whole from being looked at is among the faults; INVALID: the rest can be looked at all the same. */
static enum status read_budgets(struct verb_call *call, struct arena *tree, struct xml *root,
                                struct docbudg *ret_document, struct faults *faults)
{
    enum status done = docbudg_read(tree, root, ret_document, faults);
    call->is_unread = done == LIMIT || ret_document->budget_count == 0;
    return done;
}

static enum status read_document(struct ctx *ctx, struct verb_call *call, struct arena *tree,
                                 struct docbudg *ret_document, struct faults *faults)
{
    struct xml *root;
    *ret_document = (struct docbudg){0};
    TRY(read_tree(ctx, call, tree, &root, faults));
    return read_budgets(call, tree, root, ret_document, faults);
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

/* What could be read of it is looked at; the status is that of reading. */
static enum status check_budgets(struct verb_call *call, struct arena *tree, struct xml *root, struct faults *faults)
{
    struct docbudg document;
    enum status done = read_budgets(call, tree, root, &document, faults);
    for (size_t i = 0; done != LIMIT && i < document.budget_count; i++) {
        enum status checked = check_budget(&document, i, faults);
        call->is_unread |= checked != OK;
        if (checked != OK)
            return checked;
    }
    return done;
}

static enum status check_invoices(struct verb_call *call, struct arena *tree, struct xml *root, struct faults *faults)
{
    struct invoice_file file;
    enum status done = invoice_read(tree, root, &file, faults);
    call->is_unread = done == LIMIT || file.count + file.status_count == 0;
    if (done != LIMIT)
        invoice_check(&file, NULL, faults);
    return done;
}

static void print_fault(struct buf *out, const struct fault *fault)
{
    buf_add_format(out, "%.*s %.*s: %.*s\n    %.*s\n", STR_ARG(fault->rule), STR_ARG(fault->place),
                   STR_ARG(fault->value), STR_ARG(fault->mend));
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
        (is_json ? print_fault_json : print_fault)(out, &faults->kept[i]);
    }
    if (is_json)
        buf_add_literal(out, "]}\n");
    else if (faults->found > faults->count)
        buf_add_format(out, "+ %zu\n", faults->found - faults->count);
}

enum status accounting_check(struct ctx *ctx, struct verb_call *call)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct faults *faults = arena_new(ctx->arena, struct faults);
    struct xml *root;
    if (faults == NULL)
        return LIMIT;
    faults->arena = ctx->arena;
    enum status done = read_tree(ctx, call, tree, &root, faults);
    if (done == OK)
        done = (invoice_form_of(root) != INVOICE_NONE ? check_invoices : check_budgets)(call, tree, root, faults);
    if (done != OK && faults->found == 0)
        return done;
    print_faults(call->out, faults, verb_has(call, "--json"));
    call->is_told = faults->found > 0;
    return faults->found > 0 ? INVALID : OK;
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
    struct faults *faults = arena_new(ctx->arena, struct faults);
    struct docbudg document;
    if (faults == NULL)
        return LIMIT;
    faults->arena = ctx->arena;
    enum status done = read_document(ctx, call, tree, &document, faults);
    if (ctx->failure.code != NULL)
        return done; /* no file, or no XML: said already */
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
