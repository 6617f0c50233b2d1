#include "service/mail/submit.h"

#include <openssl/sha.h>

#include "base/base64.h"
#include "core/person.h"
#include "proto/mime/address.h"
#include "proto/mime/header.h"
#include "proto/mime/mail_date.h"
#include "service/mail/arrival.h"
#include "service/mail/deliver.h"
#include "service/mail/lang.h"
#include "service/mail/outbox.h"
#include "service/mail/store.h"

enum { ADDED_MAX = 1000 + ARRIVAL_RECEIVED_MAX };

static enum status check_own(struct ctx *ctx, struct str address)
{
    bool may;
    TRY(person_may_write_as(ctx, ctx->actor.person, address, &may));
    return may ? OK : refuse(ctx, DENIED, "mail.send.from", T_mail_send_from);
}

enum status submit_check_sender(struct ctx *ctx, struct str sender)
{
    if (ctx->actor.person == 0)
        return refuse(ctx, DENIED, "mail.send.from", T_mail_send_from);
    return sender.len == 0 ? OK : check_own(ctx, sender);
}

/* What is behind HEADER_FIELDS_MAX we do not read, and another reader may. */
static enum status check_number(struct ctx *ctx, struct str header)
{
    struct header_field field;
    size_t count = 0;
    while (header_next(&header, &field))
        if (++count > HEADER_FIELDS_MAX)
            return refuse(ctx, DENIED, "mail.send.from", T_mail_send_from);
    return OK;
}

/* Every mailbox of every From: what a reader shows must be what was checked. */
static enum status check_from(struct ctx *ctx, struct str header)
{
    struct address_list from = {0};
    size_t mailboxes = 0;
    TRY(check_number(ctx, header));
    TRY(address_parse_field(ctx->arena, header, STR("From"), &from));
    for (size_t i = 0; i < from.count; i++) {
        if (address_is_group_start(&from.at[i]) || address_is_group_end(&from.at[i]))
            continue;
        if (!address_is_deliverable(&from.at[i]))
            return refuse(ctx, DENIED, "mail.send.from", T_mail_send_from);
        TRY(check_own(ctx, address_text(ctx->arena, &from.at[i])));
        mailboxes++;
    }
    return mailboxes > 0 ? OK : refuse(ctx, DENIED, "mail.send.from", T_mail_send_from);
}

static void add_message_id(struct ctx *ctx, struct buf *out, struct str message)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256((const unsigned char *)message.at, message.len, hash);
    buf_add_format(out, "Message-ID: <%lld.", (long long)ctx->now.ms);
    hex_encode(out, (struct str){(const char *)hash, 10});
    buf_add_format(out, "@%.*s>\r\n", STR_ARG(ctx->town->domains[0]));
}

/* The message with what it lacks in front; itself when it lacks nothing. */
static enum status complete(struct ctx *ctx, const struct submit *submit, struct buf *whole, struct str *ret_message)
{
    struct str message = submit->message;
    struct buf added BUF_SCOPE = BUF_INIT(ADDED_MAX);
    struct str header = str_slice(message, 0, header_length(message));
    buf_add(&added, submit->received);
    if (str_is_absent(header_find(header, STR("Date")))) {
        buf_add_literal(&added, "Date: ");
        mail_date_write(&added, (struct mail_date){.instant = ctx->now});
        buf_add_literal(&added, "\r\n");
    }
    if (str_is_absent(header_find(header, STR("Message-ID"))))
        add_message_id(ctx, &added, message);
    *ret_message = message;
    if (added.len == 0)
        return buf_status(&added);
    buf_add(whole, buf_str(&added));
    buf_add(whole, message);
    *ret_message = buf_str(whole);
    return buf_status(whole);
}

/* Recipients of this town, each found good, and the others. */
static enum status sort(struct ctx *ctx, struct str recipients, int64_t size, struct buf *here, struct buf *elsewhere)
{
    while (recipients.len > 0) {
        struct str address = str_cut(&recipients, '\n');
        bool is_here = outbox_is_local(ctx->town, address);
        if (address.len == 0)
            continue;
        if (is_here)
            TRY(deliver_check(ctx, address, size));
        buf_add(is_here ? here : elsewhere, address);
        buf_add_byte(is_here ? here : elsewhere, '\n');
    }
    if (buf_status(here) != OK || buf_status(elsewhere) != OK)
        return refuse(ctx, LIMIT, "mail.send.recipients", T_mail_send_recipients);
    return OK;
}

static enum status put_out(struct ctx *ctx, const struct submit *submit, struct str message, struct str recipients)
{
    struct outbox_put put = {
        .account = ctx->actor.person, .sender = submit->sender, .recipients = recipients, .leaves = ctx->now};
    int64_t row;
    TRY(store_add_body(ctx, message, &put.body));
    TRY(outbox_put(ctx, &put, &row));
    return outbox_split(ctx, row);
}

enum status submit_mail(struct ctx *ctx, const struct submit *submit)
{
    struct buf whole BUF_SCOPE = BUF_INIT(DELIVER_SIZE_MAX);
    struct buf here BUF_SCOPE = BUF_INIT(OUTBOX_RECIPIENTS_MAX * 320);
    struct buf elsewhere BUF_SCOPE = BUF_INIT(OUTBOX_RECIPIENTS_MAX * 320);
    struct str message;
    TRY(submit_check_sender(ctx, submit->sender));
    TRY(check_from(ctx, str_slice(submit->message, 0, header_length(submit->message))));
    TRY(complete(ctx, submit, &whole, &message));
    TRY(sort(ctx, submit->recipients, (int64_t)message.len, &here, &elsewhere));
    if (here.len > 0)
        TRY(deliver_own(ctx, submit->sender, buf_str(&here), message));
    return elsewhere.len > 0 ? put_out(ctx, submit, message, buf_str(&elsewhere)) : OK;
}
