/* A docbudg_reading is the reading of one budget document: where its parts go, and what is found wrong. */
#ifndef SERVICE_ACCOUNTING_DOCBUDG_DOCBUDG_READING_H
#define SERVICE_ACCOUNTING_DOCBUDG_DOCBUDG_READING_H

#include "service/accounting/docbudg/docbudg_fault.h"

struct docbudg_reading {
    struct arena *arena;
    struct faults *faults;
};

/* What V says in the child of that name; "" where there is none: a fault where it is needed, or where the child says
 * nothing. */
struct str docbudg_value(struct docbudg_reading *reading, const struct docbudg_at *at, const char *name,
                         bool is_needed);
/* False, days 0 and 0 where there is none, or with a fault where it cannot be read. */
bool docbudg_flag(struct docbudg_reading *reading, const struct docbudg_at *at, const char *name);
struct date docbudg_day(struct docbudg_reading *reading, const struct docbudg_at *at, const char *name);
int32_t docbudg_year(struct docbudg_reading *reading, const struct docbudg_at *at, const char *name);

/* A LigneBudget with a Nature. Did it say whole amounts, in a sense and a kind that sums can go by? */
bool docbudg_line_read(struct docbudg_reading *reading, const struct docbudg_at *at, struct docbudg_line *ret_line);

#endif
