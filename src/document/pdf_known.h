/* Words known are those a sheet has shaped before: prose and tables repeat most of theirs, and shaping is a third of a
 * sheet's time.
 *
 * Short words of Latin letters alone, whose shape does not depend on their neighbours. Lives in the sheet's arena. */
#ifndef DOCUMENT_PDF_KNOWN_H
#define DOCUMENT_PDF_KNOWN_H

#include "base/map.h"
#include "document/pdf_text.h"

enum { PDF_KNOWN_MAX = 20000, PDF_KNOWN_LETTERS = 24 };

/* Adds the glyphs of the points from `from` up to `to`. NOT_FOUND: not known. LIMIT: a full arena. */
MUST_USE enum status pdf_known_add(const struct map *known, struct pdf_text *text, size_t from, size_t to);
/* Keeps the glyphs from `first` on as those of these points, where they may be known: full is no failure. */
void pdf_known_keep(struct map *known, const struct pdf_text *text, size_t from, size_t to, size_t first);

#endif
