/* A quote is a passage of a source shown as an answer: the very bytes of its text.
 *
 * A passage is one sentence, or one row of a table. Which ones answer is told by the words of the question in it and
 * in the headings above it, by where it stands (a publisher says first what matters), and by what was asked: a day
 * or a delay for "quand", a sum for "combien". */
#ifndef LANGUAGE_SOURCE_QUOTE_H
#define LANGUAGE_SOURCE_QUOTE_H

#include "language/source/search.h"

enum { QUOTES_MAX = 3, QUOTE_LEN_MAX = 1200, QUOTE_PASSAGES_MAX = 20000 };

struct quote {
    uint32_t source;
    struct str text; /* a slice of the source's text */
    size_t offset;   /* where it stands in it */
    size_t block;    /* of the source, in which it begins */
    float cover, score; /* of the question's words, its own and for less those above it; all that it is worth */
};

/* The best passages of one source, the best first, and of two that are worth nearly the same the earlier one; at most
 * QUOTES_MAX, and none that is worth far less than the best: it would only fill the answer. LIMIT: a full arena. */
MUST_USE enum status quote_find(struct arena *arena, const struct library *library, const struct question *question,
                                uint32_t source, struct quote quotes[QUOTES_MAX], size_t *ret_count);

#endif
