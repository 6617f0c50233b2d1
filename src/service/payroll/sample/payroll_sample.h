/* A year of pay made by rule, for the agents that `staff sample` made: elements, twelve months, each approved by
 * another person than who made it, and closed. */
#ifndef SERVICE_PAYROLL_SAMPLE_PAYROLL_SAMPLE_H
#define SERVICE_PAYROLL_SAMPLE_PAYROLL_SAMPLE_H

#include "core/verb.h"

enum { PAYROLL_SAMPLE_MONTHS = 12, PAYROLL_SAMPLE_PIECE = 20 /* agents of one step */, PAYROLL_SAMPLE_AGENTS = 200 };

/* payroll sample NAME: CONFLICT "payroll.sample_there" where a month was made; NOT_FOUND "payroll.sample_people": no
 * accounts finances@ and administration@ in the town's first domain. The steps of its verb, in their order. */
enum { PAYROLL_SAMPLE_BEGIN = 1, PAYROLL_SAMPLE_ELEMENTS, PAYROLL_SAMPLE_PAY };
verb_run payroll_sample_begin, payroll_sample_elements, payroll_sample_pay;

#endif
