#include <math.h>

#include "language/model/gguf.h"
#include "language/model/half.h"

enum { VERSION = 3, TYPE_U32 = 4, TYPE_F32 = 6, TYPE_BOOL = 7, TYPE_TEXT = 8, TYPE_ARRAY = 9, TYPE_U64 = 10 };

void gguf_write_item_bytes(struct buf *out, const void *at, size_t size)
{
    buf_add(out, (struct str){at, size});
}

static void put_u32(struct buf *out, uint32_t number)
{
    gguf_write_item_bytes(out, &number, sizeof number);
}

static void put_u64(struct buf *out, uint64_t number)
{
    gguf_write_item_bytes(out, &number, sizeof number);
}

void gguf_write_item_text(struct buf *out, struct str text)
{
    put_u64(out, text.len);
    buf_add(out, text);
}

void gguf_write_head(struct buf *out, size_t tensor_count, size_t value_count)
{
    buf_add_literal(out, "GGUF");
    put_u32(out, VERSION);
    put_u64(out, tensor_count);
    put_u64(out, value_count);
}

static void put_key(struct buf *out, const char *key, uint32_t type)
{
    gguf_write_item_text(out, str_of(key));
    put_u32(out, type);
}

void gguf_write_u32(struct buf *out, const char *key, uint32_t number)
{
    put_key(out, key, TYPE_U32);
    put_u32(out, number);
}

void gguf_write_u64(struct buf *out, const char *key, uint64_t number)
{
    put_key(out, key, TYPE_U64);
    put_u64(out, number);
}

void gguf_write_f32(struct buf *out, const char *key, float number)
{
    put_key(out, key, TYPE_F32);
    gguf_write_item_bytes(out, &number, sizeof number);
}

void gguf_write_bool(struct buf *out, const char *key, bool is_true)
{
    put_key(out, key, TYPE_BOOL);
    buf_add_byte(out, is_true ? 1 : 0);
}

void gguf_write_text(struct buf *out, const char *key, struct str text)
{
    put_key(out, key, TYPE_TEXT);
    gguf_write_item_text(out, text);
}

void gguf_write_array(struct buf *out, const char *key, enum gguf_item item, size_t count)
{
    put_key(out, key, TYPE_ARRAY);
    put_u32(out, item);
    put_u64(out, count);
}

/* Sides are written from the fastest: columns first. */
void gguf_write_tensor(struct buf *out, const char *name, enum gguf_type type, size_t rows, size_t columns,
                       size_t offset)
{
    gguf_write_item_text(out, str_of(name));
    put_u32(out, rows > 1 ? 2 : 1);
    put_u64(out, columns);
    if (rows > 1)
        put_u64(out, rows);
    put_u32(out, type);
    put_u64(out, offset);
}

/* The largest becomes 127. */
static void put_block(struct buf *out, const float *at)
{
    char bytes[GGUF_BLOCK + 2];
    float most = 0;
    for (size_t i = 0; i < GGUF_BLOCK; i++)
        most = fabsf(at[i]) > most ? fabsf(at[i]) : most;
    uint16_t half = half_of(most / 127);
    memcpy(bytes, &half, sizeof half);
    float inverse = most > 0 ? 127 / most : 0;
    for (size_t i = 0; i < GGUF_BLOCK; i++)
        bytes[2 + i] = (char)lroundf(at[i] * inverse);
    gguf_write_item_bytes(out, bytes, sizeof bytes);
}

void gguf_write_floats(struct buf *out, enum gguf_type type, const float *at, size_t count)
{
    for (size_t missing = gguf_padded(out->len) - out->len; missing > 0; missing--)
        buf_add_byte(out, 0);
    if (type == GGUF_F32)
        gguf_write_item_bytes(out, at, count * sizeof *at);
    for (size_t i = 0; type == GGUF_F16 && i < count; i++) {
        uint16_t half = half_of(at[i]);
        gguf_write_item_bytes(out, &half, sizeof half);
    }
    for (size_t i = 0; type == GGUF_Q8_0 && i < count; i += GGUF_BLOCK)
        put_block(out, at + i);
}
