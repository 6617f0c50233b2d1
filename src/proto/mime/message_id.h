/* A message id names one message for ever (RFC 5322 section 3.6.4); replies name those they follow.
 *
 * Ids are given without angle brackets, quoting and comments, so that two ways of writing one id
 * compare equal as bytes (RFC 5256 asks for that in threading). */
#ifndef PROTO_MIME_MESSAGE_ID_H
#define PROTO_MIME_MESSAGE_ID_H

#include "base/arena.h"
#include "base/list.h"
#include "base/str.h"

/* Longer ids are passed over; of longer chains the first and the latest ids are kept. */
enum { MESSAGE_ID_MAX = 998, MESSAGE_IDS_MAX = 200 };

struct message_ids LIST_OF(struct str);

/* Takes the next id off a value; absent at its end (or with a full arena). Words outside of angle
 * brackets are passed over, as old In-Reply-To fields hold sentences. */
struct str message_id_next(struct arena *arena, struct str *rest);

/* What threading needs of one message. `references` are its ancestors, oldest first: those of
 * References, or else the first of In-Reply-To (RFC 5256 section 3, REFERENCES step 1A). */
struct thread_facts {
    struct str id; /* absent: the message has none */
    struct str in_reply_to;
    struct message_ids references;
};

MUST_USE enum status thread_facts_of(struct arena *arena, struct str header,
                                     struct thread_facts *ret_facts);

#endif
