#include "service/accounting/budget/budget_make.h"

#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/lang.h"

static enum status add_lines(struct ctx *ctx, struct arena *tree, int64_t act, struct xml *budget)
{
    struct xml together = {.first = NULL};
    struct budget_line *lines;
    size_t count;
    int64_t place = 0;
    do {
        TRY(budget_lines_after(ctx, act, place, &lines, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(budget_add_line(tree, &lines[i], budget, &together));
            place = lines[i].place;
        }
    } while (count > 0);
    budget_put_lines(budget, &together);
    return OK;
}

enum status budget_frame_read(struct ctx *ctx, struct arena *tree, int64_t document, struct budget_frame *ret_frame)
{
    struct xml_fault fault;
    struct str frame;
    struct faults *faults = arena_new(ctx->arena, struct faults);
    if (faults == NULL)
        return LIMIT;
    faults->arena = ctx->arena;
    TRY(budget_document(ctx, document, &frame, ret_frame->acts, &ret_frame->act_count));
    TRY(xml_read(tree, frame, &ret_frame->root, &fault));
    enum status done = docbudg_read(tree, ret_frame->root, &ret_frame->read, faults); /* none is right without lines */
    if (done != OK && done != INVALID)
        return done;
    return ret_frame->read.budget_count == ret_frame->act_count ? OK : CORRUPT;
}

enum status budget_make(struct ctx *ctx, struct arena *tree, int64_t document, struct xml **ret_root)
{
    struct budget_frame frame;
    TRY(budget_frame_read(ctx, tree, document, &frame));
    for (size_t i = 0; i < frame.act_count; i++)
        TRY(add_lines(ctx, tree, frame.acts[i], frame.read.budgets[i].element));
    *ret_root = frame.root;
    return OK;
}

enum status budget_need_official(struct ctx *ctx, const struct budget_act *act)
{
    struct chart_kept kept;
    if (str_eq(act->kind, STR(BUDGET_TRANSFER)))
        return refuse(ctx, INVALID, "accounting.not_docbudg", T_accounting_not_docbudg);
    TRY(chart_kept_find(ctx, act->nomenclature, act->year, &kept));
    if (kept.taken_from == 0)
        return OK;
    return refuse_with(ctx, CONFLICT, "accounting.not_official", T_accounting_not_official, "%d", kept.taken_from);
}
