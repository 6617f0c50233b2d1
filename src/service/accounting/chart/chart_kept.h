/* A chart_kept is the chart by which a town prepares and checks the budget of a year: the one that comes with the
 * program; else one that an operator brought in; else, until that is there, the one of an earlier year that the town
 * decided to take over.
 *
 * Why the last: the State publishes a chart late in the year before, and a program is older than that. Invariants: a
 * chart brought in was checked (chart_read) before it was kept; a decision to take one over is never made for a year
 * whose own chart is known, and counts no longer once that is there; what is prepared with one taken over says so
 * wherever it is shown. Both stand in the audit log. Texts live in ctx->arena. */
#ifndef SERVICE_ACCOUNTING_CHART_CHART_KEPT_H
#define SERVICE_ACCOUNTING_CHART_CHART_KEPT_H

#include "core/ctx.h"
#include "service/accounting/chart/chart.h"
#include "service/accounting/fault.h"

enum {
    CHART_KEPT_BYTES_MAX = 2 << 20, /* the largest published takes 209 kB */
    CHART_KEPT_SOURCE_MAX = 200,    /* bytes of a file's name */
    CHART_YEAR_MAX = 9999,
    CHART_TAKEN_YEARS = 5,          /* a chart is taken over for a year at most so much later */
};

struct chart_kept {
    const struct chart *chart; /* NULL: none, and nothing was decided; its year is the one asked for */
    int32_t taken_from;        /* the year whose chart it is, where that was taken over; 0: it is of its own year */
};

/* One that was brought in. */
struct chart_kept_card {
    int64_t id;
    struct str nomenclature, sha256, source, by; /* by "": the operator */
    int32_t year;
    struct instant at;
};

/* A decision that holds. */
struct chart_taken {
    int64_t id;
    struct str nomenclature, by;
    int32_t year, from_year;
    struct instant at;
};

/* OK with a chart NULL: there is none. CORRUPT: what was kept is damaged. */
MUST_USE enum status chart_kept_find(struct ctx *ctx, struct str nomenclature, int32_t year,
                                     struct chart_kept *ret_kept);
/* Its own alone, shipped or brought in. NOT_FOUND: none. */
MUST_USE enum status chart_kept_own(struct ctx *ctx, struct str nomenclature, int32_t year, struct chart *ret_chart);
/* By nomenclature, the newest first; at most 200. */
MUST_USE enum status chart_kept_list(struct ctx *ctx, struct chart_kept_card **ret_cards, size_t *ret_count);

/* CONFLICT: "accounting.chart_with_program", or "accounting.chart_there" and `replaces` is false; INVALID: the text is
 * no chart; LIMIT "accounting.chart_long". *ret_card is what it is. */
MUST_USE enum status chart_kept_put(struct ctx *ctx, struct str csv, struct str source, bool replaces,
                                    struct chart_kept_card *ret_card);

/* INVALID: "accounting.chart_year" (not within the years after it), "accounting.chart_none" (no chart of from_year);
 * CONFLICT "accounting.chart_known": that year has its own. A decision for the same year before it ends. */
MUST_USE enum status chart_taken_decide(struct ctx *ctx, struct str nomenclature, int32_t year, int32_t from_year);
/* NOT_FOUND: none of that number holds. */
MUST_USE enum status chart_taken_end(struct ctx *ctx, int64_t id);
/* Those that hold, the newest year first; at most 100. */
MUST_USE enum status chart_taken_list(struct ctx *ctx, struct chart_taken **ret_taken, size_t *ret_count);

/* ---- for the command, which has no town's tables: all of the above as text, and found in it ---- */

MUST_USE enum status chart_kept_write(struct ctx *ctx, struct buf *out);
/* As chart_kept_find. Words of the chart are slices of `text`. INVALID: it is not what chart_kept_write wrote. */
MUST_USE enum status chart_kept_in(struct arena *arena, struct str text, struct str nomenclature, int32_t year,
                                   struct chart_kept *ret_kept);

/* A fault of whoever gives a document out, or brings one in, as official (rule docbudg.taken). */
void chart_kept_fault(struct faults *faults, struct str place, const struct chart_kept *kept, int32_t year);

/* What chart_of_xml found wrong, in words: "FILE:12: twice". */
MUST_USE enum status chart_refuse(struct ctx *ctx, struct str path, enum status status,
                                  const struct xml_fault *fault);

#endif
