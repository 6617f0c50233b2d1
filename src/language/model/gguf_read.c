#include "language/model/gguf.h"

#include "language/model/half.h"

enum { VERSION = 3, TYPE_TEXT = 8, TYPE_ARRAY = 9, TYPES = 13, NAME_MAX_BYTES = 256 };

/* What is left to read. */
struct left {
    struct str rest;
};

static enum status take(struct left *left, void *into, size_t size)
{
    if (left->rest.len < size)
        return CORRUPT;
    memcpy(into, left->rest.at, size);
    left->rest = str_after(left->rest, size);
    return OK;
}

static enum status take_text(struct left *left, struct str *ret_text)
{
    uint64_t len;
    TRY(take(left, &len, sizeof len));
    if (len > left->rest.len)
        return CORRUPT;
    *ret_text = str_slice(left->rest, 0, len);
    left->rest = str_after(left->rest, len);
    return OK;
}

/* Bytes of a number of that type; 0 for none. */
static size_t width_of(uint32_t type)
{
    static const uint8_t widths[TYPES] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    return type < TYPES ? widths[type] : 0;
}

static enum status skip_items(struct left *left, const struct gguf_value *value)
{
    struct str text;
    if (value->item_type == TYPE_TEXT) {
        for (size_t i = 0; i < value->count; i++)
            TRY(take_text(left, &text));
        return OK;
    }
    size_t width = width_of(value->item_type);
    if (width == 0 || left->rest.len / width < value->count)
        return CORRUPT;
    left->rest = str_after(left->rest, width * value->count);
    return OK;
}

static enum status take_array(struct left *left, struct gguf_value *value)
{
    uint64_t count;
    TRY(take(left, &value->item_type, sizeof value->item_type));
    TRY(take(left, &count, sizeof count));
    if (count > GGUF_ITEMS_MAX)
        return LIMIT;
    value->count = count;
    struct str from = left->rest;
    TRY(skip_items(left, value));
    value->bytes = str_slice(from, 0, from.len - left->rest.len);
    return OK;
}

static enum status take_value(struct left *left, struct gguf_value *value)
{
    TRY(take_text(left, &value->key));
    TRY(take(left, &value->type, sizeof value->type));
    value->count = 1;
    if (value->type == TYPE_ARRAY)
        return take_array(left, value);
    if (value->type == TYPE_TEXT)
        return take_text(left, &value->bytes);
    size_t width = width_of(value->type);
    if (width == 0 || width > left->rest.len)
        return CORRUPT;
    value->bytes = str_slice(left->rest, 0, width);
    left->rest = str_after(left->rest, width);
    return OK;
}

size_t gguf_size(enum gguf_type type, size_t rows, size_t columns)
{
    size_t count = rows * columns;
    return type == GGUF_F32 ? 4 * count : type == GGUF_F16 ? 2 * count : count / GGUF_BLOCK * (GGUF_BLOCK + 2);
}

size_t gguf_padded(size_t size)
{
    return (size + GGUF_ALIGNMENT - 1) / GGUF_ALIGNMENT * GGUF_ALIGNMENT;
}

/* The offset stands in bytes.len until the place of the data is known. */
static enum status take_tensor(struct left *left, struct gguf_tensor *tensor)
{
    enum { SIDE_MAX = 1 << 24 };
    uint32_t sides, type;
    uint64_t side[2] = {1, 1}, offset;
    TRY(take_text(left, &tensor->name));
    TRY(take(left, &sides, sizeof sides));
    if (sides < 1 || sides > 2)
        return CORRUPT;
    TRY(take(left, side, sides * sizeof *side));
    TRY(take(left, &type, sizeof type));
    TRY(take(left, &offset, sizeof offset));
    bool is_known = type == GGUF_F32 || type == GGUF_F16 || type == GGUF_Q8_0;
    if (tensor->name.len > NAME_MAX_BYTES || !is_known || side[0] == 0 || side[1] == 0 || side[0] > SIDE_MAX ||
        side[1] > SIDE_MAX || offset % GGUF_ALIGNMENT != 0 || (type == GGUF_Q8_0 && side[0] % GGUF_BLOCK != 0))
        return CORRUPT;
    *tensor = (struct gguf_tensor){.name = tensor->name, .type = (enum gguf_type)type, .columns = side[0],
                                   .rows = side[1], .bytes = {NULL, offset}};
    return OK;
}

static enum status place_tensors(struct gguf *gguf, size_t from)
{
    struct str data = str_after(gguf->all, from);
    for (size_t i = 0; i < gguf->tensor_count; i++) {
        struct gguf_tensor *tensor = &gguf->tensors[i];
        size_t offset = tensor->bytes.len, size = gguf_size(tensor->type, tensor->rows, tensor->columns);
        if (offset > data.len || size > data.len - offset)
            return CORRUPT;
        tensor->bytes = str_slice(data, offset, offset + size);
    }
    return OK;
}

