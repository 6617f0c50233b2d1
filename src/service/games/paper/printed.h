/* A printed is the workshops' files as they were last made in this process, so that whoever asks again and again does
 * not have them laid out again and again.
 *
 * Each is known by all the words it was made of, so a text taken back, another title or another host makes another. The
 * last few, in memory alone; in the town's slot until printed_close. */
#ifndef SERVICE_GAMES_PRINTED_H
#define SERVICE_GAMES_PRINTED_H

#include "service/games/paper/paper.h"

enum {
    PRINTED_SLOT = 14,
    PRINTED_MAX = 4, /* two workshops in two languages */
    PRINTED_WORDS_MAX = 1 << 20,
};

/* The words of a paper behind those that are there. */
void printed_add(struct buf *words, const struct paper *paper);
/* Appends the file made of these words. False: it is not there. */
bool printed_take(const struct ctx *ctx, struct str words, struct buf *into);
/* Keeps copies, in place of the oldest. */
void printed_keep(struct ctx *ctx, struct str words, struct str file);
/* How many were made, so far. */
size_t printed_count(const struct town *town);
/* Accepts a town without one. */
void printed_close(struct town *town);

#endif
