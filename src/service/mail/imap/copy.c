/* COPY and MOVE (RFC 9051 sections 6.4.7 and 6.4.8; COPYUID, RFC 4315). */
#include <stdio.h>

#include "core/person.h"
#include "service/mail/account_sql.h"
#include "service/mail/imap/session.h"

enum { COPYUID_MAX = 1 << 20 };

static enum status check_room(struct imap_call *call, const uint32_t *uids, size_t count)
{
    struct sql_account_get_row used;
    person_row person;
    message_row message;
    int64_t account = call->session->account, size = 0;
    TRY(person_get(call->ctx, account, &person));
    if (person.quota_bytes == 0)
        return OK;
    TRY(sql_account_get(call->ctx->db, call->ctx->arena, (struct sql_account_get){.person = account}, &used));
    for (size_t i = 0; i < count; i++)
        if (message_get(call->ctx, call->session->mailbox, uids[i], &message) == OK)
            size += message.size;
    if (used.used_bytes + size > person.quota_bytes)
        return imap_call_no(call, LIMIT, "[OVERQUOTA] The mailbox is full");
    return OK;
}

struct copied {
    uint32_t *from, *to;
    size_t count;
};

static enum status copy_one(struct imap_call *call, uint32_t uid, const mailbox_row *target, bool is_move,
                            struct copied *copied)
{
    message_row message;
    int64_t new_uid;
    enum status found = message_get(call->ctx, call->session->mailbox, uid, &message);
    if (found != OK)
        return found == NOT_FOUND ? OK : found; /* gone meanwhile */
    TRY(is_move ? message_move(call->ctx, &message, target, &new_uid)
                : message_copy(call->ctx, &message, target, &new_uid));
    copied->from[copied->count] = uid;
    copied->to[copied->count++] = (uint32_t)new_uid;
    return OK;
}

static void write_copyuid(const mailbox_row *target, const struct copied *copied, struct buf *out)
{
    buf_add_format(out, "[COPYUID %lld ", (long long)target->uid_validity);
    imap_set_write_numbers(out, copied->from, copied->count);
    buf_add_byte(out, ' ');
    imap_set_write_numbers(out, copied->to, copied->count);
    buf_add_literal(out, "]");
}

/* COPYUID of a COPY stands in the tagged line, that of a MOVE before its EXPUNGEs (RFC 6851 section 4.3). */
static enum status copy(struct imap_call *call, bool is_move)
{
    const uint32_t *uids;
    size_t count;
    struct str name;
    mailbox_row target;
    struct buf code BUF_SCOPE = BUF_INIT(COPYUID_MAX);
    if (call->command->count != 2 || imap_arg_astring(&call->command->args[1], &name) != OK)
        return imap_call_bad(call, "A set and a mailbox are expected");
    TRY(imap_uids(call, &uids, &count));
    if (is_move && call->session->is_read_only)
        return imap_call_no(call, DENIED, "[READ-ONLY] The mailbox is read-only");
    enum status found = imap_mailbox(call, name, &target);
    if (found == NOT_FOUND)
        return imap_call_no(call, NOT_FOUND, "[TRYCREATE] No such mailbox");
    TRY(found);
    if (!is_move)
        TRY(check_room(call, uids, count));
    struct copied copied = {.from = arena_array(call->ctx->arena, uint32_t, count + 1),
                            .to = arena_array(call->ctx->arena, uint32_t, count + 1)};
    if (copied.from == NULL || copied.to == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(copy_one(call, uids[i], &target, is_move, &copied));
    if (copied.count == 0)
        return OK;
    write_copyuid(&target, &copied, &code);
    if (is_move || code.len > sizeof call->ok - 40)
        buf_add_format(call->out, "* OK %.*s Copied\r\n", STR_ARG(buf_str(&code)));
    else
        snprintf(call->ok, sizeof call->ok, "%.*s COPY completed", STR_ARG(buf_str(&code)));
    return OK;
}

enum status imap_copy(struct imap_call *call)
{
    return copy(call, false);
}

enum status imap_move(struct imap_call *call)
{
    return copy(call, true);
}
