/* A refused is a subject that people ask for and no text answers: what editors should write about.
 *
 * Questions are not kept. A subject is at most three stems of a question, the rarest; who asked and what about are
 * kept as keyed hashes, and nothing can be read of either until REFUSED_ASKERS different askers were refused: the words
 * then come from the question of that asker. An asker is a session or a network, of one day. Rows go after
 * REFUSED_DAYS (doc/decision/0014). */
#ifndef SERVICE_ASSISTANT_REFUSED_H
#define SERVICE_ASSISTANT_REFUSED_H

#include "core/ctx.h"

enum {
    REFUSED_SLOT = 12,
    REFUSED_ASKERS = 5,
    REFUSED_STEMS = 3,
    REFUSED_DAYS = 90,
    REFUSED_OF_ASKER_MAX = 20, /* subjects of one asker a day; more are not counted */
    REFUSED_ROWS_MAX = 20000,
};

struct refused {
    struct str words; /* "horaires, piscine", the rarest first */
    int64_t askers;
    struct date day; /* when it was asked last */
};

struct town;

/* Counts a refused question; one without words that carry meaning is none. `remote`: the address it came from. */
MUST_USE enum status refused_count(struct ctx *ctx, struct str question, struct str remote);
/* Subjects of at least REFUSED_ASKERS, the most asked first; at most 100. */
MUST_USE enum status refused_list(struct ctx *ctx, struct refused **ret_subjects, size_t *ret_count);
/* A job: what is old goes. NOT_FOUND: until the next interval; OK once rows went. */
MUST_USE enum status refused_sweep(struct ctx *ctx);
/* Accepts a town without one. */
void refused_close(struct town *town);

#endif
