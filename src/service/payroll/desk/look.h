/* A look is a payslip that somebody opens: who may, and that the agent sees who did.
 *
 * An agent opens the own payslips of months that are approved; who holds PAYROLL_READ opens all. Looks at somebody
 * else's are counted by day and person. */
#ifndef SERVICE_PAYROLL_DESK_LOOK_H
#define SERVICE_PAYROLL_DESK_LOOK_H

#include "core/web.h"
#include "service/payroll/desk/look_sql.h"
#include "service/payroll/run/payrun.h"

typedef struct sql_look_list_row look_row;

/* The payslip whose number stands in the address, and its payrun. NOT_FOUND: none, or none of one's own; DENIED. */
MUST_USE enum status look_slip(struct ctx *ctx, const struct web_request *request, bool is_own,
                               struct sql_payrun_slip_get_row *ret_slip, payrun_row *ret_run);
/* Who looked at an agent's payslips, the newest first. */
MUST_USE enum status look_list(struct ctx *ctx, int64_t agent, look_row **ret_rows, size_t *ret_count);
/* Counts a look at all payslips of a payrun: an export, an archive. */
MUST_USE enum status look_all(struct ctx *ctx, const payrun_row *run, const char *what);

#endif
