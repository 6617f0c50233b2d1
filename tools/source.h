/* A source is a file a generator reads or writes during the build.
 *
 * Generators are short-lived programs of the build: the first mistake ends them with "file:line: what" and
 * exit code 1, and memory is freed by their end. Everything lives in the one arena given. */
#ifndef TOOLS_SOURCE_H
#define TOOLS_SOURCE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"

enum { SOURCE_MAX = 16 << 20, SOURCE_FILES_MAX = 20000, SOURCE_ARENA_MAX = 512 << 20 };

struct source_list LIST_OF(struct str);

/* "path:line: what" on standard error; line 0 is left out. */
_Noreturn void source_fail(const char *path, int line, const char *format, ...) FORMAT(3, 4);

/* The whole file. */
struct str source_read(struct arena *arena, const char *path);

/* Adds the files under `folder`, at any depth, whose name ends with `suffix`; sorted by path. A folder that
 * is not there has none. Paths are NUL-terminated. */
void source_find(struct arena *arena, const char *folder, const char *suffix, struct source_list *found);

/* Writes the file and the folders above it, unless it holds these bytes already: what depends on it is then
 * not built again. */
void source_write(const char *path, struct str bytes);

/* Appends `text` as the inside of a C string literal. */
void source_add_c_text(struct buf *out, struct str text);

/* Without folder and without its last suffix: "src/service/mail/message.sql" -> "message". */
struct str source_stem(struct str path);

/* Lower-case letters, digits and '_', a letter first, no keyword of C. */
bool source_is_name(struct str name);

/* The line (from 1) at which the byte `offset` of `text` stands. */
int source_line(struct str text, size_t offset);

#endif
