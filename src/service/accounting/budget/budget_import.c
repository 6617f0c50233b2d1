#include "core/audit.h"
#include "service/accounting/budget/budget_parcel.h"
#include "service/accounting/budget/budget_verb.h"
#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/story/story.h"
#include "service/accounting/lang.h"

enum { PIECE_LINES = 100, CHARTS_MAX = 32 << 20, ROWS_MAX = 64 << 20, FAULTS_ARENA = 1 << 20, SHOWN_MAX = 20 };

/* A document read twice: one tree is looked at, of the other the lines are taken out. */
struct import {
    struct arena *trees[2], *charts, *rows;
    struct docbudg documents[2];
    struct budget_line *lines[DOCBUDG_BUDGETS_MAX];
    size_t counts[DOCBUDG_BUDGETS_MAX];
    struct str town_charts; /* chart_kept.h */
    size_t budget, line;    /* the next to hand over */
    int64_t total;
    struct faults faults;
};

static void close_import(struct import *import)
{
    arena_destroy(&import->trees[0]);
    arena_destroy(&import->trees[1]);
    arena_destroy(&import->charts);
    arena_destroy(&import->rows);
}

/* ---- reading ---- */

static enum status read_tree(struct ctx *ctx, struct import *import, struct str path, int which)
{
    struct xml *root;
    struct xml_fault fault;
    struct faults *faults = arena_new(import->rows, struct faults);
    char *c_path = str_c(ctx->arena, path);
    if (c_path == NULL || faults == NULL)
        return LIMIT;
    import->trees[which] = arena_create(XML_ARENA);
    enum status done = xml_read_file(import->trees[which], c_path, &root, &fault);
    if (done != OK && fault.what == NULL)
        return refuse_with(ctx, done, "accounting.no_file", T_accounting_no_file, "%.*s", STR_ARG(path));
    if (done != OK)
        return refuse_with(ctx, done, "accounting.not_xml", T_accounting_not_xml, "%.*s:%u: %s", STR_ARG(path),
                           fault.line, fault.what);
    faults->arena = import->rows;
    done = docbudg_read(import->trees[which], root, &import->documents[which],
                        which == 0 ? &import->faults : faults);
    if (import->documents[which].budget_count == 0)
        return refuse_with(ctx, INVALID, "accounting.not_budget", T_accounting_not_budget, "%.*s", STR_ARG(path));
    return done == INVALID ? OK : done; /* its faults are told with the others */
}

static enum status read_lines(struct import *import, size_t number, const struct chart *chart)
{
    const struct docbudg_budget *budget = &import->documents[0].budgets[number];
    size_t count = budget->line_count + budget->aggregate_count, met = 0, at = 0;
    struct budget_line *lines = arena_array(import->rows, struct budget_line, count + 1);
    if (lines == NULL)
        return LIMIT;
    for (struct xml *child = xml_child(budget->element, "LigneBudget"); child != NULL && at < count;
         child = xml_next(child, "LigneBudget"), at++) {
        bool is_line = met < budget->line_count && budget->lines[met].element == child;
        if (is_line)
            TRY(budget_line_of(import->rows, &budget->lines[met++], chart, &lines[at]));
        else
            TRY(budget_sum_of(import->rows, child, (int64_t)at + 1, &lines[at]));
        lines[at].place = (int64_t)at + 1;
    }
    import->lines[number] = lines;
    import->counts[number] = at;
    import->total += (int64_t)at;
    return OK;
}

static enum status read_budget(struct import *import, size_t number)
{
    struct chart_kept kept;
    struct docbudg_budget *budget = &import->documents[0].budgets[number];
    TRY(chart_kept_in(import->charts, import->town_charts, budget->nomenclature, budget->year, &kept));
    if (kept.chart != NULL)
        docbudg_place(budget, kept.chart);
    chart_kept_fault(&import->faults, budget->place, &kept, budget->year);
    docbudg_check(&import->documents[0], number, kept.chart, &import->faults);
    return read_lines(import, number, kept.chart);
}

/* ---- what goes out is what came in ---- */

static enum status put_back(struct import *import, size_t number)
{
    struct xml *budget = import->documents[1].budgets[number].element, lines = {.first = NULL};
    for (size_t i = 0; i < import->counts[number]; i++)
        TRY(budget_add_line(import->trees[1], &import->lines[number][i], budget, &lines));
    budget_put_lines(budget, &lines);
    return OK;
}

static enum status prove(struct ctx *ctx, struct import *import)
{
    struct buf where BUF_SCOPE = BUF_INIT(4096);
    for (size_t i = 0; i < import->documents[1].budget_count; i++)
        TRY(put_back(import, i));
    if (xml_same(import->documents[0].root, import->documents[1].root, &where))
        return OK;
    return refuse_with(ctx, INVALID, "accounting.not_kept", T_accounting_not_kept, "%.*s",
                       STR_ARG(buf_str(&where)));
}

