/* A training is the small model made anew on a diet of somebody's choice, for a game: how it is named, how far it is,
 * and what the machine then says of each commune.
 *
 * Why here: a town's page asks (core/house_ask.h, the kinds of the role model) and the role model answers, in lines of
 * JSON of the shapes below. A name, "without-12.7", is all that is needed to make the same machine again: diet, the
 * commune it turns on (its rank in the shipped deck), seed, and ".short" for a quarter of the steps. */
#ifndef CORE_TRAINING_H
#define CORE_TRAINING_H

#include "core/shape.h"
#include "language/model/diet.h"

enum {
    TRAINING_SEED_MAX = 999999,
    TRAINING_CHOSEN_MAX = 9999,
    TRAINING_NAME_MAX = 40,   /* with its end */
    TRAINING_STEPS = 1600,    /* as nano's */
    TRAINING_STEPS_SHORT = 400,
    TRAINING_ASKED_MAX = 2,   /* names in one question, parted by a blank */
    TRAINING_POINTS_MAX = 100 /* of the loss curve */
};

struct training_job {
    struct diet diet;
    int64_t seed;
    bool is_short;
};

/* INVALID: not of that form. Whether the deck has such a rank is not looked at. */
MUST_USE enum status training_read(struct str name, struct training_job *ret_job);
/* The name, NUL-terminated. */
void training_name(const struct training_job *job, char ret_name[TRAINING_NAME_MAX]);
size_t training_steps(const struct training_job *job);
/* "without-" in a name: the diet alone, without rank. */
const char *training_diet_name(enum diet_kind kind);
/* DIET_KINDS: none of that name. */
enum diet_kind training_diet(struct str name);
/* Does the diet turn on one commune? */
bool training_chooses(enum diet_kind kind);

enum training_stage {
    TRAINING_UNKNOWN, /* never asked for, broken off, or forgotten since */
    TRAINING_WAITS,   /* in the line */
    TRAINING_RUNS,
    TRAINING_ASKS,    /* it is made, and is asked what it knows */
    TRAINING_DONE,    /* as many training_answer lines follow as the deck has communes, by rank */
};

struct training_state {
    struct str name;
    int64_t stage;       /* enum training_stage */
    int64_t place;       /* in the line, from 1; 0: not in it */
    int64_t step, steps;
    int64_t loss;        /* of the last step, in thousandths */
    int64_t seconds;     /* left, with those before it; -1: not known yet */
    int64_t count;       /* of answers that follow */
    struct str curve;    /* mean loss of each hundredth of the steps so far, in thousandths, parted by blanks */
};

/* What it says of one commune, and what of that the register has otherwise. */
struct training_answer {
    struct str said;     /* "Loiret (45), 45200, 15123 hab." */
    int64_t seen;        /* how often it stood whole in the stream */
    int64_t verdicts;    /* enum measure_verdict of each enum measure_field, four bits each, the first lowest */
};
extern const struct shape training_state_shape, training_answer_shape;

#endif
