/* A thread is messages arranged as a tree of answers: THREAD REFERENCES and ORDEREDSUBJECT (RFC
 * 5256 section 3), computed on an array of what the store knows of each message.
 *
 * Pure, iterative (a chain of any length costs no stack), in time about n log n. Nodes live in
 * the arena. */
#ifndef PROTO_IMAP_IMAP_THREAD_H
#define PROTO_IMAP_IMAP_THREAD_H

#include "base/buf.h"
#include "base/dates.h"
#include "proto/imap/imap_search.h"

enum imap_thread_by { IMAP_THREAD_ORDEREDSUBJECT, IMAP_THREAD_REFERENCES };

enum { IMAP_THREAD_MAX = 1000000, IMAP_REFERENCE_MAX = 1000 };

struct imap_thread_row {
    uint32_t number;        /* as answered: sequence number, or UID for UID THREAD; from 1 */
    struct str message_id;  /* without <>; absent or empty when there is none */
    struct str *references; /* oldest first; from References, else the first of In-Reply-To */
    size_t reference_count;
    struct str subject;  /* base subject, folded by utf8_fold */
    bool is_reply;       /* imap_subject.is_reply_or_forward */
    struct instant date; /* of the Date field in UTC, the arrival when there is none */
};

/* Indexes into nodes; IMAP_NO_NODE ends. nodes[0] is the root and carries no message. */
enum { IMAP_NO_NODE = UINT32_MAX };
struct imap_thread_node {
    uint32_t number; /* 0: a message that is not there, kept to hold its answers together */
    uint32_t parent, child, next;
};
struct imap_thread {
    struct imap_thread_node *nodes;
    size_t count;
};

/* Reads the algorithm and the search off the arguments of THREAD; status as imap_search_parse, and
 * INVALID for another algorithm. */
MUST_USE enum status imap_thread_parse(const struct imap_arg *args, size_t count,
                                       struct arena *arena, enum imap_thread_by *ret_by,
                                       struct imap_search *ret_search, const char **ret_why);

/* rows in ascending order of number. LIMIT above IMAP_THREAD_MAX rows or with a full arena. */
MUST_USE enum status imap_thread_build(enum imap_thread_by by, const struct imap_thread_row *rows,
                                       size_t count, struct arena *arena,
                                       struct imap_thread *ret_thread);

/* "(1)(2 (7)(12 13))", as after "* THREAD "; nothing when there are no messages. */
void imap_thread_write(struct buf *out, const struct imap_thread *thread);

/* The message identifiers of a References or In-Reply-To field, without <>, quoted local parts
 * unquoted so that equal ones are equal bytes. At most IMAP_REFERENCE_MAX, the last ones. LIMIT
 * with a full arena. */
MUST_USE enum status imap_references(struct str field, struct arena *arena, struct str **ret_ids,
                                     size_t *ret_count);

#endif
