/* A staff_bank row is an account an agent is paid on, sealed; it counts once a second person has confirmed it.
 *
 * Invariants: at most one of an agent is held and one confirmed; who entered it does not confirm it; confirming
 * replaces the one before; none is ever deleted. The same account at two agents is told, not refused: it may be a
 * couple, or a fraud. Whoever calls staff_bank_add and staff_bank_list has asked for the right; the others ask
 * themselves. */
#ifndef SERVICE_STAFF_RECORD_STAFF_BANK_H
#define SERVICE_STAFF_RECORD_STAFF_BANK_H

#include "service/staff/staff.h"

enum { STAFF_HOLDER_MAX = 70, STAFF_BANK_SHARED_MAX = 20 };
enum staff_bank_state { STAFF_BANK_HELD, STAFF_BANK_CONFIRMED, STAFF_BANK_REFUSED, STAFF_BANK_REPLACED };

struct staff_bank {
    int64_t id; /* 0: there is none */
    struct staff_account account;
    int64_t entered_by;
    struct instant entered;
    struct str shared; /* codes of other agents with the same account: "AG0002, AG0007"; "" */
};

/* Held from now on. INVALID "staff.iban", "staff.holder"; CONFLICT "staff.bank_waits". Blanks go, letters become
 * capitals. */
MUST_USE enum status staff_bank_add(struct ctx *ctx, int64_t agent, const struct staff_account *account);
/* DENIED "staff.right", "staff.same_person"; CONFLICT "staff.bank_decided"; NOT_FOUND. */
MUST_USE enum status staff_bank_confirm(struct ctx *ctx, int64_t agent, int64_t id);
/* The same; whoever entered it may take it back. */
MUST_USE enum status staff_bank_refuse(struct ctx *ctx, int64_t agent, int64_t id);
/* The one that is held, and the one confirmed; id 0 for none. The reading is noted. */
MUST_USE enum status staff_bank_list(struct ctx *ctx, int64_t agent, struct staff_bank *ret_held,
                                     struct staff_bank *ret_confirmed);

#endif
