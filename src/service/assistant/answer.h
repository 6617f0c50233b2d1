/* An answer is what a town's documents say to a question: at most three passages, byte for byte as they stand, or a
 * refusal.
 *
 * Nothing is written that no document says, and no passage is shown of which the licence shows none. What the town
 * itself says stands before what the State says; what is for agents is asked by agents alone, and stands first. A
 * question that points back ("et pour un enfant ?"), or that alone is refused, is asked again with the words of the one
 * before. Texts live in ctx->arena. Questions are not kept. */
#ifndef SERVICE_ASSISTANT_ANSWER_H
#define SERVICE_ASSISTANT_ANSWER_H

#include "core/ctx.h"
#include "service/source/source.h"

struct web_request;

enum { ANSWER_PASSAGES_MAX = 3, ANSWER_QUESTION_MAX = 1000 /* characters; of what was asked before too */ };

struct answer_asked {
    struct str question;
    struct str about; /* what was asked before; "" when nothing was */
};

struct answer_passage {
    struct document document;
    struct str words; /* bytes of the document as they stand */
    int64_t line;     /* where: the lines of its words that are not empty, from 0 */
};

struct answer {
    struct answer_passage passages[ANSWER_PASSAGES_MAX];
    size_t count;         /* 0: refused */
    struct document near; /* what came nearest, refused or quoted; id 0: nothing did */
    int64_t searched;     /* documents */
    bool is_about;        /* found with the words of what was asked before */
};

/* What a page was asked, by its address. */
struct answer_asked answer_asked_of(const struct web_request *request);
/* At most ANSWER_QUESTION_MAX characters. */
bool answer_is_short(struct str text);
/* INVALID "assistant.question": empty or too long, or what was asked before is. BUSY: the texts are still being read.
 */
MUST_USE enum status answer_find(struct ctx *ctx, const struct answer_asked *asked, struct answer *ret_answer);

#endif
