#include "service/games/opened/card.h"

#include "language/json.h"

/* Goes to the member of an object, or the item of an array, that a step names: it comes next. */
static bool go_to(struct json *json, enum json_kind kind, struct str step)
{
    struct str raw;
    uint64_t wanted = UINT64_MAX;
    if (kind == JSON_ARRAY && str_to_u64(step, SIZE_MAX, &wanted) != OK)
        return false;
    for (uint64_t item = 0;; item++) {
        struct json here = *json;
        enum json_kind next = json_next(json, &raw);
        if (next == JSON_OBJECT_END || next == JSON_ARRAY_END || next == JSON_WRONG)
            return false;
        if (next == JSON_KEY && str_eq(raw, step))
            return true;
        if (next != JSON_KEY && item == wanted) {
            *json = here;
            return true;
        }
        if (next == JSON_KEY)
            next = json_next(json, &raw);
        if (json_skip(json, next) == JSON_WRONG)
            return false;
    }
}

/* The value whose first event was `kind`: of an object or array its text. */
static struct str value_of(struct json *json, enum json_kind kind, struct str from, struct str raw)
{
    if (kind == JSON_TEXT || kind == JSON_NUMBER)
        return raw;
    if (kind == JSON_WORD)
        return str_eq(raw, STR("null")) ? STR_NONE : raw;
    if (kind != JSON_OBJECT && kind != JSON_ARRAY)
        return STR_NONE;
    size_t at = str_find_byte(from, kind == JSON_OBJECT ? '{' : '[');
    return json_skip(json, kind) == JSON_WRONG ? STR_NONE : str_span(from.at + at, json->rest.at);
}

struct str card_value(struct str card, const char *path)
{
    struct json json = json_of(card);
    struct str rest = str_of(path), raw;
    for (;;) {
        struct str from = json.rest;
        enum json_kind kind = json_next(&json, &raw);
        if (str_is_absent(rest))
            return value_of(&json, kind, from, raw);
        if ((kind != JSON_OBJECT && kind != JSON_ARRAY) || !go_to(&json, kind, str_cut(&rest, '.')))
            return STR_NONE;
    }
}

int64_t card_number(struct str card, const char *path)
{
    int64_t number;
    return str_to_i64(card_value(card, path), &number) == OK ? number : -1;
}

int64_t card_decimal(struct str text, int places)
{
    struct str rest = text, whole = str_cut(&rest, '.');
    int64_t number;
    if (str_to_i64(whole, &number) != OK || number < 0)
        return -1;
    for (int i = 0; i < places; i++) {
        char digit = !str_is_absent(rest) && (size_t)i < rest.len ? rest.at[i] : '0';
        if (!ascii_is_digit(digit))
            return -1;
        number = number * 10 + (digit - '0');
    }
    return number;
}
