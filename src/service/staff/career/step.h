/* A step calendar says when an agent has a right to the next step (échelon): from facts, never stored.
 *
 * Source: CGFP, article L522-2 (advance by seniority alone, one step after the other); durations of grid.csv. It
 * counts: activity with all its leaves, part time whole (article L612-4), secondment (L513-1), parental leave up to
 * five years of a career (L515-8). What does not: disponibilité (L514-1), hors cadres, days without a position. Two
 * disponibilités do count within limits (L514-2: with work, or for a child): no fact says which one is, so they are
 * reckoned as the others and the page says so. Pure. */
#ifndef SERVICE_STAFF_CAREER_STEP_H
#define SERVICE_STAFF_CAREER_STEP_H

#include "service/staff/career/career.h"

enum { STEP_PARENTAL_YEARS = 5 };

struct step_due {
    int32_t step;         /* the one it would be */
    struct date since;    /* the present step began */
    int32_t months;       /* to stay on it */
    int32_t away_days;    /* days since then that do not count */
    struct date due;      /* the first day of the next step */
    const struct grid_step *row; /* of the present step: its text */
};

/* From what is known up to `today`; positions go on as they stand then. NOT_FOUND: no official or trainee in service,
 * no step of a grade, or it is the last one. */
MUST_USE enum status step_next(const struct career *career, struct date today, struct step_due *ret_due);

/* So many months later; the last day of a month that is too short. */
struct date step_months_later(struct date day, int32_t months);

#endif
