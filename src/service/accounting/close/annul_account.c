#include "service/accounting/close/annul_account.h"

#include "base/embed.h"
#include "proto/csv/csv.h"
#include "service/accounting/dated.h"

EMBED(accounting_annul_accounts, "src/service/accounting/close/annul_accounts.csv");

enum column { PIECE, SECTION, ACCOUNT, SINCE, UNTIL, SOURCE, COLUMNS };

enum status annul_account(struct arena *arena, enum cell_direction cancelled, enum cell_section section,
                          struct date day, struct str *ret_account)
{
    struct csv_reader reader = csv_open(str_span(accounting_annul_accounts, accounting_annul_accounts_end));
    struct csv_row *row = arena_new(arena, struct csv_row);
    const struct str piece = cancelled == CELL_RECEIPT ? STR("title") : STR("order");
    const char letter = cell_section_letter(section);
    enum status done;
    if (row == NULL)
        return LIMIT;
    while ((done = csv_next(&reader, arena, row)) == OK) {
        if (row->count != COLUMNS || row->fields[SOURCE].len == 0)
            return CORRUPT;
        if (str_eq(row->fields[PIECE], piece) && str_eq(row->fields[SECTION], (struct str){&letter, 1}) &&
            dated_holds(row->fields[SINCE], row->fields[UNTIL], day)) {
            *ret_account = row->fields[ACCOUNT];
            return OK;
        }
    }
    return done;
}
