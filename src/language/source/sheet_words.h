/* The words of a sheet are its blocks in the form of plain text that source_of_text reads again: "# " begins a heading,
 * as many # as its level, "- " an item, a row of a table is one line with its cells parted by " ; ".
 *
 * What a publisher gives beside the text, whom to ask, the legal basis and words explained, stands behind it, each
 * under a heading of its own: plain text has no other way to say that it belongs to the whole. */
#ifndef LANGUAGE_SOURCE_SHEET_WORDS_H
#define LANGUAGE_SOURCE_SHEET_WORDS_H

#include "language/source/source.h"

/* Appends them; blanks that follow one another become one. */
void sheet_words_write(struct buf *words, const struct source *source);

#endif
