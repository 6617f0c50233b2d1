/* A document read for the command line, by a role convert of its own that it starts and waits for. */
#ifndef ROLE_CONVERT_ASK_H
#define ROLE_CONVERT_ASK_H

#include "core/conversion.h"

/* `folder` of the house, whose setting `user` says whom the role becomes when root types. Appends a line of JSON
 * (conversion_shape); a role that dies or takes too long is an end of that document, no failure. */
MUST_USE enum status convert_ask(const char *folder, struct str document, struct buf *ret_line);
/* The same for an archive of sheets: behind that line, in which there are no words, one for each sheet
 * (conversion_sheet_shape). */
MUST_USE enum status convert_ask_sheets(const char *folder, struct str archive, struct buf *ret_lines);

#endif
