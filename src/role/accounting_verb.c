#include "role/accounting_verb.h"

#include "role/print_verb.h"
#include "service/accounting/chart/chart_kept.h"

enum { CHART_CSV_MAX = 32 << 20 /* each label as long as may be */ };

static enum status refuse_xml(struct ctx *ctx, struct str path, enum status status, const struct xml_fault *fault)
{
    return refuse_with(ctx, status, status == LIMIT ? "accounting.file_long" : "accounting.not_xml",
                       status == LIMIT ? T_accounting_file_long : T_accounting_not_xml, "%.*s:%u: %s", STR_ARG(path),
                       fault->line, fault->what);
}

enum status accounting_tree(struct ctx *ctx, struct verb_call *call, struct str path, struct arena *tree,
                            struct xml **ret_root, struct xml_fault *ret_fault)
{
    const char *c_path = str_c(ctx->arena, path);
    if (c_path == NULL)
        return LIMIT;
    enum status done = xml_read_file(tree, c_path, ret_root, ret_fault);
    call->is_unread = done != OK;
    if (done != OK && ret_fault->what == NULL)
        return refuse_with(ctx, done, "accounting.no_file", T_accounting_no_file, "%.*s", STR_ARG(path));
    if (done != OK)
        return refuse_xml(ctx, path, done, ret_fault);
    return OK;
}

static enum status read_chart(struct ctx *ctx, struct verb_call *call, struct chart *ret_chart)
{
    struct arena *tree ARENA_SCOPE = arena_create(XML_ARENA);
    struct xml *root;
    struct xml_fault fault;
    TRY(accounting_tree(ctx, call, verb_argument(call, 0), tree, &root, &fault));
    enum status done = chart_of_xml(ctx->arena, root, ret_chart, &fault);
    return done == OK ? OK : chart_refuse(ctx, verb_argument(call, 0), done, &fault);
}

enum status accounting_chart(struct ctx *ctx, struct verb_call *call)
{
    struct buf csv BUF_SCOPE = BUF_INIT(CHART_CSV_MAX);
    struct chart chart;
    TRY(read_chart(ctx, call, &chart));
    chart_write(&csv, &chart);
    TRY(buf_status(&csv));
    return print_keep(call, buf_str(&csv), OK);
}
