/* A section is what a client asks of one message: BODY[2.1.HEADER] and its like (RFC 3501
 * section 6.4.5).
 *
 * Ranges are exact bytes of the message; only HEADER.FIELDS has to be put together. */
#ifndef PROTO_MIME_SECTION_H
#define PROTO_MIME_SECTION_H

#include "base/buf.h"
#include "proto/mime/mime_scan.h"

/* A longer path names no part; more fields are refused by the reader of the command. */
enum { SECTION_PATH_MAX = MIME_DEPTH_MAX, SECTION_FIELDS_MAX = 500 };

enum section_kind {
    SECTION_ALL, /* BODY[] and BODY[1.2] */
    SECTION_HEADER,
    SECTION_FIELDS,
    SECTION_FIELDS_NOT,
    SECTION_TEXT,
    SECTION_MIME,
};

struct section {
    enum section_kind kind;
    uint32_t path[SECTION_PATH_MAX];
    size_t path_count;
    const struct str *fields; /* of SECTION_FIELDS and SECTION_FIELDS_NOT */
    size_t field_count;
};

/* Reads "", "1.2", "HEADER", "2.1.MIME", "1.TEXT"... and, with its list still to come,
 * "HEADER.FIELDS" and "HEADER.FIELDS.NOT"; letters in either case. INVALID for anything else. */
MUST_USE enum status section_parse(struct str text, struct section *ret_section);

/* The part a path leads to, its number written between dots: NULL when there is none. The empty
 * path is the message; "1" of a message without parts is the message's body (RFC 3501
 * section 6.4.5). */
const struct mime_part *section_part(const struct mime *mime, const uint32_t *path, size_t count);

/* The other way: appends "2.1" for a part. A multipart has no number of its own where it is the top
 * of a message: the path is that of the part that holds the message, and empty at the very top. */
void section_write_path(struct buf *out, const struct mime *mime, const struct mime_part *part);

/* The bytes asked for. For SECTION_FIELDS(_NOT) it is the whole header they are chosen from.
 * NOT_FOUND: no such part, or no such text of it (HEADER or TEXT of what is no message): IMAP
 * answers NIL. */
MUST_USE enum status section_range(const struct mime *mime, const struct section *section,
                                   size_t *ret_from, size_t *ret_to);

/* Appends the fields chosen from a header, as they stand, and the empty line. Linear in header x
 * fields. */
void section_write_fields(struct buf *out, struct str header, const struct section *section);

/* The part's body with its transfer encoding undone, for BINARY (RFC 3516). INVALID when the
 * encoding is unknown (the server answers UNKNOWN-CTE), NOT_FOUND without such a part, LIMIT when
 * out is full. The empty path gives the whole message; a multipart or message part its bytes as
 * they are. */
MUST_USE enum status section_write_binary(struct buf *out, const struct mime *mime,
                                          const uint32_t *path, size_t count);

#endif
