/* Verbs of a town's pay. */
#ifndef SERVICE_PAYROLL_RUN_PAYRUN_VERB_H
#define SERVICE_PAYROLL_RUN_PAYRUN_VERB_H

#include "core/verb.h"

/* payroll run NAME MONTH: a draft of that month, step by step; then its sums. */
verb_run payrun_verb_begin, payrun_verb_step;
/* payroll explain NAME PAYSLIP ("2026-03/A0001" or its number): each line and why. */
verb_run payrun_verb_explain;
/* payroll verify NAME: every payslip made again. */
verb_run payrun_verb_verify;

#endif
