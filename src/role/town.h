/* The town role: one process for one member, the only writer of its files; it meets no network.
 *
 * What arrives in one turn of the loop is one transaction; answers leave after its commit. */
#ifndef ROLE_TOWN_H
#define ROLE_TOWN_H

#include "role/house.h"

/* Runs until the parent's channel closes or says stop. Exit code for the process. */
int town_run(const char *folder, const member_row *member, const struct str *domains, size_t domain_count,
             int parent_socket, int front_socket);

#endif
