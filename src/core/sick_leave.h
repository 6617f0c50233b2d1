/* A sick leave is the ordinary one (congé de maladie ordinaire) of an official: each of its days is unpaid (carence),
 * paid at nine tenths, or at half.
 *
 * Source: CGFP, articles L822-1 to L822-5 (twelve months in a year, three at 90 % since 1 March 2025, nine at half);
 * loi n° 2017-1837 du 30 décembre 2017, article 115 (one day of carence for each stop, unless exempt); décret
 * n° 87-602 du 30 juillet 1987, articles 14 to 17. The year goes from a day back to the same day of the year before,
 * both ends outside; days of carence and days at full rate count among the ninety.
 *
 * Invariants: stops are in the order of their days; a day that two of them hold counts once, for the first. Pure. */
#ifndef CORE_SICK_LEAVE_H
#define CORE_SICK_LEAVE_H

#include "base/arena.h"
#include "base/dates.h"

enum {
    SICK_STOPS_MAX = 1000,
    SICK_DAYS_MAX = 50 * 366, /* from the first day of the first stop to the last of the last */
    SICK_FULL_DAYS = 90,      /* CGFP, article L822-3: three months, in days */
};

enum sick_day {
    SICK_NONE,
    SICK_WAIT,    /* carence: nothing is paid */
    SICK_NINETY,  /* 90 %; before 1 March 2025, 100 % (SICK_FULL) */
    SICK_FULL,
    SICK_HALF,
    SICK_REFUSED, /* a thirteenth month: nothing decides it without the medical council */
    SICK_DAY_KINDS
};

struct sick_stop {
    struct date from, to;
    bool goes_on;   /* prolongation of the one before it: no carence */
    bool is_exempt; /* no carence for a reason the law gives */
};

/* From the first day on; freed with the arena. */
struct sick_count {
    struct date first;
    const unsigned char *days; /* enum sick_day of each */
    size_t count;
};

struct sick_fault {
    const char *what; /* a rule: leave.order, leave.dates, leave.goes_on, leave.long */
    size_t stop;      /* its place, from 0 */
};

/* INVALID: ret_fault says which stop, and why: it ends before it begins, begins before the one ahead of it, or goes on
 * from none (a prolongation begins on the day after, or within, the stop before it). LIMIT: more stops or days than the
 * maxima. */
MUST_USE enum status sick_leave_count(struct arena *arena, const struct sick_stop *stops, size_t stop_count,
                                      struct sick_count *ret_count, struct sick_fault *ret_fault);
enum sick_day sick_leave_day(const struct sick_count *count, struct date day);
/* "carence", "p90", "p100", "p50", "refus". */
const char *sick_day_name(enum sick_day day);

#endif
