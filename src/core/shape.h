/* A shape describes a struct's fields, so that one generic function can write, read or check any of them.
 *
 * Drives messages between roles (role/message.h), JSON Lines and CSV exports, forms and audit lines. */
#ifndef CORE_SHAPE_H
#define CORE_SHAPE_H

#include "base/buf.h"

enum shape_kind {
    SHAPE_INT,   /* int64_t */
    SHAPE_BOOL,  /* bool */
    SHAPE_TEXT,  /* struct str, UTF-8 */
    SHAPE_BYTES, /* struct str, any bytes */
};

struct shape_field {
    const char *name;
    enum shape_kind kind;
    size_t offset;
    int64_t max; /* longest text or bytes, largest absolute value; 0: no further limit */
};

struct shape {
    const char *name;
    size_t size; /* sizeof the struct */
    const struct shape_field *fields;
    size_t field_count;
};

#define SHAPE_FIELD(type, field, kind, max) {#field, kind, offsetof(struct type, field), max}
#define SHAPE_OF(type, field_table)                                                                \
    {#type, sizeof(struct type), field_table, sizeof(field_table) / sizeof(field_table)[0]}

/* Appends the fields in order: ints as 8 bytes little endian, bools as 1, texts and bytes as u32 length
 * (0xFFFFFFFF: absent) and content. */
void shape_encode(struct buf *out, const struct shape *shape, const void *from);

/* Would shape_decode take what these fields encode to? What strangers said goes through here before it is sent on: a
 * role that is told what it cannot read ends, and with it everybody's session. */
bool shape_is_sound(const struct shape *shape, const void *from);

/* Fills *ret_into with slices into `bytes`. INVALID when bytes end early, go on after the last field, break
 * a max, or a text is not UTF-8: a peer role is not believed. */
MUST_USE enum status shape_decode(const struct shape *shape, struct str bytes, void *ret_into);

/* One JSON string, with its quotes. */
void shape_json_text(struct buf *out, struct str text);
/* One JSON object on one line, without newline; bytes as base64. And back, refusing unknown fields. */
void shape_json(struct buf *out, const struct shape *shape, const void *from);
MUST_USE enum status shape_from_json(struct arena *arena, const struct shape *shape, struct str line,
                                     void *ret_into);

#endif
