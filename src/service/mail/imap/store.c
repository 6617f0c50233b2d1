/* STORE (RFC 9051 section 6.4.6; UNCHANGEDSINCE, RFC 7162 section 3.1.3). */
#include "service/mail/imap/flag_bits.h"

static int64_t changed_flags(const struct imap_store *store, int64_t bits, int64_t *ret_mask)
{
    *ret_mask = store->how == IMAP_STORE_REPLACE ? INT64_MAX & ~(int64_t)MESSAGE_HOUSE : bits;
    return store->how == IMAP_STORE_REMOVE ? 0 : bits;
}

static enum status write_flags(struct imap_call *call, const struct imap_store *store, const message_row *message)
{
    struct imap_session *session = call->session;
    bool has_modseq = session->enabled & (IMAP_CONDSTORE | IMAP_QRESYNC) || store->is_unchanged_since;
    if (store->is_silent && !has_modseq)
        return OK;
    buf_add_format(call->out, "* %u FETCH (UID %lld", imap_view_number(session->view, (uint32_t)message->uid),
                   (long long)message->uid);
    if (!store->is_silent) {
        buf_add_literal(call->out, " FLAGS ");
        TRY(imap_write_flags(call->ctx, session, message->flags, message->uid, call->out));
    }
    if (has_modseq)
        buf_add_format(call->out, " MODSEQ (%lld)", (long long)message->modseq);
    buf_add_literal(call->out, ")\r\n");
    return OK;
}

/* *ret_is_gone: expunged by somebody else meanwhile. */
static enum status store_one(struct imap_call *call, const struct imap_store *store, int64_t bits, uint32_t uid,
                             bool *ret_is_refused, bool *ret_is_gone)
{
    message_row message;
    int64_t mask, modseq, set = changed_flags(store, bits, &mask);
    *ret_is_refused = false;
    enum status found = message_get(call->ctx, call->session->mailbox, uid, &message);
    *ret_is_gone = found == NOT_FOUND;
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    if (store->is_unchanged_since && (uint64_t)message.modseq > store->unchanged_since) {
        *ret_is_refused = true;
        return OK;
    }
    TRY(message_set_flags(call->ctx, &message, mask, set, &modseq));
    message.flags = (message.flags & ~mask) | (set & mask);
    message.modseq = modseq;
    return write_flags(call, store, &message);
}

/* What others changed is told before, so that what follows can pass for told. */
static enum status catch_up(struct imap_call *call)
{
    return imap_sync(call->ctx, call->session, false, call->out);
}

enum status imap_store_run(struct imap_call *call)
{
    struct imap_store store;
    const struct imap_command *command = call->command;
    const uint32_t *uids;
    size_t count, refused_count = 0;
    int64_t bits;
    bool is_refused, is_gone, has_gone = false;
    struct buf modified BUF_SCOPE = BUF_INIT(1 << 20);
    if (command->count < 2)
        return imap_call_bad(call, "STORE takes a set, an item and flags");
    TRY(imap_store_parse(command->args + 1, command->count - 1, call->ctx->arena, &store, &call->why));
    if (call->session->is_read_only)
        return imap_call_no(call, DENIED, "[READ-ONLY] The mailbox is read-only");
    TRY(imap_uids(call, &uids, &count));
    if (store.is_unchanged_since)
        TRY(imap_call_condstore(call));
    TRY(catch_up(call));
    TRY(imap_flag_bits(call->ctx, call->session->account, &store.flags, store.how != IMAP_STORE_REMOVE, &bits));
    uint32_t *refused = arena_array(call->ctx->arena, uint32_t, count + 1);
    if (refused == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        TRY(store_one(call, &store, bits, uids[i], &is_refused, &is_gone));
        has_gone |= is_gone;
        if (is_refused)
            refused[refused_count++] =
                command->is_uid ? uids[i] : imap_view_number(call->session->view, uids[i]);
    }
    TRY(imap_pass_over(call->ctx, call->session));
    if (refused_count > 0) {
        imap_set_write_numbers(&modified, refused, refused_count);
        /* Whole: a list cut short would say of others that they were stored (RFC 7162 section 3.1.3). */
        call->long_ok =
            str_format(call->ctx->arena, "[MODIFIED %.*s] Some were changed meanwhile", STR_ARG(buf_str(&modified)));
        TRY(buf_status(&modified) != OK || str_is_absent(call->long_ok) ? LIMIT : OK);
    }
    return has_gone && !command->is_uid ? imap_call_no(call, GONE, "[EXPUNGEISSUED] Some messages are gone") : OK;
}
