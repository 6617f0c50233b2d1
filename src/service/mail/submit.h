/* A submit is a message a signed-in person hands in (RFC 6409): to whoever is in this town at once, to others by
 * outbox.
 *
 * ctx->actor is the person, as the ticket says. The addresses it speaks for must be theirs: the envelope's sender and
 * everybody in From. A missing Date or Message-ID is added (RFC 6409 section 8). All or nothing, one transaction. */
#ifndef SERVICE_MAIL_SUBMIT_H
#define SERVICE_MAIL_SUBMIT_H

#include "core/ctx.h"

/* May this person send as this address? The empty sender of a notice may pass: From is checked too. DENIED
 * "mail.send.from". */
MUST_USE enum status submit_check_sender(struct ctx *ctx, struct str sender);

struct submit {
    struct str sender, recipients; /* one a line */
    struct str message;
    struct str received; /* arrival.h: put before it here, since it may leave for other towns; "": none */
};
/* DENIED "mail.send.from"; NOT_FOUND "mail.unknown" or LIMIT "mail.over_quota": somebody of this town; LIMIT
 * "mail.send.recipients". */
MUST_USE enum status submit_mail(struct ctx *ctx, const struct submit *submit);

#endif
