/* APPEND (RFC 9051 section 6.3.12; UIDPLUS, APPENDLIMIT). */
#include <stdio.h>

#include "core/person.h"
#include "proto/imap/imap_flags.h"
#include "service/mail/account_sql.h"
#include "service/mail/imap/flag_bits.h"
#include "service/mail/store.h"

static enum status check_room(struct imap_call *call, size_t size)
{
    struct sql_account_get_row used;
    person_row person;
    int64_t account = call->session->account;
    TRY(sql_account_get(call->ctx->db, call->ctx->arena, (struct sql_account_get){.person = account}, &used));
    TRY(person_get(call->ctx, account, &person));
    if (person.quota_bytes > 0 && used.used_bytes + (int64_t)size > person.quota_bytes)
        return imap_call_no(call, LIMIT, "[OVERQUOTA] The mailbox is full");
    return OK;
}

enum status imap_append(struct imap_call *call)
{
    struct imap_append append;
    mailbox_row mailbox;
    int64_t flags, body;
    const struct imap_command *command = call->command;
    struct ctx *ctx = call->ctx;
    TRY(imap_append_parse(command->args, command->count, ctx->arena, &append, &call->why));
    enum status found = imap_mailbox(call, append.mailbox, &mailbox);
    if (found == NOT_FOUND)
        return imap_call_no(call, NOT_FOUND, "[TRYCREATE] No such mailbox");
    TRY(found);
    bool is_streamed = append.message->kind == IMAP_STREAM;
    struct str message = is_streamed ? call->literal : append.message->text;
    if (is_streamed && (str_is_absent(message) || message.len != append.message->size))
        return imap_call_bad(call, "The message has not come");
    if (message.len > IMAP_APPEND_SIZE_MAX)
        return imap_call_no(call, LIMIT, "[TOOBIG] The message is too large");
    if (str_find_byte(message, '\0') != SIZE_MAX)
        return append.message->is_literal8
                   ? imap_call_no(call, DENIED, "[UNKNOWN-CTE] Binary content is not kept")
                   : imap_call_bad(call, "NUL in a message");
    TRY(check_room(call, message.len));
    TRY(imap_flag_bits(ctx, call->session->account, &append.flags, true, &flags));
    struct store_target target = {.account = call->session->account, .mailbox = mailbox.id, .flags = flags};
    TRY(store_add(ctx, message, append.is_dated ? append.date : ctx->now, &target, 1, &body));
    snprintf(call->ok, sizeof call->ok, "[APPENDUID %lld %lld] APPEND completed", (long long)mailbox.uid_validity,
             (long long)target.uid);
    return OK;
}
