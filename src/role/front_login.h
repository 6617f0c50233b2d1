/* A front_login is who a mail connection acts for: nobody, somebody auth is being asked about, somebody with a ticket.
 *
 * Shared by submission and IMAP. Front keeps the ticket and cannot read it; it knows when it ends, and asks for a new
 * one in time. Owns the ticket. */
#ifndef ROLE_FRONT_LOGIN_H
#define ROLE_FRONT_LOGIN_H

#include "proto/smtp/sasl.h"
#include "role/front_connection.h"

enum {
    FRONT_LOGIN_FAILURES_MAX = 5,      /* of one connection, which then ends */
    FRONT_RENEW_MS = 5 * 60 * 1000,    /* left of a ticket when a new one is asked for */
};

struct front_login {
    struct str ticket; /* front_keep; absent: nobody */
    int64_t expires_ms;
    int town; /* whose person it is */
    int failures;
};

void front_login_finish(struct front_login *login);
static inline bool front_login_is_open(const struct front_login *login)
{
    return login->ticket.at != NULL;
}

struct front_login_try {
    const char *door; /* "imap" or "submission" */
    struct str name, password;
};
/* Asks auth; MESSAGE_LOGIN_ANSWER follows and connection->waiting counts it. BUSY: auth is not there. */
MUST_USE enum status front_login_ask(struct connection *connection, struct front_login *login,
                                     const struct front_login_try *try);
/* OK: the ticket is there, or there anew. DENIED: refused; GONE: the session has ended; BUSY: not now; NOT_FOUND:
 * the town has no mail service now. */
MUST_USE enum status front_login_answer(struct front_login *login, struct str payload);

bool front_login_is_old(const struct front_login *login);
/* The same for a ticket that will end soon. */
MUST_USE enum status front_login_renew(struct connection *connection, struct front_login *login);

/* ---- the exchange of AUTH and AUTHENTICATE ---- */

struct front_sasl {
    enum sasl_mechanism mechanism; /* SASL_UNKNOWN: none under way */
    struct str name;               /* front_keep: LOGIN's first answer */
};
struct front_credentials {
    struct str name, password; /* in the arena */
};

/* `response` is the initial one, or absent. OK: *ret_credentials; BUSY: the client must be sent *ret_prompt (base64)
 * and answers on a line of its own; INVALID: not to be understood; NOT_FOUND: no such mechanism. */
MUST_USE enum status front_sasl_start(struct front_sasl *sasl, struct arena *arena, struct str mechanism,
                                      struct str response, struct front_credentials *ret_credentials,
                                      struct str *ret_prompt);
/* The same with a further line. GONE: the client gave up ("*", RFC 4954 section 4). */
MUST_USE enum status front_sasl_next(struct front_sasl *sasl, struct arena *arena, struct str line,
                                     struct front_credentials *ret_credentials, struct str *ret_prompt);
void front_sasl_finish(struct front_sasl *sasl);

#endif
