#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"

bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

int str_compare(struct str a, struct str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.at, b.at, shared) : 0;
    if (order != 0)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
            return false;
    return true;
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_starts_nocase(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_eq_nocase(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_eq(str_after(s, s.len - suffix.len), suffix);
}

bool str_ends_nocase(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_eq_nocase(str_after(s, s.len - suffix.len), suffix);
}

size_t str_count_byte(struct str s, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += s.at[i] == byte;
    return count;
}

size_t str_find_byte(struct str s, char byte)
{
    const char *found = s.len ? memchr(s.at, byte, s.len) : NULL;
    return found ? (size_t)(found - s.at) : SIZE_MAX;
}

size_t str_find_byte_last(struct str s, char byte)
{
    const char *found = s.len ? memrchr(s.at, byte, s.len) : NULL;
    return found ? (size_t)(found - s.at) : SIZE_MAX;
}

size_t str_find(struct str s, struct str needle)
{
    if (needle.len == 0)
        return 0;
    const char *found = s.len ? memmem(s.at, s.len, needle.at, needle.len) : NULL;
    return found ? (size_t)(found - s.at) : SIZE_MAX;
}

size_t str_find_nocase(struct str s, struct str needle)
{
    if (needle.len == 0)
        return 0;
    for (size_t i = 0; i + needle.len <= s.len; i++)
        if (ascii_lower(s.at[i]) == ascii_lower(needle.at[0]) &&
            str_eq_nocase(str_slice(s, i, i + needle.len), needle))
            return i;
    return SIZE_MAX;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && is_blank(s.at[0]))
        s = str_after(s, 1);
    while (s.len > 0 && is_blank(s.at[s.len - 1]))
        s.len--;
    return s;
}

struct str str_cut(struct str *rest, char separator)
{
    struct str part = *rest;
    size_t at = str_find_byte(*rest, separator);
    if (at == SIZE_MAX) {
        *rest = STR_NONE;
        return part;
    }
    part.len = at;
    *rest = str_after(*rest, at + 1);
    return part;
}

enum status str_to_u64(struct str s, uint64_t max, uint64_t *ret_value)
{
    uint64_t value = 0;
    if (s.len == 0)
        return INVALID;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_is_digit(s.at[i]))
            return INVALID;
        uint64_t digit = (uint64_t)(s.at[i] - '0');
        if (value > (max - digit) / 10 || digit > max)
            return INVALID;
        value = value * 10 + digit;
    }
    *ret_value = value;
    return OK;
}

enum status str_to_i64(struct str s, int64_t *ret_value)
{
    bool is_negative = s.len > 0 && s.at[0] == '-';
    uint64_t value;
    TRY(str_to_u64(str_after(s, is_negative ? 1 : 0), (uint64_t)INT64_MAX + is_negative, &value));
    *ret_value = (int64_t)(is_negative ? 0 - value : value);
    return OK;
}

struct str str_copy(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.len + 1);
    if (copy == NULL)
        return STR_NONE;
    if (s.len > 0)
        memcpy(copy, s.at, s.len);
    return (struct str){copy, s.len};
}

char *str_c(struct arena *arena, struct str s)
{
    return (char *)(uintptr_t)str_copy(arena, s).at;
}

struct str str_lower(struct arena *arena, struct str s)
{
    struct str copy = str_copy(arena, s);
    for (size_t i = 0; i < copy.len; i++)
        ((char *)(uintptr_t)copy.at)[i] = ascii_lower(copy.at[i]);
    return copy;
}

struct str str_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    REQUIRE(length >= 0);
    char *text = arena_alloc(arena, (size_t)length + 1);
    if (text == NULL)
        return STR_NONE;
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return (struct str){text, (size_t)length};
}
