/* A right is what a person of the town may do in accounting: read, prepare, engage, attest, order, sign.
 *
 * Why beside permissions: those are the house's, signed into tickets; these are the town's own, given by its
 * administrators on a page and good at the next request. Invariants: whoever holds one right holds RIGHT_READ; where
 * nothing was given, an administrator reads and prepares and everybody else holds none; whoever is suspended holds
 * none; under a mandate (core/mandate.h) there is never more than what an administrator has at first. Each change
 * stands in the audit log. Budgets as voted need no right: everybody signed in reads them. */
#ifndef SERVICE_ACCOUNTING_RIGHT_RIGHT_H
#define SERVICE_ACCOUNTING_RIGHT_RIGHT_H

#include "core/ctx.h"

enum right {
    RIGHT_READ = 1 << 0,    /* all of accounting */
    RIGHT_PREPARE = 1 << 1, /* budgets, third parties */
    RIGHT_ENGAGE = 1 << 2,  /* orders and contracts, on credits */
    RIGHT_ATTEST = 1 << 3,  /* that what was ordered was done (service fait) */
    RIGHT_ORDER = 1 << 4,   /* liquidate; write mandats and titres */
    RIGHT_SIGN = 1 << 5,    /* bordereaux: the order to pay */
};
enum { RIGHTS = 6, RIGHTS_ALL = (1 << RIGHTS) - 1 };

/* OK: ctx->actor holds at least one of `rights`. DENIED "accounting.right": none, with the sentence that names the
 * first of them. */
MUST_USE enum status right_need(struct ctx *ctx, unsigned rights);
/* All that ctx->actor holds: which buttons a page shows. */
MUST_USE enum status right_held(struct ctx *ctx, unsigned *ret_rights);
/* Does ctx->actor hold at least one of them? For what a page shows; what cannot be read is not held. */
bool right_may(struct ctx *ctx, unsigned rights);
/* All that a person holds. NOT_FOUND: there is no such person. */
MUST_USE enum status right_of(struct ctx *ctx, int64_t person, unsigned *ret_rights);
/* Instead of what was given before; RIGHT_READ comes with any other. DENIED "mandate.never"; INVALID
 * "accounting.rights": a bit that is none; NOT_FOUND. The same again changes nothing. */
MUST_USE enum status right_set(struct ctx *ctx, int64_t person, unsigned rights);
/* What was given, or comes with the role, whether or not the person is suspended. */
MUST_USE enum status right_given(struct ctx *ctx, int64_t person, bool is_administrator, unsigned *ret_rights);
/* "Signer les bordereaux": of one bit. */
enum text_key right_name(unsigned right);

/* ---- separation of duties (rule I11) ---- */

/* Does the town keep apart who attests and who signs? Yes, until it says no. */
MUST_USE enum status right_apart(struct ctx *ctx, bool *ret_is_apart);
/* DENIED "mandate.never". The same again changes nothing. */
MUST_USE enum status right_set_apart(struct ctx *ctx, bool is_apart);
/* Before ctx->actor signs what `attester` attested, or attests what `attester` signed. DENIED "accounting.apart": they
 * are one person, and the town keeps these apart. */
MUST_USE enum status right_need_apart(struct ctx *ctx, int64_t attester);

#endif
