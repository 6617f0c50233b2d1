/* A verb_work is one step of a verb on its way through a role: the frame that asked for it, what it says and gives.
 *
 * Every role that takes verbs does the same with a frame: begin, run within a unit of work of its own, send once what
 * was written stands. Owns its buffers and what it mapped; the frame's bytes are only read before verb_work_run
 * returns. */
#ifndef ROLE_VERB_H
#define ROLE_VERB_H

#include "core/verb.h"
#include "role/message.h"

/* The verbs that belong to the house itself (role/house_verb.c). */
extern const struct verb house_verbs[];
extern const size_t house_verb_count;

/* Of the house or of a service. NULL: none. *ret_taken: how many words are its own. */
const struct verb *verb_find(const struct str *words, size_t word_count, size_t *ret_taken);

struct verb_work {
    struct message_verb ask;
    struct verb_call call;
    struct str words[VERB_WORDS_MAX];
    struct buf out, error, hand, output;
    struct str mapped; /* the input, when it came as memfd */
};

/* Reads a frame of MESSAGE_VERB for a step at this place. INVALID: not believed. `fd` stays the caller's. */
MUST_USE enum status verb_work_begin(enum verb_place place, struct str payload, int fd, struct verb_work **ret_work);
/* Runs the step; a failure becomes a sentence in the language asked for. What it returns decides over the rows. */
MUST_USE enum status verb_work_run(struct verb_work *work, struct ctx *ctx);
/* Answers, with what became of step and rows, and destroys the work. channel NULL: whoever asked has gone. */
void verb_work_answer(struct verb_work *work, struct channel *channel, enum status done);
void verb_work_destroy(struct verb_work *work); /* NULL accepted */

/* "code: sentence (detail)" of a unit that failed. */
void verb_say_failure(struct buf *error, const struct ctx *ctx, enum status status);

/* A step at VERB_PARENT, in one transaction on DIR/syndicate.db, which nobody has open for writing meanwhile. */
MUST_USE enum status verb_work_in_parent(struct verb_work *work, const char *folder);

/* A frame with the bytes inline, or beside it in *ret_fd (-1 when inline); the field absent then. */
MUST_USE enum status verb_bulk(struct str bytes, struct str *ret_inline, int *ret_fd);

#endif
