#include "service/mail/imap/status.h"

#include "proto/imap/imap_write.h"

/* Bytes of messages with \Deleted (RFC 9208 section 4.1.4) and their number. */
struct deleted {
    int64_t count, bytes;
};

static enum status add_deleted(void *with, const struct sql_message_each_row *row)
{
    struct deleted *deleted = with;
    deleted->count += (row->flags & MESSAGE_DELETED) != 0;
    deleted->bytes += row->flags & MESSAGE_DELETED ? row->size : 0;
    return OK;
}

static enum status count_deleted(struct imap_call *call, const mailbox_row *mailbox, struct deleted *ret)
{
    struct sql_message_each in = {.mailbox = mailbox->id, .first = 1, .last = INT64_MAX};
    *ret = (struct deleted){0};
    return sql_message_each(call->ctx->db, in, add_deleted, ret);
}

/* What no session was told of: neither at a SELECT nor, idling or not, since. */
static int64_t recent_in(const struct imap_call *call, const mailbox_row *mailbox)
{
    const struct imap_sessions *sessions = call->sessions;
    int64_t told = mailbox->recent_uid;
    for (size_t i = 0; i < sessions->live_count; i++) {
        const struct imap_session *session = sessions->slots[sessions->live[i]];
        if (session->mailbox == mailbox->id && !session->is_read_only && session->uid_next > told)
            told = session->uid_next;
    }
    int64_t count = mailbox->uid_next - told;
    return count < mailbox->message_count ? count : mailbox->message_count;
}

enum status imap_status_write(struct imap_call *call, const mailbox_row *mailbox, unsigned items)
{
    struct buf *out = call->out;
    struct deleted deleted = {0};
    if (items & (IMAP_STATUS_DELETED | IMAP_STATUS_DELETED_STORAGE))
        TRY(count_deleted(call, mailbox, &deleted));
    const struct {
        enum imap_status_item item;
        int64_t value;
    } values[] = {{IMAP_STATUS_MESSAGES, mailbox->message_count},
                  {IMAP_STATUS_RECENT, 0},
                  {IMAP_STATUS_UIDNEXT, mailbox->uid_next},
                  {IMAP_STATUS_UIDVALIDITY, mailbox->uid_validity},
                  {IMAP_STATUS_UNSEEN, mailbox->unseen_count},
                  {IMAP_STATUS_DELETED, deleted.count},
                  {IMAP_STATUS_SIZE, mailbox->bytes},
                  {IMAP_STATUS_HIGHESTMODSEQ, mailbox->modseq},
                  {IMAP_STATUS_APPENDLIMIT, IMAP_APPEND_SIZE_MAX},
                  {IMAP_STATUS_DELETED_STORAGE, deleted.bytes}};
    if (items & IMAP_STATUS_HIGHESTMODSEQ)
        TRY(imap_call_condstore(call));
    buf_add_literal(out, "* STATUS ");
    imap_write_mailbox(out, mailbox->name, imap_is_utf8(call->session));
    buf_add_literal(out, " (");
    const char *space = "";
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        int64_t value = values[i].value;
        if (!(items & values[i].item))
            continue;
        if (values[i].item == IMAP_STATUS_RECENT)
            value = recent_in(call, mailbox);
        buf_add_format(out, "%s%.*s %lld", space, STR_ARG(imap_status_name(values[i].item)), (long long)value);
        space = " ";
    }
    if (items & IMAP_STATUS_MAILBOXID)
        buf_add_format(out, "%sMAILBOXID (F%lld)", space, (long long)mailbox->id);
    buf_add_literal(out, ")\r\n");
    return OK;
}

enum status imap_status(struct imap_call *call)
{
    const struct imap_command *command = call->command;
    struct str name;
    mailbox_row mailbox;
    unsigned items;
    if (command->count != 2 || imap_arg_astring(&command->args[0], &name) != OK)
        return imap_call_bad(call, "STATUS takes a mailbox and items");
    TRY(imap_status_parse(&command->args[1], &items, &call->why));
    TRY(imap_mailbox(call, name, &mailbox));
    return imap_status_write(call, &mailbox, items);
}
