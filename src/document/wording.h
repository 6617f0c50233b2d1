/* A wording is the text of one document that a town has written: ODT, DOCX or PDF, in the form of the words of a source
 * (service/source/source.h): "# " and "## " begin headings, "- " an item, every other line is a paragraph.
 *
 * Why: what a town has decided lies in such files, and they are the most hostile of forms. What a file is, its bytes
 * say, never its name. Nothing is opened, asked or run: no font, no entity, no script, no other file. It belongs into
 * the role convert (role/convert_role.h), whose walls are for the day one of the three libraries is wrong. The limits
 * below are kept here; time and memory as a whole are the role's to bound. */
#ifndef DOCUMENT_WORDING_H
#define DOCUMENT_WORDING_H

#include "base/buf.h"

enum {
    WORDING_DOCUMENT_MAX = 50 << 20,
    WORDING_TEXT_MAX = 4 << 20,
    WORDING_TITLE_MAX = 300,
    WORDING_ENTRIES_MAX = 4000,    /* of a zip */
    WORDING_PART_MAX = 64 << 20,   /* bytes of one part of a zip, once inflated */
    WORDING_RATIO_MAX = 200,       /* inflated to deflated, of a part above WORDING_RATIO_FROM */
    WORDING_RATIO_FROM = 4 << 20,
    WORDING_DEPTH_MAX = 200,       /* elements within one another */
    WORDING_PAGES_MAX = 5000,
    WORDING_PDF_MEMORY = 256 << 20, /* what reading a PDF may hold at once */
};

/* What became of it; a sentence for each is the service's. */
enum wording_end {
    WORDING_DONE,
    WORDING_UNKNOWN,   /* no kind that is read: a picture, a table, a presentation, a program */
    WORDING_OLD,       /* Word's form before DOCX, RTF, or an office file that is locked as a whole */
    WORDING_LOCKED,    /* it wants a password */
    WORDING_DAMAGED,   /* it breaks the rules of its kind */
    WORDING_EMPTY,     /* no word in it */
    WORDING_SCANNED,   /* a PDF of pictures: no word in it */
    WORDING_TOO_LARGE, /* above WORDING_DOCUMENT_MAX */
    WORDING_TOO_MUCH,  /* above another limit */
    WORDING_BROKEN,    /* the process that read it ended: time, memory, or a fault */
    WORDING_BUSY,      /* too many at once */
    WORDING_ENDS,
};

/* Is it for wording_read, by its first bytes: a zip, a PDF, an older office file, RTF? Else it may be plain text. */
bool wording_is_document(struct str bytes);
bool wording_is_pdf(struct str bytes);
/* Is it plain text: UTF-8 or Windows-1252, with no control character but tabs and ends of lines and pages? */
bool wording_is_text(struct str bytes);

/* Appends to both, which their owner bounds by WORDING_TEXT_MAX and WORDING_TITLE_MAX; a title that the document does
 * not tell stays empty, one that is longer is cut. What was appended before an end other than WORDING_DONE is to be
 * dropped. */
enum wording_end wording_read(struct str document, struct buf *text, struct buf *title);

#endif
