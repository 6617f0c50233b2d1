/* A search_document is one message as search sees it: its header decoded, a field a line, and the text of its parts;
 * both plain (language/plain.h), so that case, accents, encodings and line breaks do not count.
 *
 * What is searched is this and nothing else, whether an index answers or the message is read again. Of fields that are
 * signatures the signature itself is no text. The body has the text of every text part, HTML without its markup, the
 * header and text of messages within, and the names of attachments. Memory is the arena's. */
#ifndef SERVICE_MAIL_SEARCH_DOCUMENT_H
#define SERVICE_MAIL_SEARCH_DOCUMENT_H

#include "base/arena.h"
#include "base/str.h"
#include "language/stem.h"

struct search_document {
    struct str header; /* lines "name: value\n", names in small letters */
    struct str body;
    bool is_cut; /* there was more text than `max` */
};

/* LIMIT: the arena is full. `max`: bytes of header and body together, before they are made plain. */
MUST_USE enum status search_document_read(struct arena *arena, struct str message, size_t max,
                                          struct search_document *ret_document);

/* Where something is looked for. */
enum search_place {
    SEARCH_TEXT, /* the whole header and the body */
    SEARCH_BODY,
    SEARCH_HEADER, /* the fields of one name */
    SEARCH_FROM,
    SEARCH_TO,
    SEARCH_CC,
    SEARCH_BCC,
    SEARCH_SUBJECT,
    SEARCH_RECIPIENTS, /* To and Cc */
    SEARCH_READABLE,   /* what a person reads: From, To, Cc, Subject and the body */
};

/* What is looked for. */
struct search_term {
    enum search_place place;
    struct str name; /* HEADER: in small letters */
    struct str text; /* plain; in a header place, empty asks that the field is there */
    bool is_word;    /* text is one token: a word that begins with it, or shares its stem, is found; else a substring */
};

bool search_document_has(const struct search_document *document, const struct search_term *term,
                         struct stemmer *stemmer);
bool search_place_has_header(enum search_place place);
bool search_place_has_body(enum search_place place);

/* The next line of a plain header. */
bool search_document_field(struct str *rest, struct str *ret_name, struct str *ret_value);

#endif
