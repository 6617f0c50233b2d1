/* The parent role: opens the doors, starts the other roles, tells them of one another, and ends with them.
 *
 * It never reads a byte from the network nor a row of a town. When a role dies the parent starts it anew, later each
 * time it fails in a row, and connects it again; the others go on. A role that dies before it ever answered (other than
 * a town) ends everything: then whoever started it (systemd, ./run) must be told. */
#ifndef ROLE_PARENT_H
#define ROLE_PARENT_H

#include "base/str.h"

/* Serves until SIGTERM or SIGINT; writes "ready" on a line of its own once every role answers. Exit code. */
int parent_serve(const char *folder);

#endif
