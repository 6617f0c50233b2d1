/* Verifying proves that a town's mail is what was acknowledged: every row has what it names, every number fits what it
 * counts, and every body on disk is, by checksum and SHA-256, the one its row was made for.
 *
 * Only reads, and sees one steady view for each step, so it may run beside the writer. Findings are sentences for the
 * operator, one a line, in ctx->language; none means proven. */
#ifndef SERVICE_MAIL_VERIFY_H
#define SERVICE_MAIL_VERIFY_H

#include "core/ctx.h"

/* The rows. */
MUST_USE enum status mail_verify(struct ctx *ctx, struct buf *findings);

/* The bodies, some at a time, in the order they lie on disk: zeroed at first. */
struct verify_walk {
    int64_t segment, position; /* of the last one proven */
    int64_t bodies, total;     /* proven so far; all there are */
};
enum { VERIFY_STEP_BYTES = 64 << 20 };
/* OK: there is more; NOT_FOUND: all were looked at. */
MUST_USE enum status mail_verify_bodies(struct ctx *ctx, struct verify_walk *walk, struct buf *findings);

#endif
