/* A composing is a draft on its way to be a message: what was typed becomes addresses, fields and bytes.
 *
 * For drafting.c and sending.c. Everything lives in the arena given. */
#ifndef SERVICE_MAIL_COMPOSING_H
#define SERVICE_MAIL_COMPOSING_H

#include "proto/mime/address.h"
#include "proto/mime/compose.h"
#include "service/mail/mail.h"

/* The entries of a typed To, Cc or Bcc, names in UTF-8. With `bad` NULL what is no address is left out; else INVALID,
 * and *bad is its text. */
MUST_USE enum status composing_addresses(struct ctx *ctx, struct str typed, struct address_list *list,
                                         struct str *bad);

struct composing {
    const struct mail_draft *draft;
    struct mail_identity from;
    struct address_list to, cc, bcc;
    const struct compose_file *files;
    size_t file_count;
    bool has_bcc; /* written only into copies of one's own */
};
/* The message as it leaves (or is kept). INVALID: a subject with a line end and the like; LIMIT: too large. */
MUST_USE enum status composing_write(struct ctx *ctx, const struct composing *from, struct buf *out);

#endif
