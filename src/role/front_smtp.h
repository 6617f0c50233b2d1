/* An smtp is what SMTP, LMTP and submission remember of a connection between two commands.
 *
 * For front_smtp.c and front_submission.c alone. */
#ifndef ROLE_FRONT_SMTP_H
#define ROLE_FRONT_SMTP_H

#include "role/front_login.h"
#include "role/front_mail.h"

enum { SMTP_IDLE_MS = 5 * 60 * 1000 /* RFC 5321 section 4.5.3.2.7 */ };

/* What the answer we wait for is about. */
enum smtp_asks {
    SMTP_ASKS_NOTHING,
    SMTP_ASKS_RCPT,
    SMTP_ASKS_DELIVERY,
    SMTP_ASKS_LOGIN, /* from here on: submission */
    SMTP_ASKS_RENEWAL,
    SMTP_ASKS_SENDER,
};

struct smtp {
    struct mail *mail; /* NULL: no transaction */
    int bad_commands;
    bool has_hello, is_extended; /* EHLO or LHLO */
    struct str hello;            /* front_keep: what the client calls itself */
    int unknown;                 /* recipients refused: nobody tries a list of names on one connection */
    enum smtp_asks asks;
    int rcpt_town; /* SMTP_ASKS_RCPT */
    /* submission alone */
    struct front_login login;
    struct front_sasl sasl;
};

void smtp_reply(struct connection *connection, const char *line);
const char *smtp_delivery_reply(enum status status);
void smtp_forget_mail(struct smtp *smtp);
/* Every answer about the message is there: says what became of it. */
void smtp_finish_mail(struct connection *connection);

static inline bool smtp_is_submission(const struct connection *connection)
{
    return connection->protocol == FRONT_SUBMISSION;
}

/* ---- front_submission.c ---- */

void submission_auth(struct connection *connection, const struct smtp_command *command);
/* A line of the exchange AUTH began. */
void submission_auth_line(struct connection *connection, struct str line);
/* The transaction has begun: may this person write as its sender? */
void submission_check_sender(struct connection *connection);
/* The message is whole and may go. */
void submission_send(struct connection *connection);
void submission_answer(struct connection *connection, const struct front_answer *answer);
/* The role that was asked has gone. */
void submission_lost(struct connection *connection);

#endif
