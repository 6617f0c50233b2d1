/* A bounce tells whoever wrote a message to whom it could not be delivered, and why: a message of our own in their
 * INBOX.
 *
 * In words of their language, with the header of what they wrote; marked as automatic (RFC 3834), from nobody, so that
 * it is never answered nor bounced. Only the person who wrote is told: never an address taken from the message. */
#ifndef SERVICE_MAIL_BOUNCE_H
#define SERVICE_MAIL_BOUNCE_H

#include "service/mail/outbox.h"

enum bounce_cause { BOUNCE_UNKNOWN, BOUNCE_REFUSED, BOUNCE_LATE };

struct bounce {
    struct {
        struct str address; /* as long as the row */
        enum bounce_cause cause;
    } recipients[OUTBOX_RECIPIENTS_MAX];
    size_t count;
};

/* Past OUTBOX_RECIPIENTS_MAX nothing is added: a row has no more. */
void bounce_add(struct bounce *bounce, struct str address, enum bounce_cause cause);

/* Puts it into the INBOX of row->account, once for these recipients of this row. A person who is gone: nothing. */
MUST_USE enum status bounce_write(struct ctx *ctx, const outbox_row *row, const struct bounce *bounce);

#endif
