/* One kind of document each: for wording.c alone. Statuses: INVALID damaged, DENIED locked, LIMIT too much, NOT_FOUND
 * of the zip ones a part that must be there. */
#ifndef DOCUMENT_WORDING_KIND_H
#define DOCUMENT_WORDING_KIND_H

#include "document/wording_zip.h"

/* ODT (OASIS OpenDocument 1.3, part 3). */
MUST_USE enum status wording_odt(struct wording_zip *zip, struct buf *text, struct buf *title);
/* DOCX (ISO/IEC 29500-1), transitional or strict. */
MUST_USE enum status wording_docx(struct wording_zip *zip, struct buf *text, struct buf *title);
/* PDF (ISO 32000-1). */
MUST_USE enum status wording_pdf(struct str document, struct buf *text, struct buf *title);
/* Has the PDF library fall back on the few fonts of wording_fonts.c. */
void wording_fonts_take(void);

/* The element `name` of a part: its words, cleaned, up to the maximum of `out`. Nothing where there is neither. */
void wording_one_element(struct wording_zip *zip, const char *part, const char *name, struct buf *out);

#endif
