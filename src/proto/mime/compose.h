/* A compose is a message to be written: its fields, its text and what it carries (RFC 5322, 2045,
 * 2046).
 *
 * Why one struct and one function: every message of ours, from a person or from the platform, is
 * written in one place, where no value can smuggle in a line of its own. All text is UTF-8; lines
 * end with CRLF. The date, the message id and everything else that is not in the values is given by
 * the caller. */
#ifndef PROTO_MIME_COMPOSE_H
#define PROTO_MIME_COMPOSE_H

#include "base/buf.h"
#include "proto/mime/address.h"
#include "proto/mime/mail_date.h"

enum { COMPOSE_VALUE_MAX = 2000, COMPOSE_FILES_MAX = 200, COMPOSE_REFERENCES_MAX = 100 };

struct compose_file {
    struct str name; /* absent: none is written */
    struct str
        type; /* "application/pdf"; "message/rfc822" is written as it is, all others as base64 */
    struct str content_id; /* with it the file belongs to the HTML (multipart/related) */
    struct str bytes;
};

struct compose_field {
    struct str name, value; /* the value is unstructured text */
};

struct compose {
    struct address from, sender; /* the sender's mailbox is absent where it is the author */
    const struct address *reply_to, *to, *cc,
        *bcc; /* names in UTF-8; bcc is for drafts and kept copies */
    size_t reply_to_count, to_count, cc_count, bcc_count;
    struct str subject;
    struct mail_date date;
    struct str message_id, in_reply_to; /* without angle brackets; in_reply_to may be absent */
    const struct str *references;
    size_t reference_count;
    const struct compose_field *fields; /* Auto-Submitted, List-Id and their like */
    size_t field_count;
    struct str text, html; /* html is absent for plain mail; lines end with LF or CRLF */
    const struct compose_file *files;
    size_t file_count;
};

/* Appends the whole message. INVALID, and nothing appended, when a value for the header holds CR,
 * LF, NUL or another control, is not UTF-8 or longer than COMPOSE_VALUE_MAX, when an address is not
 * deliverable (a group start needs a name), the type of a file or the name of a field is none, a
 * message id has blanks or brackets, or a text holds NUL; also without message id. LIMIT when out
 * is full or there are too many files or references. */
MUST_USE enum status compose_write(struct buf *out, const struct compose *compose);

#endif
