/* Verbs of payroll on files of anybody: they need no folder of a syndicate. */
#ifndef ROLE_PAYROLL_VERB_H
#define ROLE_PAYROLL_VERB_H

#include "core/verb.h"

/* payroll holidays FROM TO: public holidays of those years as CSV */
verb_run payroll_holidays;
/* Cases that others computed, again: the verb ends as refused where one differs. Then printed (role/print_verb.h).
 * payroll nir FILE; payroll sick-leave FILE [--json]; payroll witness FILE [--json] */
verb_run payroll_nir, payroll_sick_leave, payroll_witness;
/* payroll dsn-check FILE [--before OTHER] [--report ANSWER] [--json]: faults of a declaration, level by level; the verb
 * ends as refused where there is one (role/dsn_verb.c). */
verb_run payroll_dsn_check;

/* The bytes of a file; where it cannot be read, the verb ends as one that has not read what it should look at. */
MUST_USE enum status payroll_read_file(struct ctx *ctx, struct verb_call *call, struct str name, struct buf *into);

#endif
