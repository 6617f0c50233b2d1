/* What an operator types about budgets: bring one in, give one out, list them. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_VERB_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_VERB_H

#include "core/verb.h"

/* accounting import-budget NAME FILE [--replace] [--with-faults]: the steps behind the choice of the member. The
 * command reads and checks the file, and proves that what it will hand over goes out as it came. */
enum {
    BUDGET_IMPORT_CHARTS = 1, /* in the town: charts of its own, for the command */
    BUDGET_IMPORT_OPEN,       /* in the command */
    BUDGET_IMPORT_TAKE,       /* in the town */
    BUDGET_IMPORT_READ,       /* in the command: the next lines */
    BUDGET_IMPORT_END,        /* in the town */
    BUDGET_IMPORT_STEPS,
};
verb_run budget_import_open, budget_import_take, budget_import_read, budget_import_end;

/* accounting export-budget NAME SIRET YEAR ACT [--number N] [--with-faults]: a reader makes the document, the command
 * prints it. */
verb_run budget_export_make, budget_export_print;

/* accounting budgets NAME: an act a line. */
verb_run budget_list_print;

#endif
