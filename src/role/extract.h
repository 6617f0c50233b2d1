/* An extract is the part of a source that somebody has marked as the answer to a question, compared by its words alone:
 * what was marked by hand differs from the source in blanks and stops. */
#ifndef ROLE_EXTRACT_H
#define ROLE_EXTRACT_H

#include "language/source/quote.h"

/* Words in a row that a passage must share with an extract to carry a part of it. */
enum { EXTRACT_RUN = 6 };

/* Do its words stand in this text, one behind the other? */
bool extract_stands_in(struct str text, struct str extract);
/* Do they stand in these quotes, read in the order of their source? */
bool extract_is_quoted(const struct quote *quotes, size_t count, struct str extract);
/* Does this passage say the extract, or a part of it: EXTRACT_RUN of its words, or all of the shorter's? */
bool extract_is_carried(struct str passage, struct str extract);

#endif
