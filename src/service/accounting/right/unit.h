/* A unit is a service of the town that spends: "Écoles", with the code that stands on orders and invoices.
 *
 * Invariants: codes are unique, capitals and digits; none is ever deleted: one that is closed stays for what bears its
 * number. Each change stands in the audit log. Whoever calls has asked for the right. */
#ifndef SERVICE_ACCOUNTING_RIGHT_UNIT_H
#define SERVICE_ACCOUNTING_RIGHT_UNIT_H

#include "core/ctx.h"
#include "service/accounting/right/unit_sql.h"

enum { UNIT_CODE_MAX = 20, UNIT_NAME_MAX = 100, UNITS_MAX = 500 };

typedef struct sql_unit_list_row unit_row; /* id, code, name, is_active */

/* By code, closed ones too. */
MUST_USE enum status unit_list(struct ctx *ctx, unit_row **ret_units, size_t *ret_count);
/* NOT_FOUND. */
MUST_USE enum status unit_get(struct ctx *ctx, int64_t id, unit_row *ret_unit);
MUST_USE enum status unit_by_code(struct ctx *ctx, struct str code, unit_row *ret_unit);
/* INVALID "accounting.unit_code" (letters, digits, '-', '_', '.'; small letters are made capitals),
 * "accounting.unit_name"; CONFLICT "accounting.unit_there"; LIMIT "accounting.unit_many". */
MUST_USE enum status unit_add(struct ctx *ctx, struct str code, struct str name, int64_t *ret_id);
/* INVALID "accounting.unit_name"; NOT_FOUND. The code stays. */
MUST_USE enum status unit_set(struct ctx *ctx, int64_t id, struct str name, bool is_active);

#endif
