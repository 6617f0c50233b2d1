/* A ticket says who acts, for a quarter of an hour at most: issued by auth, checked by town, carried by front.
 *
 * MACed (HMAC-SHA-256) with a key that only auth and that one member's town hold; front, which meets the
 * network, cannot make or change one, and a town cannot make one for another. Ending a session is pushed to
 * town, which then refuses its tickets before they expire. */
#ifndef CORE_TICKET_H
#define CORE_TICKET_H

#include "base/buf.h"
#include "base/dates.h"
#include "core/permission.h"

enum { TICKET_LIFE_MS = 15 * 60 * 1000, TICKET_MAX = 512, TICKET_KEY_BYTES = 32 };

struct ticket {
    int64_t member;  /* id in syndicate.db */
    int64_t person;  /* id in that member's town.db and auth.db */
    int64_t session; /* id in auth.db: a web session or an application password */
    permission_set rights;
    struct instant expires;
    struct str address; /* login address, lower case */
    struct str language; /* "", "fr" or "en": what the person chose */
    struct str form_token; /* anti-forgery token of a web session; empty for mail */
    int64_t mandate; /* id of the mandate under which an operator helps, else 0 */
};

/* Appends the sealed bytes. LIMIT when the address is too long. */
MUST_USE enum status ticket_seal(struct buf *out, const struct ticket *ticket,
                                 const unsigned char key[TICKET_KEY_BYTES]);

/* DENIED: not sealed with this key, or for another member; GONE: expired at `now`. Slices point into
 * `sealed`. Comparison takes constant time. */
MUST_USE enum status ticket_open(struct str sealed, const unsigned char key[TICKET_KEY_BYTES], int64_t member,
                                 struct instant now, struct ticket *ret_ticket);

/* The same without the time: what it once said. For auth, which asks its own rows whether the session goes on. */
MUST_USE enum status ticket_read(struct str sealed, const unsigned char key[TICKET_KEY_BYTES], int64_t member,
                                 struct ticket *ret_ticket);

#endif
