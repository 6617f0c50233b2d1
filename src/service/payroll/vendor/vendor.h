/* A vendor's payslips are those of the program a town has now, line by line, beside ours: each difference with its
 * cause.
 *
 * A cause is tried, never guessed: the other way of rounding gives that amount; another row of the law's same number
 * does (a rate of another date); it follows from a base that differs by what other lines differ. What nothing gives is
 * said to be not explained. Pure, but for reading the payslips. */
#ifndef SERVICE_PAYROLL_VENDOR_VENDOR_H
#define SERVICE_PAYROLL_VENDOR_VENDOR_H

#include "service/payroll/run/payrun_pay.h"

enum vendor_cause {
    VENDOR_SAME, VENDOR_ROUNDING, VENDOR_RATE, VENDOR_SMIC, VENDOR_BASE, VENDOR_ABSENT, VENDOR_AGENT, VENDOR_UNKNOWN,
    VENDOR_CAUSES
};
enum { VENDOR_FILE_MAX = 8 << 20, VENDOR_ROWS_MAX = 200000, VENDOR_SHOWN_MAX = 1000 };

struct vendor_row {
    struct str matricule, name; /* as the file has it */
    enum pay_line line;         /* PAY_LINES: no line of ours has that name */
    int64_t expected, computed;
    enum vendor_cause cause;
    const struct law_value *value; /* of VENDOR_RATE: what gives it; NULL */
};
struct vendor_result {
    struct vendor_row rows[VENDOR_SHOWN_MAX]; /* those that differ */
    size_t row_count;
    int64_t compared, right, causes[VENDOR_CAUSES];
};

/* CSV: matricule, ligne (a rule's name, or its French or English label), montant. INVALID "payroll.witness_form". */
MUST_USE enum status vendor_compare(struct ctx *ctx, const payrun_row *run, struct str file,
                                    struct vendor_result *ret_result);
/* Pure: why a line of this payslip is another one there. `differences`: expected less computed, of each line told. */
enum vendor_cause vendor_cause_of(const struct bulletin *bulletin, const struct law *law, enum pay_line line,
                                  const int64_t *differences, const struct law_value **ret_value);

#endif
