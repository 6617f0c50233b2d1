/* The parent role: opens the doors, starts the other roles, tells them of one another, and ends with them.
 *
 * It never reads a byte from the network nor a row of a town. When a role dies the parent ends the others and
 * fails, so that whoever started it (systemd, ./run) starts everything anew. */
#ifndef ROLE_PARENT_H
#define ROLE_PARENT_H

#include "base/str.h"

/* Serves until SIGTERM or SIGINT; writes "ready" on a line of its own once every role answers. Exit code. */
int parent_serve(const char *folder);

#endif
