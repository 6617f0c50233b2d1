#include "service/mail/mail_verb.h"

#include "core/audit.h"
#include "core/person.h"
#include "service/mail/lang.h"
#include "service/mail/quota.h"
#include "service/mail/undelete.h"

enum { HOUR_MS = 3600 * 1000, HOURS_MAX = UNDELETE_DAYS * 24 };

enum status mail_verb_usage(struct ctx *ctx, struct verb_call *call)
{
    person_list_row *people;
    size_t count;
    TRY(person_list(ctx, &people, &count));
    for (size_t i = 0; i < count; i++) {
        struct quota quota;
        TRY(quota_get(ctx, people[i].id, &quota));
        buf_add_format(call->out, "%.*s\t%lld\t%lld\t%lld\n", STR_ARG(people[i].address), (long long)quota.used,
                       (long long)quota.messages, (long long)quota.limit);
    }
    return buf_status(call->out);
}

static enum status find(struct ctx *ctx, const struct verb_call *call, person_row *ret_person)
{
    enum status found = person_by_address(ctx, verb_argument(call, 0), ret_person);
    return found == NOT_FOUND ? refuse(ctx, NOT_FOUND, "person.unknown", T_person_unknown) : found;
}

enum status mail_verb_quota(struct ctx *ctx, struct verb_call *call)
{
    person_row person;
    struct person_change change;
    TRY(find(ctx, call, &person));
    change = (struct person_change){.id = person.id, .display_name = person.display_name,
                                    .department = person.department, .is_active = person.is_active != 0,
                                    .role = (enum role)person.role};
    if (quota_parse(verb_argument(call, 1), &change.quota_bytes) != OK)
        return refuse(ctx, INVALID, "mail.quota.size", T_mail_quota_size);
    return person_set(ctx, &change);
}

/* Hands over how many came back so far. */
enum status mail_verb_undelete(struct ctx *ctx, struct verb_call *call)
{
    person_row person;
    uint64_t hours;
    int64_t before = 0, restored;
    TRY(find(ctx, call, &person));
    if (str_to_u64(verb_option(call, "--hours"), HOURS_MAX, &hours) != OK)
        hours = HOURS_MAX;
    if (call->handed.len > 0)
        TRY(str_to_i64(call->handed, &before));
    struct instant since = {ctx->now.ms - (int64_t)hours * HOUR_MS};
    enum status done = undelete(ctx, person.id, since, &restored);
    if (done == OK && restored > 0) {
        buf_add_i64(call->hand, before + restored);
        call->next--;
        return OK;
    }
    if (done != OK && done != NOT_FOUND)
        return done;
    buf_add_format(call->out, "%.*s: %lld restored\n", STR_ARG(person.address), (long long)before);
    return audit_add(ctx, "mail.undelete", person.address, STR(""));
}
