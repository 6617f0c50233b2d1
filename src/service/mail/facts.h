/* The facts of an email are what lists, threads, ENVELOPE and BODYSTRUCTURE need, read once at arrival.
 *
 * Pure: the message in, texts in the arena out. A message that breaks every rule still has facts. */
#ifndef SERVICE_MAIL_FACTS_H
#define SERVICE_MAIL_FACTS_H

#include "base/arena.h"
#include "base/dates.h"
#include "base/str.h"

enum { FACTS_TEXT_MAX = 1000, FACTS_PREVIEW_MAX = 200, FACTS_REFERENCES_MAX = 100 };

struct facts {
    struct instant sent;      /* Date, or `received` */
    bool has_attachment;
    struct str message_id;    /* without angle brackets; empty when there is none */
    struct str reference_ids; /* References, else In-Reply-To: normalised, parted by spaces, oldest first */
    struct str base_subject, subject, from_text, to_text, preview;
    struct str envelope, structure; /* as IMAP writes them, in parentheses */
};

/* LIMIT when the arena is full. */
MUST_USE enum status facts_read(struct arena *arena, struct str message, struct instant received,
                                struct facts *ret_facts);

#endif
