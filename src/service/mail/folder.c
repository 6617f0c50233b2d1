/* Folders as the webmail shows them. */
#include "base/utf8.h"
#include "service/mail/conversation.h"
#include "service/mail/lang.h"

static struct mail_folder folder_of(const mailbox_row *row)
{
    return (struct mail_folder){.id = row->id, .role = conversation_role(row->special_use), .name = row->name,
                                .messages = row->message_count, .unread = row->unseen_count,
                                .is_subscribed = row->is_subscribed};
}

/* INBOX, the other roles in their order, then own folders as mailbox_list gave them. */
static bool is_before(const struct mail_folder *a, const struct mail_folder *b)
{
    int of_a = a->role == MAIL_OWN ? 100 : (int)a->role, of_b = b->role == MAIL_OWN ? 100 : (int)b->role;
    if (of_a != of_b)
        return of_a < of_b;
    struct buf left BUF_SCOPE = BUF_INIT(4 * MAIL_FOLDER_NAME_MAX),
                    right BUF_SCOPE = BUF_INIT(4 * MAIL_FOLDER_NAME_MAX);
    utf8_fold(&left, a->name);
    utf8_fold(&right, b->name);
    return str_compare(buf_str(&left), buf_str(&right)) < 0;
}

enum status mail_folders(struct ctx *ctx, struct mail_folder **ret_folders, size_t *ret_count)
{
    mailbox_row *rows;
    int64_t account;
    size_t count;
    TRY(conversation_account(ctx, &account));
    TRY(mailbox_list(ctx, account, &rows, &count));
    struct mail_folder *folders = arena_array(ctx->arena, struct mail_folder, count + 1);
    if (folders == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct mail_folder folder = folder_of(&rows[i]);
        size_t at = i;
        for (; at > 0 && is_before(&folder, &folders[at - 1]); at--)
            folders[at] = folders[at - 1];
        folders[at] = folder;
    }
    *ret_folders = folders;
    *ret_count = count;
    return OK;
}

enum status mail_folder_get(struct ctx *ctx, int64_t folder, struct mail_folder *ret_folder)
{
    mailbox_row row;
    int64_t account;
    TRY(conversation_account(ctx, &account));
    TRY(mailbox_get(ctx, account, folder, &row));
    *ret_folder = folder_of(&row);
    return OK;
}

enum status mail_folder_by_role(struct ctx *ctx, enum mail_role role, int64_t *ret_folder)
{
    struct mail_folder *folders;
    size_t count;
    TRY(mail_folders(ctx, &folders, &count));
    for (size_t i = 0; i < count; i++) {
        if (folders[i].role != role)
            continue;
        *ret_folder = folders[i].id;
        return OK;
    }
    return NOT_FOUND;
}

enum status mail_folder_create(struct ctx *ctx, struct str name, int64_t *ret_folder)
{
    mailbox_row row;
    int64_t account;
    TRY(conversation_account(ctx, &account));
    TRY(mailbox_create(ctx, account, name, STR(""), &row));
    *ret_folder = row.id;
    return OK;
}

static enum status own_folder(struct ctx *ctx, int64_t folder, int64_t *ret_account, mailbox_row *ret_row)
{
    TRY(conversation_account(ctx, ret_account));
    TRY(mailbox_get(ctx, *ret_account, folder, ret_row));
    if (conversation_role(ret_row->special_use) != MAIL_OWN)
        return refuse(ctx, DENIED, "mail.folder.kept", T_mail_folder_kept);
    return OK;
}

enum status mail_folder_rename(struct ctx *ctx, int64_t folder, struct str name)
{
    mailbox_row row;
    int64_t account;
    TRY(own_folder(ctx, folder, &account, &row));
    return mailbox_rename(ctx, account, row.name, name);
}

enum status mail_folder_delete(struct ctx *ctx, int64_t folder)
{
    mailbox_row row, trash;
    int64_t account;
    TRY(own_folder(ctx, folder, &account, &row));
    TRY(mailbox_by_use(ctx, account, STR("trash"), &trash));
    TRY(message_move_all(ctx, &row, &trash));
    return mailbox_delete(ctx, account, row.name);
}
