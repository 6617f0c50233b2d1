/* The parts of docbudg_check, one noun each. */
#ifndef SERVICE_ACCOUNTING_DOCBUDG_DOCBUDG_CHECK_H
#define SERVICE_ACCOUNTING_DOCBUDG_DOCBUDG_CHECK_H

#include "service/accounting/docbudg/docbudg_fault.h"

/* Whose it is, of which year, by which nomenclature. */
void docbudg_check_identity(const struct docbudg *document, size_t number, const struct chart *chart,
                            struct faults *faults);
/* What the chart says of each line. */
void docbudg_check_lines(const struct docbudg_budget *budget, const struct chart *chart, struct faults *faults);
/* What sums must be (I8), and what each line opens. `chart` may be NULL. */
void docbudg_check_balance(const struct docbudg_budget *budget, const struct chart *chart, struct faults *faults);

#endif
