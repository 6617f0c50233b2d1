/* A buf is a growing run of bytes with a mandatory maximum.
 *
 * Why: no unbounded buffer can exist. Adding past the maximum adds nothing and is remembered, so a
 * writer adds freely and asks buf_status once, at the end. Owns heap memory: buf_finish frees it. A
 * zeroed struct buf is a valid buffer with maximum 0. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
    char *at;
    size_t len, room, max;
    bool is_over; /* something did not fit; sticky until buf_clear */
};

#define BUF_INIT(maximum) ((struct buf){.max = (maximum)})

void buf_finish(struct buf *buf);
#define BUF_SCOPE __attribute__((cleanup(buf_finish)))

/* Empties it and keeps its memory. */
void buf_clear(struct buf *buf);
/* Empties it and gives its memory back: for connections that fall idle. */
void buf_release(struct buf *buf);

void buf_add(struct buf *buf, struct str s);
void buf_add_byte(struct buf *buf, char byte);
void buf_add_c(struct buf *buf, const char *c_string);
void buf_add_u64(struct buf *buf, uint64_t value);
void buf_add_i64(struct buf *buf, int64_t value);
void buf_add_format(struct buf *buf, const char *format, ...) FORMAT(2, 3);
#define buf_add_literal(buf, literal) buf_add((buf), STR(literal))

/* Room for at least `size` more bytes to write at buf->at + buf->len, or NULL past the maximum.
 * buf_grew says how many were written. */
char *buf_reserve(struct buf *buf, size_t size);
void buf_grew(struct buf *buf, size_t size);

/* Drops the first `count` bytes. */
void buf_consume(struct buf *buf, size_t count);

static inline struct str buf_str(const struct buf *buf)
{
    return (struct str){buf->at ? buf->at : "", buf->len};
}

/* OK, or LIMIT when something did not fit. */
static inline MUST_USE enum status buf_status(const struct buf *buf)
{
    return buf->is_over ? LIMIT : OK;
}

#endif
