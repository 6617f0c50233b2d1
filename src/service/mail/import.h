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

/* Each batch is a job and a commit of its own. LIMIT: a message above DELIVER_SIZE_MAX; what came before it stays. */
MUST_USE enum status import_mbox(struct ctx *ctx, int64_t account, struct str mbox, struct import_count *ret_count);

#endif
