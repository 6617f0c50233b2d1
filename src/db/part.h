/* A part is some bytes of one large text or blob, read without the rest of it: a query reads the whole. */
#ifndef DB_PART_H
#define DB_PART_H

#include "base/str.h"
#include "db/db.h"

struct db_part {
    const char *table, *column; /* fixed words of the program */
    int64_t row;                /* INTEGER PRIMARY KEY */
    size_t from;                /* bytes of it to pass over */
};

/* At most `room` bytes, as they are stored; fewer where it ends, none behind its end. NOT_FOUND: no such row. */
MUST_USE enum status db_part(struct db *db, const struct db_part *part, char *into, size_t room, size_t *ret_len);

#endif
