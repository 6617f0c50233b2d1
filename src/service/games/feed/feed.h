/* "Feed the machine": what the pages of game 4 share. A training is in the page's address (core/training.h); the role
 * model makes it, and what came of it is asked anew for each page. Nothing is kept here. */
#ifndef SERVICE_GAMES_FEED_H
#define SERVICE_GAMES_FEED_H

#include "core/training.h"
#include "service/games/frame.h"
#include "service/games/feed/games_feed_again_html.h"
#include "service/games/feed/games_feed_map_html.h"
#include "service/games/machine.h"

enum { FEED_VILLAGES = 12, FEED_NO_GUESS = -1 };

/* A training as its page's address names it. */
struct feed_ask {
    struct training_job job;
    int64_t guess; /* 0 to FEED_VILLAGES, or FEED_NO_GUESS */
    enum game_level level;
};

/* How far one is; answers: one for each card of the deck once it is done, else NULL. */
struct feed_result {
    struct training_state state;
    struct training_answer *answers;
};

/* The fields of the form: diet, chosen, seed, short, guess, level. INVALID: one is none. */
MUST_USE enum status feed_read(const struct web_request *request, const struct deck *deck, struct feed_ask *ret_ask);
/* The training that the field `name` names. INVALID: none of that form, or the deck has no such commune. */
MUST_USE enum status feed_read_name(const struct web_request *request, const char *name, const struct deck *deck,
                                    struct feed_ask *ret_ask);
/* "/games/feed-the-machine/training?job=web.7&guess=6", without a level. */
struct str feed_path(struct ctx *ctx, const struct feed_ask *ask);
/* "Without Gien": what the machine was fed. */
struct str feed_diet_title(struct ctx *ctx, const struct deck *deck, const struct training_job *job);
/* The cards a player bets on: FEED_VILLAGES of those that are not among the large towns. */
MUST_USE enum status feed_villages(struct arena *arena, const struct deck *deck, int64_t seed,
                                   size_t ret_places[FEED_VILLAGES]);

/* What the role model says of trainings, names parted by blanks, one result each. As web_house_ask; GONE: the role is
 * not there. */
MUST_USE enum status feed_get(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                              struct str names, const struct deck *deck, struct feed_result *ret_results);

/* All three facts right. */
bool feed_knows(const struct training_answer *answer);
bool feed_shipped_knows(const struct deck_card *card);
size_t feed_known(const struct feed_result *result, const struct deck *deck);
/* Places in the deck, from the one read most to the one read least. */
MUST_USE enum status feed_order(struct arena *arena, const struct feed_result *result, const struct deck *deck,
                                size_t **ret_places);

/* The form that begins a training again. */
struct games_feed_again_view feed_again(struct ctx *ctx, const struct web_request *request, const struct feed_ask *ask);
MUST_USE enum status feed_map(struct ctx *ctx, const struct feed_result *result, const struct deck *deck,
                              struct games_feed_map_view *ret_view);

#endif
