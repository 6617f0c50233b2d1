/* The body parts of a message are those a reader shows: as text, as HTML, and as attachments.
 *
 * The choice is JMAP's (RFC 8621 section 4.1.4, textBody, htmlBody, attachments), so that the
 * webmail and every client built on JMAP show the same. Messages within a message are
 * attachments. */
#ifndef PROTO_MIME_BODY_PARTS_H
#define PROTO_MIME_BODY_PARTS_H

#include "proto/mime/mime_scan.h"

struct body_part_list LIST_OF(const struct mime_part *);

struct body_parts {
    struct body_part_list text, html; /* in order; a part that has no other form is in both */
    struct body_part_list attachments;
};

/* LIMIT: the arena is full. */
MUST_USE enum status body_parts_of(struct arena *arena, const struct mime *mime,
                                   struct body_parts *ret_parts);

/* The name its sender gave a part, in UTF-8 and as given; absent when it has none. */
MUST_USE enum status body_part_name(struct arena *arena, const struct mime_part *part,
                                    struct str *ret_name);

#endif
