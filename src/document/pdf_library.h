/* The library that reads PDFs of others, with bounded memory and silent: for the role convert alone.
 *
 * Why: what a PDF says (wording_pdf.c) and what is attached to it (attached.c) are read by one library, under one limit
 * (WORDING_PDF_MEMORY). It throws (fz_try), opens nothing, and runs no script. */
#ifndef DOCUMENT_PDF_LIBRARY_H
#define DOCUMENT_PDF_LIBRARY_H

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "base/status.h"
#include "base/str.h"

struct pdf_library {
    size_t used; /* bytes of memory */
    fz_context *context;
};

/* LIMIT: no memory. It stays where it is until it is closed. */
MUST_USE enum status pdf_library_open(struct pdf_library *library);
void pdf_library_close(struct pdf_library *library);

/* Within fz_try: the document in these bytes, which stay the caller's; both are to be dropped, whatever comes. DENIED:
 * it wants a password. */
MUST_USE enum status pdf_library_document(fz_context *context, struct str bytes, fz_stream **ret_stream,
                                          pdf_document **ret_document);
/* Within fz_catch: LIMIT for memory, else INVALID. */
MUST_USE enum status pdf_library_status(fz_context *context);

#endif
