/* A spool takes the bytes of one message as they come: in memory while it is small, then in a memory descriptor, which
 * is sealed when it is handed to another role.
 *
 * Why: a message of 50 MiB crosses front once and is never copied whole. Owns both; spool_finish gives them back. */
#ifndef ROLE_FRONT_SPOOL_H
#define ROLE_FRONT_SPOOL_H

#include "base/buf.h"

/* What lies in descriptors, counted over several spools, which it outlives. */
struct spool_room {
    int64_t *used, max;
};

struct spool {
    struct spool_room total, share; /* of all; of one client's network, so that it cannot take the room of all */
    struct buf held; /* what is not in the descriptor yet */
    int fd;          /* -1: all is held */
    int64_t written, max;
    enum status status; /* LIMIT: longer than max; OUTSIDE: no memory, or no room. What comes then is dropped */
    bool is_sealed;
};

/* share.used NULL: of nobody. */
struct spool spool_of(int64_t max, struct spool_room total, struct spool_room share);
void spool_finish(struct spool *spool);

void spool_add(struct spool *spool, struct str bytes);
/* For parsers that write into a buf themselves: add to spool->held, at most SPOOL_STEP bytes, then call this. */
enum { SPOOL_STEP = 256 << 10 };
void spool_settle(struct spool *spool);
int64_t spool_size(const struct spool *spool);

/* What a message says of a body: *ret_inline, or it is absent and *ret_fd is a descriptor for message_send. May be
 * called several times; nothing is added afterwards. */
MUST_USE enum status spool_lend(struct spool *spool, struct str *ret_inline, int *ret_fd);

#endif
