#include "service/mail/conversation.h"

enum status conversation_refresh(struct ctx *ctx, int64_t mailbox, int64_t thread)
{
    struct sql_conversation_drop drop = {.mailbox = mailbox, .thread = thread};
    struct sql_conversation_make make = {.mailbox = mailbox, .thread = thread};
    TRY(sql_conversation_drop(ctx->db, drop));
    return sql_conversation_make(ctx->db, make);
}

enum status conversation_come(struct ctx *ctx, int64_t mailbox, int64_t thread, int64_t flags, int64_t received_ms)
{
    struct sql_conversation_come in = {.mailbox = mailbox,
                                       .thread = thread,
                                       .received_ms = received_ms,
                                       .unseen = (flags & MESSAGE_SEEN) == 0,
                                       .flagged = (flags & MESSAGE_FLAGGED) != 0};
    return sql_conversation_come(ctx->db, in);
}

enum status conversation_mark(struct ctx *ctx, int64_t mailbox, int64_t thread, int64_t before, int64_t after)
{
    if (before & ~after & MESSAGE_FLAGGED) /* is another one flagged still? */
        return conversation_refresh(ctx, mailbox, thread);
    struct sql_conversation_mark in = {.mailbox = mailbox, .thread = thread,
                                       .unseen = (before & MESSAGE_SEEN) - (after & MESSAGE_SEEN),
                                       .flagged = (after & MESSAGE_FLAGGED) != 0};
    return sql_conversation_mark(ctx->db, in);
}

enum status conversation_rebuild(struct ctx *ctx)
{
    TRY(sql_conversation_drop_all(ctx->db));
    return sql_conversation_make_all(ctx->db);
}

enum status conversation_account(struct ctx *ctx, int64_t *ret_account)
{
    if (ctx->actor.person == 0)
        return DENIED;
    *ret_account = ctx->actor.person;
    return mailbox_ensure_account(ctx, ctx->actor.person);
}

bool conversation_is_own(int64_t account, int64_t id)
{
    return id > 0 && id >> 32 == account;
}

enum mail_role conversation_role(struct str special_use)
{
    static const struct {
        const char *use;
        enum mail_role role;
    } uses[] = {{"inbox", MAIL_INBOX},     {"drafts", MAIL_DRAFTS}, {"sent", MAIL_SENT},
                {"archive", MAIL_ARCHIVE}, {"junk", MAIL_JUNK},     {"trash", MAIL_TRASH}};
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++)
        if (str_eq(special_use, str_of(uses[i].use)))
            return uses[i].role;
    return MAIL_OWN;
}
