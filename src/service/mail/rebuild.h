/* Rebuilding makes every derived row of a town's mail again from what is truth: messages, flags and bodies.
 *
 * Derived are the facts of an email (what lists, ENVELOPE and BODYSTRUCTURE show), the counters of mailboxes and
 * accounts, and conversations. In the writer, a bounded piece for each job, while people go on working. */
#ifndef SERVICE_MAIL_REBUILD_H
#define SERVICE_MAIL_REBUILD_H

#include "core/ctx.h"

enum rebuild_phase { REBUILD_FACTS, REBUILD_MAILBOXES, REBUILD_ACCOUNTS, REBUILD_ENDED };
struct rebuild_walk {
    enum rebuild_phase phase;
    int64_t last;             /* email or mailbox done last in this phase */
    int64_t emails, mailboxes;
    int64_t done, total;      /* for progress */
};
enum { REBUILD_STEP_BYTES = 1 << 20 };

/* OK: there is more; NOT_FOUND: all is made. A body that does not prove leaves its email's facts as they are. */
MUST_USE enum status mail_rebuild(struct ctx *ctx, struct rebuild_walk *walk);

#endif