static enum status take_counts(struct left *left, struct gguf *gguf)
{
    char mark[4];
    uint32_t version;
    uint64_t tensors, values;
    TRY(take(left, mark, sizeof mark));
    TRY(take(left, &version, sizeof version));
    if (memcmp(mark, "GGUF", sizeof mark) != 0)
        return CORRUPT;
    if (version != VERSION)
        return CONFLICT;
    TRY(take(left, &tensors, sizeof tensors));
    TRY(take(left, &values, sizeof values));
    if (tensors > GGUF_TENSORS_MAX || values > GGUF_VALUES_MAX)
        return LIMIT;
    gguf->tensor_count = tensors;
    gguf->value_count = values;
    return OK;
}

enum status gguf_read(struct arena *arena, struct str bytes, struct gguf *ret_gguf)
{
    struct gguf gguf = {.all = bytes};
    struct left left = {bytes};
    TRY(take_counts(&left, &gguf));
    gguf.values = arena_array(arena, struct gguf_value, gguf.value_count + 1);
    gguf.tensors = arena_array(arena, struct gguf_tensor, gguf.tensor_count + 1);
    if (gguf.values == NULL || gguf.tensors == NULL)
        return LIMIT;
    for (size_t i = 0; i < gguf.value_count; i++)
        TRY(take_value(&left, &gguf.values[i]));
    for (size_t i = 0; i < gguf.tensor_count; i++)
        TRY(take_tensor(&left, &gguf.tensors[i]));
    TRY(place_tensors(&gguf, gguf_padded(bytes.len - left.rest.len)));
    *ret_gguf = gguf;
    return OK;
}

const struct gguf_value *gguf_value(const struct gguf *gguf, const char *key)
{
    for (size_t i = 0; i < gguf->value_count; i++)
        if (str_eq(gguf->values[i].key, str_of(key)))
            return &gguf->values[i];
    return NULL;
}

const struct gguf_tensor *gguf_tensor(const struct gguf *gguf, const char *name)
{
    for (size_t i = 0; i < gguf->tensor_count; i++)
        if (str_eq(gguf->tensors[i].name, str_of(name)))
            return &gguf->tensors[i];
    return NULL;
}

enum status gguf_u64(const struct gguf *gguf, const char *key, uint64_t *ret_number)
{
    const struct gguf_value *value = gguf_value(gguf, key);
    enum { FLOAT = 6, DOUBLE = 12 };
    uint64_t number = 0;
    if (value == NULL || width_of(value->type) == 0 || value->type == FLOAT || value->type == DOUBLE)
        return CORRUPT;
    memcpy(&number, value->bytes.at, value->bytes.len); /* little end first, as the file */
    *ret_number = number;
    return OK;
}

enum status gguf_text(const struct gguf *gguf, const char *key, struct str *ret_text)
{
    const struct gguf_value *value = gguf_value(gguf, key);
    if (value == NULL || value->type != TYPE_TEXT)
        return CORRUPT;
    *ret_text = value->bytes;
    return OK;
}

enum status gguf_texts(struct arena *arena, const struct gguf *gguf, const char *key, struct str **ret_texts,
                       size_t *ret_count)
{
    const struct gguf_value *value = gguf_value(gguf, key);
    if (value == NULL || value->type != TYPE_ARRAY || value->item_type != TYPE_TEXT)
        return CORRUPT;
    struct str *texts = arena_array(arena, struct str, value->count + 1);
    if (texts == NULL)
        return LIMIT;
    struct left left = {value->bytes};
    for (size_t i = 0; i < value->count; i++)
        TRY(take_text(&left, &texts[i]));
    *ret_texts = texts;
    *ret_count = value->count;
    return OK;
}

void gguf_floats(const struct gguf_tensor *tensor, float *out)
{
    size_t count = tensor->rows * tensor->columns;
    const char *at = tensor->bytes.at;
    if (tensor->type == GGUF_F32) {
        memcpy(out, at, 4 * count);
        return;
    }
    for (size_t i = 0; tensor->type == GGUF_F16 && i < count; i++)
        out[i] = half_at(at + 2 * i);
    for (size_t i = 0; tensor->type == GGUF_Q8_0 && i < count; i += GGUF_BLOCK, at += GGUF_BLOCK + 2)
        for (size_t k = 0; k < GGUF_BLOCK; k++)
            out[i + k] = half_at(at) * (float)(signed char)at[2 + k];
}
