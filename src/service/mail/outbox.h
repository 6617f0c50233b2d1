/* An outbox is where a town's mail waits until whoever is to have it has it: durable rows, sent until answered.
 *
 * A row is either a message as it was written, with all its recipients, that leaves at a given time (destination "":
 * undo is possible until then), or what is to go to one domain. When the first leaves it is split: each domain gets
 * rows of the second kind. Those of this town's own domains are delivered here, the others sent by the role
 * (role/town_outbox.c). An answer removes the row, or puts it off with a back-off; a refusal for good, or two days
 * without success, puts a bounce into the INBOX of whoever wrote it. Sent twice after a crash, a row is delivered
 * once (accept.h): its key is its body's number and when the message was put, so that a town restored from a backup,
 * which gives numbers again, gives no key again, and one whose split was lost in a crash gives the same key again. */
#ifndef SERVICE_MAIL_OUTBOX_H
#define SERVICE_MAIL_OUTBOX_H

#include "core/ctx.h"
#include "core/town.h"
#include "service/mail/outbox_sql.h"

enum { OUTBOX_RECIPIENTS_MAX = 500, OUTBOX_DUE_MAX = 100 };
#define OUTBOX_LIFE_MS (2 * 86400 * INT64_C(1000))
#define OUTBOX_SILENT_MS (2 * 60 * INT64_C(1000)) /* a town that does not answer is left alone */
#define OUTBOX_FIRST_MS (5 * INT64_C(1000))
#define OUTBOX_LAST_MS (3600 * INT64_C(1000))

typedef struct sql_outbox_get_row outbox_row;

struct outbox_put {
    int64_t account;       /* whose message it is: a bounce goes there */
    struct str sender;     /* envelope; checked by the caller */
    struct str recipients; /* one address a line, of any domain, checked by the caller */
    int64_t body;          /* store_add_body */
    struct instant leaves;
    int64_t draft;         /* email to put back when sending is undone, or 0 */
};
/* In a job of the writer. *ret_row: for outbox_take_back. LIMIT "mail.send.recipients". */
MUST_USE enum status outbox_put(struct ctx *ctx, const struct outbox_put *put, int64_t *ret_row);

/* Undo: removes a message that has not left and gives its row. NOT_FOUND: no such row of this account; GONE: it left.
 * */
MUST_USE enum status outbox_take_back(struct ctx *ctx, int64_t account, int64_t row, outbox_row *ret_row);

/* True when the address is of a domain of this town. */
bool outbox_is_local(const struct town *town, struct str address);

/* Where mail waits to go, at most 100 destinations; nothing of what is in it or of whom it is from. */
typedef struct sql_outbox_queues_row outbox_queue;
MUST_USE enum status outbox_queues(struct ctx *ctx, outbox_queue **ret_queues, size_t *ret_count);

/* ---- for the role ---- */

/* Rows whose time has come, the oldest first: at most OUTBOX_DUE_MAX. */
MUST_USE enum status outbox_due(struct ctx *ctx, struct sql_outbox_due_row **ret_rows, size_t *ret_count);
/* When the next row after now comes due; INT64_MAX: none. */
MUST_USE enum status outbox_next(struct ctx *ctx, int64_t *ret_ms);
MUST_USE enum status outbox_get(struct ctx *ctx, int64_t id, outbox_row *ret_row);
/* A message leaves: split, as said above. In a job. */
MUST_USE enum status outbox_split(struct ctx *ctx, int64_t id);
/* A row of this town's own domain: delivered here, in a job. */
MUST_USE enum status outbox_deliver_here(struct ctx *ctx, int64_t id);
/* "MEMBER.BODY.TIME" (arena). */
struct str outbox_key(struct ctx *ctx, const outbox_row *row);
/* What the other town said, in a job. status other than OK is for all recipients; statuses: a line for each. A row that
 * is gone: nothing happens. */
MUST_USE enum status outbox_answered(struct ctx *ctx, int64_t id, enum status status, struct str statuses);
/* No answer came, in a job: the row is put off, and with it all that is to go to the same town, so that what goes to
 * others does not wait behind it. A row that is gone: nothing happens. */
MUST_USE enum status outbox_unanswered(struct ctx *ctx, int64_t id);

#endif
