/* A count is a number of what this process has done since it began; it only grows. For metrics, so never of whom or
 * what.
 *
 * One array a process, which a role fills and tells the parent when asked (MESSAGE_FIGURES). */
#ifndef ROLE_COUNT_H
#define ROLE_COUNT_H

#include "base/buf.h"

enum count {
    COUNT_CONNECTIONS,  /* front: taken */
    COUNT_WEB_ANSWERS,  /* front */
    COUNT_WEB_FAILURES, /* of these, with a code of 500 or more */
    COUNT_IMAP_COMMANDS, /* town */
    COUNT_LOGINS,       /* auth: that were let in */
    COUNT_LOGIN_REFUSALS,
    COUNT_ACCEPTED,     /* town: messages, by any door */
    COUNT_REFUSED,
    COUNT_SENT,         /* outbox rows another town has taken */
    COUNT_PUT_OFF,      /* tries after which a row waits */
    COUNT_COMMITS,      /* town: turns that wrote */
    COUNT_COMMIT_US,    /* microseconds of them, all together */
    COUNT_COMMIT_2MS,   /* those that took at most so long */
    COUNT_COMMIT_10MS,
    COUNT_COMMIT_50MS,
    COUNT_COMMIT_250MS,
    COUNT_KINDS,
};
enum { COUNT_TEXT_MAX = COUNT_KINDS * 21 };

void count_add(enum count count);
void count_commit(int64_t us);
/* All, parted by spaces, in the order above; and back. Numbers that are missing are 0. */
void count_write(struct buf *out);
void count_read(struct str text, int64_t ret_counts[COUNT_KINDS]);

#endif
