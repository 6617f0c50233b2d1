/* A cut is what a disk may hold when the power goes after a given number of calls.
 *
 * Kept: all that was synced. Of the rest, chosen by a seed: each sector of 512 bytes has any of the contents it had
 * since its file's last sync (so writes are torn, and reordered between sectors); the size of a file is any it had
 * since; each name that was made, renamed or removed since its folder's last sync is done or not, in the order of
 * that name. A file whose name is not on disk is not there, however well its contents were synced. */
#ifndef FAULT_CUT_H
#define FAULT_CUT_H

#include "base/seeded.h"
#include "disk.h"

/* Writes into the empty folder `into` what is left of log->at[0..count). */
void cut_make(const struct disk_log *log, size_t count, struct seeded *seeded, const char *into);

#endif
