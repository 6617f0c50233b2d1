/* Drafting: what sending needs of drafts. For drafting.c and sending.c. */
#ifndef SERVICE_MAIL_DRAFTING_H
#define SERVICE_MAIL_DRAFTING_H

#include "service/mail/draft_sql.h"
#include "service/mail/mail.h"

typedef struct sql_draft_get_row drafting_row_type;

/* Of who acts. NOT_FOUND. */
MUST_USE enum status drafting_row(struct ctx *ctx, int64_t id, drafting_row_type *ret_row);
/* The identity with this address; the usual one for "". DENIED "mail.send.from". */
MUST_USE enum status drafting_identity(struct ctx *ctx, struct str from, struct mail_identity *ret_identity);

#endif
