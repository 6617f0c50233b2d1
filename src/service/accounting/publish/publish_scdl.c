#include "proto/csv/csv.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/publish/publish_view.h"

/* The French schema "budget" of the Socle commun des données locales, version 0.8.1 (schema.data.gouv.fr/scdl/budget):
 * one row for each line, columns and words as it names them. */

enum { COLUMNS = 22 };

/* The schema knows four steps; an account is one whatever it is called. */
static struct str step_of(struct str kind)
{
    if (str_eq(kind, STR(DOCBUDG_PRIMITIVE)))
        return STR("budget primitif");
    if (str_eq(kind, STR(DOCBUDG_AMENDING)))
        return STR("décision modificative");
    return str_eq(kind, STR(DOCBUDG_SUPPLEMENTARY)) ? STR("budget supplémentaire") : STR("compte administratif");
}

static struct str section_of(enum chart_section section)
{
    return section == CHART_FUNCTIONING   ? STR("fonctionnement")
           : section == CHART_INVESTMENT ? STR("investissement")
                                         : STR("");
}

static struct str amount_of(struct ctx *ctx, const struct budget_line *line, enum docbudg_amount amount)
{
    if (!line->has[amount] && line->amounts[amount].cents == 0) /* what was carried over may be said in another place */
        return STR("");
    return budget_plain(ctx, line->amounts[amount]);
}

/* An operation voted is a number; one for information may be words, and words may name somebody. */
static struct str operation_of(struct str operation)
{
    for (size_t i = 0; i < operation.len; i++)
        if (operation.at[i] < '0' || operation.at[i] > '9')
            return STR("");
    return operation;
}

static struct str function_label(const struct chart *chart, struct str code)
{
    const struct chart_function *found = chart == NULL ? NULL : chart_function(chart, code);
    return found == NULL ? STR("") : found->label;
}

static struct str special_of(const struct budget_line *line)
{
    if (str_find(line->extra, STR("<ArtSpe V=\"true\"")) != SIZE_MAX)
        return STR("spécialisé");
    return str_find(line->extra, STR("<ArtSpe")) != SIZE_MAX ? STR("non spécialisé") : STR("");
}

static void add_line(struct ctx *ctx, const struct publish_pages *pages, const struct budget_line *line,
                     struct buf *out)
{
    const struct budget_act *act = &pages->publication.act;
    struct str chapter = publish_code(line->group_chapter), function = publish_code(line->function);
    const struct str fields[COLUMNS] = {step_of(act->kind),
                                        budget_year(ctx, act),
                                        act->siret,
                                        budget_harmless(ctx, act->label),
                                        chapter,
                                        budget_chapter_label(pages->chart, chapter),
                                        publish_code(line->nature),
                                        budget_account_label(pages->chart, line->nature),
                                        function,
                                        function_label(pages->chart, function),
                                        operation_of(line->operation),
                                        section_of(line->section),
                                        line->kind == CHART_REAL ? STR("réel") : STR("ordre"),
                                        line->direction == CHART_EXPENSE ? STR("dépense") : STR("recette"),
                                        amount_of(ctx, line, DOCBUDG_DONE),
                                        amount_of(ctx, line, DOCBUDG_PREVIOUS),
                                        amount_of(ctx, line, DOCBUDG_CARRIED),
                                        amount_of(ctx, line, DOCBUDG_PROPOSED),
                                        amount_of(ctx, line, DOCBUDG_VOTED),
                                        amount_of(ctx, line, DOCBUDG_OPEN),
                                        amount_of(ctx, line, DOCBUDG_LEFT),
                                        special_of(line)};
    csv_write(out, fields, COLUMNS);
}

enum status publish_scdl_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const struct str names[COLUMNS] = {
        STR_INIT("BGT_NATDEC"),         STR_INIT("BGT_ANNEE"),      STR_INIT("BGT_SIRET"),
        STR_INIT("BGT_NOM"),            STR_INIT("BGT_CONTNAT"),    STR_INIT("BGT_CONTNAT_LABEL"),
        STR_INIT("BGT_NATURE"),         STR_INIT("BGT_NATURE_LABEL"), STR_INIT("BGT_FONCTION"),
        STR_INIT("BGT_FONCTION_LABEL"), STR_INIT("BGT_OPERATION"),  STR_INIT("BGT_SECTION"),
        STR_INIT("BGT_OPBUDG"),         STR_INIT("BGT_CODRD"),      STR_INIT("BGT_MTREAL"),
        STR_INIT("BGT_MTBUDGPREC"),     STR_INIT("BGT_MTRARPREC"),  STR_INIT("BGT_MTPROPNOUV"),
        STR_INIT("BGT_MTPREV"),         STR_INIT("BGT_CREDOUV"),    STR_INIT("BGT_MTRAR3112"),
        STR_INIT("BGT_ARTSPE")};
    struct publish_pages pages;
    struct budget_line *lines;
    size_t count;
    TRY(publish_asked(ctx, request, &pages));
    TRY(publish_file(ctx, &pages.publication, web_int(request, "file", 1), &lines, &count));
    csv_write(&response->body, names, COLUMNS);
    for (size_t i = 0; i < count; i++)
        add_line(ctx, &pages, &lines[i], &response->body);
    response->content_type = STR("text/csv; charset=utf-8");
    return buf_status(&response->body);
}
