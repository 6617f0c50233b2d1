/* An owner is the user and group whose rights a process takes on, and to whom files are given: for a house started as
 * root.
 *
 * Found by name before anything is confined, since looking a name up reads files and loads code. */
#ifndef OS_OWNER_H
#define OS_OWNER_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/str.h"

struct owner {
    uid_t user;
    gid_t group;
};

enum { OWNER_NAME_MAX = 64, OWNER_DEPTH_MAX = 16 };

/* NOT_FOUND: the machine has no user of that name; INVALID: it is root, or no name. */
MUST_USE enum status owner_find(struct str name, struct owner *ret_owner);
/* Does this process run as root? */
bool owner_is_root(void);

/* Gives a folder and what lies in it. Links are not followed and a file with a second name is left as it is: whoever
 * wrote in the folder cannot choose what else is given. NOT_FOUND; LIMIT: deeper than OWNER_DEPTH_MAX. */
MUST_USE enum status owner_give(const char *folder, const struct owner *owner);
/* Lets the owner's group through a folder of root's, to what it knows there by name: mode 0710. */
MUST_USE enum status owner_let_through(const char *folder, const struct owner *owner);

#endif
