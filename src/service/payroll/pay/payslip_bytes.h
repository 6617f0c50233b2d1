/* The bytes of a payslip are its one written form, with every step and every row of the law it took.
 *
 * They are text, one line each: `payslip 1 MONTH KNOWN`, then `line`, `piece` and `row` lines of fixed fields in a
 * fixed order, named by their rules and codes, never by places in a table, and `end` with how many they are: so the
 * same payslip has the same bytes for ever, and what is added to the law or to the engine later does not change them.
 * What comes to 0 is left out. A caller keeps them, or their SHA-256.
 *
 * Invariants: what is written is read again as it was; what does not read is INVALID, never half read. Pure. */
#ifndef SERVICE_PAYROLL_PAY_PAYSLIP_BYTES_H
#define SERVICE_PAYROLL_PAY_PAYSLIP_BYTES_H

#include "base/buf.h"
#include "service/payroll/pay/pay_rule.h"

enum { PAYSLIP_BYTES_MAX = 64 << 10, PAYSLIP_ROWS_MAX = LAW_CODES };

/* A payslip, and what it was made from. */
struct payslip_made {
    const struct pay_law *law;
    const struct pay_facts *facts;
    struct date month, known;
    const struct payslip *payslip;
    const struct pay_trace *trace;
};

/* A row of the law that it took. */
struct payslip_row {
    enum law_code code;
    struct date since, known;
    int64_t top, bottom;
};

struct payslip_read {
    struct date month, known;
    struct payslip payslip;
    struct pay_trace trace;
    int32_t versions[PAY_LINES]; /* of its rules; 0: not a line of this payslip */
    struct payslip_row rows[PAYSLIP_ROWS_MAX];
    size_t row_count;
};

/* Appends. LIMIT: `out` is full. */
MUST_USE enum status payslip_bytes_write(const struct payslip_made *made, struct buf *out);
/* INVALID: not such bytes. */
MUST_USE enum status payslip_bytes_read(struct str bytes, struct payslip_read *ret_read);

#endif
