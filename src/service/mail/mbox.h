/* An mbox is one file of many messages, each behind a line that begins with "From " (RFC 4155; "mboxrd" quoting).
 *
 * Pure: slices of the file. Lines of the file end with LF or CRLF; a line of a message that would begin with "From ",
 * with any number of '>' in front, stands there with one '>' more. */
#ifndef SERVICE_MAIL_MBOX_H
#define SERVICE_MAIL_MBOX_H

#include "base/buf.h"
#include "base/dates.h"

/* Takes the next message off *rest. NOT_FOUND: the end; INVALID: *rest does not begin with "From ". */
struct mbox_entry {
    struct str from;  /* what stands behind "From ": sender and date */
    struct str lines; /* the message as it lies in the file */
};
MUST_USE enum status mbox_next(struct str *rest, struct mbox_entry *ret_entry);

/* The message as mail has it: CRLF, one '>' less. LIMIT: out is full. */
MUST_USE enum status mbox_unquote(struct buf *out, struct str lines);
/* When it arrived, as the "From " line says (in UTC). NOT_FOUND: it does not say. */
MUST_USE enum status mbox_received(struct str from, struct instant *ret_received);
/* What "Status" and "X-Status" of the message say, as message flags. */
int64_t mbox_flags(struct str message);

/* The parts of writing and reading one, for who puts fields of their own before the message: the "From " line; the
 * quoted lines, their CRLF as LF or as they are; and lines back as they are. */
void mbox_from(struct buf *out, struct instant received);
void mbox_quote(struct buf *out, struct str message, bool has_whole_lines);
void mbox_unquote_as_is(struct buf *out, struct str lines);

/* Appends one message: the "From " line, the message with LF and quoted, an empty line. Whole CRLF lines come back as
 * they were; a bare LF comes back as CRLF, and of several CR before a LF one is lost. */
void mbox_write(struct buf *out, struct instant received, struct str message);

#endif
