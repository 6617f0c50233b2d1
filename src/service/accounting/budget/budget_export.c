#include "service/accounting/budget/budget_make.h"
#include "service/accounting/budget/budget_verb.h"
#include "service/accounting/lang.h"

/* ---- in a reader ---- */

enum status budget_export_make(struct ctx *ctx, struct verb_call *call)
{
    struct arena *tree ARENA_SCOPE = arena_create((size_t)2 * XML_ARENA);
    struct budget_act act;
    uint64_t year;
    if (str_to_u64(verb_argument(call, 2), 9999, &year) != OK)
        year = 0;
    enum status done = budget_act_named(ctx, verb_argument(call, 1), (int32_t)year, verb_argument(call, 3),
                                        verb_option(call, "--number"), &act);
    if (done == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "accounting.no_act", T_accounting_no_act);
    TRY(done);
    if (!verb_has(call, "--with-faults") || str_eq(act.kind, STR(BUDGET_TRANSFER)))
        TRY(budget_need_official(ctx, &act));
    struct xml *root;
    TRY(budget_make(ctx, tree, act.document, &root));
    xml_write(call->output, root, XML_ISO_8859_1);
    return buf_status(call->output);
}

/* ---- in the command ---- */

enum status budget_export_print(struct ctx *ctx, struct verb_call *call)
{
    struct str *rest = *call->kept;
    (void)ctx;
    if (rest == NULL) {
        rest = arena_new(call->always, struct str);
        if (rest == NULL || str_is_absent(*rest = str_copy(call->always, call->input)))
            return LIMIT;
        *call->kept = rest;
    }
    buf_add(call->out, str_slice(*rest, 0, VERB_OUT_MAX));
    *rest = str_after(*rest, VERB_OUT_MAX);
    if (rest->len > 0)
        call->next--;
    return OK;
}

/* ---- the list ---- */

enum status budget_list_print(struct ctx *ctx, struct verb_call *call)
{
    struct budget_act *acts;
    size_t count;
    TRY(budget_acts(ctx, &acts, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(call->out, "%.*s\t%d\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(acts[i].siret), acts[i].year,
                       STR_ARG(acts[i].kind), STR_ARG(acts[i].number), STR_ARG(acts[i].nomenclature),
                       STR_ARG(acts[i].label));
    return OK;
}
