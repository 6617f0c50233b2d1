/* A delivery puts one message into the INBOX of everybody an address leads to, in this town.
 *
 * All recipients of one transaction share a body; somebody reached by two addresses receives one copy. */
#ifndef SERVICE_MAIL_DELIVER_H
#define SERVICE_MAIL_DELIVER_H

#include "core/ctx.h"

enum { DELIVER_SIZE_MAX = 50 << 20 };

/* May this address receive? NOT_FOUND "mail.unknown"; LIMIT "mail.over_quota" when everybody behind it is full. */
MUST_USE enum status deliver_check(struct ctx *ctx, struct str address, int64_t size);

/* recipients: one address a line, each checked before. What the last hand adds is put before the message (arrival.h).
 * All or nothing. */
MUST_USE enum status deliver(struct ctx *ctx, struct str sender, struct str recipients, struct str message);
/* The same through one of the doors, which adds its line. */
struct arrival;
MUST_USE enum status deliver_arrived(struct ctx *ctx, const struct arrival *arrival, struct str recipients,
                                     struct str message);
/* The same for mail of somebody signed in, whose addresses were found to be theirs: marked MESSAGE_HOUSE. */
MUST_USE enum status deliver_own(struct ctx *ctx, struct str sender, struct str recipients, struct str message);

/* Mail of another town, or of this one by its outbox, that may come twice: `sources` say what came (accept.h). Marked
 * MESSAGE_HOUSE: the town it comes from has checked its sender. */
struct store_source;
MUST_USE enum status deliver_once(struct ctx *ctx, struct str sender, struct str recipients, struct str message,
                                  const struct store_source *sources, size_t source_count);

#endif
