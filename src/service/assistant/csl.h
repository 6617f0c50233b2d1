/* A csl is a list of documents as reference managers read it: CSL-JSON (citationstyles.org, schema 1.0). */
#ifndef SERVICE_ASSISTANT_CSL_H
#define SERVICE_ASSISTANT_CSL_H

#include "service/source/source.h"

/* Appends one document; `is_first` opens the list. */
void csl_add(struct buf *out, const struct document *document, bool is_first);
/* Ends the list; `is_empty` where nothing was added. */
void csl_end(struct buf *out, bool is_empty);

#endif
