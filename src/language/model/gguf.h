/* A gguf is a model file as llama.cpp and others read it: named values, then named tensors (GGUF, version 3).
 *
 * Source: the format's description in the ggml repository (docs/gguf.md). Invariants of what was read: every slice lies
 * within the bytes given, every tensor's data too, aligned to 32 bytes from the file's start; nothing is copied. Bytes
 * come from strangers: each count has a maximum, and nothing of the file is believed before it is checked. */
#ifndef LANGUAGE_MODEL_GGUF_H
#define LANGUAGE_MODEL_GGUF_H

#include "base/arena.h"
#include "base/buf.h"

enum {
    GGUF_VALUES_MAX = 256,
    GGUF_TENSORS_MAX = 512,
    GGUF_ITEMS_MAX = 1 << 16, /* of an array */
    GGUF_ALIGNMENT = 32,
    GGUF_BLOCK = 32,          /* weights of a Q8_0 block: a half float and 32 bytes */
};

enum gguf_type { GGUF_F32 = 0, GGUF_F16 = 1, GGUF_Q8_0 = 8 };

struct gguf_value {
    struct str key;
    uint32_t type, item_type; /* as the format numbers them */
    size_t count;             /* items of an array, else 1 */
    struct str bytes;         /* of a number; of a text; of all items of an array */
};

struct gguf_tensor {
    struct str name;
    enum gguf_type type;
    size_t rows, columns; /* rows 1: a vector */
    struct str bytes;
};

struct gguf {
    struct str all;
    struct gguf_value *values;
    size_t value_count;
    struct gguf_tensor *tensors;
    size_t tensor_count;
};

/* CORRUPT: not of the format, or cut off. CONFLICT: another version of it. LIMIT: more than above. */
MUST_USE enum status gguf_read(struct arena *arena, struct str bytes, struct gguf *ret_gguf);
const struct gguf_value *gguf_value(const struct gguf *gguf, const char *key);   /* NULL: none */
const struct gguf_tensor *gguf_tensor(const struct gguf *gguf, const char *name); /* NULL: none */
/* CORRUPT: it is not there, or of another type. */
MUST_USE enum status gguf_u64(const struct gguf *gguf, const char *key, uint64_t *ret_number); /* any whole number */
MUST_USE enum status gguf_text(const struct gguf *gguf, const char *key, struct str *ret_text);
/* The texts of an array, in the arena. */
MUST_USE enum status gguf_texts(struct arena *arena, const struct gguf *gguf, const char *key, struct str **ret_texts,
                                size_t *ret_count);
/* rows * columns floats. */
void gguf_floats(const struct gguf_tensor *tensor, float *out);

/* ---- writing: head, values, tensors in order, then their data in the same order ---- */

void gguf_write_head(struct buf *out, size_t tensor_count, size_t value_count);
void gguf_write_u32(struct buf *out, const char *key, uint32_t number);
void gguf_write_u64(struct buf *out, const char *key, uint64_t number);
void gguf_write_f32(struct buf *out, const char *key, float number);
void gguf_write_bool(struct buf *out, const char *key, bool is_true);
void gguf_write_text(struct buf *out, const char *key, struct str text);
/* An array's head; its items follow. */
enum gguf_item { GGUF_ITEM_I32 = 5, GGUF_ITEM_F32 = 6, GGUF_ITEM_TEXT = 8 };
void gguf_write_array(struct buf *out, const char *key, enum gguf_item item, size_t count);
void gguf_write_item_text(struct buf *out, struct str text);
void gguf_write_item_bytes(struct buf *out, const void *at, size_t size);
/* `offset`: of its data from the first tensor's; gguf_padded sizes add up to it. */
void gguf_write_tensor(struct buf *out, const char *name, enum gguf_type type, size_t rows, size_t columns,
                       size_t offset);
size_t gguf_size(enum gguf_type type, size_t rows, size_t columns);
size_t gguf_padded(size_t size);
/* Zeros up to the alignment, then the weights. */
void gguf_write_floats(struct buf *out, enum gguf_type type, const float *at, size_t count);

#endif
