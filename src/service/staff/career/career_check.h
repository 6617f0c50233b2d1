/* A career_check says whether a fact may be added to a career, and if not, by which rule and beside which other fact.
 *
 * Source: each rule has its text in career_check.c or in transition.csv. Pure: today is an argument. */
#ifndef SERVICE_STAFF_CAREER_CAREER_CHECK_H
#define SERVICE_STAFF_CAREER_CAREER_CHECK_H

#include "service/staff/career/career.h"
#include "service/staff/career/transition.h"

enum career_rule {
    CAREER_RIGHT,          /* nothing is wrong */
    CAREER_DAYS,           /* it ends before it begins, or has to end and does not */
    CAREER_NUMBER,         /* its value is out of range */
    CAREER_OVERLAP,        /* two facts of one kind hold on one day */
    CAREER_HOLE,           /* a day in service between two positions has none */
    CAREER_OUT_OF_SERVICE, /* it begins before the entry or after the exit */
    CAREER_EXIT_FIRST,     /* the exit leaves facts behind it */
    CAREER_NEEDS_OFFICIAL, /* a position or a step is of officials */
    CAREER_TRANSITION,     /* the law does not let one position follow the other */
    CAREER_NO_GRADE,       /* no such grade, or none on that day */
    CAREER_NO_STEP,        /* the grade has no such step */
    CAREER_LOW_INDEX,      /* below the least treated index */
    CAREER_PART_AND_WEEK,  /* part time on a post that is not complete */
    CAREER_NBI_CONTRACT,   /* NBI is of officials */
    CAREER_CHILD_OLD,      /* twenty years and more */
    CAREER_CHILD_UNBORN,
    CAREER_CHILD_TWICE,    /* another agent has a child born that day; whoever enters it says it is another one */
    CAREER_SICK_FUTURE,    /* a sick leave begins after today */
    CAREER_GOES_ON_NONE,   /* a prolongation follows no leave of its kind that ends the day before */
    CAREER_EXEMPT_NONE,    /* an exemption from carence where there is no carence */
    CAREER_GONE,           /* what it corrects is not there any more */
    CAREER_NEEDED,         /* others stand on what would be taken back */
    CAREER_RULES
};

struct career_fault {
    enum career_rule rule;
    struct career_fact other;   /* the one it goes against; id 0: none */
    struct str agent;           /* whose, where it is another's; "" */
    int32_t least, most;        /* of a range; 0 and 0: none */
    struct str reason, source;  /* of a transition; "" */
};

/* `career` without the fact that `fact` corrects, if any. INVALID: *ret_fault says why; LIMIT. */
MUST_USE enum status career_check(struct arena *arena, const struct career *career,
                                  const struct transitions *transitions, const struct career_fact *fact,
                                  struct date today, struct career_fault *ret_fault);
/* May this fact of the career be taken back? */
MUST_USE enum status career_check_back(struct arena *arena, const struct career *career,
                                       const struct career_fact *fact, struct career_fault *ret_fault);

/* The career with one fact more, in its place; *ret_place (may be NULL): where. LIMIT. */
MUST_USE enum status career_with(struct arena *arena, const struct career *career, const struct career_fact *fact,
                                 struct career *ret_career, size_t *ret_place);
/* The career without that fact. LIMIT. */
MUST_USE enum status career_without(struct arena *arena, const struct career *career, int64_t id,
                                    struct career *ret_career);

#endif
