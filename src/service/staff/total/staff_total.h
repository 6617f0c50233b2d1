/* A staff_total is a number of agents that betrays none: for elected members, who see no file.
 *
 * Source: RGPD, article 5; issue 5 section 6 (five and more). Groups of one table part the same agents, elected
 * members left out; two tables share nothing but their sum. Invariants: no group of one to four agents is shown, nor
 * could be reckoned from what is: where groups are hidden there are at least two, with at least five agents together;
 * a total below five hides all. The day is always the end of the last year, so that no two days can be compared from
 * one day to the next. */
#ifndef SERVICE_STAFF_TOTAL_STAFF_TOTAL_H
#define SERVICE_STAFF_TOTAL_STAFF_TOTAL_H

#include "service/staff/staff.h"

enum { STAFF_TOTAL_LEAST = 5, STAFF_TOTAL_GROUPS = 4 /* officials A, B, C; contracts */, STAFF_TOTAL_CELLS_MAX = 301 };

struct staff_total_cell {
    struct str name; /* of a team; "" */
    int64_t agents, days; /* of leave for health in the year */
    bool is_hidden;
};
struct staff_total {
    struct date day;
    struct staff_total_cell all;
    struct staff_total_cell groups[STAFF_TOTAL_GROUPS];
    struct staff_total_cell teams[STAFF_TOTAL_CELLS_MAX]; /* the last: of none */
    size_t team_count;
};

/* Pure: hides what would betray somebody. */
void staff_total_hide(struct staff_total_cell *all, struct staff_total_cell *cells, size_t count);
/* The caller has asked for the right. LIMIT. */
MUST_USE enum status staff_total_of(struct ctx *ctx, struct staff_total *ret_total);

#endif
