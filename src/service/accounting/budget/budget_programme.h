/* A budget_programme is an authorisation over several years that the assembly voted for a budget, with what may be paid
 * of it in each (AP/CP, AE/CP; fungible/programme.h says what is lawful).
 *
 * Invariants: the credits of all years make up the authorisation; a number stands once in a budget, and recording it
 * again revises it, never below what is engaged and ordered of it (budget_programme_use.h). */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_PROGRAMME_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_PROGRAMME_H

#include "service/accounting/budget/budget.h"
#include "service/accounting/fungible/programme.h"

enum { BUDGET_PROGRAMME_YEARS_MAX = 30, BUDGET_PROGRAMME_NUMBER_MAX = 20, BUDGET_PROGRAMME_TITLE_MAX = 200 };

struct budget_programme {
    int64_t id;
    struct str siret, label; /* of its budget */
    struct str number, title;
    enum chart_section section; /* investment: AP; functioning: AE */
    struct money authorised;
    struct date decided;
    struct programme_year *years; /* by year */
    size_t count;
};

/* By budget, those of investment first, then by number; at most 500. */
MUST_USE enum status budget_programmes(struct ctx *ctx, struct budget_programme **ret_programmes, size_t *ret_count);
/* INVALID: `faults` says which rule of programme.* is broken, or a refusal does: "accounting.programme" (no number,
 * title or year, a year twice, or too long). NOT_FOUND: no such budget. */
MUST_USE enum status budget_programme_record(struct ctx *ctx, const struct budget_programme *programme,
                                             struct faults *faults);
/* "2027;1 200,50" a line, as pasted from a spreadsheet. INVALID: a line is none; LIMIT: too many. In the arena, by
 * year. */
MUST_USE enum status budget_programme_years_read(struct arena *arena, enum language language, struct str text,
                                                 struct programme_year **ret_years, size_t *ret_count);

#endif
