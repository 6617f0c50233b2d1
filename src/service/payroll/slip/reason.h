/* A reason is why a line of a payslip is what it is, in words: what was taken, by which rate, how it was rounded, and
 * the text of the law that says so. Read off the payslip's own steps, and the law kept with it (run/payrun_law.h). */
#ifndef SERVICE_PAYROLL_SLIP_REASON_H
#define SERVICE_PAYROLL_SLIP_REASON_H

#include "core/ctx.h"
#include "service/payroll/slip/bulletin.h"

enum { REASON_PARTS_MAX = 24 };

struct reason {
    struct str base, rate; /* for the columns; "" */
    struct str words;      /* "2 195,56 € × 11,10 % = 243,707160 €, arrondi à 243,71 €." */
    struct str parts[REASON_PARTS_MAX]; /* of a line that is a sum of pieces */
    size_t part_count;
    struct str rule;       /* "Règle cnracl_agent, version 1." */
    struct str source;     /* the texts, each with since when it holds; "" */
    struct str link;       /* of the first that has one; "" */
    bool is_unsure;        /* to be confirmed */
};

/* LIMIT: no room. */
MUST_USE enum status reason_of(struct ctx *ctx, const struct bulletin *bulletin, const struct pay_law *law,
                               enum pay_line line, struct reason *ret_reason);
/* The same, as text for a terminal. */
void reason_print(struct ctx *ctx, struct buf *out, const struct bulletin *bulletin, const struct pay_law *law,
                  enum pay_line line);

#endif
