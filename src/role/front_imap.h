/* An imap is what front remembers of an IMAP connection: the command being read, who is signed in, what it waits for.
 *
 * For front_imap.c and front_imap_login.c alone. The session itself, mailbox and all, is the town's. Idle it holds
 * this struct and a ticket. */
#ifndef ROLE_FRONT_IMAP_H
#define ROLE_FRONT_IMAP_H

#include "proto/imap/imap_reader.h"
#include "role/front_login.h"
#include "role/front_spool.h"

enum {
    IMAP_LOGIN_MS = 60 * 1000,      /* from the greeting to the login (RFC 9051 section 5.4 leaves it to us) */
    IMAP_IDLE_MS = 30 * 60 * 1000,  /* RFC 9051 section 5.4 */
    IMAP_COMMAND_MS = 60 * 1000,    /* for the rest of a command, as long as nothing of FRONT_PROGRESS comes */
    IMAP_TOWN_MS = 5 * 60 * 1000,   /* for the town's next bytes */
    IMAP_BAD_MAX = 20,              /* commands that cannot be read */
    IMAP_APPEND_MAX = 50 << 20,
};

enum imap_asks { IMAP_ASKS_NOTHING, IMAP_ASKS_LOGIN, IMAP_ASKS_RENEWAL, IMAP_ASKS_TOWN };

struct imap {
    struct imap_reader reader;
    struct front_login login;
    struct front_sasl sasl;
    struct str tag;        /* of the command under way; front_keep */
    struct spool *literal; /* streamed, of the command being read; NULL: none */
    enum imap_asks asks;
    int bad;
    bool is_open;         /* the town has a session for us */
    bool is_idle_command; /* IDLE is under way */
    bool is_idling;       /* and the town has said so: the next line is DONE */
    bool owes_more;       /* the town waits until its bytes are written */
};

/* "TAG OK words", "* BYE words" */
void imap_say(struct connection *connection, struct str tag, const char *words);
void imap_say_capability(struct connection *connection);
/* BAD, counted; too many end the connection. */
void imap_bad(struct connection *connection, struct str tag, const char *why);

/* ---- front_imap_login.c: before the login ---- */

void imap_login_command(struct connection *connection, const struct imap_command *command);
/* A line of AUTHENTICATE's exchange. */
void imap_login_line(struct connection *connection, struct str line);
void imap_login_answer(struct connection *connection, struct str payload);
void imap_login_lost(struct connection *connection);

#endif
