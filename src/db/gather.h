/* A gather stands before the write-ahead log of one writer: what a commit writes there goes to the disk in one call.
 *
 * Why: SQLite writes each page of a commit, and the 24 bytes before it, with a call of its own; twenty pages for one
 * delivery. Nothing waits for later: the last frame of a commit says so in its head (bytes 4 to 7 are not zero, SQLite
 * file format section 4.1), and what was gathered is written before the call for its page returns, whose failure it
 * then is. Any other use of the file (read, sync, cut, length, close) writes first as well. So SQLite, and readers
 * in other processes, find in the file what they would find without. */
#ifndef DB_GATHER_H
#define DB_GATHER_H

#include "db/db.h"

struct gather;

/* After the handle is in WAL mode. */
struct gather *gather_create(struct db *db);
/* After the handle was closed; NULL accepted. */
void gather_destroy(struct gather *gather);

#endif
