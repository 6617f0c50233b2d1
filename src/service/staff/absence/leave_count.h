/* A leave_count says how many days of annual leave an agent has in a year, how many were taken, and by which days.
 *
 * Source: décret n° 85-1250, article 1: five times the days worked in a week, for a year of service; one day more
 * where 5 to 7 days are taken outside 1 May to 31 October, two from 8 on. Days worked are Monday to Friday without
 * public holidays; an agent at 80 % on four days has four times five. Service of part of the year gives its part,
 * rounded up to half a day. What is carried over (article 5-1) is not counted: it is to be confirmed case by case.
 * Pure. */
#ifndef SERVICE_STAFF_ABSENCE_LEAVE_COUNT_H
#define SERVICE_STAFF_ABSENCE_LEAVE_COUNT_H

#include "service/staff/career/career.h"

struct leave_count {
    int32_t year;
    int32_t served_days, year_days; /* days in service, and of the year */
    int32_t week_halves;            /* half-days worked in a week: 10 for full time */
    int32_t right_halves;           /* of a day: 50 is 25 days */
    int32_t outside_days, bonus_days;
    int32_t taken_days, left_halves; /* taken: those known, also ahead */
};

struct leave_count leave_count_of(const struct career *career, int32_t year);
/* Working days of a run: Monday to Friday without public holidays. */
int32_t leave_count_days(struct date first, struct date last);

#endif
