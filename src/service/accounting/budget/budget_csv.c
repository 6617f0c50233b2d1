#include "proto/csv/csv.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_view.h"

static void add_line(struct ctx *ctx, const struct chart *chart, const struct budget_line *line, struct buf *out)
{
    static const char *const sections[] = {"F", "I", ""};
    const struct str fields[] = {str_of(sections[line->section]),
                                 line->direction == CHART_EXPENSE ? STR("D") : STR("R"),
                                 line->kind == CHART_REAL ? STR("0") : STR("1"),
                                 budget_harmless(ctx, line->group_chapter),
                                 budget_harmless(ctx, line->nature),
                                 budget_harmless(ctx, budget_account_label(chart, line->nature)),
                                 budget_harmless(ctx, line->function),
                                 budget_harmless(ctx, line->operation),
                                 budget_plain(ctx, line->amounts[DOCBUDG_PREVIOUS]),
                                 budget_plain(ctx, line->amounts[DOCBUDG_CARRIED]),
                                 budget_plain(ctx, line->amounts[DOCBUDG_PROPOSED]),
                                 budget_plain(ctx, line->amounts[DOCBUDG_VOTED]),
                                 budget_plain(ctx, line->amounts[DOCBUDG_OPEN]),
                                 budget_plain(ctx, line->amounts[DOCBUDG_DONE]),
                                 budget_plain(ctx, line->amounts[DOCBUDG_LEFT])};
    csv_write(out, fields, sizeof fields / sizeof *fields);
}

/* Column names are those of DocBudg, which others' programs know, in its order. */
enum status budget_csv_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const struct str names[] = {STR_INIT("Section"), STR_INIT("CodRD"),      STR_INIT("OpBudg"),
                                       STR_INIT("ContNat"), STR_INIT("Nature"),     STR_INIT("LibCpte"),
                                       STR_INIT("Fonction"), STR_INIT("Operation"), STR_INIT("MtBudgPrec"),
                                       STR_INIT("MtRARPrec"), STR_INIT("MtPropNouv"), STR_INIT("MtPrev"),
                                       STR_INIT("CredOuv"), STR_INIT("MtReal"),     STR_INIT("MtRAR3112")};
    struct budget_act act;
    struct budget_line *lines;
    const struct chart *chart;
    size_t count;
    TRY(budget_act_asked(ctx, request, &act));
    TRY(budget_chart(ctx, &act, &chart));
    TRY(budget_lines(ctx, act.id, &lines, &count));
    csv_write(&response->body, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < count; i++)
        add_line(ctx, chart, &lines[i], &response->body);
    response->content_type = STR("text/csv; charset=utf-8");
    return buf_status(&response->body);
}
