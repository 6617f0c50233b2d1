/* A str is a borrowed slice of bytes: pointer and length, never an owner, never NUL-terminated by right.
 *
 * Invariants: len bytes from at are readable as long as the owner lives (the arena, buffer or literal it
 * was cut from). at == NULL means "absent" (SQL NULL, missing header) and then len is 0; an empty text
 * has a non-NULL at. Passed and returned by value. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/status.h"

struct arena;

struct str {
    const char *at;
    size_t len;
};

#define STR(literal) ((struct str){"" literal "", sizeof(literal) - 1})
#define STR_INIT(literal) {"" literal "", sizeof(literal) - 1} /* for static tables */
#define STR_NONE ((struct str){NULL, 0})
#define STR_ARG(s) (int)(s).len, (s).at ? (s).at : ""           /* for "%.*s" */

static inline struct str str_of(const char *c_string)
{
    return (struct str){c_string, c_string ? strlen(c_string) : 0};
}

static inline struct str str_span(const char *from, const char *to)
{
    return (struct str){from, (size_t)(to - from)};
}

static inline bool str_is_absent(struct str s)
{
    return s.at == NULL;
}

/* Comparison of bytes; str_compare orders like memcmp, a prefix first. */
bool str_eq(struct str a, struct str b);
int str_compare(struct str a, struct str b);

/* Comparison where ASCII letters match in either case, as protocols ask; other bytes are exact. */
bool str_eq_nocase(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_ends_nocase(struct str s, struct str suffix);

/* How often a byte stands in it. */
size_t str_count_byte(struct str s, char byte);
/* Index of the first (last) byte or text, or SIZE_MAX. */
size_t str_find_byte(struct str s, char byte);
size_t str_find_byte_last(struct str s, char byte);
size_t str_find(struct str s, struct str needle);
size_t str_find_nocase(struct str s, struct str needle);

/* Bytes [from, to), both cut to the length of s; and from `from` on. Inline, but for `make lint`: gcc cannot know that
 * a slice which has a length has bytes. */
#ifdef STR_SLICE_APART
struct str str_slice(struct str s, size_t from, size_t to);
struct str str_after(struct str s, size_t from);
#else
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return (struct str){s.at ? s.at + from : NULL, to - from};
}

static inline struct str str_after(struct str s, size_t from)
{
    return str_slice(s, from, s.len);
}
#endif

/* Without spaces, tabs, CR and LF at both ends. */
struct str str_trim(struct str s);

/* Cuts *rest at the first separator: the part before it is returned, *rest becomes what follows.
 * Without a separator all is returned and *rest becomes absent, so a loop runs
 * `while (!str_is_absent(rest)) part = str_cut(&rest, ',');`. */
struct str str_cut(struct str *rest, char separator);

/* Digits only, the whole of s, no sign. INVALID otherwise or above max. */
MUST_USE enum status str_to_u64(struct str s, uint64_t max, uint64_t *ret_value);
/* An optional '-', then digits. */
MUST_USE enum status str_to_i64(struct str s, int64_t *ret_value);

/* A copy in the arena, NUL-terminated one byte after its end; at is NULL when the arena is full. */
struct str str_copy(struct arena *arena, struct str s);
/* The same as a C string; NULL when the arena is full. A NUL inside s ends it early: check before. */
char *str_c(struct arena *arena, struct str s);
struct str str_lower(struct arena *arena, struct str s);
/* printf into the arena; at is NULL when the arena is full. */
struct str str_format(struct arena *arena, const char *format, ...) FORMAT(2, 3);

static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}
static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool ascii_is_alpha(char c)
{
    char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'z';
}

#endif
