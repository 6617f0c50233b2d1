/* A capability is a word of CAPABILITY: what this server does, said before login and after.
 *
 * One table, so that nothing is announced in one place and forgotten in another. Only what is whole stands in it. */
#ifndef PROTO_IMAP_IMAP_CAPABILITY_H
#define PROTO_IMAP_IMAP_CAPABILITY_H

#include "base/buf.h"

enum imap_stage {
    IMAP_CLEAR, /* not signed in, and one must not: STARTTLS is offered, LOGINDISABLED (RFC 9051 section 6.2.1) */
    IMAP_CLEAR_ALLOWED, /* the same, on this machine: signing in is allowed in clear */
    IMAP_SECURE,        /* not signed in, over TLS */
    IMAP_SIGNED_IN,
};

/* "IMAP4rev1 IMAP4rev2 ...", without the word CAPABILITY. has_tls: STARTTLS can be had. */
void imap_capability_write(struct buf *out, enum imap_stage stage, bool has_tls);

#endif
