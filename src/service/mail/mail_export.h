/* A town's mail in open forms: tables of folders and settings, and an mbox for each folder.
 *
 * In the mbox (RFC 4155, "mboxrd") five fields stand before each message: Status, X-Status and X-Keywords, which other
 * programs read, X-Parvis-Received (INTERNALDATE, milliseconds since 1970) and X-Parvis-Lines, which says how the
 * message's bytes come back: "crlf" (lines stand here with LF), "as-is", or "as-is-open" (the last LF is not its own).
 * Not in it: what was deleted for good, mail still waiting to leave, numbers (UID, UIDVALIDITY). */
#ifndef SERVICE_MAIL_MAIL_EXPORT_H
#define SERVICE_MAIL_MAIL_EXPORT_H

#include "core/export.h"

enum { MAIL_EXPORTS = 5, MAIL_EXPORT_PIECE = 1 << 20 };
extern const struct export_file mail_exports[MAIL_EXPORTS];

/* Where the walk through all folders is: zeroed at first. */
struct mail_export_walk {
    int64_t mailbox; /* being written; 0: the first is to be found */
    int64_t uid;     /* written last in it */
};
/* The next piece of the next folder: its file ("mail/ADDRESS/0001.mbox") and bytes to append. NOT_FOUND: all is
 * written. */
MUST_USE enum status mail_export_next(struct ctx *ctx, struct mail_export_walk *walk, struct str *ret_file,
                                      struct buf *out);

/* The first whole messages of an mbox, about MAIL_EXPORT_PIECE bytes; empty at the end. INVALID: no mbox. */
MUST_USE enum status mail_export_piece(struct str *rest, struct str *ret_piece);
/* Takes such a piece into the folder its file stands for, in a job. INVALID. */
MUST_USE enum status mail_export_take(struct ctx *ctx, struct str file, struct str piece);

#endif
