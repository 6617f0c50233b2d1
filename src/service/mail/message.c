#include "service/mail/message.h"

#include "service/mail/account_sql.h"
#include "service/mail/changes.h"
#include "service/mail/conversation.h"
#include "service/mail/lang.h"

/* What one act does to the counters of a mailbox and its account. */
struct change {
    int64_t messages, unseen, bytes;
};

static enum status apply(struct ctx *ctx, const mailbox_row *mailbox, int64_t uid_next, int64_t modseq,
                         struct change change)
{
    changes_note(ctx, mailbox->id);
    TRY(sql_mailbox_change(ctx->db, (struct sql_mailbox_change){.id = mailbox->id,
                                                                .uid_next = uid_next,
                                                                .modseq = modseq,
                                                                .messages = change.messages,
                                                                .unseen = change.unseen,
                                                                .bytes = change.bytes}));
    if (change.messages == 0)
        return OK;
    return sql_account_change(ctx->db, (struct sql_account_change){.person = mailbox->account,
                                                                   .bytes = change.bytes,
                                                                   .messages = change.messages});
}

/* The mailbox as it is now: counters move with every act of the turn. */
static enum status fresh(struct ctx *ctx, int64_t id, mailbox_row *ret_mailbox)
{
    return sql_mailbox_get(ctx->db, ctx->arena, (struct sql_mailbox_get){.id = id}, ret_mailbox);
}

enum status message_get(struct ctx *ctx, int64_t mailbox, int64_t uid, message_row *ret_message)
{
    struct sql_message_get in = {.mailbox = mailbox, .uid = uid};
    return sql_message_get(ctx->db, ctx->arena, in, ret_message);
}

enum status message_set_flags(struct ctx *ctx, const message_row *message, int64_t mask, int64_t set,
                              int64_t *ret_modseq)
{
    mailbox_row mailbox;
    int64_t flags = (message->flags & ~mask) | (set & mask);
    *ret_modseq = message->modseq;
    if (flags == message->flags)
        return OK;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(fresh(ctx, message->mailbox, &mailbox));
    int64_t modseq = mailbox.modseq + 1;
    struct sql_message_set_flags in = {
        .mailbox = message->mailbox, .uid = message->uid, .flags = flags, .modseq = modseq};
    TRY(sql_message_set_flags(ctx->db, in));
    int64_t unseen = (message->flags & MESSAGE_SEEN) - (flags & MESSAGE_SEEN); /* 1, 0 or -1 */
    TRY(apply(ctx, &mailbox, mailbox.uid_next, modseq, (struct change){.unseen = unseen}));
    TRY(conversation_mark(ctx, message->mailbox, message->thread, message->flags, flags));
    *ret_modseq = modseq;
    return OK;
}

static bool is_keyword(struct str name)
{
    if (name.len == 0 || name.len > MESSAGE_KEYWORD_LENGTH_MAX)
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] <= ' ' || name.at[i] >= 127 || strchr("(){%*\"\\]", name.at[i]) != NULL)
            return false;
    return true;
}

enum status message_keyword(struct ctx *ctx, int64_t account, struct str name, bool may_create, int64_t *ret_bit)
{
    struct sql_account_keyword_list_row *rows;
    size_t count;
    if (!is_keyword(name))
        return INVALID;
    struct sql_account_keyword_list in = {.account = account};
    TRY(sql_account_keyword_list(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (!str_eq_nocase(rows[i].name, name))
            continue;
        *ret_bit = rows[i].bit;
        return OK;
    }
    if (!may_create)
        return NOT_FOUND;
    if (count >= MESSAGE_KEYWORD_MAX)
        return refuse(ctx, LIMIT, "mail.keyword.many", T_mail_keyword_many);
    int64_t bit = MESSAGE_KEYWORD_FIRST + (int64_t)count;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_account_keyword_add(
        ctx->db, (struct sql_account_keyword_add){.account = account, .bit = bit, .name = name}));
    *ret_bit = bit;
    return OK;
}

