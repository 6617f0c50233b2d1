/* A json is a reader that walks over JSON text (RFC 8259) one event at a time, without a tree and without memory.
 *
 * Why: folders of sheets hold hundreds of megabytes of JSON of which a tenth is wanted. What it gives are slices of
 * the text; strings come raw, between their quotes, and json_unescape makes their bytes. Wrong text gives
 * JSON_WRONG, and nothing but JSON_WRONG from there on. */
#ifndef LANGUAGE_JSON_H
#define LANGUAGE_JSON_H

#include "base/buf.h"

enum { JSON_DEPTH_MAX = 256 };

enum json_kind {
    JSON_END, /* after one whole value */
    JSON_OBJECT,
    JSON_OBJECT_END,
    JSON_ARRAY,
    JSON_ARRAY_END,
    JSON_KEY,
    JSON_TEXT,
    JSON_NUMBER,
    JSON_WORD, /* true, false, null */
    JSON_WRONG,
};

struct json {
    struct str rest;
    int depth;
    int wanted; /* what the grammar allows next */
    uint64_t is_object[JSON_DEPTH_MAX / 64];
};

struct json json_of(struct str text);

/* The next event; *ret_raw is the text of a key, string, number or word, absent for the others. */
enum json_kind json_next(struct json *json, struct str *ret_raw);

/* Passes over what is left of the value whose first event was `first`. JSON_WRONG or its last event. */
enum json_kind json_skip(struct json *json, enum json_kind first);

/* Appends the bytes of a raw string; a lone surrogate becomes U+FFFD. */
void json_unescape(struct buf *out, struct str raw);

#endif
