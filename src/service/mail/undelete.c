#include "service/mail/undelete.h"

#include "service/mail/conversation_sql.h"
#include "service/mail/mail.h"
#include "service/mail/mailbox.h"
#include "service/mail/search.h"
#include "service/mail/undelete_sql.h"

#define KEPT_MS (UNDELETE_DAYS * 86400 * INT64_C(1000))

enum status undelete(struct ctx *ctx, int64_t account, struct instant since, int64_t *ret_restored)
{
    struct sql_conversation_deleted_row *rows;
    int64_t ids[UNDELETE_STEP];
    size_t count, taken = 0;
    struct actor before = ctx->actor;
    *ret_restored = 0;
    struct sql_conversation_deleted in = {.account = account, .since_ms = since.ms};
    TRY(sql_conversation_deleted(ctx->db, ctx->arena, in, &rows, &count));
    for (; taken < count && taken < UNDELETE_STEP; taken++)
        ids[taken] = rows[taken].email;
    if (taken == 0)
        return NOT_FOUND;
    struct mail_selection selection = {
        .folder = MAIL_FOLDER_DELETED, .ids = ids, .count = taken, .are_messages = true};
    ctx->actor.person = account; /* mail.h acts for whoever is signed in */
    enum status done = mail_restore(ctx, &selection, ret_restored);
    ctx->actor = before;
    return done;
}

static enum status let_go(struct ctx *ctx, const struct sql_undelete_due_row *row)
{
    struct sql_undelete_email_body_row email;
    TRY(sql_undelete_forget(ctx->db, (struct sql_undelete_forget){.mailbox = row->mailbox, .uid = row->uid}));
    enum status found = sql_undelete_email_body(ctx->db, ctx->arena,
                                                (struct sql_undelete_email_body){.email = row->email}, &email);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    TRY(search_forget(ctx, row->email));
    TRY(sql_undelete_drop_email(ctx->db, (struct sql_undelete_drop_email){.email = row->email}));
    TRY(sql_undelete_drop_origin(ctx->db, (struct sql_undelete_drop_origin){.email = row->email}));
    return sql_undelete_drop_body(ctx->db, (struct sql_undelete_drop_body){.body = email.body});
}

enum status undelete_sweep(struct ctx *ctx)
{
    struct sql_undelete_due_row *rows;
    size_t count;
    struct sql_undelete_due in = {.before_ms = ctx->now.ms - KEPT_MS};
    TRY(sql_undelete_due(ctx->db, ctx->arena, in, &rows, &count));
    if (count == 0)
        return NOT_FOUND;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    for (size_t i = 0; i < count; i++)
        TRY(let_go(ctx, &rows[i]));
    return OK;
}
