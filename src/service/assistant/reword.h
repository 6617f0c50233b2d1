/* A reword is a machine's wording of the passages an answer quotes: what it was sent, and what of its text may be
 * shown.
 *
 * The town's decision says who is asked (decision.h). What is sent is a fixed instruction and passages of documents
 * that anybody may read and whose licence lets their words be used anew; never the question, never who asked, to no
 * model whatever. What comes back is cut into sentences, and one with a number, a date, a name or a negation that no
 * quoted passage has is struck out (language/source/guard.h). Of every other, each part is told to stand in a quoted
 * passage word for word, close to one, or in none (origin.h); what is struck out counts as in none. It is kept nowhere:
 * the role provider has it in memory for minutes. */
#ifndef SERVICE_ASSISTANT_REWORD_H
#define SERVICE_ASSISTANT_REWORD_H

#include "core/web.h"
#include "language/source/guard.h"
#include "core/decision.h"
#include "service/assistant/answer.h"
#include "service/assistant/origin.h"

struct reword_sentence {
    struct guard_sentence judged;
    struct origin origin; /* of one that is not struck; its passages by their number in `quoted` */
};

struct reword {
    struct decision decision;
    struct str sent;             /* the exact text */
    struct provider_state state; /* AWAY where the role provider is not there */
    struct reword_sentence *sentences;
    size_t count;
    int64_t characters[ORIGIN_KINDS];    /* of all sentences */
    size_t quoted[ANSWER_PASSAGES_MAX];  /* numbers, in the answer, of the passages that were sent */
};

/* NOT_FOUND: the town has decided about no model, or nothing quoted may be reworded. BUSY: as web_house_ask, whose
 * status is given on. */
MUST_USE enum status reword_ask(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                const struct answer *answer, struct reword *ret_reword);

#endif
