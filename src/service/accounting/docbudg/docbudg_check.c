#include "service/accounting/docbudg/docbudg_check.h"

void docbudg_check(const struct docbudg *document, size_t number, const struct chart *chart, struct faults *faults)
{
    const struct docbudg_budget *budget = &document->budgets[number];
    REQUIRE(number < document->budget_count);
    docbudg_check_identity(document, number, chart, faults);
    if (chart != NULL)
        docbudg_check_lines(budget, chart, faults);
    if (budget->is_whole)
        docbudg_check_balance(budget, chart, faults);
}
