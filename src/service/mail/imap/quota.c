/* QUOTA (RFC 9208): one root for the whole account, STORAGE in units of 1024 bytes. */
#include "core/person.h"
#include "proto/imap/imap_write.h"
#include "service/mail/account_sql.h"
#include "service/mail/imap/session.h"

static enum status write_quota(struct imap_call *call)
{
    struct sql_account_get_row used;
    person_row person;
    int64_t account = call->session->account;
    TRY(sql_account_get(call->ctx->db, call->ctx->arena, (struct sql_account_get){.person = account}, &used));
    TRY(person_get(call->ctx, account, &person));
    buf_add_literal(call->out, "* QUOTA \"\" (");
    if (person.quota_bytes > 0)
        buf_add_format(call->out, "STORAGE %lld %lld", (long long)((used.used_bytes + 1023) / 1024),
                       (long long)(person.quota_bytes / 1024));
    buf_add_literal(call->out, ")\r\n");
    return OK;
}

enum status imap_getquota(struct imap_call *call)
{
    struct str root;
    if (call->command->count != 1 || imap_arg_astring(&call->command->args[0], &root) != OK)
        return imap_call_bad(call, "A quota root is missing");
    if (root.len > 0)
        return imap_call_no(call, NOT_FOUND, "[NONEXISTENT] No such quota root");
    return write_quota(call);
}

enum status imap_getquotaroot(struct imap_call *call)
{
    struct str name;
    mailbox_row mailbox;
    if (call->command->count != 1 || imap_arg_astring(&call->command->args[0], &name) != OK)
        return imap_call_bad(call, "A mailbox name is missing");
    TRY(imap_mailbox(call, name, &mailbox));
    buf_add_literal(call->out, "* QUOTAROOT ");
    imap_write_mailbox(call->out, mailbox.name, imap_is_utf8(call->session));
    buf_add_literal(call->out, " \"\"\r\n");
    return write_quota(call);
}

enum status imap_setquota(struct imap_call *call)
{
    return imap_call_no(call, DENIED, "[NOPERM] Quotas are set by the administration");
}
