/* The store is a town's mail on disk: its segments beside its tables, and the one way in for a message.
 *
 * Invariants: a body is in a segment and on disk before the row that names it is committed; the row, the
 * UID and the counters are one transaction; a delivery is acknowledged after both. A turn of deliveries
 * alone costs one sync, of the segment: its record holds what store_replay needs to make the rows again.
 * One per town process, in ctx->town->state; owns the segments. */
#ifndef SERVICE_MAIL_STORE_H
#define SERVICE_MAIL_STORE_H

#include "core/ctx.h"
#include "core/town.h"
#include "service/mail/mailbox.h"
#include "service/mail/message.h"
#include "service/mail/segment.h"

struct store;

/* Opens, replays what the database lost, and takes part in the writer's turns. Called once, in a unit of
 * work of its own. *ret_replayed counts messages made again. */
MUST_USE enum status store_open(struct ctx *ctx, struct store **ret_store, int64_t *ret_replayed);
/* To read beside the town that writes: nothing is replayed, nothing may be added. */
MUST_USE enum status store_open_to_read(struct ctx *ctx);
void store_close(struct store *store); /* NULL accepted */

/* The store of this town. */
struct store *store_of(struct ctx *ctx);

/* Where one copy of a message goes. */
struct store_target {
    int64_t account, mailbox, flags;
    int64_t uid; /* out: the UID it received */
};
enum { STORE_TARGETS_MAX = 1000 };

/* Adds one message to several mailboxes of this town, each in an account of its own: delivery and APPEND. One
 * body for all. All or nothing. Fills uid of each target and *ret_body. */
MUST_USE enum status store_add(struct ctx *ctx, struct str message, struct instant received,
                               struct store_target *targets, size_t target_count, int64_t *ret_body);

/* The same for mail that may come twice (accept.h): `sources` are kept in `accepted` and in the journal, so that rows
 * made again after a crash still know what came. At most STORE_SOURCES_MAX. */
struct store_source {
    unsigned char hash[32];
};
enum { STORE_SOURCES_MAX = 200 };
MUST_USE enum status store_add_once(struct ctx *ctx, struct str message, const struct store_source *sources,
                                    size_t source_count, struct store_target *targets, size_t target_count);

/* A body without a mailbox: outbox and drafts in the making. SYNC_FULL. */
MUST_USE enum status store_add_body(struct ctx *ctx, struct str message, int64_t *ret_body);

/* Bytes of a message: from `offset`, at most `length`. */
MUST_USE enum status store_read(struct ctx *ctx, int64_t body, int64_t offset, int64_t length, struct buf *out);
/* The whole message in the arena. */
MUST_USE enum status store_message(struct ctx *ctx, int64_t body, struct str *ret_message);

/* Between two turns, while nobody waits: as segment_prepare, where mail comes one by one. In a storm each sync takes
 * many messages, and writing twice would cost more than it gives. */
MUST_USE enum status store_prepare(struct town *town);

/* ---- for verifying and compaction ---- */

/* The record at a place, proven with its message. As segment_read_record. */
MUST_USE enum status store_record(struct ctx *ctx, struct arena *arena, int64_t segment, int64_t position,
                                  struct segment_record *ret_record);
/* The segments there are, in order; the last one is appended to. */
MUST_USE enum status store_segments(struct ctx *ctx, int64_t **ret_segments, size_t *ret_count);
MUST_USE enum status store_segment_size(struct ctx *ctx, int64_t segment, int64_t *ret_size);
/* Up to where the committed rows reflect the segments: what lies before is whole. */
MUST_USE enum status store_recorded(struct ctx *ctx, int64_t *ret_segment, int64_t *ret_position);
/* As segment_set_roll. */
void store_set_roll(struct ctx *ctx, int64_t bytes);
/* Where the next record goes. */
void store_place(struct ctx *ctx, int64_t *ret_segment, int64_t *ret_position);

struct store_body {
    int64_t id, segment, position, size;
    struct str hash;
};
/* Copies a body to the end of the journal, in a job that asked for SYNC_FULL; the caller points its row there in the
 * same job. CORRUPT: its bytes do not have its hash; nothing is copied. */
MUST_USE enum status store_move(struct ctx *ctx, const struct store_body *body, int64_t *ret_segment,
                                int64_t *ret_position);
/* Removes the file of a segment that no row names. */
MUST_USE enum status store_drop_segment(struct ctx *ctx, int64_t segment);

#endif
