/* CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE (RFC 9051 section 6.3; CREATE with USE, RFC 6154). */
#include <stdio.h>

#include "proto/imap/imap_write.h"
#include "service/mail/imap/session.h"

static enum status name_of(struct imap_call *call, size_t index, struct str *ret_written)
{
    if (imap_arg_astring(imap_arg_at(call->command, index), ret_written) != OK)
        return imap_call_bad(call, "A mailbox name is missing");
    return OK;
}

static const char *words_of(const struct ctx *ctx, enum status status)
{
    if (status == CONFLICT)
        return "[ALREADYEXISTS] The mailbox exists already";
    if (status == NOT_FOUND)
        return "[NONEXISTENT] No such mailbox";
    if (status == LIMIT)
        return "[LIMIT] Too many mailboxes";
    return ctx->failure.code != NULL ? "[CANNOT] Not possible with this mailbox" : NULL;
}

/* A refusal of a mailbox is a NO, never a BAD. */
static enum status told(struct imap_call *call, enum status done)
{
    if (done == OK)
        return OK;
    call->no = words_of(call->ctx, done);
    return done == INVALID ? DENIED : done;
}

/* "(USE (\Archive))" */
static enum status use_of(struct imap_call *call, struct str *ret_use)
{
    static const struct {
        struct str flag, use;
    } uses[] = {{STR_INIT("\\Drafts"), STR_INIT("drafts")},   {STR_INIT("\\Sent"), STR_INIT("sent")},
                {STR_INIT("\\Archive"), STR_INIT("archive")}, {STR_INIT("\\Junk"), STR_INIT("junk")},
                {STR_INIT("\\Trash"), STR_INIT("trash")}};
    const struct imap_arg *list = imap_arg_at(call->command, 1);
    *ret_use = STR("");
    if (list == NULL)
        return OK;
    if (list->kind != IMAP_LIST || list->count != 2 || !imap_arg_is(&list->items[0], STR("USE")) ||
        list->items[1].kind != IMAP_LIST || list->items[1].count != 1)
        return imap_call_bad(call, "Unknown CREATE parameter");
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++)
        if (imap_arg_is(&list->items[1].items[0], uses[i].flag))
            *ret_use = uses[i].use;
    return ret_use->len > 0 ? OK : imap_call_no(call, DENIED, "[USEATTR] Not a use this server keeps");
}

enum status imap_create(struct imap_call *call)
{
    struct str written, name, use;
    mailbox_row mailbox, there;
    TRY(name_of(call, 0, &written));
    TRY(use_of(call, &use));
    TRY(imap_name(call, written, &name));
    if (use.len > 0 && mailbox_by_use(call->ctx, call->session->account, use, &there) == OK)
        return imap_call_no(call, DENIED, "[USEATTR] Another mailbox has this use");
    TRY(told(call, mailbox_create(call->ctx, call->session->account, name, use, &mailbox)));
    snprintf(call->ok, sizeof call->ok, "[MAILBOXID (F%lld)] CREATE completed", (long long)mailbox.id);
    return OK;
}

enum status imap_delete(struct imap_call *call)
{
    struct str written, name;
    mailbox_row mailbox;
    TRY(name_of(call, 0, &written));
    TRY(imap_name(call, written, &name));
    TRY(imap_mailbox(call, written, &mailbox));
    TRY(told(call, mailbox_delete(call->ctx, call->session->account, name)));
    if (call->session->mailbox == mailbox.id)
        imap_session_unselect(call->session);
    return OK;
}

enum status imap_rename(struct imap_call *call)
{
    struct str from, to, name, new_name;
    TRY(name_of(call, 0, &from));
    TRY(name_of(call, 1, &to));
    TRY(imap_name(call, from, &name));
    TRY(imap_name(call, to, &new_name));
    return told(call, mailbox_rename(call->ctx, call->session->account, name, new_name));
}

static enum status subscribe(struct imap_call *call, bool is_subscribed)
{
    struct str written, name;
    TRY(name_of(call, 0, &written));
    TRY(imap_name(call, written, &name));
    return told(call, mailbox_subscribe(call->ctx, call->session->account, name, is_subscribed));
}

enum status imap_subscribe(struct imap_call *call)
{
    return subscribe(call, true);
}

enum status imap_unsubscribe(struct imap_call *call)
{
    return subscribe(call, false);
}
