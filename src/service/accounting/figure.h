/* A figure is a number that a text fixes for a time: a delay, a ceiling, a rate.
 *
 * Source: figures.csv, one row for each number and time; its column `source` cites the text, or who published
 * the number. Invariants: rows of one code do not meet in time; where no row says what was in force on a day,
 * nothing is guessed. */
#ifndef SERVICE_ACCOUNTING_FIGURE_H
#define SERVICE_ACCOUNTING_FIGURE_H

#include "service/accounting/fault.h"

enum figure_unit {
    FIGURE_DAYS,
    FIGURE_YEARS,
    FIGURE_CENTS,
    FIGURE_HUNDREDTHS, /* of a percent: 10.15 % is 1015 */
    FIGURE_PEOPLE,     /* who live in the town */
};

struct figure {
    struct str code, name, source; /* the name is French: "taux de refinancement de la BCE" */
    struct date since, until;      /* days 0: always; as far as is known */
    enum figure_unit unit;
    int64_t value; /* never negative */
};

enum { FIGURES_MAX = 1024 };

/* Those a town keeps beside the ones that come with the program (figures/figure_kept.h). */
struct figure_set {
    const struct figure *at;
    size_t count;
};

/* All that come with the program, in the order of the file. CORRUPT: what was shipped is damaged. */
MUST_USE enum status figure_shipped(struct arena *arena, struct figure_set *ret_all);
/* What was in force on that day. NOT_FOUND: no row says it; CORRUPT, as before. `arena` holds texts with doubled quotes
 * alone, so looking up thousands of times takes next to nothing. `kept` NULL: those of the program alone. One of the
 * town that begins later than an open one of the program is in force; one that meets a time it knows is not. */
MUST_USE enum status figure_find(struct arena *arena, const struct figure_set *kept, struct str code,
                                 struct date day, struct figure *ret_figure);
/* Does each row of that code end (a rate of each half-year)? NOT_FOUND: the program has no such code; `ret_last` is
 * the last of its rows. */
MUST_USE enum status figure_code(struct arena *arena, struct str code, struct figure *ret_last, bool *ret_ends);
/* The same as figure_find, with `faults->figures`; where it is NOT_FOUND, a fault says which value of which day lacks
 * (rule figure.unknown). */
MUST_USE enum status figure_need(struct faults *faults, struct str code, struct date day,
                                    struct figure *ret_figure);

#endif
