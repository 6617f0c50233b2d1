/* A fault is one thing wrong in what somebody handed in: by which rule, where, what stands there, how to mend it.
 *
 * Why a list: whoever checks a file wants all of its faults at once, each with its place. Invariants: at most
 * FAULTS_MAX are kept, and how many there were is counted; a rule's code stands in rules.csv ("docbudg.year", "R12",
 * "I9"), with the sentence that says how to mend it. */
#ifndef SERVICE_ACCOUNTING_FAULT_H
#define SERVICE_ACCOUNTING_FAULT_H

#include "base/money.h"
#include "service/accounting/rule.h"

enum { FAULTS_MAX = 200 };

struct fault {
    struct str rule;  /* its code */
    struct str place; /* "/DocumentBudgetaire/Budget[1]/LigneBudget[12]/MtPrev, ligne 214" */
    struct str value; /* what stands there; "" for nothing */
    struct str wanted; /* what should; "" for nothing */
    struct str mend;  /* what is wrong and what to do, in plain French; amounts in it as scripts read them: "1234.50" */
    bool is_money;    /* value and wanted are amounts, where they are written as one; pages say them so (fault_say.h) */
};

struct figure_set;

struct faults {
    const struct figure_set *figures; /* of the town, for who looks one up (figure.h); NULL: none */
    struct arena *arena; /* holds the words; one that is full keeps no more faults, and counts them */
    struct fault kept[FAULTS_MAX];
    size_t count, found; /* kept, and all of them */
};

/* None yet; NULL: the arena is full. */
struct faults *faults_new(struct arena *arena);
/* Copies the words. `wanted` is what the sentence says should stand there; "" where it says no such thing. A code
 * that no rule has ends the program: it is ours. */
void fault_add(struct faults *faults, const char *rule, struct str place, struct str value, struct str wanted);
/* The same, where what should stand there is a number: the most characters of a text. */
void fault_add_most(struct faults *faults, const char *rule, const char *place, struct str value, size_t most);
/* The same; INVALID. */
MUST_USE enum status fault_refuse(struct faults *faults, const char *rule, const char *place, struct str value,
                                   struct str wanted);
/* Of the one added last: it is about amounts. */
void fault_mark_money(struct faults *faults);
/* The same, where what stands there and what should are amounts, days of the calendar, or numbers. */
void fault_add_money(struct faults *faults, const char *rule, const char *place, struct money value,
                     struct money wanted);
void fault_add_dates(struct faults *faults, const char *rule, const char *place, struct date value,
                     struct date wanted);
void fault_add_numbers(struct faults *faults, const char *rule, const char *place, int64_t value, int64_t wanted);

/* "docbudg.siret PLACE: VALUE", and below it how to mend it. */
void fault_print(struct buf *out, const struct fault *fault);

#endif
