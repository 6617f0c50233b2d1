#include "service/accounting/engine/cell.h"

#include <string.h>

bool cell_is_name(struct str name, size_t longest)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (!ascii_is_digit(c) && !ascii_is_alpha(c) && c != '.' && c != '-' && c != '_')
            return false;
    }
    return name.len > 0 && name.len <= longest;
}

enum status cell_move(struct cell *cell, enum cell_account from, enum cell_account to, struct money amount)
{
    struct money less = cell->sums[from], more = cell->sums[to];
    TRY(money_take(&less, amount));
    TRY(money_add(&more, amount));
    cell->sums[from] = less;
    cell->sums[to] = more;
    return OK;
}

bool cell_is_sound(const struct cell *cell)
{
    int64_t sum = 0; /* four of MONEY_MAX at most */
    for (int i = 0; i < CELL_ACCOUNTS; i++)
        sum += cell->sums[i].cents;
    return sum == 0 && cell->sums[CELL_COUNCIL].cents <= 0 && cell->sums[CELL_RESERVED].cents >= 0 &&
           cell->reversed.cents >= 0 && cell->sums[CELL_ORDERED].cents + cell->reversed.cents >= 0 &&
           (!cell_is_limitative(cell) || cell->sums[CELL_AVAILABLE].cents >= 0);
}

const char *cell_account_name(enum cell_account account)
{
    static const char *const names[CELL_ACCOUNTS] = {"council", "available", "reserved", "ordered"};
    return names[account];
}

void cell_say(struct buf *out, const struct cell_key *key)
{
    static const char *const sections[CELL_SECTIONS] = {"de fonctionnement", "d’investissement"};
    static const char *const directions[CELL_DIRECTIONS] = {"dépenses", "recettes"};
    struct str rest = key->level;
    bool is_operation = str_starts(rest, STR(CELL_OPERATION));
    if (is_operation)
        rest = str_after(rest, strlen(CELL_OPERATION));
    struct str code = is_operation ? rest : str_cut(&rest, '-');
    buf_add_format(out, "%s %.*s", is_operation ? "opération" : "ligne", STR_ARG(code));
    if (!is_operation && !str_is_absent(rest))
        buf_add_format(out, ", fonction %.*s", STR_ARG(rest));
    buf_add_format(out, ", %s %s", directions[key->direction], sections[key->section]);
}

void cell_write(struct buf *out, const struct cell_key *key)
{
    buf_add_format(out, "%.*s %u %c %c %.*s", STR_ARG(key->budget), key->exercise, cell_section_letter(key->section),
                   cell_direction_letter(key->direction), STR_ARG(key->level));
}
