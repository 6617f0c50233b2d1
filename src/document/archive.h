/* An archive is a zip of many XML files that a publisher gives out, each read as a tree in JSON: an object {type, name,
 * attributes, children} for each element, {type, text} for each text.
 *
 * As a wording (wording.h) it belongs into the role convert. Nothing of it is opened, asked or run: a file with a
 * DOCTYPE is damaged, so no entity is declared, expanded or fetched. What a tree means is for others to say
 * (language/source/sheet.h). */
#ifndef DOCUMENT_ARCHIVE_H
#define DOCUMENT_ARCHIVE_H

#include "document/wording.h"

enum {
    ARCHIVE_BYTES_MAX = WORDING_DOCUMENT_MAX,
    ARCHIVE_ENTRIES_MAX = 20000,
    ARCHIVE_FILE_MAX = 4 << 20,    /* bytes of one file, once inflated */
    ARCHIVE_WHOLE_MAX = 512 << 20, /* of all files that are read */
    ARCHIVE_TREE_MAX = 32 << 20,   /* of one tree in JSON */
};

struct archive;

/* The bytes stay the caller's, and there, until it is closed. INVALID: no zip, or a damaged one; LIMIT: more than
 * ARCHIVE_BYTES_MAX or ARCHIVE_ENTRIES_MAX. */
MUST_USE enum status archive_open(struct str bytes, struct archive **ret_archive);
void archive_close(struct archive *archive); /* NULL accepted */

size_t archive_count(const struct archive *archive);
/* Its whole name, folders included; valid until the archive is closed. Empty: it has none, or one that is no UTF-8. */
struct str archive_name(struct archive *archive, size_t number);
/* Has ARCHIVE_WHOLE_MAX been passed? Nothing more comes out of it then. */
bool archive_is_spent(const struct archive *archive);

/* What stands in the children of that name of the root, beside its place in the tree: those of several parted by
 * ", ". */
struct archive_note {
    const char *name; /* Dublin Core's with "dc:" */
    struct buf text;  /* the caller's */
};

/* Appends {"children":[the root]} to `json`, which its owner bounds by ARCHIVE_TREE_MAX. Dublin Core's names begin with
 * "dc:" whatever the file calls them. INVALID: damaged, not well-formed, or with a DOCTYPE; DENIED: it wants a
 * password; LIMIT: above ARCHIVE_FILE_MAX, WORDING_RATIO_MAX or WORDING_DEPTH_MAX. */
MUST_USE enum status archive_tree(struct archive *archive, size_t number, struct archive_note *notes,
                                  size_t note_count, struct buf *json);

#endif
