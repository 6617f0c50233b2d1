/* An employer figure is a number of the town as an employer, from a day on: rates of contributions that depend on where
 * and how large it is, and how many agents it has.
 *
 * Each has the text that fixes it (deliberation, notification of URSSAF). Nothing is changed: another row of the same
 * day stands instead from when it was added, so what was known at a moment can be asked for. Invariants: a rate is 0 to
 * EMPLOYER_RATE_MAX, agents 1 to EMPLOYER_SIZE_MAX; no source is empty. */
#ifndef SERVICE_PAYROLL_EMPLOYER_EMPLOYER_H
#define SERVICE_PAYROLL_EMPLOYER_EMPLOYER_H

#include "core/ctx.h"
#include "service/payroll/employer/employer_sql.h"
#include "service/payroll/pay/pay.h"

enum employer_code { EMPLOYER_MOBILITY, EMPLOYER_CNFPT, EMPLOYER_CENTRE, EMPLOYER_ACCIDENT, EMPLOYER_SIZE,
                     EMPLOYER_CODES };
enum { EMPLOYER_RATE_MAX = 200000 /* millionths */, EMPLOYER_SIZE_MAX = 100000, EMPLOYER_SOURCE_MAX = 300 /* bytes */,
       EMPLOYER_ROWS_MAX = 1000, EMPLOYER_LARGE = 50 /* agents: code de la sécurité sociale, L813-4 */ };

typedef struct sql_employer_list_row employer_row;

/* By code, the newest first. */
MUST_USE enum status employer_list(struct ctx *ctx, employer_row **ret_rows, size_t *ret_count);
/* Whether it has EMPLOYER_LARGE agents, on that day, as known at that instant; a town that says nothing is small. Rates
 * are rows of the law (run/payrun_law.h). */
MUST_USE enum status employer_is_large(struct ctx *ctx, struct date day, struct instant known, bool *ret_is_large);
/* One bit for each code of which nothing is in force on that day. */
MUST_USE enum status employer_lacks(struct ctx *ctx, struct date day, unsigned *ret_lacks);

struct employer_given {
    struct str code, value, source; /* "1,85" of percent; "213" agents */
    struct date since;
};
/* In a job. DENIED: no PAYROLL_PREPARE. INVALID "payroll.employer_code", "payroll.employer_value",
 * "payroll.employer_source"; LIMIT "payroll.employer_many". */
MUST_USE enum status employer_add(struct ctx *ctx, const struct employer_given *given);

const char *employer_code_name(enum employer_code code);
MUST_USE enum status employer_code_named(struct str name, enum employer_code *ret_code);
enum text_key employer_code_text(enum employer_code code);
/* "1,85 %", "213". */
struct str employer_value_words(struct ctx *ctx, enum employer_code code, int64_t value);

#endif
