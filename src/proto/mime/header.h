/* A header is the block of fields before the first empty line of a message or part (RFC 5322
 * section 2.2).
 *
 * Why: fields are borrowed slices of the message, found on demand, so nothing is copied for a
 * message whose header nobody asks for. Lines end with CRLF or a bare LF. A line that is no field
 * is passed over, never an end. What is interpreted is bounded (HEADER_FIELDS_MAX,
 * HEADER_VALUE_MAX); the bytes themselves are not. */
#ifndef PROTO_MIME_HEADER_H
#define PROTO_MIME_HEADER_H

#include "base/buf.h"

enum { HEADER_FIELDS_MAX = 2000, HEADER_VALUE_MAX = 64 << 10 };

struct header_field {
    struct str name;  /* as written, without blanks */
    struct str value; /* after the colon, folded as it is, without the last line end */
    struct str whole; /* all its lines with their ends */
};

/* Bytes up to and with the empty line; all of them when there is none. */
size_t header_length(struct str message);

/* Takes the lines of one field (or of what stands in its place) off *rest, which is not empty. */
struct str header_take_lines(struct str *rest);
/* False when the lines are no field: no colon, or a name with blanks, controls or 8-bit bytes. */
bool header_split(struct str lines, struct header_field *ret_field);

/* The next field; false at the empty line or the end. Costs time linear in what is passed over. */
bool header_next(struct str *rest, struct header_field *ret_field);

/* The value of the first field of this name among the first HEADER_FIELDS_MAX, or absent. */
struct str header_find(struct str header, struct str name);

/* Fills in the value of the first field of each name, in one pass. */
struct header_wanted {
    struct str name, value;
};
void header_collect(struct str header, struct header_wanted *wanted, size_t count);

/* The value on one line and trimmed: line ends are dropped, the blanks after them stay (RFC 5322
 * section 2.2.3). A value without line ends is returned as a slice of itself. At most
 * HEADER_VALUE_MAX bytes are kept. Absent stays absent; absent too when the arena is full. */
struct str header_unfold(struct arena *arena, struct str value);

/* The value for people: unfolded, encoded words decoded (words.h), valid UTF-8. */
struct str header_text(struct arena *arena, struct str value);

#endif
