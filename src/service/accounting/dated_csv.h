/* A table of legal data whose rows hold for a time: CSV, a line of names, then rows that begin with since and until
 * (dated.h) and end with the source. What comes out is the rows that hold on one day, in the order of the file.
 *
 * For tables that come with the program: one that is damaged is CORRUPT, whatever its rows say. */
#ifndef SERVICE_ACCOUNTING_DATED_CSV_H
#define SERVICE_ACCOUNTING_DATED_CSV_H

#include "base/arena.h"
#include "proto/csv/csv.h"
#include "service/accounting/dated.h"

enum { DATED_SINCE, DATED_UNTIL, DATED_FIRST /* the first column of its own */ };

struct dated_csv {
    struct arena *arena;
    struct csv_reader reader;
    struct csv_row *row; /* the one dated_csv_next has come to */
    size_t columns;      /* of each, with the three */
    struct date day;
};

/* LIMIT: the arena is full; CORRUPT. */
MUST_USE enum status dated_csv_open(struct arena *arena, struct str bytes, size_t columns, struct date day,
                                    struct dated_csv *ret_table);
/* NOT_FOUND after the last; CORRUPT: a row of other columns, or without its source. */
MUST_USE enum status dated_csv_next(struct dated_csv *table);

#endif
