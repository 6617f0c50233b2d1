/* The clock: the only place that asks the time. Units of work get the answer as an argument (ctx->now). */
#ifndef OS_CLOCK_H
#define OS_CLOCK_H

#include "base/dates.h"

struct instant clock_now(void);
/* Milliseconds that never go back, for durations. */
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void); /* the same in microseconds */
/* Sleeps: for the command line alone, a role has a loop. */
void clock_pause(int64_t ms);

/* Does the machine know this time zone? */
bool clock_zone_exists(const char *zone);
/* The time zone of this process ("Europe/Paris"): a town process serves one town, so one zone.
 * INVALID: the machine does not know it. */
MUST_USE enum status clock_zone_set(const char *zone);
/* The same without a zone: for a process that will open no file, and whose libraries would look for one. */
MUST_USE enum status clock_zone_utc(void);
/* Minutes east of UTC at that instant in this process's zone. */
int32_t clock_offset_minutes(struct instant at);

#endif
