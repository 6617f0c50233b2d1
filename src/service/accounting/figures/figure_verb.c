#include "service/accounting/figures/figure_verb.h"

#include "service/accounting/figures/figure_kept.h"
#include "service/accounting/lang.h"

enum status figure_verb_add(struct ctx *ctx, struct verb_call *call)
{
    struct figure_given given = {.code = verb_argument(call, 1), .value = verb_argument(call, 3),
                                 .source = verb_argument(call, 4)};
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    if (date_parse(verb_argument(call, 2), &given.since) != OK)
        return refuse(ctx, INVALID, "accounting.day", T_accounting_day_wrong);
    enum status done = figure_add(ctx, &given, faults);
    if (done != INVALID || faults->count == 0)
        return done;
    return refuse_with(ctx, INVALID, "accounting.figure_wrong", T_accounting_figure_wrong, "%.*s",
                       STR_ARG(faults->kept[0].mend));
}
