/* EXPUNGE, UID EXPUNGE (RFC 4315) and CLOSE. */
#include <stdio.h>

#include "base/list.h"
#include "service/mail/imap/session.h"

enum { DELETED_MAX = 1 << 20 };

struct uid_list LIST_OF(uint32_t);

struct gathering {
    struct arena *arena;
    const struct imap_view *view;
    struct uid_list uids;
};

static enum status gather(void *with, const struct sql_message_flags_each_row *row)
{
    struct gathering *gathering = with;
    if (!(row->flags & MESSAGE_DELETED) || imap_view_number(gathering->view, (uint32_t)row->uid) == 0)
        return OK;
    uint32_t *uid = list_add(&gathering->uids, gathering->arena, DELETED_MAX);
    if (uid == NULL)
        return LIMIT;
    *uid = (uint32_t)row->uid;
    return OK;
}

static bool is_chosen(const uint32_t *chosen, size_t count, uint32_t uid)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (chosen[middle] == uid)
            return true;
        if (chosen[middle] < uid)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Those with \Deleted; of `chosen` alone when it is not NULL. */
static enum status expunge(struct imap_call *call, const uint32_t *chosen, size_t count)
{
    struct imap_session *session = call->session;
    struct gathering gathering = {.arena = call->ctx->arena, .view = session->view};
    struct sql_message_flags_each in = {.mailbox = session->mailbox, .first = 1, .last = INT64_MAX};
    TRY(sql_message_flags_each(call->ctx->db, in, gather, &gathering));
    for (size_t i = 0; i < gathering.uids.count; i++) {
        message_row message;
        uint32_t uid = gathering.uids.at[i];
        if (chosen != NULL && !is_chosen(chosen, count, uid))
            continue;
        TRY(message_get(call->ctx, session->mailbox, uid, &message));
        TRY(message_expunge(call->ctx, &message));
    }
    return OK;
}

static enum status tell_modseq(struct imap_call *call)
{
    mailbox_row mailbox;
    if (!(call->session->enabled & IMAP_QRESYNC))
        return OK;
    TRY(mailbox_get(call->ctx, call->session->account, call->session->mailbox, &mailbox));
    snprintf(call->ok, sizeof call->ok, "[HIGHESTMODSEQ %lld] Expunged", (long long)mailbox.modseq);
    return OK;
}

enum status imap_expunge(struct imap_call *call)
{
    const uint32_t *chosen = NULL;
    size_t count = 0;
    if (call->session->is_read_only)
        return imap_call_no(call, DENIED, "[READ-ONLY] The mailbox is read-only");
    if (call->command->count != (call->command->is_uid ? 1U : 0U))
        return imap_call_bad(call, "EXPUNGE takes no arguments, UID EXPUNGE a set");
    if (call->command->is_uid)
        TRY(imap_uids(call, &chosen, &count));
    TRY(expunge(call, chosen, count));
    return tell_modseq(call);
}

enum status imap_close(struct imap_call *call)
{
    if (call->command->count > 0)
        return imap_call_bad(call, "CLOSE takes no arguments");
    if (!call->session->is_read_only) {
        TRY(expunge(call, NULL, 0));
        TRY(tell_modseq(call));
    }
    imap_session_unselect(call->session);
    return OK;
}
