/* A FETCH under way: it goes on, part by part, as the client takes what was written. */
#ifndef SERVICE_MAIL_IMAP_FETCH_RUN_H
#define SERVICE_MAIL_IMAP_FETCH_RUN_H

#include "proto/imap/imap_fetch.h"
#include "proto/mime/mime_scan.h"
#include "service/mail/fetch_sql.h"
#include "service/mail/imap/session.h"

struct imap_running {
    struct arena *arena; /* of what the command asks; its own, since it outlives the call */
    struct imap_command command; /* tag, name, is_uid */
    struct imap_fetch fetch;
    uint32_t *uids;
    size_t count, at;
    bool has_gone;
};

MUST_USE enum status imap_fetch_go_on(struct imap_call *call);
/* The command imap_go_on speaks of; NULL: nothing is under way. */
const struct imap_command *imap_running_command(const struct imap_session *session);
void imap_running_drop(struct imap_session *session);

typedef struct sql_fetch_facts_row fetch_row;

/* One section of one message, with its name and a space before it (fetch_body.c). The message is read once: *mime is
 * kept between the sections of one message, its `message` absent at first. */
struct fetch_body {
    struct ctx *ctx; /* with an arena for this message alone */
    int64_t body, size;
    struct str message; /* absent: not read yet */
    struct mime mime;   /* parts NULL: not scanned yet */
};
MUST_USE enum status fetch_section(struct fetch_body *from, const struct imap_section *section, struct buf *out);
/* BODY without extension data (RFC 9051 section 7.5.2). */
MUST_USE enum status fetch_structure(struct fetch_body *from, struct buf *out);

#endif
