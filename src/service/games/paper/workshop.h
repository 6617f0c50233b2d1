/* A workshop is a course of games for a room or a stall, minute by minute, with seeds that never change: whoever prints
 * it today plays the same cards as the screen shows.
 *
 * Invariants: the minutes of a leg's plan add up to the leg's, those of legs and debate to the workshop's. */
#ifndef SERVICE_GAMES_WORKSHOP_H
#define SERVICE_GAMES_WORKSHOP_H

#include "service/games/paper/paper.h"

enum { WORKSHOP_LEGS_MAX = 5, WORKSHOP_SEED = 7, WORKSHOP_STEPS_MAX = 8, WORKSHOPS = 2 };

struct workshop_leg {
    const struct game *game;
    int minutes;
    enum text_key plan;         /* a step a line: its minutes, a blank, what to do and say */
    const struct game *instead; /* where the town has no cards of `game`, with its own plan; NULL: it always has */
    enum text_key instead_plan;
};
struct workshop {
    int minutes;
    enum text_key title, text;
    struct workshop_leg legs[WORKSHOP_LEGS_MAX];
    size_t leg_count;
    int debate; /* minutes after the last leg; 0: none */
};
extern const struct workshop workshops[WORKSHOPS];

const struct workshop *workshop_find(int64_t minutes); /* NULL: none is so long */

struct workshop_step {
    int from, to; /* minutes since the workshop began */
    struct str text;
};
/* The steps of a plan that begins so late. INVALID: a line without its minutes, or more than WORKSHOP_STEPS_MAX. */
MUST_USE enum status workshop_steps(struct ctx *ctx, enum text_key plan, int begins,
                                    struct workshop_step ret_steps[WORKSHOP_STEPS_MAX], size_t *ret_count);

/* What is played in this town: a leg, or what stands in for it. */
struct workshop_played {
    const struct game *game;
    enum text_key plan;
    bool is_instead;
    int from, to;
};
MUST_USE enum status workshop_choose(struct ctx *ctx, const struct workshop *workshop, size_t leg,
                                   struct workshop_played *ret_played);

#endif
