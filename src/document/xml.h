/* An xml is a document of elements that others wrote, as a tree in an arena, and the way back to bytes.
 *
 * Why a tree: budget, payment and invoice files are looked at from several sides, and go out again with what this
 * program knows nothing of. Invariants of what was read: names and namespaces are as XML 1.0 and Namespaces in XML 1.0
 * say; texts are UTF-8 whatever the file was in; white space alone between elements is dropped; comments and
 * processing instructions are. A file with a DOCTYPE is refused, so no entity is declared, expanded or fetched. Depth,
 * elements, bytes and memory are bounded, and a file above XML_BYTES_MAX is refused before anything is built. */
#ifndef DOCUMENT_XML_H
#define DOCUMENT_XML_H

#include "base/arena.h"
#include "base/buf.h"

enum {
    XML_BYTES_MAX = 16 << 20,
    XML_DEPTH_MAX = 64,
    XML_NODES_MAX = 1 << 19, /* elements and texts */
    XML_ARENA = 48 << 20,    /* an arena of that size holds the tree of any file below the above, or says LIMIT */
};

struct xml_attribute {
    struct str space, prefix, name, value; /* space "": none; a namespace's declaration is no attribute */
};

/* An element, or a text where name is absent. */
struct xml {
    union {
        struct str space; /* of an element: the address of its namespace; "": none */
        struct str text;  /* of a text */
    };
    struct str prefix, name;
    const struct xml_attribute *attributes;
    size_t attribute_count;
    struct xml *first, *last; /* its children */
    struct xml *next;         /* the next child of its parent */
    uint32_t line;            /* where it begins in the file, from 1; 0: made here */
    uint32_t end;             /* where its end tag stands in the bytes, from 0; 0: made here */
};

/* Why a file was not read: for whoever wrote it. */
struct xml_fault {
    uint32_t line;
    const char *what; /* "doctype", "instruction", "deep", "many", "long", "memory", or expat's words of what is not
                       * well-formed */
};

/* INVALID: not well-formed, in an encoding nobody knows here (UTF-8, UTF-16, ISO-8859-1, ISO-8859-15, Windows-1252 and
 * US-ASCII are), or with a DOCTYPE; LIMIT: above one of the maxima, or the arena is full. ret_fault then says more. */
MUST_USE enum status xml_read(struct arena *arena, struct str bytes, struct xml **ret_root,
                              struct xml_fault *ret_fault);
/* The same with every text as it stands, blanks between elements too: for signatures, which prove them. Comments are
 * left out, as canonical forms leave them; a processing instruction within the root is INVALID ("instruction"). */
MUST_USE enum status xml_read_exact(struct arena *arena, struct str bytes, struct xml **ret_root,
                                    struct xml_fault *ret_fault);
/* As xml_read of a file, which never lies in memory as a whole. Other statuses are those of opening and reading it, and
 * ret_fault has then no word. */
MUST_USE enum status xml_read_file(struct arena *arena, const char *path, struct xml **ret_root,
                                   struct xml_fault *ret_fault);

/* The first child element of that name in any namespace, and the next one after `child`; NULL: none. NULL has none. */
struct xml *xml_child(const struct xml *parent, const char *name);
struct xml *xml_next(const struct xml *child, const char *name);
/* How many child elements it has, texts apart. */
size_t xml_count(const struct xml *parent);
/* The value of an attribute without namespace; absent: none. */
struct str xml_attribute(const struct xml *element, const char *name);
/* What V says in the child of that name, as DocBudg and PES write values: <Exer V="2022"/>; absent: none. */
struct str xml_value(const struct xml *parent, const char *name);
/* The text between its tags, without what stands in its elements; white space at both ends dropped. "" for none. */
struct str xml_text(struct arena *arena, const struct xml *element);

/* ---- writing ---- */

enum xml_encoding { XML_UTF_8, XML_ISO_8859_1 };

/* The whole document, with its declaration; an element in a line of its own, four blanks for each level. Letters the
 * encoding lacks go as numeric references. Namespaces are declared where they begin, with the prefixes read. */
void xml_write(struct buf *out, const struct xml *root, enum xml_encoding encoding);
/* One element within a document in which these are declared: for parts of one. */
void xml_write_part(struct buf *out, const struct xml *element, size_t level, enum xml_encoding encoding);

/* ---- making one ---- */

/* As the parent's last child, whatever followed it before. */
void xml_append(struct xml *parent, struct xml *child);
/* NULL once the arena is full; NULL as parent is passed on. Appended as the parent's last child. */
struct xml *xml_add(struct arena *arena, struct xml *parent, struct str space, const char *name);
/* <Name V="value"/> in the parent's namespace. */
struct xml *xml_add_value(struct arena *arena, struct xml *parent, const char *name, struct str value);
void xml_set(struct arena *arena, struct xml *element, const char *name, struct str value);
/* V of the child of that name, which is added at the end where there is none. */
void xml_set_value(struct arena *arena, struct xml *parent, const char *name, struct str value);
/* Takes the child elements of that name out. NULL has none. */
void xml_drop(struct xml *parent, const char *name);

/* ---- comparing ---- */

/* Do they say the same, as canonical XML (C14N 1.1) would have it apart from prefixes: names, namespaces, attributes in
 * any order, texts? If not, appends where to `ret_where` ("/DocumentBudgetaire/Budget[1]/LigneBudget[12]/MtPrev"). */
bool xml_same(const struct xml *one, const struct xml *other, struct buf *ret_where);

#endif
