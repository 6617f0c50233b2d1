#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { SMALLEST = 64, USUAL = 256 };

void buf_finish(struct buf *buf)
{
    free(buf->at);
    *buf = BUF_INIT(buf->max);
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    buf->is_over = false;
}

void buf_release(struct buf *buf)
{
    buf_finish(buf);
}

static void grow_to(struct buf *buf, size_t needed)
{
    size_t room = buf->room < SMALLEST ? SMALLEST : buf->room;
    while (room < needed)
        room *= 2;
    if (room > buf->max)
        room = buf->max;
    char *at = realloc(buf->at, room);
    REQUIRE(at != NULL);
    buf->at = at;
    buf->room = room;
}

char *buf_reserve(struct buf *buf, size_t size)
{
    if (size > buf->max - buf->len) {
        buf->is_over = true;
        return NULL;
    }
    if (buf->at == NULL || size > buf->room - buf->len)
        grow_to(buf, buf->len + size);
    return buf->at + buf->len;
}

void buf_grew(struct buf *buf, size_t size)
{
    REQUIRE(size <= buf->room - buf->len);
    buf->len += size;
}

void buf_add(struct buf *buf, struct str s)
{
    if (s.len == 0)
        return;
    char *to = buf_reserve(buf, s.len);
    if (to == NULL)
        return;
    memcpy(to, s.at, s.len);
    buf->len += s.len;
}

void buf_add_byte(struct buf *buf, char byte)
{
    char *to = buf_reserve(buf, 1);
    if (to == NULL)
        return;
    *to = byte;
    buf->len++;
}

void buf_add_c(struct buf *buf, const char *c_string)
{
    buf_add(buf, str_of(c_string));
}

void buf_add_u64(struct buf *buf, uint64_t value)
{
    char digits[20];
    size_t from = sizeof digits;
    do {
        digits[--from] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    buf_add(buf, (struct str){digits + from, sizeof digits - from});
}

void buf_add_i64(struct buf *buf, int64_t value)
{
    if (value < 0)
        buf_add_byte(buf, '-');
    buf_add_u64(buf, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

/* Most are short: they are written once, and nothing is allocated for them. */
void buf_add_format(struct buf *buf, const char *format, ...)
{
    char usual[USUAL];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(usual, sizeof usual, format, args);
    va_end(args);
    REQUIRE(length >= 0);
    if ((size_t)length < sizeof usual) {
        buf_add(buf, (struct str){usual, (size_t)length});
        return;
    }
    char *text = malloc((size_t)length + 1);
    REQUIRE(text != NULL);
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    buf_add(buf, (struct str){text, (size_t)length});
    free(text);
}

void buf_consume(struct buf *buf, size_t count)
{
    REQUIRE(count <= buf->len);
    if (count == 0)
        return;
    buf->len -= count;
    memmove(buf->at, buf->at + count, buf->len);
}
