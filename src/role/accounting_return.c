#include "role/accounting_verb.h"
#include "role/print_verb.h"
#include "service/accounting/pes/pes_return.h"

enum { CSV_MAX = 64 << 20 };

static enum status refuse_return(struct ctx *ctx, struct verb_call *call, enum status status,
                                 const struct faults *faults)
{
    struct str first = faults->count > 0 ? faults->kept[0].rule : STR("");
    struct str place = faults->count > 0 ? faults->kept[0].place : STR("");
    return refuse_with(ctx, status, "accounting.not_return", T_accounting_not_return, "%.*s: %.*s %.*s",
                       STR_ARG(verb_argument(call, 0)), STR_ARG(first), STR_ARG(place));
}

enum status accounting_return(struct ctx *ctx, struct verb_call *call)
{
    struct arena *tree ARENA_SCOPE = arena_create(2 * (size_t)XML_ARENA);
    struct buf csv BUF_SCOPE = BUF_INIT(CSV_MAX);
    struct faults *faults = arena_new(ctx->arena, struct faults);
    struct pes_return file;
    struct xml *root;
    struct xml_fault fault;
    if (faults == NULL)
        return LIMIT;
    faults->arena = ctx->arena;
    TRY(accounting_tree(ctx, call, verb_argument(call, 0), tree, &root, &fault));
    enum status done = pes_return_read(tree, root, &file, faults);
    if (done != OK || faults->found > 0)
        return refuse_return(ctx, call, done != OK ? done : INVALID, faults);
    pes_return_write(&csv, &file);
    TRY(buf_status(&csv));
    return print_keep(call, buf_str(&csv), OK);
}
