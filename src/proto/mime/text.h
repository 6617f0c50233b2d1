/* The text of a message is what a person reads of it: UTF-8, decoded, whatever the sender wrapped
 * it in.
 *
 * Why: list rows, reading pages, quoting and search all ask the same questions. Results live in the
 * arena; every one of them is cut at a maximum, never refused. */
#ifndef PROTO_MIME_TEXT_H
#define PROTO_MIME_TEXT_H

#include "base/buf.h"
#include "proto/mime/body_parts.h"

enum { TEXT_PREVIEW_MAX = 140, TEXT_ATTACHMENTS_MAX = 500 };

/* Bytes of arena that are enough to read `max` bytes of text of all but hostile messages
 * (LIMIT). */
#define TEXT_ARENA(max) ((size_t)(max)*8 + (1 << 20))

/* Appends one text part as UTF-8: transfer encoding and charset undone, line ends LF, NUL gone;
 * HTML stays markup. Bytes beyond what out holds are dropped. */
MUST_USE enum status text_read_part(struct buf *out, struct arena *arena, const struct mime *mime,
                                    const struct mime_part *part);

/* What is shown as text: all text parts of the body, HTML made text where there is nothing else. A
 * multipart without parts shows its bytes. At most `max` bytes. */
MUST_USE enum status text_display(struct arena *arena, const struct mime *mime, size_t max,
                                  struct str *ret_text);

/* The markup to sanitise and show; absent when the body has no HTML of its own. At most `max`
 * bytes. */
MUST_USE enum status text_markup(struct arena *arena, const struct mime *mime, size_t max,
                                 struct str *ret_markup);

/* The first TEXT_PREVIEW_MAX characters that the sender wrote, on one line: quoted lines, the line
 * that introduces them and the signature are passed over, unless nothing else is there. */
struct str text_preview(struct arena *arena, struct str text);

/* Something a message carries besides its text. */
struct attachment {
    struct str
        name; /* safe to show and save (file_name.h); made from type and number when it has none */
    struct str type;       /* "application/pdf", lower case */
    struct str path;       /* "2.1", for section.h */
    struct str content_id; /* without angle brackets; absent when it has none */
    size_t size;    /* of the decoded bytes; within a few bytes where the encoding is faulty */
    bool is_inline; /* shown within the HTML: in multipart/related, with a content_id */
};

struct attachment_list LIST_OF(struct attachment);

/* In the order of the message, at most TEXT_ATTACHMENTS_MAX. */
MUST_USE enum status text_attachments(struct arena *arena, const struct mime *mime,
                                      struct attachment_list *ret_list);

/* The part with this Content-ID (without angle brackets), for "cid:" addresses; NULL when there is
 * none. */
const struct mime_part *text_part_by_id(struct arena *arena, const struct mime *mime,
                                        struct str content_id);

/* What is searched in: header texts decoded, and the text of every text part, HTML without its
 * markup, those of messages within with their subjects. `body` holds at most `max` bytes; is_cut
 * says it was more. */
struct search_text {
    struct str subject, from, to, cc, body, attachments; /* "" when there is none */
    bool is_cut;
};

MUST_USE enum status text_for_search(struct arena *arena, const struct mime *mime, size_t max,
                                     struct search_text *ret_text);

#endif
