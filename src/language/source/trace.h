/* A trace says which parts of an answer stand word for word in the texts, and where: the parts that no text has are
 * the holes.
 *
 * A span begins and ends at words, in the answer and in the text; it is as long as it can be, and within no other.
 * It says where words occur: not that they are true. */
#ifndef LANGUAGE_SOURCE_TRACE_H
#define LANGUAGE_SOURCE_TRACE_H

#include "base/arena.h"
#include "language/source/suffix.h"

enum {
    TRACE_ANSWER_MAX = 64 << 10,
    TRACE_SPANS_MAX = 4000,
    TRACE_PLACES_MAX = 10,    /* that a span names; its count tells of all */
    TRACE_LOOKED_MAX = 1000,  /* places looked at for words' borders */
};

struct trace_place {
    size_t text, offset;
};

struct trace_span {
    size_t from, len;    /* in the answer */
    uint64_t count;      /* places it stands at, whatever stands around them */
    struct trace_place places[TRACE_PLACES_MAX]; /* at words' borders */
    size_t place_count;
};

/* Spans of at least `least` bytes, from left to right (arena). Spans may overlap. LIMIT: a longer answer, more
 * spans, or a full arena. */
MUST_USE enum status trace_run(struct arena *arena, const struct suffix *suffix, struct str answer, size_t least,
                               struct trace_span **ret_spans, size_t *ret_count);

/* Bytes of the answer that some span covers. */
size_t trace_covered(const struct trace_span *spans, size_t count);

#endif
