/* A file name as mail gives it is a wish of the sender; this makes of it one that is safe to show
 * and save. */
#ifndef PROTO_MIME_FILE_NAME_H
#define PROTO_MIME_FILE_NAME_H

#include "base/arena.h"
#include "base/str.h"

enum { FILE_NAME_MAX = 150 }; /* bytes; the ending is kept when a longer name is cut */

/* The name alone: no folder, control, bidirectional or other deceptive character, none that a file
 * system refuses, no dot or blank first or last, not a device name of Windows. Absent when nothing
 * is left. The same name made safe again is the same. */
struct str file_name_safe(struct arena *arena, struct str name);

/* ".pdf" for "application/pdf" and so on; "" for what has no usual ending. */
struct str file_name_ending(struct str type);

#endif