enum status message_put(struct ctx *ctx, const mailbox_row *mailbox, const struct message_put *put,
                        enum db_sync sync, int64_t *ret_uid)
{
    mailbox_row now;
    TRY(writer_need(ctx->town->writer, sync));
    TRY(fresh(ctx, mailbox->id, &now));
    int64_t uid = put->uid ? put->uid : now.uid_next;
    if (uid < now.uid_next || uid > UINT32_MAX)
        return uid < now.uid_next ? CONFLICT : LIMIT;
    TRY(sql_message_add(ctx->db, (struct sql_message_add){.mailbox = now.id,
                                                          .uid = uid,
                                                          .email = put->email,
                                                          .thread = put->thread,
                                                          .flags = put->flags,
                                                          .modseq = now.modseq + 1,
                                                          .received_ms = put->received.ms,
                                                          .saved_ms = ctx->now.ms,
                                                          .size = put->size}));
    struct change change = {1, put->flags & MESSAGE_SEEN ? 0 : 1, put->size};
    TRY(apply(ctx, &now, uid + 1, now.modseq + 1, change));
    TRY(conversation_come(ctx, now.id, put->thread, put->flags, put->received.ms));
    *ret_uid = uid;
    return OK;
}

enum status message_copy(struct ctx *ctx, const message_row *message, const mailbox_row *to, int64_t *ret_uid)
{
    struct message_put put = {.email = message->email,
                              .thread = message->thread,
                              .flags = message->flags,
                              .size = message->size,
                              .received = {message->received_ms}};
    return message_put(ctx, to, &put, SYNC_FULL, ret_uid);
}

enum status message_expunge(struct ctx *ctx, const message_row *message)
{
    mailbox_row mailbox;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(fresh(ctx, message->mailbox, &mailbox));
    int64_t modseq = mailbox.modseq + 1;
    TRY(sql_message_remove(ctx->db, (struct sql_message_remove){.mailbox = mailbox.id, .uid = message->uid}));
    TRY(sql_message_expunged_add(ctx->db, (struct sql_message_expunged_add){.mailbox = mailbox.id,
                                                                            .uid = message->uid,
                                                                            .email = message->email,
                                                                            .account = mailbox.account,
                                                                            .modseq = modseq,
                                                                            .flags = message->flags,
                                                                            .received_ms = message->received_ms,
                                                                            .expunged_ms = ctx->now.ms}));
    struct change change = {-1, message->flags & MESSAGE_SEEN ? 0 : -1, -message->size};
    TRY(apply(ctx, &mailbox, mailbox.uid_next, modseq, change));
    return conversation_refresh(ctx, mailbox.id, message->thread);
}

enum status message_move(struct ctx *ctx, const message_row *message, const mailbox_row *to, int64_t *ret_uid)
{
    TRY(message_copy(ctx, message, to, ret_uid));
    return message_expunge(ctx, message);
}

/* The UIDs of a mailbox, gathered first: rows are removed while we go through them. */
struct gathered {
    struct arena *arena;
    struct uid_list LIST_OF(int64_t) uids;
};
enum { MESSAGE_MAILBOX_MAX = 4 << 20 };

static enum status gather(void *with, const struct sql_message_uid_each_row *row)
{
    struct gathered *gathered = with;
    int64_t *uid = list_add(&gathered->uids, gathered->arena, MESSAGE_MAILBOX_MAX);
    if (uid == NULL)
        return LIMIT;
    *uid = row->uid;
    return OK;
}

static enum status remove_all(struct ctx *ctx, const mailbox_row *from, const mailbox_row *to)
{
    struct gathered gathered = {.arena = ctx->arena};
    struct sql_message_uid_each in = {.mailbox = from->id, .first = 1};
    TRY(sql_message_uid_each(ctx->db, in, gather, &gathered));
    for (size_t i = 0; i < gathered.uids.count; i++) {
        message_row message;
        int64_t uid;
        TRY(message_get(ctx, from->id, gathered.uids.at[i], &message));
        if (to != NULL)
            TRY(message_move(ctx, &message, to, &uid));
        else
            TRY(message_expunge(ctx, &message));
    }
    return OK;
}

enum status message_move_all(struct ctx *ctx, const mailbox_row *from, const mailbox_row *to)
{
    return remove_all(ctx, from, to);
}

enum status message_expunge_all(struct ctx *ctx, const mailbox_row *mailbox)
{
    return remove_all(ctx, mailbox, NULL);
}
