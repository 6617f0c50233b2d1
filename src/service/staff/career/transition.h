/* A transition takes an agent from one position to another; the law allows some, and each has its article.
 *
 * Source: transition.csv. Invariant: every pair of positions of a status that may occur stands there; what does not is
 * not allowed. Pure. */
#ifndef SERVICE_STAFF_CAREER_TRANSITION_H
#define SERVICE_STAFF_CAREER_TRANSITION_H

#include "service/staff/staff.h"

enum { TRANSITIONS_MAX = 200 };

struct transition {
    enum staff_status status;
    enum staff_position from, to;
    bool is_allowed;
    struct date until;          /* the last day on which it was; days 0: still is */
    struct str source, reason;  /* French; reason "": none is needed */
};

struct transitions {
    struct transition *rows;
    size_t count;
};

/* What comes with the program. LIMIT. */
MUST_USE enum status transitions_shipped(struct arena *arena, struct transitions *ret_transitions);
/* NULL: none of that kind is known, which is a refusal. Staying in a position is none. */
const struct transition *transition_of(const struct transitions *transitions, enum staff_status status,
                                       enum staff_position from, enum staff_position to);
bool transition_is_allowed(const struct transition *transition, struct date day);

/* "trainee", "active": the words of the file. */
const char *staff_status_code(enum staff_status status);
const char *staff_position_code(enum staff_position position);

#endif
