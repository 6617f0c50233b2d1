/* A staff_counter is a counter of leave in the words of a page, with its days and its text. */
#ifndef SERVICE_STAFF_PAGE_STAFF_COUNTER_H
#define SERVICE_STAFF_PAGE_STAFF_COUNTER_H

#include "service/staff/career/career.h"

enum { STAFF_COUNTERS = 4 };
/* Annual leave, RTT (where the town has it), saved days, ninety days of sick leave; of the year of a day. LIMIT. */
MUST_USE enum status staff_counters(struct ctx *ctx, const struct career *career, struct date day,
                                    struct str ret_lines[STAFF_COUNTERS], size_t *ret_count);

#endif
