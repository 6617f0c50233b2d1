#include "service/accounting/dated_csv.h"

enum status dated_csv_open(struct arena *arena, struct str bytes, size_t columns, struct date day,
                           struct dated_csv *ret_table)
{
    *ret_table = (struct dated_csv){.arena = arena, .reader = csv_open(bytes), .row = arena_new(arena, struct csv_row),
                                    .columns = columns, .day = day};
    if (ret_table->row == NULL)
        return LIMIT;
    enum status done = csv_next(&ret_table->reader, arena, ret_table->row); /* the names */
    return done == NOT_FOUND ? CORRUPT : done;
}

enum status dated_csv_next(struct dated_csv *table)
{
    const struct str *fields = table->row->fields;
    for (;;) {
        TRY(csv_next(&table->reader, table->arena, table->row));
        if (table->row->count != table->columns || fields[table->columns - 1].len == 0)
            return CORRUPT;
        if (dated_holds(fields[DATED_SINCE], fields[DATED_UNTIL], table->day))
            return OK;
    }
}
