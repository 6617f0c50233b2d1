/* A mail is one transaction of SMTP or LMTP (RFC 5321 section 3.3): sender, recipients, message, and what each town
 * said.
 *
 * Lives from MAIL until the reply to its message; an idle connection has none. */
#ifndef ROLE_FRONT_MAIL_H
#define ROLE_FRONT_MAIL_H

#include "proto/smtp/smtp_command.h"
#include "proto/smtp/smtp_data.h"
#include "role/front_connection.h"
#include "role/front_spool.h"

enum { FRONT_RECIPIENTS_MAX = 100, FRONT_MESSAGE_MAX = 50 << 20, MAIL_NOBODY = -2 };

struct recipient {
    struct str address; /* front_keep */
    int town;
    enum status status; /* of its town's delivery */
    int asked;          /* which town has the message and has not answered, or MAIL_NOBODY */
};

/* What reads the input while a message comes. */
enum mail_state { MAIL_COMMANDS, MAIL_DATA, MAIL_CHUNK };

struct mail {
    struct str sender; /* front_keep */
    struct str received; /* front_keep: the line this door adds, once the message is whole */
    uint64_t size;     /* as announced */
    bool is_utf8;      /* SMTPUTF8 was asked for */
    struct recipient recipients[FRONT_RECIPIENTS_MAX];
    size_t recipient_count;
    enum mail_state state;
    struct smtp_data data;
    struct spool spool;
    uint64_t chunk_left; /* bytes of a BDAT still to come */
    bool is_last_chunk, has_chunk, is_after_cr, has_bare_end;
};

struct mail *mail_create(const struct connection *connection, struct str sender, uint64_t size);
void mail_destroy(struct mail *mail); /* NULL accepted */

/* Adds one, not yet known to be good; mail_drop_recipient takes the last away again. */
void mail_add_recipient(struct mail *mail, struct str address, int town);
void mail_drop_recipient(struct mail *mail);

/* Takes message bytes off *bytes. True once it is whole: mail_fault then says whether it is any good. */
bool mail_take_data(struct mail *mail, struct str *bytes);
bool mail_take_chunk(struct mail *mail, struct str *bytes);
/* The reply line that refuses the message; NULL: it may be delivered. */
const char *mail_fault(const struct mail *mail);

/* Sends it to every town concerned, or all of it to the submitter's; connection->waiting counts the answers. */
void mail_deliver(struct mail *mail, struct connection *connection, const char *source);
void mail_submit(struct mail *mail, struct connection *connection, int home, struct str ticket);
/* Notes what one town answered. False: it was not asked. */
bool mail_delivered(struct mail *mail, const struct front_answer *answer);
/* That town will not answer any more. False: it was not asked. */
bool mail_lost(struct mail *mail, int town);

#endif
