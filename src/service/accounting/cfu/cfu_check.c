#include "service/accounting/cfu/cfu_account.h"

/* ---- one row ---- */

static const char *section_word(enum chart_section section)
{
    return section == CHART_FUNCTIONING ? "F" : "I";
}

static const char *direction_word(enum chart_direction direction)
{
    return direction == CHART_EXPENSE ? "D" : "R";
}

static void check_row(const struct cfu_row *row, struct faults *faults)
{
    struct money net = row->amounts[CFU_ISSUED];
    bool is_of_state =
        (row->direction_said.len == 0 || str_eq(row->direction_said, str_of(direction_word(row->direction)))) &&
        (row->section_said.len == 0 || str_eq(row->section_said, str_of(section_word(row->section))));
    if (!is_of_state)
        fault_add(faults, "cfu.state", str_of(row->place), row->state, STR(""));
    if (money_take(&net, row->amounts[CFU_CANCELLED]) != OK || !money_is(net, row->amounts[CFU_NET]))
        fault_add_money(faults, "cfu.net", row->place, row->amounts[CFU_NET], net);
}

/* ---- totals ---- */

static bool is_chapter_total(const struct cfu_row *row)
{
    return str_eq(row->treatment, STR("TOTAL_DETAIL_CHAPITRE")) ||
           str_eq(row->treatment, STR("TOTAL_DETAIL_CHAPITRE_OPERATION"));
}

static bool is_operation_total(const struct cfu_row *row)
{
    return row->nature.len == 0 && row->operation.len > 0;
}

/* Is an account's row one of those that the total is of? */
static bool is_in(const struct cfu_row *row, const struct cfu_row *total)
{
    if (row->nature.len == 0 || row->section != total->section || row->direction != total->direction)
        return false;
    if (is_operation_total(total))
        return str_eq(row->operation, total->operation);
    return row->operation.len == 0 && str_eq(row->chapter, total->chapter);
}

/* The total of each chapter and operation is that of its lines; a file has some hundred of either. */
static void check_total(const struct cfu *cfu, const struct cfu_row *total, struct faults *faults)
{
    struct money sum = {0};
    if (!is_chapter_total(total) && !is_operation_total(total))
        return;
    for (const struct cfu_row *row = cfu->rows; row < cfu->rows + cfu->row_count; row++)
        if (is_in(row, total) && money_add(&sum, row->amounts[CFU_NET]) != OK)
            return;
    if (!money_is(sum, total->amounts[CFU_NET]))
        fault_add_money(faults, is_operation_total(total) ? "cfu.operation" : "cfu.chapter", total->place,
                        total->amounts[CFU_NET], sum);
}

/* ---- the whole ---- */

/* What the year's credits must be, for a budget that was voted balanced. */
static void check_credits(const struct docbudg_budget *budget, struct faults *faults)
{
    struct money sums[2] = {{0}};
    for (size_t i = 0; i < budget->line_count; i++)
        if (money_add(&sums[budget->lines[i].direction], budget->lines[i].amounts[DOCBUDG_OPEN]) != OK)
            return;
    if (!money_is(sums[CHART_EXPENSE], sums[CHART_RECEIPT]))
        fault_add_money(faults, "cfu.credits", "/CompteFinancierUnique/DocumentBudgetaire", sums[CHART_EXPENSE],
                        sums[CHART_RECEIPT]);
}

static void check_identity(const struct cfu *cfu, struct faults *faults)
{
    const struct docbudg_budget *budget = &cfu->document.budgets[0];
    struct str siret = cfu_siret(cfu);
    if (cfu->siret.len > 0 && !str_eq(cfu->siret, siret))
        fault_add(faults, "cfu.siret", STR("/CompteFinancierUnique/DocumentComptable"), cfu->siret, siret);
    if (cfu->year != 0 && cfu->year != budget->year)
        fault_add_numbers(faults, "cfu.year", "/CompteFinancierUnique/DocumentComptable", cfu->year, budget->year);
}

void cfu_check(const struct cfu *cfu, struct faults *faults)
{
    check_identity(cfu, faults);
    for (size_t i = 0; i < cfu->row_count; i++) {
        check_row(&cfu->rows[i], faults);
        check_total(cfu, &cfu->rows[i], faults);
    }
    check_credits(&cfu->document.budgets[0], faults);
}
