/* A talk is asked of the role model, whole, once a request: its turns so far, as moyen said them.
 *
 * Nothing is said in the town's process, which a turn would hold up for longer than a town may be held: what comes is
 * what the role has by then (core/talking.h), and the page leads on to the rest. Nothing is kept here. */
#ifndef SERVICE_GAMES_TALK_ASK_H
#define SERVICE_GAMES_TALK_ASK_H

#include "core/talking.h"
#include "core/web.h"
#include "service/games/talk/games_thinking_html.h"

struct talk_turn {
    struct str question, answer;
    float sure[MEASURE_FIELDS]; /* the model's own probability of what it names for each field */
    float least;                /* of its least likely piece */
};

struct talk_told {
    struct talk_turn turns[TALKING_TURNS_MAX];
    size_t count;
    enum talking_stage stage;
    bool is_away; /* the role is not there: no turn, and more is to come */
};

/* OK: *ret_told (texts in ctx->arena); a talk of no question is said, and of one that is answered late nothing yet.
 * BUSY and others, as web_house_ask: given on by the handler. LIMIT, INVALID: as talking_write. */
MUST_USE enum status talk_put(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                  const struct talking *talking, struct talk_told *ret_told);

/* What stands where turns are missing: how many of all there are, and the path that asks for the rest. Nothing, where
 * none is missing. */
struct games_thinking_view talk_thinking(struct ctx *ctx, const struct talk_told *told, int64_t count, int64_t all,
                                         struct str self);

#endif