/* ---- the steps ---- */

static enum status tell_faults(struct ctx *ctx, struct verb_call *call, const struct faults *faults)
{
    for (size_t i = 0; i < faults->count && i < SHOWN_MAX; i++)
        fault_print(call->out, &faults->kept[i]);
    if (faults->found == 0 || verb_has(call, "--with-faults"))
        return OK;
    return refuse_with(ctx, INVALID, "accounting.faults", T_accounting_faults, "%zu", faults->found);
}

static enum status hand_over_document(struct ctx *ctx, struct verb_call *call, struct import *import)
{
    struct buf frame BUF_SCOPE = BUF_INIT(BUDGET_FRAME_MAX);
    struct docbudg *bare = &import->documents[1];
    for (size_t i = 0; i < bare->budget_count; i++)
        budget_take_lines(bare->budgets[i].element);
    xml_write(&frame, bare->root, XML_UTF_8);
    if (buf_status(&frame) != OK)
        return refuse(ctx, LIMIT, "accounting.file_long", T_accounting_file_long);
    budget_parcel_document(call->output, buf_str(&frame), verb_has(call, "--replace"));
    for (size_t i = 0; i < bare->budget_count; i++)
        budget_parcel_act(call->output, &import->documents[0], i);
    return buf_status(call->output);
}

static enum status open_all(struct ctx *ctx, struct verb_call *call, struct import *import)
{
    import->charts = arena_create(CHARTS_MAX);
    import->rows = arena_create(ROWS_MAX);
    import->faults.arena = import->rows;
    import->town_charts = call->input.len == 0 ? STR("") : str_copy(import->charts, call->input);
    if (str_is_absent(import->town_charts))
        return LIMIT;
    for (int i = 0; i < 2; i++)
        TRY(read_tree(ctx, import, verb_argument(call, 1), i));
    if (import->documents[0].budget_count != import->documents[1].budget_count)
        return OUTSIDE; /* the file changed between */
    for (size_t i = 0; i < import->documents[0].budget_count; i++)
        TRY(read_budget(import, i));
    TRY(tell_faults(ctx, call, &import->faults));
    TRY(hand_over_document(ctx, call, import));
    return prove(ctx, import);
}

enum status budget_import_open(struct ctx *ctx, struct verb_call *call)
{
    struct import *import = arena_new(call->always, struct import);
    if (import == NULL)
        return LIMIT;
    *call->kept = import;
    enum status done = open_all(ctx, call, import);
    if (done != OK)
        close_import(import);
    return done;
}

enum status budget_import_read(struct ctx *ctx, struct verb_call *call)
{
    struct import *import = *call->kept;
    (void)ctx;
    for (size_t i = 0; i < PIECE_LINES && import->budget < import->documents[0].budget_count; i++) {
        if (import->line == import->counts[import->budget]) {
            import->budget++;
            import->line = 0;
            continue;
        }
        const struct budget_line *line = &import->lines[import->budget][import->line++];
        budget_parcel_line(call->output, line, (int64_t)import->budget);
        call->done++;
    }
    call->total = import->total;
    call->next = call->output->len > 0 ? BUDGET_IMPORT_TAKE : BUDGET_IMPORT_END;
    if (call->output->len == 0)
        close_import(import);
    return buf_status(call->output);
}

enum status budget_import_take(struct ctx *ctx, struct verb_call *call)
{
    struct budget_coming coming;
    TRY(budget_coming_read(call->handed, &coming));
    for (struct str rest = call->input; rest.len > 0;)
        TRY(budget_parcel_take(ctx, str_cut(&rest, '\n'), &coming));
    budget_coming_write(call->hand, &coming);
    call->next = BUDGET_IMPORT_READ;
    return OK;
}

enum status budget_import_end(struct ctx *ctx, struct verb_call *call)
{
    struct budget_coming coming;
    TRY(budget_coming_read(call->handed, &coming));
    TRY(budget_document_end(ctx, coming.document));
    for (size_t i = 0; i < coming.act_count; i++) {
        struct budget_act act;
        TRY(budget_act(ctx, coming.acts[i], &act));
        struct str said = str_format(ctx->arena, "%.*s %d %.*s %.*s", STR_ARG(act.siret), act.year,
                                     STR_ARG(act.kind), STR_ARG(act.number));
        buf_add_format(call->out, "%.*s: %.*s\n", STR_ARG(str_trim(said)), STR_ARG(act.label));
        TRY(story_add(ctx, STORY_ACT, act.id, "accounting.import", STR("")));
        TRY(audit_add(ctx, "accounting.import", said, STR("")));
    }
    buf_add_format(call->out, "%lld lines\n", (long long)coming.lines);
    return OK;
}
