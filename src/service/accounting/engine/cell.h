/* A cell is one line of credits as the assembly votes them: its key, and what is voted, reserved and ordered on it.
 *
 * Double entry: an amount moves from one account of a cell to another of the same, so the sum of its accounts is 0 at
 * any instant (I1): what the council has opened, its sign turned, is what is available, reserved or ordered. Credits of
 * expenses are limitative: available is never below 0 (I3). Receipts may pass what was forecast. What
 * is ordered is below 0 by what is reversed here of earlier exercises, and by no more (I4). Values of the enums
 * are bytes of the journal and never change. */
#ifndef SERVICE_ACCOUNTING_ENGINE_CELL_H
#define SERVICE_ACCOUNTING_ENGINE_CELL_H

#include "base/buf.h"
#include "base/money.h"

enum cell_section { CELL_FUNCTIONING, CELL_INVESTMENT, CELL_SECTIONS };
enum cell_direction { CELL_EXPENSE, CELL_RECEIPT, CELL_DIRECTIONS };
/* COUNCIL: where credits come from. RESERVED: engaged and not yet ordered. ORDERED: mandats or titres. */
enum cell_account { CELL_COUNCIL, CELL_AVAILABLE, CELL_RESERVED, CELL_ORDERED, CELL_ACCOUNTS };

enum { CELL_BUDGET_MAX = 16, CELL_LEVEL_MAX = 24 /* bytes */, CELL_YEAR_FIRST = 1900, CELL_YEAR_LAST = 2999 };

/* Before the number of an operation that is voted: its credits are apart from those of chapters. */
#define CELL_OPERATION "op"

struct cell_key {
    struct str budget;  /* "principal", "eau" */
    struct str level;   /* what is voted: "011" (chapter), "60611" (article), "op12" (operation) */
    uint16_t exercise;  /* its year */
    enum cell_section section;
    enum cell_direction direction;
};

struct cell {
    struct cell_key key;
    struct money sums[CELL_ACCOUNTS];
    struct money reversed; /* of what earlier exercises ordered, taken back here (contre-passation) */
    struct cell *next; /* of the same budget and exercise, in no order */
};

static inline struct money cell_voted(const struct cell *cell)
{
    return (struct money){-cell->sums[CELL_COUNCIL].cents};
}

static inline bool cell_is_limitative(const struct cell *cell)
{
    return cell->key.direction == CELL_EXPENSE;
}

/* Letters, digits, '.', '-' and '_', from one to `longest` bytes: names of budgets and levels. */
bool cell_is_name(struct str name, size_t longest);

/* LIMIT: one of the sums would pass MONEY_MAX (B28); nothing has changed then. */
MUST_USE enum status cell_move(struct cell *cell, enum cell_account from, enum cell_account to, struct money amount);
/* Whether the accounts answer one another (I1) and none is below what it may be (I3, I4). */
bool cell_is_sound(const struct cell *cell);
/* "council", "available", "reserved", "ordered": stable words. */
const char *cell_account_name(enum cell_account account);
/* 'F' or 'I', and 'D' or 'R' (dépenses, recettes), as the law's tables write them. */
static inline char cell_section_letter(enum cell_section section)
{
    return "FI"[section];
}
static inline char cell_direction_letter(enum cell_direction direction)
{
    return "DR"[direction];
}
/* As people are told which line of credits it is: "ligne 011, dépenses de fonctionnement", "opération 12, dépenses
 * d’investissement", "ligne 932, fonction 213, recettes de fonctionnement". */
void cell_say(struct buf *out, const struct cell_key *key);
/* "principal 2026 F D 011" */
void cell_write(struct buf *out, const struct cell_key *key);

#endif
