/* An import brings an mbox file (RFC 4155) into a person's INBOX, in batches, without making anything double.
 *
 * Restartable: a message whose very bytes the account holds already is passed over, so the same file may be
 * given again after an interruption. "From " lines part messages; ">From " in a body is unquoted. */
#ifndef SERVICE_MAIL_IMPORT_H
#define SERVICE_MAIL_IMPORT_H

#include "core/ctx.h"

struct import_count {
    int64_t added, there_already;
};
enum { IMPORT_BATCH = 100 };

/* The first whole messages of a file, up to IMPORT_BATCH and about `max` bytes; one at least, empty at the end. */
struct str import_piece(struct str mbox, size_t max);
/* Brings the messages of a piece in: one job. INVALID: not a piece. LIMIT: a message above DELIVER_SIZE_MAX. */
MUST_USE enum status import_take(struct ctx *ctx, int64_t account, struct str piece, struct import_count *count);

#endif
