/* Marking, moving, deleting and restoring several conversations at once: all or nothing. */
#include "service/mail/conversation.h"
#include "service/mail/draft_sql.h"

enum { CHOSEN_MAX = 20000 };

struct chosen_list LIST_OF(message_row);

static enum status choose_thread(struct ctx *ctx, int64_t mailbox, int64_t thread, struct chosen_list *chosen)
{
    struct sql_conversation_messages_row *rows;
    size_t count;
    struct sql_conversation_messages in = {.mailbox = mailbox, .thread = thread};
    TRY(sql_conversation_messages(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        message_row *message = list_add(chosen, ctx->arena, CHOSEN_MAX);
        if (message == NULL)
            return LIMIT;
        TRY(message_get(ctx, mailbox, rows[i].uid, message));
    }
    return OK;
}

static enum status choose_email(struct ctx *ctx, int64_t folder, int64_t email, struct chosen_list *chosen)
{
    struct sql_message_of_email_row *rows;
    size_t count;
    TRY(sql_message_of_email(ctx->db, ctx->arena, (struct sql_message_of_email){.email = email}, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (folder > 0 && rows[i].mailbox != folder)
            continue;
        message_row *message = list_add(chosen, ctx->arena, CHOSEN_MAX);
        if (message == NULL)
            return LIMIT;
        TRY(message_get(ctx, rows[i].mailbox, rows[i].uid, message));
    }
    return OK;
}

/* A conversation anywhere: in every mailbox but trash and junk. */
static enum status choose_anywhere(struct ctx *ctx, int64_t account, int64_t thread, struct chosen_list *chosen)
{
    mailbox_row *boxes;
    size_t count;
    TRY(mailbox_list(ctx, account, &boxes, &count));
    for (size_t i = 0; i < count; i++) {
        enum mail_role role = conversation_role(boxes[i].special_use);
        if (role != MAIL_TRASH && role != MAIL_JUNK)
            TRY(choose_thread(ctx, boxes[i].id, thread, chosen));
    }
    return OK;
}

static enum status choose(struct ctx *ctx, const struct mail_selection *selection, int64_t account,
                          struct chosen_list *chosen)
{
    mailbox_row mailbox;
    if (selection->count > MAIL_SELECTION_MAX)
        return LIMIT;
    if (selection->folder > 0)
        TRY(mailbox_get(ctx, account, selection->folder, &mailbox));
    for (size_t i = 0; i < selection->count; i++) {
        int64_t id = selection->ids[i];
        if (!conversation_is_own(account, id))
            continue;
        if (selection->are_messages)
            TRY(choose_email(ctx, selection->folder, id, chosen));
        else if (selection->folder > 0)
            TRY(choose_thread(ctx, selection->folder, id, chosen));
        else
            TRY(choose_anywhere(ctx, account, id, chosen));
    }
    return OK;
}

enum status mail_mark(struct ctx *ctx, const struct mail_selection *selection, enum mail_mark mark,
                      int64_t *ret_changed)
{
    static const struct {
        int64_t mask, set;
    } marks[] = {[MAIL_READ] = {MESSAGE_SEEN, MESSAGE_SEEN},
                 [MAIL_UNREAD] = {MESSAGE_SEEN, 0},
                 [MAIL_FLAG] = {MESSAGE_FLAGGED, MESSAGE_FLAGGED},
                 [MAIL_UNFLAG] = {MESSAGE_FLAGGED, 0}};
    struct chosen_list chosen = {0};
    int64_t account, changed = 0, modseq;
    TRY(conversation_account(ctx, &account));
    TRY(choose(ctx, selection, account, &chosen));
    for (size_t i = 0; i < chosen.count; i++) {
        changed += (chosen.at[i].flags & marks[mark].mask) != marks[mark].set;
        TRY(message_set_flags(ctx, &chosen.at[i], marks[mark].mask, marks[mark].set, &modseq));
    }
    *ret_changed = changed;
    return OK;
}

enum status mail_move(struct ctx *ctx, const struct mail_selection *selection, int64_t to, int64_t *ret_changed)
{
    struct chosen_list chosen = {0};
    mailbox_row target;
    int64_t account, uid;
    TRY(conversation_account(ctx, &account));
    TRY(mailbox_get(ctx, account, to, &target));
    TRY(choose(ctx, selection, account, &chosen));
    *ret_changed = 0;
    for (size_t i = 0; i < chosen.count; i++) {
        if (chosen.at[i].mailbox == to)
            continue;
        TRY(message_move(ctx, &chosen.at[i], &target, &uid));
        ++*ret_changed;
    }
    return OK;
}

/* ---- deleting and restoring ---- */

static enum status drop_draft(struct ctx *ctx, int64_t account, int64_t email)
{
    struct sql_draft_of_email_row draft;
    struct sql_draft_of_email in = {.email = email, .account = account};
    enum status found = sql_draft_of_email(ctx->db, ctx->arena, in, &draft);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    return sql_draft_drop(ctx->db, (struct sql_draft_drop){.id = draft.id, .account = account});
}

static enum status delete_one(struct ctx *ctx, int64_t account, const message_row *message, const mailbox_row *trash)
{
    mailbox_row from;
    int64_t uid;
    TRY(mailbox_get(ctx, account, message->mailbox, &from));
    enum mail_role role = conversation_role(from.special_use);
    if (role == MAIL_TRASH || role == MAIL_JUNK)
        return message_expunge(ctx, message);
    TRY(message_move(ctx, message, trash, &uid));
    TRY(drop_draft(ctx, account, message->email));
    struct sql_conversation_origin_set in = {.email = message->email, .mailbox = from.id};
    return sql_conversation_origin_set(ctx->db, in);
}

enum status mail_delete(struct ctx *ctx, const struct mail_selection *selection, int64_t *ret_changed)
{
    struct chosen_list chosen = {0};
    mailbox_row trash;
    int64_t account;
    TRY(conversation_account(ctx, &account));
    TRY(mailbox_by_use(ctx, account, STR("trash"), &trash));
    TRY(choose(ctx, selection, account, &chosen));
    for (size_t i = 0; i < chosen.count; i++)
        TRY(delete_one(ctx, account, &chosen.at[i], &trash));
    *ret_changed = (int64_t)chosen.count;
    return OK;
}

/* Where a message goes back to: its folder while that is there, else the INBOX. */
static enum status home_of(struct ctx *ctx, int64_t account, int64_t email, mailbox_row *ret_home)
{
    struct sql_conversation_origin_get_row origin;
    struct sql_conversation_origin_get in = {.email = email};
    enum status found = sql_conversation_origin_get(ctx->db, ctx->arena, in, &origin);
    if (found == OK)
        found = mailbox_get(ctx, account, origin.mailbox, ret_home);
    if (found == OK && conversation_role(ret_home->special_use) != MAIL_TRASH)
        return OK;
    return found == OK || found == NOT_FOUND ? mailbox_by_use(ctx, account, STR("inbox"), ret_home) : found;
}

static enum status restore_deleted(struct ctx *ctx, int64_t account, int64_t email, int64_t *changed)
{
    struct sql_conversation_expunged_row *rows;
    email_row facts;
    mailbox_row home;
    size_t count;
    int64_t uid;
    struct sql_conversation_expunged in = {.email = email, .account = account};
    TRY(sql_conversation_expunged(ctx->db, ctx->arena, in, &rows, &count));
    if (count == 0)
        return OK;
    TRY(sql_message_email_get(ctx->db, ctx->arena, (struct sql_message_email_get){.id = email}, &facts));
    enum status found = mailbox_get(ctx, account, rows[0].mailbox, &home);
    if (found == NOT_FOUND || (found == OK && conversation_role(home.special_use) == MAIL_TRASH))
        found = home_of(ctx, account, email, &home);
    TRY(found);
    struct message_put put = {.email = email, .thread = facts.thread, .flags = rows[0].flags & ~MESSAGE_DELETED,
                              .size = facts.size, .received = {rows[0].received_ms}};
    TRY(message_put(ctx, &home, &put, SYNC_FULL, &uid));
    for (size_t i = 0; i < count; i++) {
        struct sql_conversation_forget_expunged forget = {.mailbox = rows[i].mailbox, .uid = rows[i].uid};
        TRY(sql_conversation_forget_expunged(ctx->db, forget));
    }
    ++*changed;
    return OK;
}

static enum status restore_one(struct ctx *ctx, int64_t account, const message_row *message)
{
    mailbox_row home;
    int64_t uid;
    TRY(home_of(ctx, account, message->email, &home));
    if (home.id == message->mailbox)
        return OK;
    TRY(message_move(ctx, message, &home, &uid));
    return sql_conversation_origin_drop(ctx->db, (struct sql_conversation_origin_drop){.email = message->email});
}

enum status mail_restore(struct ctx *ctx, const struct mail_selection *selection, int64_t *ret_changed)
{
    struct chosen_list chosen = {0};
    int64_t account, changed = 0;
    TRY(conversation_account(ctx, &account));
    if (selection->count > MAIL_SELECTION_MAX)
        return LIMIT;
    if (selection->folder == MAIL_FOLDER_DELETED) {
        for (size_t i = 0; i < selection->count; i++)
            if (conversation_is_own(account, selection->ids[i]))
                TRY(restore_deleted(ctx, account, selection->ids[i], &changed));
        *ret_changed = changed;
        return OK;
    }
    TRY(choose(ctx, selection, account, &chosen));
    for (size_t i = 0; i < chosen.count; i++)
        TRY(restore_one(ctx, account, &chosen.at[i]));
    *ret_changed = (int64_t)chosen.count;
    return OK;
}
