/* One XML part of an office document, element by element: for wording_*.c alone.
 *
 * No DOCTYPE is taken, so no entity is declared, expanded or fetched; no tree is built. */
#ifndef DOCUMENT_WORDING_XML_H
#define DOCUMENT_WORDING_XML_H

#include "document/wording_zip.h"

struct wording_tag {
    struct str space, name;        /* address of its namespace ("" for none), and its name in it */
    const char *const *attributes; /* for wording_attribute; NULL at the end of an element */
};

/* The value of an attribute by its name in any namespace; absent when there is none. Valid during the call only. */
struct str wording_attribute(const struct wording_tag *tag, const char *name);

/* NULL: nothing is asked about that. */
struct wording_xml_reader {
    void (*begin)(void *with, const struct wording_tag *tag);
    void (*end)(void *with, const struct wording_tag *tag); /* without attributes */
    void (*words)(void *with, struct str words);
    bool (*is_over)(const void *with); /* true: what it writes to is full, and reading on is of no use */
};

/* As wording_zip_read; INVALID: not well-formed, or with a DOCTYPE; LIMIT also: deeper than WORDING_DEPTH_MAX. */
MUST_USE enum status wording_xml_read(struct wording_zip *zip, const char *name,
                                      const struct wording_xml_reader *reader, void *with);

#endif
