#include "service/accounting/spend/account_use.h"

#include "base/embed.h"
#include "proto/csv/csv.h"
#include "service/accounting/dated.h"

EMBED(accounting_account_uses, "src/service/accounting/spend/account_uses.csv");

enum column { SINCE, UNTIL, ACCOUNT, USE, SOURCE, COLUMNS };

static enum status has_use(struct arena *arena, struct str account, struct str use, struct date day, bool *ret_has)
{
    struct csv_reader reader = csv_open(str_span(accounting_account_uses, accounting_account_uses_end));
    struct csv_row *row = arena_new(arena, struct csv_row);
    enum status done;
    *ret_has = false;
    if (row == NULL)
        return LIMIT;
    TRY(csv_next(&reader, arena, row)); /* the head */
    while ((done = csv_next(&reader, arena, row)) == OK) {
        if (row->count != COLUMNS || row->fields[SOURCE].len == 0)
            return CORRUPT;
        bool is_of = str_eq(row->fields[USE], use) && str_starts(account, row->fields[ACCOUNT]);
        *ret_has |= is_of && dated_holds(row->fields[SINCE], row->fields[UNTIL], day);
    }
    return done == NOT_FOUND ? OK : done;
}

enum status account_is_executed(struct arena *arena, struct str account, struct date day, bool *ret_is)
{
    bool has_none;
    TRY(has_use(arena, account, STR("none"), day, &has_none));
    *ret_is = !has_none;
    return OK;
}

enum status account_may_be_direct(struct faults *faults, struct str account, struct date day, const char *place)
{
    bool may;
    TRY(has_use(faults->arena, account, STR("direct"), day, &may));
    return may ? OK : fault_refuse(faults, "piece.direct", place, account, STR(""));
}

enum status account_may_be_over_years(struct faults *faults, struct str account, struct date day, const char *place)
{
    bool is_yearly;
    TRY(has_use(faults->arena, account, STR("yearly"), day, &is_yearly));
    return is_yearly ? fault_refuse(faults, "programme.private", place, account, STR("")) : OK;
}
