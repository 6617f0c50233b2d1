#include "service/games/talk/nowhere.h"

#include "proto/csv/csv.h"
#include "service/games/deck.h"

enum { NAME, WORDING, QUESTION, ANSWER, SURE, COLUMNS };
enum { MAKING_HASH = 3, MAKING_COLUMNS = 6 };

static enum status read_case(const struct csv_row *row, struct nowhere *nowhere)
{
    if (row->count != COLUMNS || nowhere->count == NOWHERE_CASES_MAX)
        return CORRUPT;
    struct str answer = row->fields[ANSWER];
    bool is_silent = str_find(answer, STR("ne connais pas")) != SIZE_MAX;
    bool is_plain = str_eq(row->fields[WORDING], STR("plain"));
    nowhere->cases[nowhere->count++] = (struct nowhere_case){.name = row->fields[NAME],
                                                             .question = row->fields[QUESTION], .answer = answer,
                                                             .is_plain = is_plain, .is_silent = is_silent,
                                                             .sure = deck_per_cent(row->fields[SURE])};
    nowhere->plain += is_plain;
    nowhere->silent += is_plain && is_silent;
    nowhere->others += !is_plain;
    nowhere->answered += !is_plain && !is_silent;
    return OK;
}

/* "model;moyen;sha256;HASH;seed;1", then the heads of the columns. */
enum status nowhere_read(struct arena *arena, struct str csv, struct nowhere *ret_nowhere)
{
    struct csv_reader reader = csv_open(csv);
    struct csv_row row;
    struct nowhere nowhere = {.cases = arena_array(arena, struct nowhere_case, NOWHERE_CASES_MAX)};
    enum status done;
    if (nowhere.cases == NULL)
        return LIMIT;
    if (csv_next(&reader, arena, &row) != OK || row.count != MAKING_COLUMNS)
        return CORRUPT;
    nowhere.hash = row.fields[MAKING_HASH];
    if (csv_next(&reader, arena, &row) != OK || row.count != COLUMNS)
        return CORRUPT;
    while ((done = csv_next(&reader, arena, &row)) == OK)
        TRY(read_case(&row, &nowhere));
    *ret_nowhere = nowhere;
    return done == NOT_FOUND && nowhere.count > 0 ? OK : CORRUPT;
}
