/* A cover is what a budget's investment has of its own, against the capital of loans that it must repay in the year.
 *
 * Source: CGCT, article L1612-4, third condition of a budget in real balance: the transfer from functioning, with the
 * section's own receipts, loans apart, and what is set aside for depreciation and provisions, covers the capital of the
 * annuities that fall due. Which accounts these are is data: own_resources.csv, by norm and year (README.md says how
 * sure each is). Invariants: a line counts in one row at most; what no row has counts nowhere. Pure. */
#ifndef SERVICE_ACCOUNTING_COVER_COVER_H
#define SERVICE_ACCOUNTING_COVER_COVER_H

#include "service/accounting/chart/chart.h"
#include "service/accounting/fault.h"

enum { COVER_ROWS_MAX = 64 };

struct cover_row {
    bool is_capital; /* to be covered; else a resource of its own */
    enum chart_direction direction;
    bool kinds[CHART_KINDS];
    struct str code, except; /* how an account begins; how, parted by blanks, one does that is left out */
    struct str name;         /* French: "produits des cessions" */
    struct money sum;        /* of the lines so far */
};

struct cover {
    struct cover_row rows[COVER_ROWS_MAX];
    size_t count;
    struct money resources, capital;
};

/* NOT_FOUND: no row is of that norm ("M57" of "M57-M57_A") in that year; CORRUPT: what was shipped is damaged. */
MUST_USE enum status cover_begin(struct arena *arena, struct str nomenclature, int32_t year, struct cover *ret_cover);
/* LIMIT: a sum above MONEY_MAX. */
MUST_USE enum status cover_add(struct cover *cover, struct str account, enum chart_kind kind,
                               enum chart_direction direction, struct money amount);
/* The row that counts a line, from 0; `count` where none does. */
size_t cover_place(const struct cover *cover, struct str account, enum chart_kind kind,
                   enum chart_direction direction);
bool cover_is_met(const struct cover *cover);
/* Where it is not met, a fault says so (rule cover.short). */
void cover_check(const struct cover *cover, struct str place, struct faults *faults);

#endif
