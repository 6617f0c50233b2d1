/* A document read for the command line, by a role convert of its own that it starts and waits for. */
#ifndef ROLE_CONVERT_ASK_H
#define ROLE_CONVERT_ASK_H

#include "core/conversion.h"

/* `folder` of the house, whose setting `user` says whom the role becomes when root types. Appends a line of JSON
 * (conversion_shape); a role that dies or takes too long is an end of that document, no failure. Of an archive of
 * sheets there are no words in that line: one for each sheet follows (conversion_sheet_shape). */
MUST_USE enum status convert_ask(const char *folder, enum conversion_kind kind, struct str document,
                                 struct buf *ret_lines);

#endif
