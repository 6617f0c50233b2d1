/* Objects are what a PDF file is made of: numbered, in any order, and found by a table at the end (ISO 32000-1
 * section 7.3 and 7.5). Sizes are thousandths of a unit, so that no floating point is needed. */
#ifndef DOCUMENT_PDF_OBJECT_H
#define DOCUMENT_PDF_OBJECT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"

struct pdf_objects {
    struct buf *out;
    struct arena *arena;
    struct pdf_offsets LIST_OF(uint64_t) offsets; /* of object 1, 2, ... */
};

/* The first bytes of the file. */
void pdf_objects_begin(struct pdf_objects *objects);
/* A number to speak of before it is written. LIMIT. */
MUST_USE enum status pdf_object_reserve(struct pdf_objects *objects, uint32_t *ret_number);
/* What is added to objects->out between these two is that object. */
void pdf_object_begin(struct pdf_objects *objects, uint32_t number);
void pdf_object_end(struct pdf_objects *objects);
/* A stream, deflated unless it is to be read as it is; `entries` are those of its dictionary beside length and filter.
 * OUTSIDE: no memory to deflate in. */
MUST_USE enum status pdf_object_stream(struct pdf_objects *objects, uint32_t number, struct str entries,
                                       struct str bytes, bool is_plain);
/* Table and trailer. */
void pdf_objects_end(struct pdf_objects *objects, uint32_t catalog, uint32_t info);

/* "12.5" for 12500. */
void pdf_add_thousandths(struct buf *out, int64_t thousandths);
/* A text string: UTF-16 with its mark, in hexadecimal (section 7.9.2.2). */
void pdf_add_text(struct buf *out, struct str utf8);
/* The same of code points; with_mark is what strings for people have, and character maps have not. */
void pdf_add_hex(struct buf *out, uint32_t sixteen_bits); /* "00E9" */
void pdf_add_points(struct buf *out, const uint32_t *points, size_t count, bool with_mark);

#endif
