/* A survey is which texts each neuron of a model answers most to: a fixed set of texts heard once, token by token.
 *
 * A neuron is one number of a layer's gated pair: gate times up (speaker_neurons). Its texts are drawn from what the
 * model was trained on, true by the table. It takes a second to make, so it is kept as a text beside the model
 * (shipped/), of which a page reads one row. The line end before each text is no place: it is the same in all.
 * Invariants: the same model, table and kernel give the same survey; places are ordered by size, whatever their sign,
 * and no two are the same token after the same beginning. */
#ifndef LANGUAGE_MODEL_SURVEY_H
#define LANGUAGE_MODEL_SURVEY_H

#include "language/model/speaker.h"

enum {
    SURVEY_TEXTS = 160,
    SURVEY_TOKENS = 48, /* of a text, behind its line end: what comes later is not heard */
    SURVEY_PLACES = 6,
    SURVEY_PIECES = 5,
    SURVEY_SEEN_MIN = 3, /* a piece met less often is no favourite */
    SURVEY_MAX = 4 << 20,
};

struct survey_place {
    struct str text;   /* the whole of it, its line ends as they are */
    size_t token;      /* which of its tokens, from 0; the line end before it not counted */
    float value;
    uint16_t likeliest; /* what the model holds likeliest to follow there */
};
struct survey_piece {
    uint16_t piece;
    uint32_t seen; /* so often in all texts */
    float mean;    /* of the neuron where it stood */
};
struct survey_neuron {
    float least, mean, most; /* over all tokens of all texts */
    struct survey_place places[SURVEY_PLACES];
    size_t place_count;
    struct survey_piece pieces[SURVEY_PIECES]; /* where it answers most on average, whatever the sign */
    size_t piece_count;
};

/* `stream`: of the model's own training. LIMIT: the arena is full, or the context is shorter than SURVEY_TOKENS + 1. */
MUST_USE enum status survey_write(struct arena *arena, const struct model *model, const struct stream *stream,
                                  struct buf *out);
/* The row of one neuron; texts in the arena. CORRUPT: it is no survey of a model of this size. */
MUST_USE enum status survey_read(struct arena *arena, struct str survey, const struct net_size *size, size_t layer,
                                 size_t unit, struct survey_neuron *ret_neuron);
/* The tokens of a text, at most SURVEY_TOKENS, without the line end before it. */
MUST_USE enum status survey_cut(const struct pieces *pieces, struct str text, uint16_t tokens[SURVEY_TOKENS],
                                size_t *ret_count);

#endif
