/* A witness is the language model a town has decided about, heard by the games: an exact text, and what it said to it.
 *
 * A text holds communes of the register and the house's own words, never a player's: whoever writes one answers for
 * that. Invariants: without a decision that holds nobody is asked; a request asks once at most; the last WITNESS_KEPT
 * answers stay in the town's memory, of the model that is asked now alone, so that a game of several questions asks
 * each of them once. Nothing outlives the process. */
#ifndef SERVICE_GAMES_TRIAL_WITNESS_H
#define SERVICE_GAMES_TRIAL_WITNESS_H

#include "core/decision_ask.h"
#include "language/model/measure.h"

enum { WITNESS_KEPT = 64 };

struct witness_answer {
    char *text, *said; /* NULL: empty; NUL-terminated */
    uint64_t used;
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
/* What it says to this text: DONE, or how far it is. Another status is the handler's to give on, as of decision_ask. */
MUST_USE enum status witness_hear(struct witness *witness, struct str text, struct provider_state *ret_state);
/* How an answer that was heard was judged. */
void witness_judged(struct witness *witness, struct str text, enum measure_verdict verdict);
/* Of the answers kept, how many were judged so. */
void witness_count(const struct witness *witness, int64_t ret_counts[MEASURE_UNCLEAR + 1]);

#endif
