/* The auth role: one process that decides who somebody is, for all members; it opens each member's auth.db when asked.
 *
 * Sees credentials and sessions, never mail or files; meets no network. Passwords are checked by hashers, refusals held
 * back by timers, so that nothing here waits. Tickets are sealed with a key that only that member's town holds too. */
#ifndef ROLE_AUTH_ROLE_H
#define ROLE_AUTH_ROLE_H

#include "core/auth.h"

struct auth_role_start {
    const char *folder; /* of the house */
    struct password_cost cost;
    const unsigned char *key; /* of the house, AUTH_KEY_BYTES; read before the role was confined */
    int parent_socket; /* members and channels to front, towns and hashers come through it */
};

/* Runs until the parent's channel closes or says stop. Exit code for the process. */
int auth_role_run(const struct auth_role_start *start);

#endif
