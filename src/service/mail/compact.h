/* Compaction gives back the disk space of bodies that nothing names any more.
 *
 * A segment that is less than half alive has its living bodies copied to the end of the journal, proven by their
 * hash, and their rows pointed there, in jobs of the writer that put tables and segment on disk; a moved record says
 * so, so that a replay points the row there too and delivers nothing twice. An emptied file goes only after
 * COMPACT_GRACE_MS, and not while somebody copies the segments: readers with a steady view of older rows find theirs
 * until then. At no moment does a row name bytes that are not on disk. A body that does not prove is left where it
 * is, and its segment with it. */
#ifndef SERVICE_MAIL_COMPACT_H
#define SERVICE_MAIL_COMPACT_H

#include "core/ctx.h"

enum { COMPACT_STEP_BYTES = 1 << 20, COMPACT_LIVE_PERCENT = 50, COMPACT_GONE_MAX = 64 };
#define COMPACT_GRACE_MS (3600 * INT64_C(1000))

/* The next piece of it, as a job. OK: there is more; NOT_FOUND: nothing to do for now. CORRUPT: a body does not
 * prove. */
MUST_USE enum status compact_step(struct ctx *ctx);

/* No file goes before then: somebody copies them. Renewed as often as needed. */
void compact_hold(struct ctx *ctx, struct instant until);

struct compact;
void compact_close(struct compact *compact); /* NULL accepted */

#endif
