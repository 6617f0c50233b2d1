/* A signatory is who engages, attests, orders or signs for the town: the ordonnateur, and whom signature was delegated
 * to.
 *
 * Source: CGCT L2122-18 (functions to adjoints), L2122-19 (signature to those in charge of services). A delegation
 * is for one unit or for all, up to an amount or any, from a day on, by an arrêté whose reference stands with it.
 * Invariants: one that is over stays, with its last day; the ordonnateur needs no arrêté; amounts, days and refusals
 * are rules of rules.csv (signatory.*). A right (right.h) is needed beside it: that is who may press the button, this
 * is for what. Each change stands in the audit log. */
#ifndef SERVICE_ACCOUNTING_RIGHT_SIGNATORY_H
#define SERVICE_ACCOUNTING_RIGHT_SIGNATORY_H

#include "core/ctx.h"
#include "service/accounting/fault.h"
#include "service/accounting/right/right.h"

enum { SIGNATORY_REFERENCE_MAX = 100, SIGNATORIES_MAX = 1000 };

struct signatory {
    int64_t id, person, unit; /* unit 0: all */
    unsigned rights;          /* RIGHT_ENGAGE, RIGHT_ATTEST, RIGHT_ORDER, RIGHT_SIGN */
    struct money limit;       /* of one act; 0: none */
    struct date since, until; /* the first day and the last; until 0: not ended */
    bool is_head;             /* the ordonnateur */
    struct str reference;     /* "arrêté 2026-012 du 12 mars 2026" */
    struct str name, address; /* of the person, as read */
    struct str unit_code, unit_name; /* "" for all, as read */
};

/* What somebody is about to sign. */
struct signatory_act {
    int64_t person, unit; /* unit 0: of none */
    enum right right;
    struct money amount;
    struct date day;
};

/* Pure. True: one of them covers it. Else `faults` has why not, by the one that comes nearest: signatory.none,
 * signatory.right, signatory.unit, signatory.day, signatory.limit. */
bool signatory_covers(const struct signatory *all, size_t count, const struct signatory_act *act,
                      struct faults *faults);
/* The same of the town's own. DENIED "accounting.signatory": `faults` says why. */
MUST_USE enum status signatory_may(struct ctx *ctx, const struct signatory_act *act, struct faults *faults);

/* By person's address, newest first; those that are over too. */
MUST_USE enum status signatory_list(struct ctx *ctx, struct signatory **ret_all, size_t *ret_count);
/* INVALID: `faults` says why (signatory.rights, signatory.reference, signatory.amount, signatory.days,
 * signatory.head); NOT_FOUND: no such person or unit; DENIED "mandate.never". */
MUST_USE enum status signatory_add(struct ctx *ctx, const struct signatory *signatory, struct faults *faults,
                                   int64_t *ret_id);
/* `last` is its last day. INVALID: `faults` says why (signatory.days: before its first day, or after the last it
 * has: another arrêté is another delegation); NOT_FOUND; DENIED "mandate.never". */
MUST_USE enum status signatory_end(struct ctx *ctx, int64_t id, struct date last, struct faults *faults);

#endif
