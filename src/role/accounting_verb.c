#include "role/accounting_verb.h"

#include "os/file.h"
#include "service/accounting/chart/chart.h"

/* A file that could not be looked at at all. */
static enum status unread(struct ctx *ctx, struct verb_call *call, enum status status, const char *code,
                          enum text_key sentence)
{
    call->is_unread = true;
    return refuse_with(ctx, status, code, sentence, "%.*s", STR_ARG(verb_argument(call, 0)));
}

static enum status refuse_xml(struct ctx *ctx, struct verb_call *call, enum status status,
                              const struct xml_fault *fault)
{
    call->is_unread = true;
    return refuse_with(ctx, status, status == LIMIT ? "accounting.file_long" : "accounting.not_xml",
                       status == LIMIT ? T_accounting_file_long : T_accounting_not_xml, "%.*s:%u: %s",
                       STR_ARG(verb_argument(call, 0)), fault->line, fault->what);
}

static enum status refuse_chart(struct ctx *ctx, struct verb_call *call, enum status status,
                                const struct xml_fault *fault)
{
    static const struct {
        const char *what, *code;
        enum text_key sentence;
    } reasons[] = {{"root", "accounting.chart_root", T_accounting_chart_root},
                   {"head", "accounting.chart_head", T_accounting_chart_head},
                   {"code", "accounting.chart_code", T_accounting_chart_code},
                   {"section", "accounting.chart_section", T_accounting_chart_section},
                   {"twice", "accounting.chart_twice", T_accounting_chart_twice},
                   {"cycle", "accounting.chart_cycle", T_accounting_chart_cycle},
                   {"chapter", "accounting.chart_chapter", T_accounting_chart_chapter},
                   {NULL, "accounting.chart_limit", T_accounting_chart_limit}};
    size_t i = 0;
    while (reasons[i].what != NULL && strcmp(reasons[i].what, fault->what) != 0)
        i++;
    return refuse_with(ctx, status, reasons[i].code, reasons[i].sentence, "%.*s:%u: %s",
                       STR_ARG(verb_argument(call, 0)), fault->line, fault->what);
}

static enum status chart_of(struct ctx *ctx, struct verb_call *call, struct str bytes, struct chart *ret_chart)
{
    struct arena *tree ARENA_SCOPE = arena_create(XML_ARENA);
    struct xml *root;
    struct xml_fault fault;
    enum status done = xml_read(tree, bytes, &root, &fault);
    if (done != OK)
        return refuse_xml(ctx, call, done, &fault);
    done = chart_of_xml(ctx->arena, root, ret_chart, &fault);
    return done == OK ? OK : refuse_chart(ctx, call, done, &fault);
}

enum status accounting_chart(struct ctx *ctx, struct verb_call *call)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    struct chart chart;
    const char *path = str_c(ctx->arena, verb_argument(call, 0));
    enum status done = path != NULL ? file_read_all(path, &bytes) : LIMIT;
    if (done == LIMIT)
        return unread(ctx, call, done, "accounting.file_long", T_accounting_file_long);
    if (done != OK)
        return unread(ctx, call, done, "accounting.no_file", T_accounting_no_file);
    TRY(chart_of(ctx, call, buf_str(&bytes), &chart));
    chart_write(call->out, &chart);
    return buf_status(call->out);
}
