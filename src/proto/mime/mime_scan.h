/* A mime is a message seen as a tree of parts, each an exact range of the message's bytes (RFC
 * 2045, 2046).
 *
 * Why: one pass finds every offset a server ever needs (delivery, BODYSTRUCTURE, sections,
 * display), and nothing is copied: fields are slices of the message, which must outlive the tree.
 * Parts stand in the order of their headers; parts[0] is the message itself. Lines may end with
 * CRLF or a bare LF. Invariants, for every part: header_at <= body_at <= end <= message.len; a
 * child lies within its parent's body; the line end before a boundary belongs to the boundary (RFC
 * 2046 section 5.1.1). */
#ifndef PROTO_MIME_MIME_SCAN_H
#define PROTO_MIME_MIME_SCAN_H

#include "proto/mime/parameter.h"
#include "proto/mime/transfer.h"

/* MIME_DEPTH_MAX: the message is depth 0, a part within it 1. A boundary longer than RFC 2046's 70
 * characters is tolerated up to MIME_BOUNDARY_MAX; beyond, or without one, the part is text. */
enum { MIME_DEPTH_MAX = 64, MIME_PARTS_MAX = 1000, MIME_BOUNDARY_MAX = 250 };
enum { MIME_NONE = 0 }; /* no part: the message itself is nobody's child or sibling */

/* Bytes of arena that are enough for any message. */
enum { MIME_SCAN_ARENA = 8 << 20 };

enum mime_kind {
    MIME_LEAF,
    MIME_MULTIPART, /* its children are its body parts; there may be none */
    MIME_MESSAGE,   /* message/rfc822 or message/global: its one child is the message inside */
};

struct mime_part {
    enum mime_kind kind;
    enum transfer transfer;
    size_t header_at, body_at, end; /* offsets in the message; the header has its empty line */
    size_t body_lines;              /* line ends within the body */
    struct str type, subtype; /* as written; "text" "plain" (or digest's default) when missing */
    /* Raw values of fields, absent when missing. A malformed Content-Type counts as missing (RFC
     * 2045 section 5.2). */
    struct str content_type, disposition, encoding, id, description, md5, language, location;
    uint32_t parent, first_child, last_child, next;
    uint32_t number; /* 1.. among its siblings */
    uint32_t depth;
};

struct mime {
    struct str message;
    struct mime_part *parts;
    uint32_t count;
    bool is_cut; /* a maximum was reached: some part was not looked into, or parts were left out */
};

/* Linear in the message (times the boundaries open, for lines that begin with "--"). Never fails
 * but with LIMIT, when the arena is full. */
MUST_USE enum status mime_scan(struct arena *arena, struct str message, struct mime *ret_mime);

static inline struct str mime_header(const struct mime *mime, const struct mime_part *part)
{
    return str_slice(mime->message, part->header_at, part->body_at);
}

static inline struct str mime_body(const struct mime *mime, const struct mime_part *part)
{
    return str_slice(mime->message, part->body_at, part->end);
}

/* "text" with any subtype when subtype is absent. */
bool mime_is(const struct mime_part *part, struct str type, struct str subtype);

/* The parameters of Content-Type and of Content-Disposition; a part without the field has none. */
MUST_USE enum status mime_type_parameters(struct arena *arena, const struct mime_part *part,
                                          struct parameter_list *ret_list);
MUST_USE enum status mime_disposition_parameters(struct arena *arena, const struct mime_part *part,
                                                 struct parameter_list *ret_list);

#endif
