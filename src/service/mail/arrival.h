/* An arrival is a message that has come to its town, with what the last hand on its way writes on it (RFC 5321
 * section 4.4): Return-Path first, then the Received line of the door it came through.
 *
 * Why: a reader, and later filters, believe what this house says about a message. So whatever came with it in the
 * house's own name goes: every Return-Path, and each Authentication-Results whose authserv-id is ours, or cannot be
 * read (RFC 8601 section 5). Ours are the town's domains, names within them, and the host name of the door. */
#ifndef SERVICE_MAIL_ARRIVAL_H
#define SERVICE_MAIL_ARRIVAL_H

#include "core/ctx.h"

enum { ARRIVAL_RECEIVED_MAX = 1024, ARRIVAL_ADDED_MAX = 2048 };

struct arrival {
    struct str sender;   /* "": a notice */
    struct str received; /* one whole Received field with its CRLF; "": it came by no door */
    struct str host;     /* of the door, or "" */
};

/* Is it one whole Received field, no longer than it may be? */
bool arrival_is_line(struct str lines);

/* Appends the message as it is kept: at most ARRIVAL_ADDED_MAX longer. INVALID: `received` is not one field of that
 * name; LIMIT: out is full. */
MUST_USE enum status arrival_write(struct buf *out, const struct ctx *ctx, const struct arrival *arrival,
                                   struct str message);

#endif
