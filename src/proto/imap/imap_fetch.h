/* A fetch is what a FETCH command asks of each message (RFC 9051 section 6.4.5; RFC 7162 section
 * 3.1.4.1).
 *
 * Macros are spelled out, repeated items are one. Texts and arrays are the command's or the
 * arena's. */
#ifndef PROTO_IMAP_IMAP_FETCH_H
#define PROTO_IMAP_IMAP_FETCH_H

#include "base/buf.h"
#include "proto/imap/imap_command.h"

enum imap_fetch_item {
    IMAP_FETCH_UID = 1 << 0,
    IMAP_FETCH_FLAGS = 1 << 1,
    IMAP_FETCH_INTERNALDATE = 1 << 2,
    IMAP_FETCH_SIZE = 1 << 3, /* RFC822.SIZE */
    IMAP_FETCH_ENVELOPE = 1 << 4,
    IMAP_FETCH_BODY = 1 << 5, /* BODY without a section: the structure, without extension data */
    IMAP_FETCH_BODYSTRUCTURE = 1 << 6,
    IMAP_FETCH_MODSEQ = 1 << 7,
    IMAP_FETCH_EMAILID = 1 << 8, /* RFC 8474 */
    IMAP_FETCH_THREADID = 1 << 9,
};

enum imap_section_name {
    IMAP_BODY_SECTION, /* BODY[...] and BODY.PEEK[...] */
    IMAP_BINARY, /* BINARY[...] and BINARY.PEEK[...]: content decoded (RFC 9051 section 6.4.5) */
    IMAP_BINARY_SIZE,   /* BINARY.SIZE[...] */
    IMAP_RFC822,        /* as BODY[], answered under the old name */
    IMAP_RFC822_HEADER, /* as BODY.PEEK[HEADER] */
    IMAP_RFC822_TEXT,   /* as BODY[TEXT] */
};

enum imap_section_what {
    IMAP_WHOLE, /* all of the message or part */
    IMAP_HEADER,
    IMAP_HEADER_FIELDS,
    IMAP_HEADER_FIELDS_NOT,
    IMAP_TEXT,
    IMAP_MIME,
};

enum { IMAP_PART_DEPTH_MAX = 100, IMAP_SECTION_MAX = 200, IMAP_FIELD_MAX = 1000 };

struct imap_section {
    enum imap_section_name name;
    enum imap_section_what what;
    bool is_peek;   /* does not set \Seen; true for the names that never do */
    uint32_t *part; /* part numbers from 1, outermost first */
    size_t part_count;
    struct str *fields; /* header names, as the client wrote them */
    size_t field_count;
    bool is_partial; /* bytes [partial_from, partial_from + partial_size) */
    uint32_t partial_from, partial_size;
};

struct imap_fetch {
    unsigned items; /* of enum imap_fetch_item */
    struct imap_section *sections;
    size_t section_count;
    bool is_changed_since, is_vanished; /* modifiers (CHANGEDSINCE n VANISHED) */
    uint64_t changed_since;
};

/* The arguments after the sequence set. INVALID with a sentence; VANISHED without CHANGEDSINCE
 * is INVALID, and that UID FETCH and QRESYNC are needed for it is left to the caller.
 * CHANGEDSINCE adds MODSEQ. */
MUST_USE enum status imap_fetch_parse(const struct imap_arg *args, size_t count,
                                      struct arena *arena, struct imap_fetch *ret_fetch,
                                      const char **ret_why);

/* True when answering sets \Seen. */
bool imap_fetch_marks_seen(const struct imap_fetch *fetch);

/* As the answer names it: "BODY[1.HEADER.FIELDS (FROM TO)]<0>", "RFC822.HEADER". */
void imap_section_write(struct buf *out, const struct imap_section *section);

#endif
