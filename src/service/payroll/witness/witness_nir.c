#include "core/identifier.h"
#include "proto/csv/csv.h"
#include "service/payroll/witness/witness.h"

enum { NUMBER_DIGITS = 13 };
enum column { NUMBER, KEY, ORIGIN, COLUMNS };

static enum status print_row(struct arena *arena, const struct csv_row *row, struct buf *out,
                             struct witness_tally *tally)
{
    struct str number = row->fields[NUMBER], key = row->fields[KEY];
    struct str nir = str_format(arena, "%.*s%.*s", STR_ARG(number), STR_ARG(key));
    if (str_is_absent(nir))
        return LIMIT;
    bool is_right = number.len == NUMBER_DIGITS && nir_is_right(nir);
    bool is_expected = !str_starts(row->fields[ORIGIN], STR("INVALIDE"));
    tally->cases++;
    tally->right += is_right == is_expected;
    tally->wrong += is_right != is_expected;
    buf_add_format(out, "%.*s %.*s expected %s computed %s\n", STR_ARG(number), STR_ARG(key),
                   is_expected ? "right" : "wrong", is_right ? "right" : "wrong");
    return buf_status(out);
}

enum status witness_nir(struct arena *arena, struct str csv, bool is_json, struct buf *out,
                        struct witness_tally *ret_tally, struct str *ret_what)
{
    struct csv_reader reader = csv_open(csv);
    struct csv_row *row = arena_new(arena, struct csv_row);
    enum status done;
    (void)is_json; /* the verb has no such form */
    *ret_tally = (struct witness_tally){0};
    *ret_what = STR("nir13,cle,origine");
    if (row == NULL)
        return LIMIT;
    if (csv_next(&reader, arena, row) != OK || row->count != COLUMNS || !str_eq(row->fields[NUMBER], STR("nir13")))
        return INVALID;
    while ((done = csv_next(&reader, arena, row)) == OK) {
        if (row->count != COLUMNS)
            return INVALID;
        if (ret_tally->cases == WITNESS_CASES_MAX)
            return LIMIT;
        TRY(print_row(arena, row, out, ret_tally));
    }
    buf_add_format(out, "%zu cases, %zu right, %zu wrong\n", ret_tally->cases, ret_tally->right, ret_tally->wrong);
    return done == NOT_FOUND ? buf_status(out) : done;
}
