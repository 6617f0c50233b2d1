/* A turn is what a model of talk answered to one question at its likeliest, with its own probabilities.
 *
 * Plain bytes. At temperature 0, so the same talk and question have the same turn. */
#ifndef LANGUAGE_MODEL_TURN_H
#define LANGUAGE_MODEL_TURN_H

#include "language/model/measure.h"
#include "language/model/talk.h"

struct turn {
    char answer[TALK_ANSWER_MAX];
    size_t answer_len;
    float sure[MEASURE_FIELDS]; /* its probability of what it names for each field (measure_sure) */
    float least;                /* of its least likely piece */
};

/* Asks, and adds the turn to the talk. LIMIT: the question is too long for the model, or the answer for a turn. */
MUST_USE enum status turn_say(struct talk *talk, struct speaker *speaker, struct str question, struct turn *ret_turn);

#endif
