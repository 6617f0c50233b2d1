#include "service/accounting/chart/chart_table.h"

const struct chart_account *chart_account(const struct chart *chart, struct str code)
{
    struct chart_table table = chart_table_of(chart, CHART_ACCOUNTS);
    size_t place = chart_table_find(&table, code);
    return place != SIZE_MAX ? &chart->accounts[place] : NULL;
}

const struct chart_chapter *chart_chapter(const struct chart *chart, struct str code)
{
    struct chart_table table = chart_table_of(chart, CHART_CHAPTERS);
    size_t place = chart_table_find(&table, code);
    return place != SIZE_MAX ? &chart->chapters[place] : NULL;
}

const struct chart_function *chart_function(const struct chart *chart, struct str code)
{
    struct chart_table table = chart_table_of(chart, CHART_FUNCTIONS);
    size_t place = chart_table_find(&table, code);
    return place != SIZE_MAX ? &chart->functions[place] : NULL;
}

struct str chart_sense(enum chart_kind kind, enum chart_direction direction)
{
    static const struct str said[CHART_KINDS][2] = {
        [CHART_REAL] = {STR_INIT("dépense réelle"), STR_INIT("recette réelle")},
        [CHART_BETWEEN] = {STR_INIT("dépense d’ordre entre sections"), STR_INIT("recette d’ordre entre sections")},
        [CHART_WITHIN] = {STR_INIT("dépense d’ordre dans la section"), STR_INIT("recette d’ordre dans la section")}};
    return said[kind][direction];
}

enum chart_section chart_section_of(const struct chart *chart, struct str account, struct str chapter,
                                    enum chart_kind kind, enum chart_direction direction)
{
    const struct chart_chapter *named = chart_chapter(chart, chapter);
    const struct chart_account *found = named == NULL ? chart_account(chart, account) : NULL;
    if (found != NULL)
        named = chart_chapter(chart, found->chapter[kind][direction]);
    return named != NULL ? named->section : CHART_NO_SECTION;
}

struct str chart_function_chapter(const struct chart *chart, struct str function, enum chart_section section)
{
    struct str begin = section == CHART_INVESTMENT ? STR("90") : STR("93"), found = STR("");
    for (size_t i = 0; i < chart->chapter_count && function.len > 0; i++) {
        const struct chart_chapter *chapter = &chart->chapters[i];
        if (chapter->is_by_function && chapter->section == section && str_starts(chapter->code, begin) &&
            str_starts(function, str_after(chapter->code, begin.len)) && chapter->code.len > found.len)
            found = chapter->code;
    }
    return found;
}
