/* Level 6 of the checker: one file against the month before, and against facts of careers. */
#ifndef SERVICE_PAYROLL_DSN_DSN_ACROSS_H
#define SERVICE_PAYROLL_DSN_DSN_ACROSS_H

#include "service/payroll/dsn/dsn_check.h"
#include "service/payroll/dsn/dsn_look.h"

/* Contracts are the same by NIR (or temporary number, or the number of the agent) and number of contract. LIMIT: no
 * room. */
MUST_USE enum status dsn_across_months(struct dsn_look *look, const struct dsn_look *before);
MUST_USE enum status dsn_across_facts(struct dsn_look *look, const struct dsn_fact *facts, size_t fact_count);

#endif
