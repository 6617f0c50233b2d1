/* A witness is the language model a town has decided about, heard by the games: an exact text, and what it said to it.
 *
 * A text holds communes of the register and the house's own words, never a player's: whoever writes one answers for
 * that. Invariants: without a decision that holds nobody is asked; a request asks once at most, and asks anew by
 * witness_ask alone, which is somebody's act and counted by network (brake.h): whoever only looks, a crawler too, costs
 * the town nothing. The last WITNESS_KEPT texts asked for and what was said to them stay in the town's memory, of the
 * model that is asked now alone, so that a game of several questions asks each of them once. Nothing outlives the
 * process. */
#ifndef SERVICE_GAMES_TRIAL_WITNESS_H
#define SERVICE_GAMES_TRIAL_WITNESS_H

#include "core/decision_ask.h"
#include "language/model/measure.h"

enum {
    WITNESS_KEPT = 64,
    WITNESS_PATIENCE_MS = 5 * 60 * 1000, /* so long is what is on its way looked at, and a failure told */
};

struct witness_answer {
    char *text, *said; /* NUL-terminated; text NULL: empty; said NULL: asked for, and not said so far */
    uint64_t used;
    struct instant asked;
    int64_t stage, failure, place; /* as the role provider told last */
    bool is_cut;
    enum measure_verdict verdict; /* UNASKED: not judged yet */
};

struct witness_memory {
    char *model; /* name, address and model of whose answers these are */
    uint64_t uses;
    struct witness_answer answers[WITNESS_KEPT];
};
/* Accepts an empty one. */
void witness_forget(struct witness_memory *memory);

struct witness {
    struct ctx *ctx;
    const struct web_request *request;
    struct web_response *response;
    struct decision decision;
    struct witness_memory *memory;
};

/* NOT_FOUND: the town has decided about no model. */
MUST_USE enum status witness_call(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                  struct witness *ret_witness);
/* What it said to this text, or how its asking stands; *ret_is_asked: has somebody asked for it? If not, or too long
 * ago, nothing is. Another status is the handler's to give on, as of decision_ask. */
MUST_USE enum status witness_look(struct witness *witness, struct str text, struct provider_state *ret_state,
                                  bool *ret_is_asked);
/* Has it asked, where nothing was said so far and no asking is on its way. BUSY "games.witness_shut": this network has
 * asked too often. Another status as above. */
MUST_USE enum status witness_ask(struct witness *witness, struct str text);
/* How an answer that was heard was judged. */
void witness_judged(struct witness *witness, struct str text, enum measure_verdict verdict);
/* Of the answers kept, how many were judged so. */
void witness_count(const struct witness *witness, int64_t ret_counts[MEASURE_UNCLEAR + 1]);

#endif
