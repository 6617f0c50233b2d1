/* A set is an IMAP sequence set: message numbers or UIDs, as ranges (RFC 9051 section 9,
 * sequence-set).
 *
 * Life: parsed as written, with '*' as IMAP_STAR; then resolved against the largest number in
 * use, after which ranges are ascending, apart from one another, and hold numbers from 1. "$" is
 * the saved result of a search (RFC 5182): is_saved and no ranges. Memory is the arena's. */
#ifndef PROTO_IMAP_IMAP_SET_H
#define PROTO_IMAP_IMAP_SET_H

#include "base/arena.h"
#include "base/buf.h"

enum { IMAP_STAR = 0, IMAP_SET_RANGES_MAX = 32768 };

struct imap_range {
    uint32_t from, to; /* both included */
};

struct imap_set {
    struct imap_range *ranges;
    size_t count;
    bool is_saved; /* "$" */
};

/* INVALID when it is no sequence set; LIMIT above IMAP_SET_RANGES_MAX ranges or with a full
 * arena. */
MUST_USE enum status imap_set_parse(struct str text, struct arena *arena, struct imap_set *ret_set);

/* In place. '*' becomes `last`, "4:2" becomes 2:4, so "9:*" still holds the last when that is
 * below 9. When last is 0 (an empty mailbox) a range with '*' vanishes. Numbers above last
 * remain: a number that is not in use matches nothing. */
void imap_set_resolve(struct imap_set *set, uint32_t last);

/* A resolved set out of ascending numbers; LIMIT when the arena is full. */
MUST_USE enum status imap_set_of(const uint32_t *numbers, size_t count, struct arena *arena,
                                 struct imap_set *ret_set);

/* The rest asks for a resolved set. */
bool imap_set_has(const struct imap_set *set, uint32_t number);
/* The least member above `after`, or 0: loops over a small mailbox and a huge range alike. */
uint32_t imap_set_next(const struct imap_set *set, uint32_t after);
/* True when it can hold anything at all. */
static inline bool imap_set_is_empty(const struct imap_set *set)
{
    return set->count == 0 && !set->is_saved;
}

/* "1:6,9" out of ascending numbers; nothing when there are none. */
void imap_set_write_numbers(struct buf *out, const uint32_t *numbers, size_t count);
void imap_set_write(struct buf *out, const struct imap_set *set);

#endif
