/* The verb `source import NAME COLLECTION FILE`, in steps.
 *
 * What its publisher has changed since is replaced, what is as before stays untouched, what the file no longer has is
 * taken out of the town's collection (reason "gone") and comes back with a file that has it again. What a person took
 * back stays so. A text that cannot be read is named, left as the town has it, and costs itself alone; a file of which
 * nothing could be read changes nothing. */
#ifndef SERVICE_SOURCE_SOURCE_IMPORT_H
#define SERVICE_SOURCE_SOURCE_IMPORT_H

#include "core/verb.h"

/* Where they stand among the verb's steps. */
enum {
    SOURCE_IMPORT_OPEN = 1, /* in the command: gives an archive to be unpacked; another collection is read as it is */
    SOURCE_IMPORT_UNPACK,   /* VERB_UNPACK */
    SOURCE_IMPORT_READ,     /* in the command: the next texts */
    SOURCE_IMPORT_TAKE,     /* in the town: takes them, and goes back for more */
    SOURCE_IMPORT_SWEEP,    /* in the town: takes out what is gone, names the next ones that it has */
    SOURCE_IMPORT_COMPARE,  /* in the command: which of them the file no longer has */
    SOURCE_IMPORT_STEPS
};
verb_run source_import_open, source_import_read, source_import_take, source_import_sweep, source_import_compare;

#endif
