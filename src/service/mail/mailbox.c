#include "service/mail/mailbox.h"

#include "base/utf8.h"
#include "service/mail/account_sql.h"
#include "service/mail/lang.h"
#include "service/mail/message.h"

static const struct {
    struct str name, special_use;
} first_mailboxes[] = {
    {STR_INIT("INBOX"), STR_INIT("inbox")},     {STR_INIT("Drafts"), STR_INIT("drafts")},
    {STR_INIT("Sent"), STR_INIT("sent")},       {STR_INIT("Archive"), STR_INIT("archive")},
    {STR_INIT("Junk"), STR_INIT("junk")},       {STR_INIT("Trash"), STR_INIT("trash")},
};

static enum status check_levels(struct str name)
{
    size_t levels = 0;
    for (struct str rest = name; !str_is_absent(rest);) {
        struct str level = str_cut(&rest, '/');
        if (level.len == 0 || ++levels > MAILBOX_LEVEL_MAX)
            return INVALID;
    }
    return OK;
}

enum status mailbox_normalise(struct ctx *ctx, struct str name, struct str *ret_name)
{
    if (name.len > 1 && str_ends(name, STR("/")))
        name.len--;
    bool is_inbox = str_eq_nocase(str_slice(name, 0, 5), STR("INBOX")) && (name.len == 5 || name.at[5] == '/');
    if (name.len == 0 || !utf8_is_line(name, MAILBOX_NAME_MAX) || check_levels(name) != OK)
        return refuse(ctx, INVALID, "mail.folder.name", T_mail_folder_name);
    *ret_name = is_inbox ? str_format(ctx->arena, "INBOX%.*s", STR_ARG(str_after(name, 5))) : name;
    return str_is_absent(*ret_name) ? LIMIT : OK;
}

static enum status add_row(struct ctx *ctx, int64_t account, struct str name, struct str special_use)
{
    struct sql_mailbox_take_number_row number;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_mailbox_take_number(ctx->db, ctx->arena, &number));
    return sql_mailbox_add(ctx->db, (struct sql_mailbox_add){.id = number.id,
                                                             .account = account,
                                                             .name = name,
                                                             .special_use = special_use,
                                                             .uid_validity = number.uid_validity,
                                                             .is_subscribed = special_use.len > 0,
                                                             .created_ms = ctx->now.ms});
}

enum status mailbox_ensure_account(struct ctx *ctx, int64_t account)
{
    struct sql_account_get_row row;
    enum status found = sql_account_get(ctx->db, ctx->arena, (struct sql_account_get){.person = account}, &row);
    if (found != NOT_FOUND)
        return found;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_account_add(ctx->db, (struct sql_account_add){.person = account}));
    for (size_t i = 0; i < sizeof first_mailboxes / sizeof first_mailboxes[0]; i++)
        TRY(add_row(ctx, account, first_mailboxes[i].name, first_mailboxes[i].special_use));
    return OK;
}

enum status mailbox_get(struct ctx *ctx, int64_t account, int64_t id, mailbox_row *ret_mailbox)
{
    TRY(sql_mailbox_get(ctx->db, ctx->arena, (struct sql_mailbox_get){.id = id}, ret_mailbox));
    return ret_mailbox->account == account ? OK : NOT_FOUND;
}

enum status mailbox_by_name(struct ctx *ctx, int64_t account, struct str name, mailbox_row *ret_mailbox)
{
    struct sql_mailbox_by_name_row row;
    TRY(mailbox_normalise(ctx, name, &name));
    TRY(sql_mailbox_by_name(ctx->db, ctx->arena, (struct sql_mailbox_by_name){.account = account, .name = name},
                            &row));
    return mailbox_get(ctx, account, row.id, ret_mailbox);
}

enum status mailbox_by_use(struct ctx *ctx, int64_t account, struct str special_use, mailbox_row *ret_mailbox)
{
    struct sql_mailbox_by_use_row row;
    struct sql_mailbox_by_use in = {.account = account, .special_use = special_use};
    TRY(sql_mailbox_by_use(ctx->db, ctx->arena, in, &row));
    return mailbox_get(ctx, account, row.id, ret_mailbox);
}

enum status mailbox_list(struct ctx *ctx, int64_t account, mailbox_row **ret_mailboxes, size_t *ret_count)
{
    struct sql_mailbox_list_row *rows;
    size_t count, inbox = 0;
    TRY(sql_mailbox_list(ctx->db, ctx->arena, (struct sql_mailbox_list){.account = account}, &rows, &count));
    mailbox_row *list = arena_array(ctx->arena, mailbox_row, count + 1);
    if (list == NULL)
        return LIMIT;
    _Static_assert(sizeof list[0] == sizeof rows[0], "both rows have the same columns");
    while (inbox < count && !str_eq(rows[inbox].name, STR("INBOX")))
        inbox++;
    size_t to = 0;
    for (size_t i = inbox; i < count && to == 0; i++)
        memcpy(&list[to++], &rows[i], sizeof rows[0]);
    for (size_t i = 0; i < count; i++)
        if (i != inbox)
            memcpy(&list[to++], &rows[i], sizeof rows[0]);
    *ret_mailboxes = list;
    *ret_count = count;
    return OK;
}

static enum status check_room(struct ctx *ctx, int64_t account)
{
    struct sql_mailbox_count_row row;
    TRY(sql_mailbox_count(ctx->db, ctx->arena, (struct sql_mailbox_count){.account = account}, &row));
    return row.number < MAILBOX_MAX ? OK : refuse(ctx, LIMIT, "mail.folder.many", T_mail_folder_many);
}

