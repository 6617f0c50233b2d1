/* A talk is what was asked and answered so far, and the next question to a model of talk.
 *
 * The model has no memory but its context: the talk is said to it again each time, the oldest turns dropped until the
 * question and an answer fit. Plain bytes, so that a game keeps it with its other state. */
#ifndef LANGUAGE_MODEL_TALK_H
#define LANGUAGE_MODEL_TALK_H

#include "language/model/speaker.h"

enum {
    TALK_MAX = 4096,         /* bytes of turns kept */
    TALK_ANSWER_TOKENS = 48, /* room that is kept for an answer */
    TALK_ANSWER_MAX = 1000,  /* bytes of an answer */
};

struct talk {
    char turns[TALK_MAX]; /* "Q : ...\nR : ...\n", the oldest first */
    size_t len;
};

/* Asks, and adds the turn to the talk. What was said, token by token, goes to `said` (SPEAKER_SAID_MAX of them), its
 * text without blanks at both ends to `out`. LIMIT: the question alone is too long for the model. */
MUST_USE enum status talk_ask(struct talk *talk, struct speaker *speaker, struct str question, float temperature,
                              struct seeded *seeded, struct speaker_said *said, size_t *ret_count, struct buf *out);

#endif
