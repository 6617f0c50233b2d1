#include "core/shape.h"

#include <limits.h>

#include "base/utf8.h"

static const uint32_t absent_length = UINT32_MAX;

static void add_number(struct buf *out, uint64_t value, int width)
{
    char bytes[8];
    for (int i = 0; i < width; i++)
        bytes[i] = (char)(value >> (8 * i));
    buf_add(out, (struct str){bytes, (size_t)width});
}

static uint64_t number_at(const char *bytes, int width)
{
    uint64_t value = 0;
    for (int i = width - 1; i >= 0; i--)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

static void encode_text(struct buf *out, struct str text)
{
    REQUIRE(text.len < absent_length);
    add_number(out, str_is_absent(text) ? absent_length : (uint32_t)text.len, 4);
    buf_add(out, text);
}

void shape_encode(struct buf *out, const struct shape *shape, const void *from)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const void *at = (const char *)from + shape->fields[i].offset;
        switch (shape->fields[i].kind) {
        case SHAPE_INT:
            add_number(out, (uint64_t) * (const int64_t *)at, 8);
            break;
        case SHAPE_BOOL:
            add_number(out, *(const bool *)at, 1);
            break;
        case SHAPE_TEXT:
        case SHAPE_BYTES:
            encode_text(out, *(const struct str *)at);
            break;
        }
    }
}

static bool is_sound_text(const struct shape_field *field, struct str text)
{
    if (field->max > 0 && text.len > (uint64_t)field->max)
        return false;
    return field->kind != SHAPE_TEXT || str_is_absent(text) || utf8_is_valid(text);
}

static bool is_sound(const struct shape_field *field, const void *at)
{
    switch (field->kind) {
    case SHAPE_INT: {
        int64_t number = *(const int64_t *)at;
        return field->max == 0 || (number <= field->max && number >= -field->max);
    }
    case SHAPE_BOOL:
        return true;
    case SHAPE_TEXT:
    case SHAPE_BYTES:
        return is_sound_text(field, *(const struct str *)at);
    }
    return false;
}

bool shape_is_sound(const struct shape *shape, const void *from)
{
    bool is_all = true;
    for (size_t i = 0; i < shape->field_count; i++)
        is_all = is_all && is_sound(&shape->fields[i], (const char *)from + shape->fields[i].offset);
    return is_all;
}

/* Takes `width` bytes off *rest as a number. */
static enum status take_number(struct str *rest, int width, uint64_t *ret_value)
{
    if (rest->len < (size_t)width)
        return INVALID;
    *ret_value = number_at(rest->at, width);
    *rest = str_after(*rest, (size_t)width);
    return OK;
}

static enum status take_int(struct str *rest, const struct shape_field *field, int64_t *ret_value)
{
    uint64_t value;
    TRY(take_number(rest, 8, &value));
    int64_t number = (int64_t)value;
    if (field->max > 0 && (number > field->max || number < -field->max))
        return INVALID;
    *ret_value = number;
    return OK;
}

static enum status take_bool(struct str *rest, bool *ret_value)
{
    uint64_t value;
    TRY(take_number(rest, 1, &value));
    if (value > 1)
        return INVALID;
    *ret_value = value == 1;
    return OK;
}

static enum status take_text(struct str *rest, const struct shape_field *field, struct str *ret_text)
{
    uint64_t length;
    TRY(take_number(rest, 4, &length));
    if (length == absent_length) {
        *ret_text = STR_NONE;
        return OK;
    }
    if (length > rest->len || (field->max > 0 && length > (uint64_t)field->max))
        return INVALID;
    struct str text = str_slice(*rest, 0, length);
    if (field->kind == SHAPE_TEXT && !utf8_is_valid(text))
        return INVALID;
    *rest = str_after(*rest, length);
    *ret_text = text;
    return OK;
}

static enum status take_field(struct str *rest, const struct shape_field *field, void *at)
{
    switch (field->kind) {
    case SHAPE_INT:
        return take_int(rest, field, at);
    case SHAPE_BOOL:
        return take_bool(rest, at);
    case SHAPE_TEXT:
    case SHAPE_BYTES:
        return take_text(rest, field, at);
    }
    return BUG;
}

enum status shape_decode(const struct shape *shape, struct str bytes, void *ret_into)
{
    for (size_t i = 0; i < shape->field_count; i++)
        TRY(take_field(&bytes, &shape->fields[i], (char *)ret_into + shape->fields[i].offset));
    return bytes.len == 0 ? OK : INVALID;
}
