/* A reply begins with what the message it answers says: whom to write to, the subject, the quoted
 * text.
 *
 * Words people read ("Le 24 novembre 2026, Accueil a écrit :") come from the translations of the
 * caller. */
#ifndef PROTO_MIME_REPLY_H
#define PROTO_MIME_REPLY_H

#include "base/buf.h"
#include "proto/mime/address.h"

/* Appends the introduction and the text, every line with "> " before it (or ">" before a line that
 * is quoted already); what follows the signature line "-- " is left out (RFC 3676 section 4.3
 * and 4.5). */
void reply_quote(struct buf *out, struct str introduction, struct str text);

/* The words before the fields of a forwarded message. */
struct reply_labels {
    struct str title, from, date, subject, to, cc; /* "Message transféré", "De :"... */
};

/* Appends the title between dashes, the fields with their labels (an absent one is left out), an
 * empty line and the text as it is. */
struct reply_original {
    struct str from, date, subject, to, cc, text;
};
void reply_forward(struct buf *out, const struct reply_labels *labels,
                   const struct reply_original *original);

/* "Re: " and the subject, once: "Re:", "RE :", "Réf:", "Rép:", "Aw:", "Sv:" before it are taken
 * off; so for "Tr: " ("Fwd: ") those of forwarding. Absent when the arena is full. */
struct str reply_subject(struct arena *arena, struct str prefix, struct str subject);

/* Whom to answer: Reply-To or else From; with is_all also To and Cc, as copies. Addresses of one's
 * own are left out, and every address but the first of its kind. When all of To would be one's own
 * message (a reply to what one sent), its To is answered. */
struct reply_people {
    struct address_list to, cc;
};
MUST_USE enum status reply_people_of(struct arena *arena, struct str header, const struct str *own,
                                     size_t own_count, bool is_all,
                                     struct reply_people *ret_people);

#endif
