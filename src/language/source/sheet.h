/* A sheet is a page of "Vos droits et démarches" (DILA, Licence Ouverte) in the JSON that carries its XML tree: an
 * object {type, name, attributes, children} for each element, {type, text} for each text.
 *
 * Read as a source: paragraphs, items and cells with the headings above them. What leads elsewhere (other sheets,
 * online services, questions beside the point) is no text of the sheet and is left out; legal references and whom to
 * ask stay, as blocks of their own kind. Only sheets that inform are sources; files, forms and guided searches are
 * none. */
#ifndef LANGUAGE_SOURCE_SHEET_H
#define LANGUAGE_SOURCE_SHEET_H

#include "language/source/source.h"

enum { SHEET_TITLE_MAX = 2000, SHEET_DEPTH_MAX = 100, SHEET_TEXT_MIN = 100 };

/* Texts are the arena's. NOT_FOUND: a page that is no source, or with fewer than SHEET_TEXT_MIN bytes. INVALID: not
 * the JSON of a sheet, or an element whose children come before its name. LIMIT: too deep, or a full arena. */
MUST_USE enum status sheet_read(struct arena *arena, struct str json, struct source *ret_source);

#endif
