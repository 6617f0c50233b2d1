/* JSON Lines from shapes and back (RFC 8259); jansson reads, the writer is ours to keep field order. */
#include <jansson.h>

#include "base/arena.h"
#include "base/base64.h"
#include "core/shape.h"

enum { BYTES_MAX = 64 << 20 };

void shape_json_text(struct buf *out, struct str text)
{
    buf_add_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\')
            buf_add_byte(out, '\\');
        if (c < 0x20)
            buf_add_format(out, "\\u%04x", c);
        else
            buf_add_byte(out, (char)c);
    }
    buf_add_byte(out, '"');
}

static void json_bytes(struct buf *out, struct str bytes)
{
    buf_add_byte(out, '"');
    base64_encode(out, bytes);
    buf_add_byte(out, '"');
}

static void json_value(struct buf *out, const struct shape_field *field, const void *at)
{
    struct str text = STR("");
    if (field->kind == SHAPE_TEXT || field->kind == SHAPE_BYTES)
        text = *(const struct str *)at;
    if (str_is_absent(text))
        buf_add_c(out, "null");
    else if (field->kind == SHAPE_INT)
        buf_add_i64(out, *(const int64_t *)at);
    else if (field->kind == SHAPE_BOOL)
        buf_add_c(out, *(const bool *)at ? "true" : "false");
    else if (field->kind == SHAPE_TEXT)
        shape_json_text(out, text);
    else
        json_bytes(out, text);
}

void shape_json(struct buf *out, const struct shape *shape, const void *from)
{
    buf_add_byte(out, '{');
    for (size_t i = 0; i < shape->field_count; i++) {
        if (i > 0)
            buf_add_byte(out, ',');
        shape_json_text(out, str_of(shape->fields[i].name));
        buf_add_byte(out, ':');
        json_value(out, &shape->fields[i], (const char *)from + shape->fields[i].offset);
    }
    buf_add_byte(out, '}');
}

static enum status read_int(const struct shape_field *field, const json_t *value, int64_t *ret_number)
{
    if (!json_is_integer(value))
        return INVALID;
    int64_t number = json_integer_value(value);
    if (field->max > 0 && (number > field->max || number < -field->max))
        return INVALID;
    *ret_number = number;
    return OK;
}

static enum status read_text(struct arena *arena, const struct shape_field *field, const json_t *value,
                             struct str *ret_text)
{
    if (json_is_null(value)) {
        *ret_text = STR_NONE;
        return OK;
    }
    if (!json_is_string(value))
        return INVALID;
    struct str text = {json_string_value(value), json_string_length(value)};
    struct buf decoded BUF_SCOPE = BUF_INIT(BYTES_MAX);
    if (field->kind == SHAPE_BYTES) {
        TRY(base64_decode(&decoded, text));
        text = buf_str(&decoded);
    }
    if (field->max > 0 && text.len > (uint64_t)field->max)
        return INVALID;
    *ret_text = str_copy(arena, text);
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

static enum status read_field(struct arena *arena, const struct shape_field *field, const json_t *value, void *at)
{
    if (value == NULL)
        return INVALID;
    if (field->kind == SHAPE_INT)
        return read_int(field, value, at);
    if (field->kind != SHAPE_BOOL)
        return read_text(arena, field, value, at);
    if (!json_is_boolean(value))
        return INVALID;
    *(bool *)at = json_is_true(value);
    return OK;
}

static void json_drop(json_t **root)
{
    json_decref(*root);
}

enum status shape_from_json(struct arena *arena, const struct shape *shape, struct str line, void *ret_into)
{
    json_t *root __attribute__((cleanup(json_drop))) =
        json_loadb(line.at, line.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    if (!json_is_object(root) || json_object_size(root) != shape->field_count)
        return INVALID;
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct shape_field *field = &shape->fields[i];
        TRY(read_field(arena, field, json_object_get(root, field->name), (char *)ret_into + field->offset));
    }
    return OK;
}
