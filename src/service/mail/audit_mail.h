/* The head of the audit log goes to every administrator of the town once a day, by mail: whoever keeps it can prove
 * later that nothing was changed. */
#ifndef SERVICE_MAIL_AUDIT_MAIL_H
#define SERVICE_MAIL_AUDIT_MAIL_H

#include "core/ctx.h"

enum { AUDIT_MAIL_HOUR = 6 }; /* of the town's day: from then on */

/* A job: sends what is due today to all who have not had it. OK: some was sent; NOT_FOUND: nothing more for now. */
MUST_USE enum status audit_mail_step(struct ctx *ctx);

#endif
