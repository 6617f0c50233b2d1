/* A refusal says why the ledger took no entry: the rule, the field, what stands there, and what should.
 *
 * Rules are rows engine.* of ../rules.csv, with the text of law and the sentence to mend by. It owns nothing and is
 * passed by value; texts too long for it are cut between code points. */
#ifndef SERVICE_ACCOUNTING_ENGINE_REFUSAL_H
#define SERVICE_ACCOUNTING_ENGINE_REFUSAL_H

#include "base/dates.h"
#include "base/money.h"
#include "service/accounting/engine/cell.h"
#include "service/accounting/fault.h"

enum { REFUSAL_TEXT_MAX = 120 /* bytes */, REFUSAL_NO_POSTING = -1 };

struct refusal {
    const char *rule;  /* "engine.available" */
    const char *field; /* "amount" */
    int posting;       /* of the entry, from 0; REFUSAL_NO_POSTING */
    bool is_money;     /* value and wanted are amounts */
    char line[REFUSAL_TEXT_MAX + 1]; /* of credits, as cell_say names it; "": about none in particular */
    char value[REFUSAL_TEXT_MAX + 1], wanted[REFUSAL_TEXT_MAX + 1];
};

struct refusal_at { /* where */
    const char *rule, *field;
    int posting;
};

static inline struct refusal_at refusal_in(const char *rule, const char *field, size_t posting)
{
    return (struct refusal_at){rule, field, (int)posting};
}

static inline struct refusal_at refusal_at(const char *rule, const char *field)
{
    return (struct refusal_at){rule, field, REFUSAL_NO_POSTING};
}

/* All give INVALID. */
MUST_USE enum status refuse_text(struct refusal *refusal, struct refusal_at at, struct str value, struct str wanted);
MUST_USE enum status refuse_money(struct refusal *refusal, struct refusal_at at, struct money value,
                                  struct money wanted);
MUST_USE enum status refuse_number(struct refusal *refusal, struct refusal_at at, uint64_t value, uint64_t wanted);
MUST_USE enum status refuse_day(struct refusal *refusal, struct refusal_at at, struct date value, struct date wanted);

/* Of one just made: about that line of credits. */
void refusal_name_line(struct refusal *refusal, const struct cell_key *key);

/* As a fault, with its sentence; its place is the line of credits, else the field ("postings[2].amount"). */
void refusal_fault(const struct refusal *refusal, struct faults *faults);

#endif
