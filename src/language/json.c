#include "language/json.h"

#include "base/utf8.h"

enum wanted { WANT_VALUE, WANT_VALUE_OR_END, WANT_KEY, WANT_KEY_OR_END, WANT_COMMA_OR_END, WANT_NOTHING, WANT_WRONG };

struct json json_of(struct str text)
{
    return (struct json){.rest = text, .wanted = WANT_VALUE};
}

static void skip_blanks(struct str *rest)
{
    size_t at = 0;
    while (at < rest->len &&
           (rest->at[at] == ' ' || rest->at[at] == '\n' || rest->at[at] == '\t' || rest->at[at] == '\r'))
        at++;
    *rest = str_after(*rest, at);
}

static enum json_kind wrong(struct json *json)
{
    json->wanted = WANT_WRONG;
    json->rest = STR("");
    return JSON_WRONG;
}

static bool in_object(const struct json *json)
{
    int top = json->depth - 1;
    return json->depth > 0 && (json->is_object[top / 64] >> (top % 64) & 1) != 0;
}

static void after_value(struct json *json)
{
    json->wanted = json->depth == 0 ? WANT_NOTHING : WANT_COMMA_OR_END;
}

static enum json_kind open_value(struct json *json, bool is_object)
{
    if (json->depth == JSON_DEPTH_MAX)
        return wrong(json);
    uint64_t bit = (uint64_t)1 << (json->depth % 64);
    uint64_t *bits = &json->is_object[json->depth / 64];
    *bits = is_object ? *bits | bit : *bits & ~bit;
    json->depth++;
    json->rest = str_after(json->rest, 1);
    json->wanted = is_object ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
    return is_object ? JSON_OBJECT : JSON_ARRAY;
}

static enum json_kind close_value(struct json *json, char with)
{
    bool is_object = in_object(json);
    if (json->depth == 0 || with != (is_object ? '}' : ']'))
        return wrong(json);
    json->depth--;
    json->rest = str_after(json->rest, 1);
    after_value(json);
    return is_object ? JSON_OBJECT_END : JSON_ARRAY_END;
}

/* Between its quotes; false when it does not end. */
static bool take_string(struct json *json, struct str *ret_raw)
{
    size_t at = 1;
    while (at < json->rest.len && json->rest.at[at] != '"') {
        if ((unsigned char)json->rest.at[at] < 0x20)
            return false;
        at += json->rest.at[at] == '\\' ? 2 : 1;
    }
    if (at >= json->rest.len)
        return false;
    *ret_raw = str_slice(json->rest, 1, at);
    json->rest = str_after(json->rest, at + 1);
    return true;
}

static enum json_kind take_key(struct json *json, struct str *ret_raw)
{
    struct str key;
    if (json->rest.at[0] != '"' || !take_string(json, &key))
        return wrong(json);
    skip_blanks(&json->rest);
    if (json->rest.len == 0 || json->rest.at[0] != ':')
        return wrong(json);
    json->rest = str_after(json->rest, 1);
    json->wanted = WANT_VALUE;
    *ret_raw = key;
    return JSON_KEY;
}

static bool is_of_word(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '+' || c == '.';
}

static enum json_kind take_word(struct json *json, struct str *ret_raw)
{
    size_t at = 0;
    while (at < json->rest.len && is_of_word(json->rest.at[at]))
        at++;
    struct str word = str_slice(json->rest, 0, at);
    bool is_number = at > 0 && (word.at[0] == '-' || ascii_is_digit(word.at[0]));
    if (!is_number && !str_eq(word, STR("true")) && !str_eq(word, STR("false")) && !str_eq(word, STR("null")))
        return wrong(json);
    *ret_raw = word;
    json->rest = str_after(json->rest, at);
    after_value(json);
    return is_number ? JSON_NUMBER : JSON_WORD;
}

static enum json_kind take_value(struct json *json, struct str *ret_raw)
{
    char first = json->rest.at[0];
    if (first == '{' || first == '[')
        return open_value(json, first == '{');
    if (first != '"')
        return take_word(json, ret_raw);
    if (!take_string(json, ret_raw))
        return wrong(json);
    after_value(json);
    return JSON_TEXT;
}

static bool is_end(char c)
{
    return c == '}' || c == ']';
}

enum json_kind json_next(struct json *json, struct str *ret_raw)
{
    *ret_raw = STR_NONE;
    skip_blanks(&json->rest);
    if (json->wanted == WANT_NOTHING)
        return json->rest.len == 0 ? JSON_END : wrong(json);
    if (json->rest.len == 0)
        return wrong(json);
    if (json->wanted == WANT_COMMA_OR_END) {
        if (is_end(json->rest.at[0]))
            return close_value(json, json->rest.at[0]);
        if (json->rest.at[0] != ',')
            return wrong(json);
        json->rest = str_after(json->rest, 1);
        json->wanted = in_object(json) ? WANT_KEY : WANT_VALUE;
        return json_next(json, ret_raw); /* once: a comma is never wanted after a comma */
    }
    bool may_end = json->wanted == WANT_KEY_OR_END || json->wanted == WANT_VALUE_OR_END;
    if (may_end && is_end(json->rest.at[0]))
        return close_value(json, json->rest.at[0]);
    if (json->wanted == WANT_KEY || json->wanted == WANT_KEY_OR_END)
        return take_key(json, ret_raw);
    return take_value(json, ret_raw);
}

enum json_kind json_skip(struct json *json, enum json_kind first)
{
    struct str raw;
    enum json_kind kind = first;
    if (first != JSON_OBJECT && first != JSON_ARRAY)
        return first;
    int outside = json->depth - 1;
    while (kind != JSON_WRONG && json->depth > outside)
        kind = json_next(json, &raw);
    return kind;
}

static int hex_of(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The four digits of \uXXXX; -1 when they are none. */
static int32_t unit_of(struct str digits)
{
    int32_t unit = 0;
    if (digits.len < 4)
        return -1;
    for (size_t i = 0; i < 4; i++) {
        int hex = hex_of(digits.at[i]);
        if (hex < 0)
            return -1;
        unit = unit * 16 + hex;
    }
    return unit;
}

/* rest stands behind "\u"; takes the second half of a pair too. */
static uint32_t take_point(struct str *rest)
{
    int32_t unit = unit_of(*rest);
    *rest = str_after(*rest, 4);
    if (unit < 0)
        return UTF8_REPLACEMENT;
    if (unit < 0xD800 || unit > 0xDBFF || !str_starts(*rest, STR("\\u")))
        return (uint32_t)unit;
    int32_t second = unit_of(str_after(*rest, 2));
    if (second < 0xDC00 || second > 0xDFFF)
        return UTF8_REPLACEMENT;
    *rest = str_after(*rest, 6);
    return 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)second - 0xDC00);
}

void json_unescape(struct buf *out, struct str raw)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    while (raw.len > 0) {
        size_t plain = str_find_byte(raw, '\\');
        buf_add(out, str_slice(raw, 0, plain));
        raw = str_after(raw, plain == SIZE_MAX ? raw.len : plain);
        if (raw.len < 2)
            return;
        const char *known = strchr(from, raw.at[1]);
        char escaped = raw.at[1];
        raw = str_after(raw, 2);
        if (escaped == 'u')
            utf8_add(out, take_point(&raw));
        else
            buf_add_byte(out, known != NULL && escaped != 0 ? to[known - from] : escaped);
    }
}
