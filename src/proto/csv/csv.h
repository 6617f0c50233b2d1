/* A csv is a text of rows and fields (RFC 4180), as spreadsheets write and read it.
 *
 * Reading: rows end with CRLF or LF; the separator is ',' unless the first row has more ';' or tabs outside quotes, as
 * French spreadsheets write them; a byte order mark in front is dropped. A quoted field may hold separators, line
 * ends and doubled quotes. Pure: fields are slices of the text, or in the arena where quotes were doubled. Writing:
 * ',' and CRLF, quotes only where they are needed. */
#ifndef PROTO_CSV_CSV_H
#define PROTO_CSV_CSV_H

#include "base/arena.h"
#include "base/buf.h"

enum { CSV_FIELDS_MAX = 256, CSV_FIELD_MAX = 1 << 20 };

struct csv_reader {
    struct str rest;
    char separator;
    int64_t line; /* of the next row's first line, from 1 */
};

struct csv_row {
    struct str fields[CSV_FIELDS_MAX];
    size_t count;
    int64_t line; /* where it begins */
};

struct csv_reader csv_open(struct str text);

/* NOT_FOUND: no more rows. INVALID: a quote where none may stand, or one that is never closed; ret_row->line says
 * where. LIMIT: more than CSV_FIELDS_MAX fields, a field above CSV_FIELD_MAX bytes, or a full arena. */
MUST_USE enum status csv_next(struct csv_reader *reader, struct arena *arena, struct csv_row *ret_row);

/* Whether a spreadsheet would take the text for a formula; an apostrophe in front is what they show nothing of. */
bool csv_is_formula(struct str text);
/* One row; is_over of the buf says whether it fitted. */
void csv_write(struct buf *out, const struct str *fields, size_t count);

#endif
