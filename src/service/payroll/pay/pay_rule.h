/* A pay rule is how a line is made, by name and version; a reason is the rule with the rows of the law it took.
 *
 * A version goes up when the arithmetic of a line changes, never when a number of the law does: those are rows.
 * Invariant: every line of a payslip that has a step has a rule, and at least one row with its text. Pure. */
#ifndef SERVICE_PAYROLL_PAY_PAY_RULE_H
#define SERVICE_PAYROLL_PAY_PAY_RULE_H

#include "service/payroll/pay/pay.h"

enum { PAY_REASON_VALUES = 24 };

struct pay_reason {
    const char *rule; /* "cnracl_agent" */
    int32_t version;
    const struct law_value *values[PAY_REASON_VALUES]; /* that of its rate first */
    size_t count;
    struct str local; /* the text of a local rate or of a deliberation; "" where there is none */
    bool is_unsure;   /* one of the values is still to be confirmed */
};

const char *pay_line_name(enum pay_line line);
MUST_USE enum status pay_line_named(struct str name, enum pay_line *ret_line);
const char *pay_day_name(enum pay_day day);
MUST_USE enum status pay_day_named(struct str name, enum pay_day *ret_day);
/* `step` is that of the line, with a scale. */
void pay_reason_of(const struct pay_law *law, const struct pay_facts *facts, enum pay_line line,
                   const struct pay_step *step, struct pay_reason *ret_reason);
void pay_piece_reason(const struct pay_law *law, const struct pay_facts *facts, const struct pay_piece *piece,
                      struct pay_reason *ret_reason);
/* It has a row, each row a text. */
bool pay_reason_holds(const struct pay_reason *reason);

#endif
