/* A payrun is one making of a month's pay: a draft that may be made again, then approved by a second person, then
 * closed.
 *
 * It keeps the instant of which facts and law are known, and the law itself as a text, so that each payslip recomputes
 * to the same bytes for ever. Made in steps of the writer, some agents each. Invariants: one payrun of a month is not
 * dropped; a month begins when the one before is closed, or nothing is; who approves did not make it; payslips of an
 * approved payrun never change, what was paid wrongly is mended in a later month. Each change of state stands in the
 * audit log. */
#ifndef SERVICE_PAYROLL_RUN_PAYRUN_H
#define SERVICE_PAYROLL_RUN_PAYRUN_H

#include "core/ctx.h"
#include "service/payroll/run/payrun_sql.h"

enum payrun_state { PAYRUN_MAKING, PAYRUN_DRAFT, PAYRUN_APPROVED, PAYRUN_CLOSED, PAYRUN_DROPPED, PAYRUN_STATES };
enum { PAYRUN_MONTHS_MAX = 600, PAYRUN_SLIPS_MAX = 5000, PAYRUN_FAILED_MAX = 500, PAYRUN_LAW_MAX = 4 << 20 };

typedef struct sql_payrun_get_row payrun_row;
typedef struct sql_payrun_slips_row payrun_slip_row;

/* ---- read: whoever calls has asked for the right ---- */

/* NOT_FOUND. */
MUST_USE enum status payrun_get(struct ctx *ctx, int64_t id, payrun_row *ret_run);
/* The one of a month that is not dropped. NOT_FOUND. */
MUST_USE enum status payrun_of(struct ctx *ctx, struct date month, payrun_row *ret_run);
/* One of each month, the newest first. */
MUST_USE enum status payrun_list(struct ctx *ctx, payrun_row **ret_runs, size_t *ret_count);
/* The month that can begin, or goes on: days 0 where any can. */
MUST_USE enum status payrun_next(struct ctx *ctx, struct date *ret_month);
/* By code of agent. */
MUST_USE enum status payrun_slips(struct ctx *ctx, int64_t run, payrun_slip_row **ret_slips, size_t *ret_count);
typedef struct sql_payrun_failed_row payrun_failed_row;
MUST_USE enum status payrun_failed(struct ctx *ctx, int64_t run, payrun_failed_row **ret_failed, size_t *ret_count);

/* ---- done ---- */

/* A new draft of the month; the one before is dropped. DENIED: no PAYROLL_PREPARE; CONFLICT "payroll.closed",
 * "payroll.approved", "payroll.not_next": the month before is not closed. */
MUST_USE enum status payrun_begin(struct ctx *ctx, struct date month, int64_t *ret_id);
/* The next agents of a payrun that is being made: a job of the service. NOT_FOUND: none is. */
MUST_USE enum status payrun_step(struct ctx *ctx);
/* DENIED "payroll.apart": who made it; CONFLICT "payroll.not_draft"; CONFLICT "payroll.failed": an agent's pay could
 * not be made. */
MUST_USE enum status payrun_approve(struct ctx *ctx, int64_t id);
/* CONFLICT "payroll.not_approved". */
MUST_USE enum status payrun_close(struct ctx *ctx, int64_t id);

#endif
