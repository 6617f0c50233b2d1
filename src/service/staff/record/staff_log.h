/* A staff_log entry is one reading of one agent's file: by whom, when, what of it, and for which reason.
 *
 * Source: RGPD, article 5; the agent sees the entries of the own file. Invariants: what is read is noted in the same
 * job, or not shown; reading one's own file is no entry. Whoever reads STAFF_LOG_BULK files within an hour is told of
 * in the audit log, once for each hour's crossing. Entries are kept a year (to be confirmed by the town's DPO). */
#ifndef SERVICE_STAFF_RECORD_STAFF_LOG_H
#define SERVICE_STAFF_RECORD_STAFF_LOG_H

#include "service/staff/record/staff_log_sql.h"
#include "service/staff/staff.h"

enum { STAFF_LOG_BULK = 30, STAFF_LOG_LIST_MAX = 200, STAFF_LOG_DAYS = 366 };
enum staff_log_what { STAFF_READ_FILE, STAFF_READ_IDENTITY, STAFF_READ_ACCOUNT, STAFF_READ_ACT, STAFF_READ_WHATS };

MUST_USE enum status staff_log_add(struct ctx *ctx, int64_t agent, enum staff_log_what what, enum staff_reason reason);
typedef struct sql_staff_log_list_row staff_log;
/* Of an agent, the newest first, at most STAFF_LOG_LIST_MAX. */
MUST_USE enum status staff_log_list(struct ctx *ctx, int64_t agent, staff_log **ret_entries, size_t *ret_count);
typedef struct sql_staff_log_bulk_row staff_log_bulk;
/* Hours of the last `days` in which somebody read STAFF_LOG_BULK files and more. */
MUST_USE enum status staff_log_bulks(struct ctx *ctx, int32_t days, staff_log_bulk **ret_bulks, size_t *ret_count);

#endif
