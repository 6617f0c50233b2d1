/* A line of a draft: made of an account, or of a line of another act. */
#include "service/accounting/budget/budget_draft.h"

/* ---- what it says ---- */

static struct str marker_of(const struct budget_line *line)
{
    if (line->section == CHART_INVESTMENT && line->operation_chapter.len > 0) /* TypOpe 1: the operation is voted */
        return STR("<LigneBudget xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\">"
                   "<CaracSup V=\"1\" Code=\"TypOpe\"/><CaracSup V=\"I\" Code=\"Section\"/></LigneBudget>");
    return line->section == CHART_FUNCTIONING
               ? STR("<LigneBudget xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\">"
                     "<CaracSup V=\"F\" Code=\"Section\"/></LigneBudget>")
               : STR("<LigneBudget xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\">"
                     "<CaracSup V=\"I\" Code=\"Section\"/></LigneBudget>");
}

static void set_amounts(struct budget_line *line, struct money previous, struct money amount)
{
    static const enum docbudg_amount said[] = {DOCBUDG_PREVIOUS, DOCBUDG_PROPOSED, DOCBUDG_VOTED, DOCBUDG_OPEN};
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++) {
        line->amounts[i] = (struct money){0};
        line->has[i] = false;
    }
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        line->amounts[said[i]] = said[i] == DOCBUDG_PREVIOUS ? previous : amount;
        line->has[said[i]] = true;
    }
}

void budget_line_renew(struct budget_line *line, struct money previous, struct money amount)
{
    line->extra = marker_of(line);
    set_amounts(line, previous, amount);
}

enum status budget_draft_blank(struct budget_line *line)
{
    if (line->section == CHART_NO_SECTION)
        return INVALID;
    budget_line_renew(line, (struct money){0}, (struct money){0});
    return OK;
}

/* ---- made of an account ---- */

/* The kind by which an account belongs to that section in that direction: real before order. */
static bool find_kind(const struct chart *chart, const struct chart_account *account, enum chart_section section,
                      enum chart_direction direction, enum chart_kind *ret_kind)
{
    for (int kind = CHART_REAL; kind < CHART_KINDS; kind++) {
        const struct chart_chapter *chapter = chart_chapter(chart, account->chapter[kind][direction]);
        if (chapter == NULL || chapter->section != section)
            continue;
        *ret_kind = (enum chart_kind)kind;
        return true;
    }
    return false;
}

bool budget_may_be_of_operation(const struct budget_at *at)
{
    bool is_right = at->operation.len <= BUDGET_OPERATION_MAX &&
                    (at->operation.len == 0 ||
                     (at->section == CHART_INVESTMENT && at->direction == CHART_EXPENSE));
    for (size_t i = 0; i < at->operation.len; i++)
        is_right = is_right && (ascii_is_digit(at->operation.at[i]) || ascii_is_alpha(at->operation.at[i]));
    return is_right;
}

enum status budget_line_new(const struct chart *chart, const struct budget_at *at, struct money amount,
                            struct budget_line *ret_line)
{
    struct budget_line line = {.function = at->function,
                               .operation = at->operation,
                               .function_chapter = STR(""),
                               .operation_chapter = at->operation,
                               .direction = at->direction,
                               .section = at->section};
    const struct chart_account *found = chart == NULL ? NULL : chart_account(chart, at->account);
    bool is_known = found != NULL && find_kind(chart, found, at->section, at->direction, &line.kind) &&
                    found->removed_since.len == 0 &&
                    (at->function.len == 0 || chart_function(chart, at->function) != NULL);
    if (!is_known || !budget_may_be_of_operation(at) || (at->operation.len > 0 && line.kind != CHART_REAL))
        return INVALID;
    line.nature = found->code;
    line.group_chapter = found->chapter[line.kind][at->direction];
    line.chapter = at->operation.len > 0 ? STR("") : line.group_chapter; /* its credits are the operation's */
    budget_line_renew(&line, (struct money){0}, amount);
    *ret_line = line;
    return OK;
}
