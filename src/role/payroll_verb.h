/* Verbs of payroll on files of anybody: they need no folder of a syndicate. */
#ifndef ROLE_PAYROLL_VERB_H
#define ROLE_PAYROLL_VERB_H

#include "core/verb.h"

/* payroll holidays FROM TO: public holidays of those years as CSV */
verb_run payroll_holidays;
/* Cases that others computed, again: the verb ends as refused where one differs. Then printed (role/print_verb.h).
 * payroll nir FILE; payroll sick-leave FILE [--json]; payroll witness FILE [--json] */
verb_run payroll_nir, payroll_sick_leave, payroll_witness;

#endif
