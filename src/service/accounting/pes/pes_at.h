/* A pes_at is where in a file something stands, for whoever has to mend it: an element, and what is around it.
 *
 * Invariants: `above` outlives it; an element that is not there has a NULL `element` and still a way to it. */
#ifndef SERVICE_ACCOUNTING_PES_PES_AT_H
#define SERVICE_ACCOUNTING_PES_PES_AT_H

#include "base/money.h"
#include "service/accounting/pes/pes.h"

struct pes_at {
    const struct pes_at *above; /* NULL: it is the root */
    const char *name;           /* of the element; NULL: as the element says */
    const struct xml *element;
    uint32_t number; /* among those of its name, from 1; 0: there is one at most */
};

struct pes_at pes_child(const struct pes_at *at, const char *name);
/* The first of those of that name, and the next; its element is NULL where there is none. */
struct pes_at pes_first(const struct pes_at *at, const char *name);
struct pes_at pes_next(const struct pes_at *at);

/* What V says in the child of that name; "" where there is none. */
struct str pes_says(const struct pes_at *at, const char *name);
bool pes_is(const struct pes_at *at, const char *name, const char *value);
/* A number of digits alone; 0 where there is none, or it is another text or above `max`. */
uint64_t pes_number(const struct pes_at *at, const char *name, uint64_t max);
/* False: there is none, or it cannot be read. */
bool pes_amount(const struct pes_at *at, const char *name, struct money *ret_money);
/* "1" and "true". */
bool pes_flag(const struct pes_at *at, const char *name);

/* The child of that name, or the element itself where it is NULL, breaks that rule of rules.csv. */
void pes_fault(struct faults *faults, const char *rule, const struct pes_at *at, const char *name, struct str value,
               struct str wanted);
/* The same of what V says in that child. */
void pes_fault_value(struct faults *faults, const char *rule, const struct pes_at *at, const char *name,
                     struct str wanted);
void pes_fault_number(struct faults *faults, const char *rule, const struct pes_at *at, const char *name,
                      uint64_t wanted);
void pes_fault_money(struct faults *faults, const char *rule, const struct pes_at *at, const char *name,
                     struct money wanted);

#endif
