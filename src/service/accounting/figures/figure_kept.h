/* A figure that is kept is a dated number of a text (figure.h) that a town has added beside those of the program: the
 * refinancing rate of the next half-year.
 *
 * Invariants: its code is one of figures.csv, and its unit that one's; a time that the program knows is never said
 * otherwise; a rate that holds for a half-year begins with one and ends with it; each has its source and who added it.
 * The same day again replaces it, and the audit log has both. */
#ifndef SERVICE_ACCOUNTING_FIGURES_FIGURE_KEPT_H
#define SERVICE_ACCOUNTING_FIGURES_FIGURE_KEPT_H

#include "core/ctx.h"
#include "service/accounting/figure.h"

enum { FIGURE_SOURCE_MAX = 300 /* bytes */, FIGURES_KEPT_MAX = 500, FIGURE_VALUE_MAX = 1000000000 };

struct figure_kept {
    struct figure figure;
    struct str by; /* "": the operator */
    struct instant at;
};

/* The newest first within a code. */
MUST_USE enum status figure_kept_list(struct ctx *ctx, struct figure_kept **ret_all, size_t *ret_count);

/* As somebody gives it: "2,15" or "2.15"; whole days, years and people. */
struct figure_given {
    struct str code, value, source;
    struct date since;
};
/* In a job. INVALID: `faults`: figure.code, figure.value, figure.source, figure.day (no half-year begins then),
 * figure.there (the program knows that time). DENIED: neither administrator, nor operator, nor RIGHT_PREPARE. */
MUST_USE enum status figure_add(struct ctx *ctx, const struct figure_given *given, struct faults *faults);

/* Has figure_need see those of the town, too; the second time it is nothing. */
MUST_USE enum status figure_take(struct ctx *ctx, struct faults *faults);
/* What was in force on that day, of the program or the town. NOT_FOUND. */
MUST_USE enum status figure_of(struct ctx *ctx, struct str code, struct date day, struct figure *ret_figure);

/* Its value as people read it: "2,15 %", "40,00 €", "30". */
struct str figure_words(struct ctx *ctx, const struct figure *figure);

#endif
