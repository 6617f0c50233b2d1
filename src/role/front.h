/* The front role: it meets the network and holds no data; every decision is asked of a town or of auth.
 *
 * Sees bytes, commands and messages in flight; opens no file and no database. */
#ifndef ROLE_FRONT_H
#define ROLE_FRONT_H

#include "base/str.h"
#include "os/tls.h"

enum { FRONT_TOWNS_MAX = 1000, FRONT_DOORS_MAX = 16 };

enum front_protocol { FRONT_LMTP, FRONT_SMTP, FRONT_SUBMISSION, FRONT_IMAP, FRONT_WEB, FRONT_REDIRECT, FRONT_METRICS };

/* A listening socket and what is spoken there. */
struct front_door {
    enum front_protocol protocol;
    bool is_secure; /* TLS from the first byte */
    int listener;
};

struct front_start {
    struct str hostname; /* said in greetings */
    const struct front_door *doors;
    size_t door_count;
    struct tls_context *tls; /* NULL: no TLS is offered */
    uint16_t https_port;     /* where FRONT_REDIRECT sends to; 0: nowhere */
    int parent_socket;       /* members, and channels to towns and auth, come through it */
};

/* Runs until the parent's channel closes or says stop. Exit code for the process. */
int front_run(const struct front_start *start);

#endif
