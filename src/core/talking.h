/* A talking is what a page asks moyen, the model of talk: the questions of a talk, or of several, one after the other.
 *
 * Why here: a town's page asks (core/house_ask.h, HOUSE_TALK) and the role model answers, in lines of JSON of the
 * shapes below: how far it is, then the turns it has said from the first on. In words each question is a line, and an
 * empty line stands before one that begins another talk. What is answered follows from the questions alone: whoever
 * asks again hears the same, and what is not said yet goes on from there. */
#ifndef CORE_TALKING_H
#define CORE_TALKING_H

#include "core/shape.h"
#include "language/model/turn.h"

enum {
    TALKING_TURNS_MAX = 12,
    TALKING_QUESTION_MAX = 120,
    TALKING_WORDS_MAX = TALKING_TURNS_MAX * (TALKING_QUESTION_MAX + 2)
};

struct talking {
    struct str questions[TALKING_TURNS_MAX];
    bool begins[TALKING_TURNS_MAX]; /* a talk of its own; the first does, whatever stands here */
    size_t count;
};

/* LIMIT: too many questions, or one too long. INVALID: one is empty, of several lines, or no UTF-8. */
MUST_USE enum status talking_write(const struct talking *talking, struct buf *words);
/* INVALID: not such words, none at all, or past a limit. Slices of the words. */
MUST_USE enum status talking_read(struct str words, struct talking *ret_talking);
/* Of one that was read: the talk of this question, up to it and without its line end; a slice of the words. */
struct str talking_upto(const struct talking *talking, size_t place);

enum talking_stage {
    TALKING_THINKS,   /* more is to come: ask again */
    TALKING_SAID,     /* all of it */
    TALKING_TOO_LONG, /* the question after those answered has more pieces than the model hears at once */
    TALKING_STAGES,
};

struct talking_state {
    int64_t stage; /* enum talking_stage */
    int64_t count; /* of turns that follow */
};
/* Probabilities in parts of TALKING_WHOLE, which from a 256th up is exactly what the model has. */
struct talking_turn {
    struct str answer; /* bytes: a model may say what is no UTF-8 */
    int64_t department, postal_code, population; /* as turn.sure */
    int64_t least;
};
#define TALKING_WHOLE (INT64_C(1) << 32)
extern const struct shape talking_state_shape, talking_turn_shape;

struct talking_turn talking_turn_of(const struct turn *turn);
float talking_share(int64_t part);

#endif
