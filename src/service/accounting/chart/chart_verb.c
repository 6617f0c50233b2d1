#include "service/accounting/chart/chart_verb.h"

#include "base/utf8.h"
#include "service/accounting/chart/chart_kept.h"

static enum status read_file(struct ctx *ctx, struct verb_call *call, struct str path, struct arena *tree,
                             struct chart *ret_chart)
{
    struct xml *root;
    struct xml_fault fault;
    const char *c_path = str_c(ctx->arena, path);
    if (c_path == NULL)
        return LIMIT;
    enum status done = xml_read_file(tree, c_path, &root, &fault);
    call->is_unread = done != OK;
    if (done != OK && fault.what == NULL)
        return refuse_with(ctx, done, "accounting.no_file", T_accounting_no_file, "%.*s", STR_ARG(path));
    if (done != OK)
        return refuse_with(ctx, done, "accounting.not_xml", T_accounting_not_xml, "%.*s:%u: %s", STR_ARG(path),
                           fault.line, fault.what);
    done = chart_of_xml(ctx->arena, root, ret_chart, &fault);
    return done == OK ? OK : chart_refuse(ctx, path, done, &fault);
}

/* What it is called, without the folders around it. */
static struct str name_of(struct str path)
{
    size_t at = str_find_byte_last(path, '/');
    return at == SIZE_MAX ? path : str_after(path, at + 1);
}

enum status chart_import_read(struct ctx *ctx, struct verb_call *call)
{
    struct arena *tree ARENA_SCOPE = arena_create(XML_ARENA);
    struct str path = verb_argument(call, 1);
    struct chart chart;
    TRY(read_file(ctx, call, path, tree, &chart));
    buf_add(call->output, utf8_prefix(name_of(path), CHART_KEPT_SOURCE_MAX));
    buf_add_byte(call->output, '\n');
    chart_write(call->output, &chart);
    return buf_status(call->output);
}

enum status chart_import_take(struct ctx *ctx, struct verb_call *call)
{
    struct chart_kept_card card;
    struct str csv = call->input;
    struct str source = str_cut(&csv, '\n');
    if (str_is_absent(csv))
        return INVALID;
    TRY(chart_kept_put(ctx, csv, source, verb_has(call, "--replace"), &card));
    buf_add_format(call->out, "%.*s %d %.*s\n", STR_ARG(card.nomenclature), card.year, STR_ARG(card.sha256));
    return OK;
}

enum status chart_hand_over(struct ctx *ctx, struct verb_call *call)
{
    return chart_kept_write(ctx, call->output);
}
