/* An entry is how an operator, signed in at the member that runs the house, comes into a town under its mandate.
 *
 * Cookies are of one host alone: so the syndicate's page shows a link with a code of 128 bits, which the town's own
 * page takes once, within two minutes, and begins a session under the mandate. Who the operator is was proven where
 * their password is; a town never sees it. Functions take ctx with ctx->db = the town's auth.db. */
#ifndef CORE_AUTH_ENTRY_H
#define CORE_AUTH_ENTRY_H

#include "core/auth.h"

enum { AUTH_ENTRY_LIFE_MS = 2 * 60 * 1000 };

/* *ret_code: for the link (arena). DENIED "mandate.none": no running mandate of this operator. */
MUST_USE enum status auth_entry_make(struct ctx *ctx, struct str operator_address, struct str *ret_code);

struct auth_entry {
    struct str operator_address;
    int64_t mandate;
    struct instant ends; /* of the mandate */
};
/* What a code leads to. GONE: unknown, used, too old, or the mandate is over. */
MUST_USE enum status auth_entry_get(struct ctx *ctx, struct str code, struct auth_entry *ret_entry);
/* Uses it up and begins the session. GONE as above. */
MUST_USE enum status auth_entry_use(struct ctx *ctx, struct str code, const struct auth_try *from,
                                    struct auth_answer *ret_answer);

#endif
