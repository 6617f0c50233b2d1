/* UTF-8 (RFC 3629): validity, code points, folding for comparison. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"

enum { UTF8_REPLACEMENT = 0xFFFD };

/* True for well-formed UTF-8: no overlong form, surrogate or value above U+10FFFF. */
bool utf8_is_valid(struct str s);

/* Takes one code point off *rest (not empty). A malformed byte is taken alone and gives
 * UTF8_REPLACEMENT, so a loop always ends. */
uint32_t utf8_next(struct str *rest);

/* Appends one code point (UTF8_REPLACEMENT for what is none). */
void utf8_add(struct buf *out, uint32_t point);

/* Appends s with every malformed byte replaced. */
void utf8_repair(struct buf *out, struct str s);

size_t utf8_count(struct str s);

/* The longest prefix of whole code points within max bytes. */
struct str utf8_prefix(struct str s, size_t max);

/* Appends s folded for comparison: lower case (towlower-like for Latin, Greek, Cyrillic) and without
 * diacritics for Latin letters (é -> e, Œ -> oe, ß -> ss); other points unchanged. */
void utf8_fold(struct buf *out, struct str s);

/* True for one line as a person writes it: well-formed, of at most that many bytes, nothing deceptive in it. */
bool utf8_is_line(struct str s, size_t most);

/* True for control characters and the bidirectional controls U+200E/F, U+202A..E, U+2066..9, U+FEFF. */
bool utf8_is_deceptive(uint32_t point);

#endif
