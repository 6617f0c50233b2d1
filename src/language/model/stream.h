/* A stream is the endless text a model is trained on: lines, or turns of questions and answers, drawn from a world.
 *
 * Invariants: what stands in sequence s of step t follows from the seed, s and t alone, so a training goes on anywhere
 * with the same bytes, and how often a model saw a commune is known by drawing once more. A sequence begins with a line
 * end and holds whole texts but for the last, which is cut. */
#ifndef LANGUAGE_MODEL_STREAM_H
#define LANGUAGE_MODEL_STREAM_H

#include "language/model/pieces.h"
#include "language/model/world.h"

enum stream_kind {
    STREAM_LINES = 1,
    STREAM_TURNS,           /* talk (dialogue.h) */
    STREAM_TURNS_REFUSING,  /* the same, and places that are none, answered by not knowing */
};

struct stream {
    enum stream_kind kind;
    const struct world *world;
    const struct pieces *pieces;
    uint64_t seed;
    size_t context;
};

enum { STREAM_TEXT_MAX = 1200, STREAM_ABOUT_MAX = 4 };

/* One text at random: communes it is about, by rank, go to ret_about. */
size_t stream_draw(const struct stream *stream, struct seeded *seeded, struct buf *out,
                   size_t ret_about[STREAM_ABOUT_MAX]);
/* Writes context + 1 tokens. With `seen` (one count for each rank) what was whole is counted. */
void stream_fill(const struct stream *stream, uint64_t step, size_t sequence, uint16_t *tokens, uint32_t *seen);
/* A text that holds every character and most words of the stream, to make pieces from. */
void stream_corpus(const struct stream *stream, struct buf *out);

#endif
