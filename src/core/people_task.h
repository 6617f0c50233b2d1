/* A people_task is what a town must still tell auth: somebody was added, changed or suspended, or is given a code.
 *
 * Why a row: people live in town.db and their credentials in auth.db, two files of two processes. The task is committed
 * with the change, sent after the commit, sent again when either process starts anew, and removed when auth has
 * answered: neither file can stay ahead of the other. Auth takes the same task twice without harm. In order, by id.
 * */
#ifndef CORE_PEOPLE_TASK_H
#define CORE_PEOPLE_TASK_H

#include "core/auth.h"
#include "core/people_task_sql.h"

enum people_task_kind { PEOPLE_PUT = 1, PEOPLE_INVITE, PEOPLE_MANDATE, PEOPLE_MAIL_PASSWORD, PEOPLE_ACT };

typedef struct sql_people_task_after_row people_task_row;

/* Called in a job of the town's writer, beside the change of the person. Keeps the role in person.role too. */
MUST_USE enum status people_task_put(struct ctx *ctx, const struct auth_person *person);
/* hash: of a code made with auth_code_make, which is shown once and not kept. */
MUST_USE enum status people_task_invite(struct ctx *ctx, int64_t person,
                                        const unsigned char hash[AUTH_CODE_HASH_BYTES], struct instant ends);

/* A mandate an administrator gave, or ended: `ends` in the past ends every session under it. */
MUST_USE enum status people_task_mandate(struct ctx *ctx, int64_t mandate, struct str operator_address,
                                         struct instant ends);
/* May the account password open mail programs (auth_set_mail_password)? */
MUST_USE enum status people_task_mail_password(struct ctx *ctx, bool is_allowed);

/* Auth ends every session and application password of the person, or takes their second factor away as well. */
MUST_USE enum status people_task_act(struct ctx *ctx, int64_t person, enum auth_person_act act);

/* The next tasks behind `after`, at most 100, for the role. */
MUST_USE enum status people_task_after(struct ctx *ctx, int64_t after, people_task_row **ret_tasks, size_t *ret_count);
/* How many auth has not answered yet. */
MUST_USE enum status people_task_waiting(struct ctx *ctx, int64_t *ret_number);
/* Auth has answered. */
MUST_USE enum status people_task_done(struct ctx *ctx, int64_t task);

#endif