static enum status ensure_parents(struct ctx *ctx, int64_t account, struct str name)
{
    mailbox_row parent;
    for (size_t at = 0; at < name.len; at++) {
        if (name.at[at] != '/')
            continue;
        struct str level = str_slice(name, 0, at);
        enum status found = mailbox_by_name(ctx, account, level, &parent);
        if (found == NOT_FOUND)
            TRY(add_row(ctx, account, level, STR("")));
        else
            TRY(found);
    }
    return OK;
}

enum status mailbox_create(struct ctx *ctx, int64_t account, struct str name, struct str special_use,
                           mailbox_row *ret_mailbox)
{
    TRY(mailbox_normalise(ctx, name, &name));
    enum status found = mailbox_by_name(ctx, account, name, ret_mailbox);
    if (found == OK)
        return refuse(ctx, CONFLICT, "mail.folder.taken", T_mail_folder_taken);
    if (found != NOT_FOUND)
        return found;
    TRY(check_room(ctx, account));
    TRY(ensure_parents(ctx, account, name));
    TRY(add_row(ctx, account, name, special_use));
    return mailbox_by_name(ctx, account, name, ret_mailbox);
}

/* RFC 9051 section 6.3.6: INBOX keeps its name; its messages move. */
static enum status rename_inbox(struct ctx *ctx, int64_t account, const mailbox_row *inbox, struct str to)
{
    mailbox_row target;
    TRY(mailbox_create(ctx, account, to, STR(""), &target));
    return message_move_all(ctx, inbox, &target);
}

static enum status rename_children(struct ctx *ctx, int64_t account, struct str from, struct str to)
{
    mailbox_row *all;
    size_t count;
    TRY(mailbox_list(ctx, account, &all, &count));
    for (size_t i = 0; i < count; i++) {
        if (!str_starts(all[i].name, from) || all[i].name.len <= from.len || all[i].name.at[from.len] != '/')
            continue;
        struct str tail = str_after(all[i].name, from.len);
        struct str name = str_format(ctx->arena, "%.*s%.*s", STR_ARG(to), STR_ARG(tail));
        if (name.len == 0 || name.len > MAILBOX_NAME_MAX)
            return refuse(ctx, INVALID, "mail.folder.name", T_mail_folder_name);
        TRY(sql_mailbox_rename(ctx->db, (struct sql_mailbox_rename){.id = all[i].id, .name = name}));
    }
    return OK;
}

enum status mailbox_rename(struct ctx *ctx, int64_t account, struct str from, struct str to)
{
    mailbox_row source, target;
    TRY(mailbox_normalise(ctx, from, &from));
    TRY(mailbox_normalise(ctx, to, &to));
    TRY(mailbox_by_name(ctx, account, from, &source));
    if (str_eq(source.special_use, STR("inbox")))
        return rename_inbox(ctx, account, &source, to);
    enum status found = mailbox_by_name(ctx, account, to, &target);
    if (found != NOT_FOUND)
        return found == OK ? refuse(ctx, CONFLICT, "mail.folder.taken", T_mail_folder_taken) : found;
    if (str_starts(to, from) && to.len > from.len && to.at[from.len] == '/')
        return refuse(ctx, INVALID, "mail.folder.name", T_mail_folder_name);
    TRY(ensure_parents(ctx, account, to));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_mailbox_rename(ctx->db, (struct sql_mailbox_rename){.id = source.id, .name = to}));
    return rename_children(ctx, account, from, to);
}

enum status mailbox_delete(struct ctx *ctx, int64_t account, struct str name)
{
    mailbox_row mailbox;
    TRY(mailbox_by_name(ctx, account, name, &mailbox));
    if (str_eq(mailbox.special_use, STR("inbox")))
        return refuse(ctx, DENIED, "mail.folder.kept", T_mail_folder_kept);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(message_expunge_all(ctx, &mailbox));
    /* A name stays subscribed when its mailbox goes (RFC 9051 section 6.3.5). */
    if (mailbox.is_subscribed)
        TRY(sql_mailbox_subscription_add(
            ctx->db, (struct sql_mailbox_subscription_add){.account = account, .name = mailbox.name}));
    return sql_mailbox_remove(ctx->db, (struct sql_mailbox_remove){.id = mailbox.id});
}

enum status mailbox_subscribe(struct ctx *ctx, int64_t account, struct str name, bool is_subscribed)
{
    TRY(mailbox_normalise(ctx, name, &name));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_mailbox_subscribe(ctx->db, (struct sql_mailbox_subscribe){
                                           .account = account, .name = name, .is_subscribed = is_subscribed}));
    bool is_there = db_changes(ctx->db) > 0;
    if (is_subscribed && is_there)
        return OK;
    if (is_subscribed)
        return sql_mailbox_subscription_add(
            ctx->db, (struct sql_mailbox_subscription_add){.account = account, .name = name});
    return sql_mailbox_subscription_remove(
        ctx->db, (struct sql_mailbox_subscription_remove){.account = account, .name = name});
}

/* Seconds since 1970: beyond what counting up from 1 reaches, and growing from one restore to the next. */
enum status mailbox_renumber(struct ctx *ctx)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_mailbox_raise_validity(ctx->db, (struct sql_mailbox_raise_validity){.now_s = ctx->now.ms / 1000}));
    return sql_mailbox_set_validity(ctx->db);
}
