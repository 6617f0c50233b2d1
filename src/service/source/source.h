/* A document is one text that answers may quote: its words, and who wrote it, published it, under which licence and
 * when.
 *
 * Its licence decides what of it is seen (licence.h): document_get and document_quotable give what may be shown, and
 * nobody reads the column otherwise. One that was withdrawn keeps its name and has no words; bringing its collection in
 * again leaves it so, but for one that was only gone from its publisher's file. Words are lines: "# ", "## " and so on
 * begin headings, "- " an item, others are paragraphs; they are kept as text_normal_write (language/source/source.h)
 * leaves them, so what is quoted is bytes of them. Texts live in ctx->arena. Whoever calls has checked the permission:
 * routes do. */
#ifndef SERVICE_SOURCE_SOURCE_H
#define SERVICE_SOURCE_SOURCE_H

#include "core/ctx.h"
#include "service/source/licence.h"

/* Why one was withdrawn: by its right holder, or by the town. */
#define DOCUMENT_OPT_OUT STR("opt-out")
#define DOCUMENT_REMOVED STR("removed")
/* The collection of the texts that the town itself has brought in, one by one (own.h). */
#define DOCUMENT_OWN STR("ville")
/* Why a text was withdrawn that its publisher's file no longer had (source_import.h). */
#define DOCUMENT_GONE STR("gone")

enum {
    DOCUMENT_NAME_MAX = 500, /* characters of title, authors, publisher, link, key */
    DOCUMENT_WORDS_MAX = 4 << 20,
    DOCUMENT_LINES_MAX = 20000,
    DOCUMENT_PAGE = 50,
};

/* Who may read it. What is for agents stands in a library of its own: nothing of it meets a resident's question. No
 * text is for editors alone: they read what agents read, and see the names of those whose licence shows nothing. */
enum document_readers { DOCUMENT_PUBLIC, DOCUMENT_AGENTS, DOCUMENT_READERS, DOCUMENT_EDITORS = DOCUMENT_READERS };
/* As whom the page is asked. */
enum document_readers document_reader(const struct ctx *ctx);

struct document {
    int64_t id;
    struct str collection, key, title, authors, publisher, licence, link;
    struct date written;             /* days 0: not known */
    struct instant taken, withdrawn; /* withdrawn 0: it stands */
    enum document_readers readers;
    struct str reason;               /* why it was withdrawn: one of the above; "": it was not */
    struct str hash;                 /* SHA-256 of its words, 32 bytes; of one document alone, not of a list */
};

struct document_text {
    struct document document;
    struct str words; /* absent where the licence shows none, or it was withdrawn */
};

/* Who made it, as a line of sources says it: its authors, then its publisher where that is somebody else. */
struct str document_makers(struct arena *arena, const struct document *document);

enum document_change { DOCUMENT_ADDED, DOCUMENT_CHANGED, DOCUMENT_SAME, DOCUMENT_WITHDRAWN };

/* The words of a file of plain text, UTF-8 or Windows-1252, HTML by its name (arena). INVALID "source.file.unknown":
 * it is no text; LIMIT: longer than DOCUMENT_WORDS_MAX. What is a document (document/wording.h) is for the role
 * convert. */
MUST_USE enum status document_words(struct ctx *ctx, struct str file_name, struct str bytes, struct str *ret_words);

/* Where the words of a heading begin in its line: behind its # and their blank; 0: it is no heading. */
size_t document_heading(struct str line);

/* May it be put? Refuses as document_put. */
MUST_USE enum status document_check(struct ctx *ctx, const struct document_text *text);
/* Adds a text, or replaces what its collection had by that key; one that somebody took back stays so. INVALID:
 * "source.title", "source.licence" (no code of the list), "source.link" (neither empty nor https:// or http://),
 * "source.words" (empty, too long, too many lines, or no UTF-8). */
MUST_USE enum status document_put(struct ctx *ctx, const struct document_text *text, enum document_change *ret_change,
                                  int64_t *ret_id);
/* The same, and one that the town removed comes back. */
MUST_USE enum status document_put_again(struct ctx *ctx, const struct document_text *text,
                                        enum document_change *ret_change, int64_t *ret_id);
/* Does the very same text stand, by its key? NOT_FOUND. */
MUST_USE enum status document_same(struct ctx *ctx, const struct document_text *text, int64_t *ret_id);
/* The one of that key, without hash. NOT_FOUND. */
MUST_USE enum status document_by_key(struct ctx *ctx, struct str collection, struct str key,
                                     struct document *ret_document);

/* Those a reader may see after the first `skip`, in the order of their titles within the collections; at most
 * DOCUMENT_PAGE, the withdrawn ones too. */
MUST_USE enum status document_list(struct ctx *ctx, enum document_readers reader, int64_t skip,
                                   struct document **ret_documents, size_t *ret_count);
/* How many of these stand, and how many were withdrawn. */
MUST_USE enum status document_count(struct ctx *ctx, enum document_readers reader, int64_t *ret_standing,
                                    int64_t *ret_withdrawn);

/* NOT_FOUND: none by that number that the reader may see. The words only where the licence shows the whole text. */
MUST_USE enum status document_get(struct ctx *ctx, int64_t id, enum document_readers reader,
                                  struct document_text *ret_text);
/* For finding and quoting: words wherever at least quotations are allowed. NOT_FOUND: none, withdrawn, or not to be
 * quoted. */
MUST_USE enum status document_quotable(struct ctx *ctx, int64_t id, enum document_readers reader,
                                       struct document_text *ret_text);
/* The same without its words, which are not read: in no more time for a long text. */
MUST_USE enum status document_head(struct ctx *ctx, int64_t id, enum document_readers reader,
                                   struct document *ret_document);
/* The next one after `after` that is for exactly these readers and may be searched, in the order of ids; NOT_FOUND:
 * that was the last. */
MUST_USE enum status document_next(struct ctx *ctx, enum document_readers readers, int64_t after,
                                   struct document_text *ret_text);
/* The same without its words. */
MUST_USE enum status document_next_head(struct ctx *ctx, enum document_readers readers, int64_t after,
                                        struct document *ret_document);
/* Adds bytes of the words of one that document_head gives, without reading the rest: at most `most` from an offset, or
 * those that are left. Letters of several bytes may be cut at both ends. NOT_FOUND: no such document. */
MUST_USE enum status document_read_part(struct ctx *ctx, int64_t id, size_t from, size_t most, struct buf *out);
/* Do its words hold this, anywhere? */
enum { DOCUMENT_SCRATCH = 1 << 20 };
struct document_search {
    char *scratch; /* memory to read into, of DOCUMENT_SCRATCH bytes */
    size_t bytes;  /* read so far, by all searches with it */
};
MUST_USE enum status document_holds(struct ctx *ctx, const struct document *document, struct str text,
                                    struct document_search *search, bool *ret_holds);
/* A number that changes whenever what may be searched does: whoever keeps an index compares it. */
MUST_USE enum status document_state(struct ctx *ctx, int64_t *ret_state);

/* Its words are gone from here on, from the file too once the log is written back (db.h); `reason` is DOCUMENT_OPT_OUT,
 * DOCUMENT_REMOVED or DOCUMENT_GONE. One that was removed may still be opted out; nothing else happens when its words
 * are gone. */
MUST_USE enum status document_withdraw(struct ctx *ctx, int64_t id, struct str reason);

#endif
