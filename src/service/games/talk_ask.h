/* A talk memory is what a town's machine of talk answered lately, so that a talk in an address is not said again whole.
 *
 * A talk is a pure function of its questions: what is not remembered is computed again, and is the same. Bounded: the
 * talks asked for longest ago are forgotten. Nothing else of a talk is kept, and none of it outlives the process. */
#ifndef SERVICE_GAMES_TALK_MEMORY_H
#define SERVICE_GAMES_TALK_MEMORY_H

#include "language/model/measure.h"
#include "language/model/talk.h"
#include "service/games/machine.h"

enum {
    TALK_TURNS_MAX = 12,
    TALK_QUESTION_MAX = 120,
    TALK_MEMORY_MAX = 64,
    TALK_KEY_MAX = TALK_TURNS_MAX * (TALK_QUESTION_MAX + 1)
};

struct talk_turn {
    struct str question, answer;
    float sure[MEASURE_FIELDS]; /* the model's own probability of what it names for each field */
    float least;                /* of its least likely piece */
};

struct talk_entry {
    char key[TALK_KEY_MAX]; /* all questions up to this one, a line each */
    size_t key_len;
    uint64_t used; /* 0: empty */
    struct talk talk;
    char answer[TALK_ANSWER_MAX];
    size_t answer_len;
    float sure[MEASURE_FIELDS], least;
};

struct talk_memory {
    struct talk_entry entries[TALK_MEMORY_MAX];
    uint64_t uses;
};

/* What the machine answers to each of the questions, one after the other; texts live in ctx->arena. LIMIT: too many of
 * them, or one too long. */
MUST_USE enum status talk_answers(struct ctx *ctx, const struct str *questions, size_t count,
                                  struct talk_turn ret_turns[TALK_TURNS_MAX]);

/* Is the answer to the last of these questions remembered, so that nothing need be said again? */
bool talk_is_known(struct ctx *ctx, const struct str *questions, size_t count);

#endif
