/* A payroll right is what a person of the town may do with pay: see it, prepare it, approve it.
 *
 * Pay of named people is everybody's private life: where nothing was given, nobody holds any, administrators no more
 * than others; each sees the own payslips without one. Invariants: whoever holds one right holds PAYROLL_READ; whoever
 * is suspended holds none, and under a mandate (core/mandate.h) there is none. Who approves is never who made what is
 * approved, whatever rights both hold. Each change stands in the audit log. */
#ifndef SERVICE_PAYROLL_RIGHT_PAYROLL_RIGHT_H
#define SERVICE_PAYROLL_RIGHT_PAYROLL_RIGHT_H

#include "core/ctx.h"

enum payroll_right {
    PAYROLL_READ = 1 << 0,    /* every payslip */
    PAYROLL_PREPARE = 1 << 1, /* elements, drafts, numbers of the law */
    PAYROLL_APPROVE = 1 << 2, /* what somebody else prepared */
};
enum { PAYROLL_RIGHTS = 3, PAYROLL_RIGHTS_ALL = (1 << PAYROLL_RIGHTS) - 1 };

/* OK: ctx->actor holds at least one of `rights`, or is the operator's command, which has no person. DENIED
 * "payroll.right", with the sentence that names the first of them. */
MUST_USE enum status payroll_right_need(struct ctx *ctx, unsigned rights);
/* All that ctx->actor holds. */
MUST_USE enum status payroll_right_held(struct ctx *ctx, unsigned *ret_rights);
/* What was given to a person, suspended or not. */
MUST_USE enum status payroll_right_given(struct ctx *ctx, int64_t person, unsigned *ret_rights);
/* Instead of what was given before; PAYROLL_READ comes with any other. DENIED "mandate.never"; INVALID
 * "payroll.rights": a bit that is none; NOT_FOUND. The same again changes nothing. */
MUST_USE enum status payroll_right_set(struct ctx *ctx, int64_t person, unsigned rights);
enum text_key payroll_right_name(unsigned right);
/* Before ctx->actor approves what `maker` made. DENIED "payroll.apart": they are one person, or nobody is known. */
MUST_USE enum status payroll_right_apart(struct ctx *ctx, int64_t maker);

#endif
