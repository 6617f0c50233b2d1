/* A table's text is the table as it comes with the program: which files it was made of, its departments, and a commune
 * a line, each in the order of the published lists.
 *
 * "data;91ab...": the SHA-256 by which a model names its data. "department;45;Loiret;24;45234;2": code, name, region,
 * prefecture, article. "45208;Montargis;45;Loiret;45200 45700;15123": code, name, its department's code and name,
 * postal codes, population. Names hold no ';'. Read again it is the table it was made of, so that a world made of it,
 * and how often a training showed each commune, are the same too. */
#ifndef LANGUAGE_MODEL_TABLE_TEXT_H
#define LANGUAGE_MODEL_TABLE_TEXT_H

#include "base/buf.h"
#include "language/model/table.h"

void table_text_write(const struct table *table, struct str data, struct buf *out);
/* Slices point into `text`. INVALID: not of that form. LIMIT: more than a table holds. *ret_data: of which files;
 * `ret_data` NULL: not wanted. */
MUST_USE enum status table_text_read(struct arena *arena, struct str text, struct table *ret_table,
                                     struct str *ret_data);

#endif
