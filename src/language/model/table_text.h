/* A table's text is the table as it comes with the program: a commune a line, in the order of the published list.
 *
 * "45208;Montargis;45;Loiret;45200 45700;15123": code, name, its department's code and name, postal codes, population.
 * Names hold no ';'. A table read from its text judges as the one it was made of; regions, prefectures and articles are
 * left out. */
#ifndef LANGUAGE_MODEL_TABLE_TEXT_H
#define LANGUAGE_MODEL_TABLE_TEXT_H

#include "base/buf.h"
#include "language/model/table.h"

void table_text_write(const struct table *table, struct buf *out);
/* Slices point into `text`. INVALID: not of that form. LIMIT: more than a table holds. */
MUST_USE enum status table_text_read(struct arena *arena, struct str text, struct table *ret_table);

#endif
