/* A leave_counter says what is left of a leave beside the annual one (leave_count.h), and by which days: reduced
 * working time (RTT), the account of saved days (CET), the ninety days of ordinary sick leave.
 *
 * Source: RTT: the town's deliberation says how many days a full-time agent has (décret n° 2001-623); leave for
 * health takes a day for each 228 / that number of working days (CGFP, article L822-28; circulaire of 18 January 2012,
 * NOR MFPF1202031C). CET: décret n° 2004-878: sixty days at most, saved by whoever took twenty days of annual leave
 * that year. Sick leave: core/sick_leave.h. Pure. */
#ifndef SERVICE_STAFF_ABSENCE_LEAVE_COUNTER_H
#define SERVICE_STAFF_ABSENCE_LEAVE_COUNTER_H

#include "service/staff/career/career.h"

enum { LEAVE_RTT_MAX = 60, LEAVE_CET_MAX = 60, LEAVE_CET_TAKEN = 20, LEAVE_WORKING_DAYS = 228 };

struct leave_rtt {
    int32_t year, full_days;    /* of the deliberation */
    int32_t right_halves;       /* half-days: for the part of the year in service, and the part of a full time */
    int32_t health_days, lost_days; /* working days of leave for health, and what they take */
    int32_t taken_days, left_halves;
};
struct leave_rtt leave_rtt_of(const struct career *career, int32_t year, int32_t full_days);

struct leave_cet {
    int32_t saved_days, taken_days, left_days;
    int32_t annual_days; /* of annual leave taken this year */
    bool may_save;
};
struct leave_cet leave_cet_of(const struct career *career, struct date day);

/* Days of ordinary sick leave that count among the ninety, in the year up to a day. LIMIT: full arena. */
MUST_USE enum status leave_sick_of(struct arena *arena, const struct career *career, struct date day,
                                   int32_t *ret_days);

#endif
