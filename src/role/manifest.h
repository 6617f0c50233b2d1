/* A manifest lists the files of a backup or an export with their SHA-256, as sha256sum(1) writes and checks them: lines
 * "HASH  PATH", the path relative to the folder. It is written last, so a folder without one is no whole copy.
 *
 * For the command line: files are copied in pieces, so that a copy of any size shows how far it is. Every file is on
 * disk before the manifest is. Paths that lead out of the folder, or twice to one file, are refused when it is read.
 * */
#ifndef ROLE_MANIFEST_H
#define ROLE_MANIFEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"

enum { MANIFEST_FILES_MAX = 1 << 20, MANIFEST_MAX = 256 << 20, MANIFEST_PATH_MAX = 600, MANIFEST_HASH = 32 };
#define MANIFEST_NAME "manifest.sha256"

struct manifest_file {
    struct str path;
    unsigned char hash[MANIFEST_HASH];
};
struct manifest {
    const char *folder;
    struct arena *arena;
    struct manifest_list LIST_OF(struct manifest_file) files;
};

/* Where a file of the folder lies (arena), its folders made. INVALID: not a path of this folder. */
MUST_USE enum status manifest_place(struct manifest *manifest, struct str path, const char **ret_path);

/* One file on its way into the folder: begun, fed, ended. */
struct manifest_copy;
MUST_USE enum status manifest_begin(struct manifest *manifest, struct str path, struct manifest_copy **ret_copy);
MUST_USE enum status manifest_feed(struct manifest_copy *copy, struct str bytes);
/* Puts the file on disk and into the list. The copy is gone, whatever is returned. */
MUST_USE enum status manifest_end(struct manifest *manifest, struct manifest_copy *copy);
void manifest_drop(struct manifest_copy *copy); /* NULL accepted */

/* A file of a few bytes, and one that is copied whole. `length` -1: all of it. */
MUST_USE enum status manifest_put(struct manifest *manifest, struct str path, struct str bytes);
MUST_USE enum status manifest_take(struct manifest *manifest, struct str path, const char *from, int64_t length);

/* Writes the list, in the order of adding, and puts the folder on disk. */
MUST_USE enum status manifest_write(struct manifest *manifest);
/* Reads it. NOT_FOUND: no manifest there; INVALID: not of its form. */
MUST_USE enum status manifest_read(struct manifest *manifest);
/* CORRUPT: the file is not the one that was listed; NOT_FOUND. */
MUST_USE enum status manifest_check(const struct manifest *manifest, const struct manifest_file *file);

#endif
