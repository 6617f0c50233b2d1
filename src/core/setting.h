/* A setting is one choice a town makes for all its people. It stands in town.db; auth is told what concerns it. */
#ifndef CORE_SETTING_H
#define CORE_SETTING_H

#include "core/ctx.h"

/* May the account password open mail programs, for people without a second factor? No, until the town says yes. */
MUST_USE enum status setting_mail_password(struct ctx *ctx, bool *ret_is_allowed);
/* In a job; owes auth the news and writes the act into the audit log. The same again changes nothing. */
MUST_USE enum status setting_set_mail_password(struct ctx *ctx, bool is_allowed);

/* For an import, which writes no act of its own: NOT_FOUND for a name or value that no setting has. */
MUST_USE enum status setting_take(struct ctx *ctx, struct str name, struct str value);

#endif
