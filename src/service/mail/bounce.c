#include "service/mail/bounce.h"

#include "base/utf8.h"
#include "core/person.h"
#include "proto/mime/compose.h"
#include "proto/mime/header.h"
#include "service/mail/accept.h"
#include "service/mail/lang.h"
#include "service/mail/store.h"

enum { TEXT_MAX = OUTBOX_RECIPIENTS_MAX * 400, BOUNCE_MAX = 1 << 20, HEADER_KEPT_MAX = 256 << 10, SUBJECT_KEPT = 200 };

void bounce_add(struct bounce *bounce, struct str address, enum bounce_cause cause)
{
    if (bounce->count == OUTBOX_RECIPIENTS_MAX)
        return;
    bounce->recipients[bounce->count].address = address;
    bounce->recipients[bounce->count++].cause = cause;
}

static struct str text_for(struct ctx *ctx, enum language language, const struct bounce *bounce)
{
    static const enum text_key causes[] = {[BOUNCE_UNKNOWN] = T_mail_bounce_unknown,
                                           [BOUNCE_REFUSED] = T_mail_bounce_refused,
                                           [BOUNCE_LATE] = T_mail_bounce_late};
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    translate(&text, language, T_mail_bounce_intro, NULL, 0);
    buf_add_literal(&text, "\n\n");
    for (size_t i = 0; i < bounce->count; i++) {
        struct text_arg address = TEXT_ARG("address", bounce->recipients[i].address);
        translate(&text, language, causes[bounce->recipients[i].cause], &address, 1);
        buf_add_literal(&text, "\n");
    }
    buf_add_literal(&text, "\n");
    translate(&text, language, T_mail_bounce_end, NULL, 0);
    buf_add_literal(&text, "\n");
    return str_copy(ctx->arena, buf_str(&text));
}

static struct str subject_for(struct ctx *ctx, enum language language, struct str header)
{
    struct buf text BUF_SCOPE = BUF_INIT(COMPOSE_VALUE_MAX);
    struct str subject = header_text(ctx->arena, header_find(header, STR("Subject")));
    if (str_is_absent(subject))
        subject = STR("");
    struct text_arg arg = TEXT_ARG("subject", utf8_prefix(subject, SUBJECT_KEPT));
    translate(&text, language, T_mail_bounce_subject, &arg, 1);
    return str_copy(ctx->arena, buf_str(&text));
}

static struct address address_of(struct str address)
{
    size_t at = str_find_byte_last(address, '@');
    if (at == SIZE_MAX)
        return (struct address){.mailbox = address, .host = STR("")};
    return (struct address){.mailbox = str_slice(address, 0, at), .host = str_after(address, at + 1)};
}

static enum status compose(struct ctx *ctx, const outbox_row *row, const struct bounce *bounce,
                           const person_row *person, struct buf *out)
{
    struct str message, domain = ctx->town->domain_count > 0 ? ctx->town->domains[0] : STR("localhost");
    enum language language = language_of_code(
        person->language, language_of_code(ctx->town->place.language, LANGUAGE_FR));
    TRY(store_message(ctx, row->body, &message));
    struct str header = str_slice(message, 0, header_length(message));
    struct address to = address_of(person->address);
    struct compose_field automatic = {STR("Auto-Submitted"), STR("auto-replied")};
    struct compose_file file = {.name = STR("header.txt"),
                                .type = STR("text/rfc822-headers"),
                                .bytes = str_slice(header, 0, HEADER_KEPT_MAX)};
    struct compose mail = {
        .from = {.name = text_of(language, T_mail_bounce_from), .mailbox = STR("postmaster"), .host = domain},
        .to = &to,
        .to_count = 1,
        .subject = subject_for(ctx, language, header),
        .date = {.instant = ctx->now},
        .message_id = str_format(ctx->arena, "bounce.%lld.%lld.%lld@%.*s", (long long)row->body, (long long)row->id,
                                 (long long)ctx->now.ms, STR_ARG(domain)),
        .fields = &automatic,
        .field_count = 1,
        .text = text_for(ctx, language, bounce),
        .files = &file,
        .file_count = 1};
    buf_add_literal(out, "Return-Path: <>\r\n");
    return compose_write(out, &mail);
}

enum status bounce_write(struct ctx *ctx, const outbox_row *row, const struct bounce *bounce)
{
    person_row person;
    struct buf out BUF_SCOPE = BUF_INIT(BOUNCE_MAX), key BUF_SCOPE = BUF_INIT(TEXT_MAX);
    enum status found = person_get(ctx, row->account, &person);
    if (found == NOT_FOUND)
        return OK;
    TRY(found);
    TRY(compose(ctx, row, bounce, &person, &out));
    buf_add_format(&key, "bounce.%lld", (long long)row->body);
    for (size_t i = 0; i < bounce->count; i++)
        buf_add_format(&key, " %.*s", STR_ARG(bounce->recipients[i].address));
    TRY(buf_status(&key));
    return accept_own(ctx, row->account, buf_str(&key), buf_str(&out));
}
