/* A career is what is known of one agent: facts with the days they hold and since when the town knows them.
 *
 * Source: CGFP, articles L311-1 and following. Pure: facts in, state
 * out, for ever the same. Invariants: a fact is never changed. A row that corrects another stands in its place from the
 * moment it was known; a row that takes back leaves nothing in its place. Of the facts that live, those of one kind
 * (and item) do not overlap: one without a last day ends on the day before the next begins. */
#ifndef SERVICE_STAFF_CAREER_CAREER_H
#define SERVICE_STAFF_CAREER_CAREER_H

#include "service/staff/career/grid.h"

enum career_kind {
    CAREER_ENTRY,     /* in service; its last day is that of the service */
    CAREER_STATUS,    /* number: enum staff_status */
    CAREER_POSITION,  /* number: enum staff_position */
    CAREER_GRADE,     /* words: its code in grade.csv */
    CAREER_STEP,      /* number: échelon */
    CAREER_INDEX,     /* number: indice majoré kept by one person */
    CAREER_PART_TIME, /* number: percent */
    CAREER_WEEK,      /* number: tenths of hours of a post that is not complete */
    CAREER_NBI,       /* number: points */
    CAREER_POST,      /* number: id of staff_post */
    CAREER_CONTRACT,  /* number: indice majoré; words: article of the CGFP it is made under */
    CAREER_TRIAL,     /* probation: stage, période d'essai; its last day is the end */
    CAREER_CHILD,     /* item: which child; number: day of birth; words: "shared" for alternate custody */
    CAREER_ABSENCE,   /* number: enum staff_absence; words: why no carence; link: the one it goes on from */
    CAREER_SAVED,     /* number: days put on the compte épargne-temps, on its day */
    CAREER_KINDS
};

enum { CAREER_WORDS_MAX = 200 };
#define CAREER_FOREVER ((struct date){INT32_MAX / 2})

struct career_fact {
    int64_t id;
    enum career_kind kind;
    int64_t item, number, link;
    struct str words;
    struct date since, until; /* until.days 0: no last day */
    int64_t known_ms, corrects, act, person; /* 0: none */
    bool is_back;
};

/* The facts that live at an instant, in order of kind, item and first day. */
struct career {
    const struct career_fact *facts;
    size_t count;
    const struct grid *grid;
};

/* Of all rows of one agent, in any order: those known at `known` that no row known by then stands in place of. The
 * career's grid is the caller's. LIMIT. */
MUST_USE enum status career_live(struct arena *arena, const struct career_fact *rows, size_t row_count,
                                 struct instant known, struct career *ret_career);

/* The last day a fact of the career holds: its own, or the one before the next of its kind begins; CAREER_FOREVER. */
struct date career_last(const struct career *career, size_t place);
/* The fact of a kind that holds on a day. NULL: none. */
const struct career_fact *career_at(const struct career *career, enum career_kind kind, int64_t item, struct date day);

/* The state of a day: *ret_state with both ends on it. NOT_FOUND: not in service, or without status or position. */
MUST_USE enum status career_state(const struct career *career, struct date day, struct staff_span *ret_state);
/* Spans of the days from `first` to `last`, each as long as nothing changes. LIMIT. */
MUST_USE enum status career_spans(struct arena *arena, const struct career *career, struct date first,
                                  struct date last, struct staff_span **ret_spans, size_t *ret_count);

/* Those who are younger than twenty on that day (Code de la sécurité sociale, articles L512-3 and R512-2). */
int32_t career_children(const struct career *career, struct date day, int32_t *ret_shared);

#endif
