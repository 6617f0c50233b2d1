/* A sitting is what the pages of all trials have: one commune of the register, the model that answers, and how its
 * asking stands. */
#ifndef SERVICE_GAMES_TRIAL_SITTING_H
#define SERVICE_GAMES_TRIAL_SITTING_H

#include "service/games/frame.h"
#include "service/games/trial/games_trial_commune_html.h"
#include "service/games/trial/games_trial_hidden_html.h"
#include "service/games/trial/games_trial_witness_html.h"
#include "service/games/trial/trial.h"
#include "service/games/trial/witness.h"

struct sitting {
    struct ctx *ctx;
    const struct game *game;
    const struct table *table;
    struct witness witness;
    struct str commune; /* of the register */
    struct str typed;   /* what was typed where that is none of it; absent: it is one */
    int64_t seed;
    enum game_level level;
};

/* What is known of one text. */
struct sitting_heard {
    struct provider_state state;
    bool is_asked; /* else nothing is */
};

/* Reads seed and commune; without one it is drawn from the register. NOT_FOUND: the town has decided about no model. */
MUST_USE enum status sitting_open(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                  const struct game *game, struct sitting *ret_sitting);
/* Where its forms are sent, in the language that was pressed. */
struct str sitting_action(const struct sitting *sitting);
/* What each of them sends; the first has the commune as a field. */
struct games_trial_hidden_view sitting_hidden(const struct sitting *sitting);
struct games_trial_commune_view sitting_commune(const struct sitting *sitting);
/* "/games/are-you-sure/trial?seed=7&commune=Gien", without a level. */
struct str sitting_path(const struct sitting *sitting);
/* The next seed's, whose commune is drawn. */
struct str sitting_other(const struct sitting *sitting);

/* How the asking stands, and the exact text; `self`: this page, without a fragment, or a link to it from there would
 * load nothing. */
struct games_trial_witness_view sitting_witness(const struct sitting *sitting, const struct sitting_heard *heard,
                                                struct str sent, struct str self);
bool sitting_is_said(const struct sitting_heard *heard);
bool sitting_is_coming(const struct sitting_heard *heard);
MUST_USE enum status sitting_look(struct sitting *sitting, struct str sent, struct sitting_heard *ret_heard);
/* After an act: leads on to the page at this path, which asks nobody. */
MUST_USE enum status sitting_lead(const struct sitting *sitting, struct str path);
/* "Of its 12 answers kept here ..." */
struct str sitting_count(const struct sitting *sitting);

/* The page and the frame of its tab; `path`: this page's, without a level. */
struct frame sitting_begin(struct page *page, const struct sitting *sitting, struct str path);

#endif
