#include "service/mail/audit_mail.h"

#include "base/base64.h"
#include "core/audit.h"
#include "core/page.h"
#include "core/person.h"
#include "core/town.h"
#include "proto/mime/compose.h"
#include "service/mail/accept.h"
#include "service/mail/lang.h"
#include "service/mail/store.h"

enum { MESSAGE_MAX = 64 << 10 };

static enum status compose(struct ctx *ctx, const person_row *person, const struct audit_head *head, struct str day,
                           struct buf *out)
{
    struct buf hex BUF_SCOPE = BUF_INIT(AUDIT_HASH_BYTES * 2);
    struct str domain = ctx->town->domain_count > 0 ? ctx->town->domains[0] : STR("localhost");
    enum language language =
        language_of_code(person->language, language_of_code(ctx->town->place.language, LANGUAGE_FR));
    size_t at = str_find_byte_last(person->address, '@');
    struct address to = {.mailbox = str_slice(person->address, 0, at), .host = str_after(person->address, at + 1)};
    struct compose_field automatic = {STR("Auto-Submitted"), STR("auto-generated")};
    hex_encode(&hex, (struct str){(const char *)head->hash, AUDIT_HASH_BYTES});
    struct text_arg date = TEXT_ARG("date", day);
    struct text_arg args[] = {NUMBER_ARG("number", head->count), TEXT_ARG("head", buf_str(&hex))};
    struct compose mail = {
        .from = {.name = STR("parvis"), .mailbox = STR("postmaster"), .host = domain},
        .to = &to,
        .to_count = 1,
        .subject = text_with(ctx->arena, language, T_mail_audit_subject, &date, 1),
        .date = {.instant = ctx->now, .offset_minutes = page_offset_minutes(ctx)},
        .message_id = str_format(ctx->arena, "audit.%lld.%.*s@%.*s", (long long)person->id, STR_ARG(day),
                                 STR_ARG(domain)),
        .fields = &automatic,
        .field_count = 1,
        .text = text_with(ctx->arena, language, T_mail_audit_text, args, 2)};
    buf_add_literal(out, "Return-Path: <>\r\n");
    return compose_write(out, &mail);
}

static enum status send_to(struct ctx *ctx, const person_row *person, const struct audit_head *head, struct str day)
{
    struct buf message BUF_SCOPE = BUF_INIT(MESSAGE_MAX);
    struct str key = str_format(ctx->arena, "audit.%lld.%.*s", (long long)person->id, STR_ARG(day));
    TRY(compose(ctx, person, head, day, &message));
    return str_is_absent(key) ? LIMIT : accept_own(ctx, person->id, key, buf_str(&message));
}

enum status audit_mail_step(struct ctx *ctx)
{
    struct audit_head head;
    person_list_row *people;
    struct {
        int64_t segment, position; /* where the journal ends */
    } before, after;
    size_t count;
    struct buf day BUF_SCOPE = BUF_INIT(20);
    struct civil local = civil_of(ctx->now, page_offset_minutes(ctx));
    store_place(ctx, &before.segment, &before.position);
    TRY(audit_head(ctx, &head));
    if (head.count == 0 || local.hour < AUDIT_MAIL_HOUR)
        return NOT_FOUND;
    date_write(&day, date_of(local.year, local.month, local.day));
    TRY(person_list(ctx, &people, &count));
    for (size_t i = 0; i < count; i++) {
        person_row person;
        if (people[i].role != ROLE_ADMINISTRATOR || !people[i].is_active)
            continue;
        TRY(person_get(ctx, people[i].id, &person));
        TRY(send_to(ctx, &person, &head, buf_str(&day)));
    }
    /* Asked again within the hour; accept_own passes over who has had it. */
    store_place(ctx, &after.segment, &after.position);
    return after.segment == before.segment && after.position == before.position ? NOT_FOUND : OK;
}
