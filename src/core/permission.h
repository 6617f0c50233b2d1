/* A permission is one right a route or verb asks for; a person's roles give a set of them.
 *
 * An operator runs the machines and has no right to any content: there is no permission by which one
 * could read a message, and PERMISSION_OPERATE is never joined with a content right outside a mandate. */
#ifndef CORE_PERMISSION_H
#define CORE_PERMISSION_H

#include <stdbool.h>
#include <stdint.h>

typedef uint64_t permission_set;

enum permission {
    PERMISSION_NONE = 0,          /* the route is open to anybody: sign-in, style sheet, help */
    PERMISSION_SELF = 1 << 0,     /* signed in: one's own mail, settings, sessions */
    PERMISSION_ADMINISTER = 1 << 1, /* people, groups, services, aliases, quotas, audit of one's own town */
    PERMISSION_OPERATE = 1 << 2,  /* members, health, queues: sizes and ages, never content */
};

/* Bits are the role's name stored in auth.db, and signed into each ticket. */
enum role { ROLE_AGENT = 1, ROLE_ADMINISTRATOR, ROLE_OPERATOR };

permission_set permission_of_role(enum role role);
bool permission_allows(permission_set held, enum permission asked);

#endif
