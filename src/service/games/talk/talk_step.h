/* A talk's steps are what a player is led to try with a machine that talks: each shows one way in which it goes wrong.
 *
 * Whether one is done is read off the questions asked, by simple signs in their words: nothing is kept. */
#ifndef SERVICE_GAMES_TALK_STEP_H
#define SERVICE_GAMES_TALK_STEP_H

#include "service/games/talk/talk_ask.h"

enum talk_step {
    STEP_TOWN,       /* a place it read often */
    STEP_VILLAGE,    /* one it hardly read */
    STEP_NOWHERE,    /* one that is none */
    STEP_PREMISE,    /* a question that takes a falsehood for granted */
    STEP_SOURCE,     /* where does it have that from */
    STEP_SURE,       /* is it sure */
    STEP_CONTRADICT, /* the player says it is wrong */
    STEP_REPHRASE,   /* the same in other words */
    TALK_STEPS,
};
enum { STEP_TOWN_PEOPLE = 20000 /* or more */, STEP_VILLAGE_PEOPLE = 2000 /* fewer */ };

/* The steps that these questions have done. */
void talk_steps_done(const struct table *table, const struct talk_turn *turns, size_t count, bool ret_done[TALK_STEPS]);
/* A question that does a step; a seed varies the places (arena). */
MUST_USE enum status talk_step_examples(struct ctx *ctx, int64_t seed, struct str ret_examples[TALK_STEPS]);

/* The question that does a step, about the place of that name; those that answer to something name none (arena). */
struct str talk_step_question(struct ctx *ctx, enum talk_step step, struct str name);
/* "Ask for a large town" */
enum text_key talk_step_title(enum talk_step step);

#endif
