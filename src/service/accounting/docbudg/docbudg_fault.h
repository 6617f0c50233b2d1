/* A docbudg_at is where in a budget document something stands, for whoever has to mend it.
 *
 * Invariants: `place` is the way to `element`, or to the budget around it where `line` says which of its lines that is.
 */
#ifndef SERVICE_ACCOUNTING_DOCBUDG_DOCBUDG_FAULT_H
#define SERVICE_ACCOUNTING_DOCBUDG_DOCBUDG_FAULT_H

#include "service/accounting/docbudg/docbudg.h"

struct docbudg_at {
    struct str place;
    uint32_t line; /* of LigneBudget, from 1; 0: none */
    const struct xml *element;
};

struct docbudg_at docbudg_at_line(const struct docbudg_budget *budget, const struct docbudg_line *line);
/* A child of what stands there; `element` is NULL where it has none of that name. `arena` holds the way to it. */
struct docbudg_at docbudg_at_child(struct arena *arena, const struct docbudg_at *at, const char *name);

/* The child of that name, or the element itself where it is NULL, breaks that rule of rules.csv. */
void docbudg_fault(struct faults *faults, const char *rule, const struct docbudg_at *at, const char *name,
                   struct str value, struct str wanted);
/* The same, where value and what is wanted are amounts. */
void docbudg_fault_money(struct faults *faults, const char *rule, const struct docbudg_at *at, const char *name,
                         struct money value, struct money wanted);

#endif
