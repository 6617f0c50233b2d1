/* An export file is one table of a town in an open form: CSV or JSON Lines, whose every row stands for itself.
 *
 * People are named by their address and folders by their name, never by a number of ours, and rows stand in an order
 * that depends on nothing else; so what is exported, imported elsewhere and exported again is the same bytes. Each
 * service lists its files; one function writes them all and one reads them all, by the shape of the row. What is read
 * is foreign: every `take` checks as the pages would. */
#ifndef CORE_EXPORT_H
#define CORE_EXPORT_H

#include "core/ctx.h"
#include "core/shape.h"

typedef enum status export_visit(void *with, const void *row);
struct export_sink {
    export_visit *visit;
    void *with;
};

struct export_file {
    const char *name;          /* "people.csv", "notices.jsonl": the ending says the form */
    const struct shape *shape; /* of a row */
    enum status (*each)(struct ctx *ctx, struct export_sink sink); /* all rows, in their order */
    /* One in, in a job of the writer; INVALID: it does not fit. */
    enum status (*take)(struct ctx *ctx, const void *row);
};
/* Files of one noun; a service lists those of its nouns. */
struct export_set {
    const struct export_file *files;
    size_t count;
};
enum { EXPORT_FILES_MAX = 256, EXPORT_PIECE_BYTES = 1 << 20, EXPORT_PIECE_ROWS = 200, EXPORT_FIELDS_MAX = 32,
       EXPORT_TEXT_MAX = 16 << 10 };

/* `each` of a generated query without parameters. */
#define EXPORT_EACH(query)                                                                                             \
    static enum status forward_##query(void *with, const struct sql_##query##_row *row)                               \
    {                                                                                                                  \
        const struct export_sink *sink = with;                                                                         \
        return sink->visit(sink->with, row);                                                                           \
    }                                                                                                                  \
    static enum status each_##query(struct ctx *ctx, struct export_sink sink)                                         \
    {                                                                                                                  \
        return sql_##query(ctx->db, forward_##query, &sink);                                                           \
    }

/* Every file of a town: the house's own, then those of the services, in an order in which each needs only those
 * before. */
size_t export_list(const struct export_file *ret_files[EXPORT_FILES_MAX]);
/* NULL: none of that name. */
const struct export_file *export_find(struct str name);

/* Appends rows from the nth on, about EXPORT_PIECE_BYTES of them, with a CSV's first line before row 0. *ret_next:
 * where to go on; -1: that was the end. */
MUST_USE enum status export_write(struct ctx *ctx, const struct export_file *file, int64_t from, struct buf *out,
                                  int64_t *ret_next);

/* The first whole rows of a file's text, at most EXPORT_PIECE_ROWS; empty at the end. INVALID: not of its form. With
 * `is_start`, a CSV's first line must be this program's and is passed over. */
MUST_USE enum status export_piece(const struct export_file *file, bool is_start, struct str *rest,
                                  struct str *ret_piece);
/* Is the day within years 1 to 9999? */
bool export_is_day(int64_t days);
/* Takes a row, where its fields say what their names promise: texts of UTF-8, in a CSV of at most EXPORT_TEXT_MAX
 * bytes, ids above 0, is_x 0 or 1, x_ms instants of years 1970 to 9999. INVALID: it does not fit. */
MUST_USE enum status export_take_row(struct ctx *ctx, const struct export_file *file, const void *row);
/* Takes the rows of a piece. INVALID: one of them does not fit; ctx->failure says more where it can. */
MUST_USE enum status export_take(struct ctx *ctx, const struct export_file *file, struct str piece);

#endif
