#include "service/accounting/docbudg/docbudg_check.h"

/* Does it say anything of its own year? */
static bool is_alive(const struct docbudg_line *line)
{
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++)
        if (i != DOCBUDG_PREVIOUS && line->amounts[i].cents != 0)
            return true;
    return false;
}

/* Only what was voted the year before. */
static bool is_past(const struct docbudg_line *line)
{
    return line->amounts[DOCBUDG_PREVIOUS].cents != 0 && !is_alive(line);
}


/* An account removed within the year could still be used before that day. */
static bool is_removed(const struct chart_account *account, const struct chart *chart)
{
    uint64_t year;
    bool has_year = str_to_u64(str_slice(account->removed_since, 0, 4), 9999, &year) == OK && year > 999;
    return account->removed_since.len > 0 && (!has_year || (int64_t)year < chart->year);
}

/* Third parties' operations have chapters of their own: 45411 is one of 4541. Chapters for one purpose (016, 017, 018)
 * and those of a vote by function take accounts of others. */
static bool is_chapter_right(const struct chart *chart, struct str written, struct str wanted)
{
    const struct chart_chapter *chapter = chart_chapter(chart, written);
    bool is_third = str_starts(wanted, STR("45")) && str_starts(written, wanted);
    return str_eq(written, wanted) || is_third || (chapter != NULL && (chapter->is_special || chapter->is_by_function));
}

static void check_account(const struct chart *chart, const struct chart_account *account,
                          const struct docbudg_line *line, const struct docbudg_at *at, struct faults *faults)
{
    struct str wanted = account->chapter[line->kind][line->direction];
    if (is_removed(account, chart))
        docbudg_fault(faults, "docbudg.removed", at, "Nature", line->nature, account->removed_since);
    if (wanted.len == 0)
        docbudg_fault(faults, "docbudg.sense", at, "Nature", line->nature, chart_sense(line->kind, line->direction));
    else if (line->chapter.len > 0 && !is_chapter_right(chart, line->chapter, wanted))
        docbudg_fault(faults, "docbudg.chapter", at, "ContNat", line->chapter, wanted);
}

static void check_section(const struct chart *chart, const struct docbudg_line *line, const struct docbudg_at *at,
                          struct faults *faults)
{
    static const char *const names[] = {"F", "I", ""};
    enum chart_section wanted = chart_section_of(chart, line->nature, line->chapter, line->kind, line->direction);
    if (line->is_marked && wanted != CHART_NO_SECTION && wanted != line->section)
        docbudg_fault(faults, "docbudg.section", at, "CaracSup", str_of(names[line->section]), str_of(names[wanted]));
}

/* A line that says nothing of its year may have an account that the year no longer allows: those of last year are
 * listed with nothing voted. */
static void check_line(const struct chart *chart, const struct docbudg_line *line, const struct docbudg_at *at,
                       struct faults *faults)
{
    const struct chart_account *account = chart_account(chart, line->nature);
    if (account == NULL && line->nature.len > 0 && !is_past(line))
        docbudg_fault(faults, "docbudg.account", at, "Nature", line->nature, chart->variant);
    if (account != NULL && is_alive(line))
        check_account(chart, account, line, at, faults);
    if (line->function.len > 0 && chart->function_count > 0 && chart_function(chart, line->function) == NULL &&
        !is_past(line))
        docbudg_fault(faults, "docbudg.function", at, "Fonction", line->function, chart->variant);
    check_section(chart, line, at, faults);
}

void docbudg_check_lines(const struct docbudg_budget *budget, const struct chart *chart, struct faults *faults)
{
    for (size_t i = 0; i < budget->line_count; i++) {
        const struct docbudg_at at = docbudg_at_line(budget, &budget->lines[i]);
        check_line(chart, &budget->lines[i], &at, faults);
    }
}
