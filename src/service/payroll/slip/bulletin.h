/* A bulletin is a payslip as it is kept: whose it is, what it was made from, then the payslip's own bytes with each
 * step (pay/payslip_bytes.h), in one text.
 *
 * The same facts, law and rules write the same bytes; their SHA-256 names them. Lines of words and whole numbers apart
 * by a blank, a text of somebody's last on its line. Amounts in cents, rates in millionths. The law it was made by is
 * kept beside it by its own hash (payroll_law). Pure; texts read are slices of the bytes. */
#ifndef SERVICE_PAYROLL_SLIP_BULLETIN_H
#define SERVICE_PAYROLL_SLIP_BULLETIN_H

#include "core/translate.h"
#include "service/payroll/pay/difference.h"
#include "service/payroll/pay/payslip_bytes.h"

enum { BULLETIN_BYTES_MAX = 4 * PAYSLIP_BYTES_MAX, BULLETIN_DIFFERENCES_MAX = 1000 };

/* What a line is on paper. */
enum bulletin_group {
    BULLETIN_GAIN, BULLETIN_GAIN_SUM, BULLETIN_BASE, BULLETIN_AGENT, BULLETIN_AGENT_SUM, BULLETIN_EMPLOYER,
    BULLETIN_EMPLOYER_SUM, BULLETIN_NET, BULLETIN_NET_SUM, BULLETIN_REFUND, BULLETIN_COST,
};

struct bulletin {
    struct str matricule;
    int32_t part;
    struct instant known;
    struct str law; /* hash, in digits */
    struct pay_facts facts;
    struct payslip_read said; /* month, lines, steps, rows of the law; of one to be written: month, payslip, trace */
    const struct difference *differences; /* of months before (rappels), with their month of origin */
    size_t difference_count;
    struct payslip paid;      /* the lines of the month with the differences */
};

/* LIMIT: `out` is full. `known`: the civil day of bulletin->known. */
MUST_USE enum status bulletin_write(struct buf *out, const struct bulletin *bulletin, const struct pay_law *law,
                                    struct date known);
/* CORRUPT: not a text that bulletin_write wrote; LIMIT: no room for its spans and extras. */
MUST_USE enum status bulletin_read(struct arena *arena, struct str bytes, struct bulletin *ret_bulletin);

/* ---- lines ---- */

enum text_key bulletin_line_text(enum pay_line line);
enum bulletin_group bulletin_line_group(enum pay_line line);
/* Whether it stands on this payslip: it is an amount, or a sum that each has. */
bool bulletin_has(const struct bulletin *bulletin, enum pay_line line);

#endif
