#include "core/page.h"
#include "document/ods.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"

/* A town's turn has 20 ms, and a line takes some 12 us of them: an act of more lines goes as CSV alone. */
enum { LINES_IN_TURN = 1200 };

enum { COLUMNS = 15, WORDS = 8 };
static const enum docbudg_amount amounts[COLUMNS - WORDS] = {DOCBUDG_PREVIOUS, DOCBUDG_CARRIED, DOCBUDG_PROPOSED,
                                                             DOCBUDG_VOTED,    DOCBUDG_OPEN,    DOCBUDG_DONE,
                                                             DOCBUDG_LEFT};

/* As in lines.csv, so that one can be checked by the other. */
static void add_head(struct ods *ods)
{
    static const struct str names[COLUMNS] = {
        STR_INIT("Section"),   STR_INIT("CodRD"),     STR_INIT("OpBudg"),     STR_INIT("ContNat"),
        STR_INIT("Nature"),    STR_INIT("LibCpte"),   STR_INIT("Fonction"),   STR_INIT("Operation"),
        STR_INIT("MtBudgPrec"), STR_INIT("MtRARPrec"), STR_INIT("MtPropNouv"), STR_INIT("MtPrev"),
        STR_INIT("CredOuv"),   STR_INIT("MtReal"),    STR_INIT("MtRAR3112")};
    struct ods_cell cells[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = ODS_OF_TEXT(names[i]);
    ods_row(ods, cells, COLUMNS);
}

/* An amount that the act does not say is an empty cell, not 0. */
static void add_line(struct ods *ods, const struct chart *chart, const struct budget_line *line)
{
    static const char *const sections[] = {"F", "I", ""};
    struct ods_cell cells[COLUMNS] = {ODS_OF_TEXT(str_of(sections[line->section])),
                                      ODS_OF_TEXT(line->direction == CHART_EXPENSE ? STR("D") : STR("R")),
                                      ODS_OF_TEXT(line->kind == CHART_REAL ? STR("0") : STR("1")),
                                      ODS_OF_TEXT(line->group_chapter),
                                      ODS_OF_TEXT(line->nature),
                                      ODS_OF_TEXT(budget_account_label(chart, line->nature)),
                                      ODS_OF_TEXT(line->function),
                                      ODS_OF_TEXT(line->operation)};
    for (size_t i = 0; i < COLUMNS - WORDS; i++)
        cells[WORDS + i] = line->has[amounts[i]] ? ODS_OF_MONEY(line->amounts[amounts[i]])
                                                 : (struct ods_cell){.kind = ODS_NOTHING};
    ods_row(ods, cells, COLUMNS);
}

enum status print_ods_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct budget_line *lines;
    const struct chart *chart;
    size_t count;
    struct ods ods;
    TRY(budget_act_asked(ctx, request, &act));
    TRY(budget_chart(ctx, &act, &chart));
    TRY(budget_lines(ctx, act.id, &lines, &count));
    if (count > LINES_IN_TURN)
        return refuse(ctx, LIMIT, "accounting.sheet_long", T_accounting_sheet_long);
    ods_begin(&ods, budget_act_name(ctx, &act), language_code(ctx->language));
    ods_table_begin(&ods, budget_act_name(ctx, &act), COLUMNS);
    add_head(&ods);
    for (size_t i = 0; i < count; i++)
        add_line(&ods, chart, &lines[i]);
    ods_table_end(&ods);
    response->content_type = STR("application/vnd.oasis.opendocument.spreadsheet");
    return ods_end(&ods, &response->body);
}
