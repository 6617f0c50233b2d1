#include "service/accounting/close/annul_account.h"

#include "base/embed.h"
#include "service/accounting/dated_csv.h"

EMBED(accounting_annul_accounts, "src/service/accounting/close/annul_accounts.csv");

enum column { PIECE = DATED_FIRST, SECTION, ACCOUNT, SOURCE, COLUMNS };

enum status annul_account(struct arena *arena, enum cell_direction cancelled, enum cell_section section,
                          struct date day, struct str *ret_account)
{
    const struct str piece = cancelled == CELL_RECEIPT ? STR("title") : STR("order");
    const char letter = cell_section_letter(section);
    struct dated_csv table;
    TRY(dated_csv_open(arena, str_span(accounting_annul_accounts, accounting_annul_accounts_end), COLUMNS, day,
                       &table));
    for (;;) {
        TRY(dated_csv_next(&table));
        if (str_eq(table.row->fields[PIECE], piece) &&
            str_eq(table.row->fields[SECTION], (struct str){&letter, 1})) {
            *ret_account = table.row->fields[ACCOUNT];
            return OK;
        }
    }
}
