/* A staff_alert is a day of a career that human resources must not miss: a step that is due, an end, a limit.
 *
 * Computed from the facts known now, as of a day; none is stored, so none can be stale. Each has its text.
 * Invariant: an alert goes once the fact it waits for is recorded. The age limit is reckoned from the sealed identity,
 * of which nothing but that day is told, so it is no reading of it. */
#ifndef SERVICE_STAFF_ALERT_STAFF_ALERT_H
#define SERVICE_STAFF_ALERT_STAFF_ALERT_H

#include "service/staff/career/career.h"

enum { STAFF_ALERTS_MAX = 1000, STAFF_ALERTS_OF_ONE = 20, STAFF_SICK_TOLD = 75 /* days of the ninety */,
       STAFF_AGE_LIMIT = 67 };
enum staff_alert_kind {
    STAFF_ALERT_STEP,     /* the next step is due */
    STAFF_ALERT_CONTRACT, /* a service ends that has an end: a contract above all */
    STAFF_ALERT_TRIAL,    /* probation ends */
    STAFF_ALERT_POSITION, /* secondment, disponibilité, parental leave end */
    STAFF_ALERT_SICK,     /* 90 days of ordinary sick leave within a year: half pay */
    STAFF_ALERT_AGE,      /* age limit */
    STAFF_ALERT_CHILD,    /* a child in charge turns twenty */
    STAFF_ALERT_AGAIN,    /* part time that went on for three years: to be decided anew */
    STAFF_ALERT_KINDS
};

struct staff_alert {
    enum staff_alert_kind kind;
    int64_t agent;
    struct str code;
    struct date day;   /* on which it is due, may be past */
    int32_t number;    /* the step; days of sick leave; 0 */
    struct str source; /* the text */
};

/* Pure: of one career, on a day; `born` days 0: not known. LIMIT: full arena. */
MUST_USE enum status staff_alert_of(struct arena *arena, const struct career *career, struct date day,
                                    struct date born, struct staff_alert ret_alerts[STAFF_ALERTS_OF_ONE],
                                    size_t *ret_count);
/* Of all agents, the earliest first, at most STAFF_ALERTS_MAX. The caller has asked for the right. */
MUST_USE enum status staff_alert_list(struct ctx *ctx, struct date day, struct staff_alert **ret_alerts,
                                      size_t *ret_count);

#endif
