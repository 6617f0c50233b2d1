/* The front role: it meets the network and holds no data; every decision is asked of a town.
 *
 * Sees bytes, commands and messages in flight; opens no file and no database. */
#ifndef ROLE_FRONT_H
#define ROLE_FRONT_H

#include "base/str.h"

enum { FRONT_TOWNS_MAX = 1000, FRONT_DOORS_MAX = 16 };

enum front_protocol { FRONT_LMTP, FRONT_SMTP };

/* A listening socket and what is spoken there. */
struct front_door {
    enum front_protocol protocol;
    int listener;
};

/* A member as front needs it: its domains, and the socket to its town. */
struct front_town {
    int64_t member;
    const struct str *domains;
    size_t domain_count;
    int socket;
};

/* Runs until the parent's channel closes or says stop. Exit code for the process. */
int front_run(struct str hostname, const struct front_door *doors, size_t door_count, const struct front_town *towns,
              size_t town_count, int parent_socket);

#endif
