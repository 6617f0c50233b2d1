/* An instant is a moment as milliseconds since 1970-01-01T00:00:00Z; a date is a civil day. Neither can be
 * mixed with a number. The civil calendar is the proleptic Gregorian one (ISO 8601).
 *
 * Pure: the clock is os/clock.h, and a town's time zone is applied there. */
#ifndef BASE_DATES_H
#define BASE_DATES_H

#include "base/buf.h"

struct instant {
    int64_t ms;
};

struct date {
    int32_t days; /* since 1970-01-01 */
};

struct civil {
    int32_t year;
    int32_t month, day;           /* 1..12, 1..31 */
    int32_t hour, minute, second; /* second 0..60 on input, 0..59 on output */
    int32_t offset_minutes;       /* east of UTC, of the written time */
};

struct civil civil_of(struct instant instant, int32_t offset_minutes);
/* INVALID when a field is out of its range (31 April, hour 24). */
MUST_USE enum status instant_of_civil(struct civil civil, struct instant *ret_instant);

struct date date_of(int32_t year, int32_t month, int32_t day);
struct civil civil_of_date(struct date date);
/* The day a moment is in, in UTC; and its first moment. */
struct date date_of_instant(struct instant instant);
struct instant instant_of_date(struct date date);
struct date date_month_start(struct date date);
struct date date_month_end(struct date date); /* its last day */
int date_weekday(struct date date); /* 0 Monday .. 6 Sunday */

/* "2026-11-24" and "2026-11-24T09:42:00Z"; milliseconds are not written. */
void date_write(struct buf *out, struct date date);
void instant_write(struct buf *out, struct instant instant);
MUST_USE enum status date_parse(struct str text, struct date *ret_date);
MUST_USE enum status instant_parse(struct str text, struct instant *ret_instant);

#endif
