/* A segment is an append-only file of message bodies; the segments of a town are its journal of deliveries.
 *
 * Why: one sequential write and one sync make a batch of messages durable, however many rows follow. A
 * record carries the facts needed to make those rows again (service/mail/deliver.h), so the database may
 * commit without a sync of its own, and start-up replays what a power cut took from it.
 *
 * A record: 64 bytes of head {magic, codec, lengths, body id, checksum}, the facts, the body, zeros to 8 bytes.
 * The checksum (CRC-32C of head and facts) and the SHA-256 of the message prove it; a record that does not
 * prove ends the journal. Numbers are little endian. Appended bytes are not durable before segment_sync.
 * Positions at or after the last synced record of a crashed run may be overwritten: nothing there was
 * acknowledged. Owns its descriptors. */
#ifndef SERVICE_MAIL_SEGMENT_H
#define SERVICE_MAIL_SEGMENT_H

#include "base/arena.h"
#include "base/buf.h"

struct segments;

enum { SEGMENT_HASH = 32, SEGMENT_FACTS_MAX = 1 << 20, SEGMENT_OPEN_MAX = 16, SEGMENT_FILES_MAX = 1 << 20 };
#define SEGMENT_ROLL ((int64_t)256 << 20) /* a new file is begun above this size */

enum segment_codec { SEGMENT_RAW = 0 }; /* how the body is stored; others are refused */

struct segment_record {
    int64_t body; /* its id in table body */
    int64_t segment, position;
    int64_t size;   /* of the message */
    int64_t stored; /* bytes of it on disk */
    enum segment_codec codec;
    unsigned char hash[SEGMENT_HASH];
    struct str facts; /* in the caller's arena */
};

/* Opens the folder (created when missing) for appending at (segment, position), or for reading alone. */
MUST_USE enum status segments_open(const char *folder, bool is_writer, struct segments **ret_segments);
void segments_close(struct segments *segments); /* NULL accepted */

/* Reads the record at (segment, position). NOT_FOUND: the file ends there or does not exist. CORRUPT: what
 * is there does not prove; with_body also checks the message against its hash. */
MUST_USE enum status segment_read_record(struct segments *segments, struct arena *arena, int64_t segment,
                                         int64_t position, bool with_body,
                                         struct segment_record *ret_record);
/* Where the record after this one begins, in the same segment. */
int64_t segment_next(const struct segment_record *record);

/* Says where to append from now on, and cuts off what lies behind it, on disk. After replay, and after a turn that
 * failed. */
MUST_USE enum status segment_start(struct segments *segments, int64_t segment, int64_t position);
void segment_place(const struct segments *segments, int64_t *ret_segment, int64_t *ret_position);
/* Cuts off what was appended since then: a job that failed, while the turn goes on. Nothing of it may stay: a later
 * start would take its record for a delivery, or the bytes of its message for a record. Durable with the next
 * segment_sync. */
MUST_USE enum status segment_retreat(struct segments *segments, int64_t segment, int64_t position);

/* Another size than SEGMENT_ROLL above which a new file is begun. */
void segment_set_roll(struct segments *segments, int64_t bytes);

/* Appends one record; fills record->segment, position, stored, hash. LIMIT: facts too long. OUTSIDE: disk. */
MUST_USE enum status segment_append(struct segments *segments, struct str message, struct str facts,
                                    struct segment_record *record);
/* Puts everything appended on disk. */
MUST_USE enum status segment_sync(struct segments *segments);
/* Writes zeros behind the last record, on disk, while nobody waits: a sync that need not make the file longer takes two
 * thirds of the time. Does nothing while enough lies ready, nor again after the disk refused (its status; nothing is
 * lost). Closing, rolling and each start cut them off; a replay ends at zeros, which prove nothing. */
MUST_USE enum status segment_prepare(struct segments *segments);

/* The message bytes of a record whose place and size are known from table body: from `offset`, at most
 * `length`. Checked against the size, not the hash (verify does that). */
MUST_USE enum status segment_read(struct segments *segments, struct buf *out, int64_t segment, int64_t position,
                                  int64_t offset, int64_t length);

/* The numbers of the files there are, in order (arena); their sizes; and an end of one that nobody needs. */
MUST_USE enum status segment_numbers(struct segments *segments, struct arena *arena, int64_t **ret_numbers,
                                     size_t *ret_count);
MUST_USE enum status segment_size(struct segments *segments, int64_t segment, int64_t *ret_size);
MUST_USE enum status segment_drop(struct segments *segments, int64_t segment);

/* A message's bytes as a file range, for copying without reading: fd stays the segments'. */
MUST_USE enum status segment_range(struct segments *segments, int64_t segment, int64_t position, int *ret_fd,
                                   int64_t *ret_offset);

#endif
