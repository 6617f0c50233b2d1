/* A measure is how well questions with known answers are answered by a corpus: found, quoted, refused, and how fast.
 *
 * Everything is counted three times: over all questions, over the half that choices may be made with, and over the
 * half that proves them (corpus.h). */
#ifndef ROLE_ANSWER_MEASURE_H
#define ROLE_ANSWER_MEASURE_H

#include "role/corpus.h"

struct measure_part {
    size_t questions, first, three, ten; /* the right source first, among three, among ten */
    double inverse;                      /* the sum of 1 / rank */
    size_t extracts, extracts_there;     /* marked; and standing in the right source */
    size_t extracts_shown, extracts_met; /* in the quotes of the right source; of the first source found */
    size_t passages, carrying;           /* quotes of the right source where the extract stands; those that say it */
    size_t leading;                      /* and where the first of them does */
    size_t kept;                         /* not refused */
    size_t without, refused;             /* asked again without the right source; and refused then */
};
enum { MEASURE_ALL, MEASURE_CHOOSING, MEASURE_PROVING, MEASURE_PARTS };

struct measure {
    struct measure_part parts[MEASURE_PARTS];
    int64_t p50_us, p99_us; /* reading the question, searching, deciding, quoting */
    size_t sources;
    size_t altered;         /* quotes that are not the bytes of their source: always 0 */
};

/* LIMIT: a question that is too long, or a full arena. */
MUST_USE enum status answer_measure_run(struct arena *arena, const struct library *library,
                                 const struct corpus_questions *questions, struct measure *ret_measure);

/* One JSON object, or its names and numbers line by line. */
void answer_measure_write(struct buf *out, const struct measure *measure, bool is_json);

#endif
