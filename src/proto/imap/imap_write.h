/* Writers of the values in server responses (RFC 9051 section 9).
 *
 * is_utf8 says that the client enabled UTF8=ACCEPT or IMAP4rev2, so quoted strings may hold
 * UTF-8. A string that cannot be quoted becomes a literal, which may hold any byte but NUL:
 * those become U+FFFD. */
#ifndef PROTO_IMAP_IMAP_WRITE_H
#define PROTO_IMAP_IMAP_WRITE_H

#include "base/buf.h"

/* Quoted when it can be, else a literal. */
void imap_write_string(struct buf *out, struct str text, bool is_utf8);
/* NIL when absent. */
void imap_write_nstring(struct buf *out, struct str text, bool is_utf8);
/* An atom when it can be ("NIL" cannot), else a string. */
void imap_write_astring(struct buf *out, struct str text, bool is_utf8);
/* "{n}" CRLF and the bytes. */
void imap_write_literal(struct buf *out, struct str bytes);
/* A mailbox name given in UTF-8: modified UTF-7 unless is_utf8, as astring. */
void imap_write_mailbox(struct buf *out, struct str name, bool is_utf8);

/* The result of an extended search, without its CRLF (RFC 4731, RFC 7162 section 3.1.10). */
struct imap_esearch {
    struct str tag;
    bool is_uid;
    unsigned returns;        /* of enum imap_search_return; SAVE writes nothing */
    const uint32_t *numbers; /* ascending */
    size_t count;
    const unsigned char *scores; /* of each number, 1 to 100 (RFC 6203 section 4); needed for RELEVANCY */
    uint64_t modseq; /* 0: not written */
};
void imap_write_esearch(struct buf *out, const struct imap_esearch *esearch);

/* "* SEARCH 2 5 7 (MODSEQ 9)" without its CRLF; name is SEARCH or SORT. */
void imap_write_search(struct buf *out, struct str name, const uint32_t *numbers, size_t count,
                       uint64_t modseq);

#endif
