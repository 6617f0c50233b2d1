#include "service/mail/deliver.h"

#include "base/list.h"
#include "core/person.h"
#include "service/mail/arrival.h"
#include "service/mail/lang.h"
#include "service/mail/quota.h"
#include "service/mail/store.h"

struct target_list LIST_OF(struct store_target);

enum status deliver_check(struct ctx *ctx, struct str address, int64_t size)
{
    int64_t *people;
    size_t count;
    enum status found = person_resolve(ctx, address, &people, &count);
    if (found == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "mail.unknown", T_mail_unknown);
    TRY(found);
    for (size_t i = 0; i < count; i++) {
        bool has;
        TRY(quota_has_room(ctx, people[i], size, &has));
        if (has)
            return OK;
    }
    return refuse(ctx, LIMIT, "mail.over_quota", T_mail_over_quota);
}

static bool is_there(const struct target_list *targets, int64_t account)
{
    for (size_t i = 0; i < targets->count; i++)
        if (targets->at[i].account == account)
            return true;
    return false;
}

static enum status add_target(struct ctx *ctx, struct target_list *targets, int64_t account, int64_t flags)
{
    mailbox_row inbox;
    if (is_there(targets, account))
        return OK;
    TRY(mailbox_ensure_account(ctx, account));
    TRY(mailbox_by_use(ctx, account, STR("inbox"), &inbox));
    struct store_target *target = list_add(targets, ctx->arena, STORE_TARGETS_MAX);
    if (target == NULL)
        return LIMIT;
    *target = (struct store_target){.account = account, .mailbox = inbox.id, .flags = flags};
    return OK;
}

static enum status targets_of(struct ctx *ctx, struct str recipients, int64_t flags, struct target_list *targets)
{
    while (recipients.len > 0) {
        struct str address = str_cut(&recipients, '\n');
        int64_t *people;
        size_t count;
        if (address.len == 0)
            continue;
        TRY(person_resolve(ctx, address, &people, &count));
        for (size_t i = 0; i < count; i++)
            TRY(add_target(ctx, targets, people[i], flags));
    }
    return targets->count > 0 ? OK : NOT_FOUND;
}

static enum status deliver_with(struct ctx *ctx, const struct arrival *arrival, struct str recipients,
                                struct str message, int64_t flags)
{
    struct target_list targets = {0};
    int64_t body;
    struct buf whole BUF_SCOPE = BUF_INIT(DELIVER_SIZE_MAX + ARRIVAL_ADDED_MAX);
    TRY(targets_of(ctx, recipients, flags, &targets));
    TRY(arrival_write(&whole, ctx, arrival, message));
    return store_add(ctx, buf_str(&whole), ctx->now, targets.at, targets.count, &body);
}

enum status deliver(struct ctx *ctx, struct str sender, struct str recipients, struct str message)
{
    struct arrival arrival = {.sender = sender, .received = STR(""), .host = STR("")};
    return deliver_with(ctx, &arrival, recipients, message, 0);
}

enum status deliver_arrived(struct ctx *ctx, const struct arrival *arrival, struct str recipients, struct str message)
{
    return deliver_with(ctx, arrival, recipients, message, 0);
}

enum status deliver_own(struct ctx *ctx, struct str sender, struct str recipients, struct str message)
{
    struct arrival arrival = {.sender = sender, .received = STR(""), .host = STR("")};
    return deliver_with(ctx, &arrival, recipients, message, MESSAGE_HOUSE);
}

enum status deliver_once(struct ctx *ctx, struct str sender, struct str recipients, struct str message,
                         const struct store_source *sources, size_t source_count)
{
    struct target_list targets = {0};
    struct arrival arrival = {.sender = sender, .received = STR(""), .host = STR("")};
    struct buf whole BUF_SCOPE = BUF_INIT(DELIVER_SIZE_MAX + ARRIVAL_ADDED_MAX);
    TRY(targets_of(ctx, recipients, MESSAGE_HOUSE, &targets));
    TRY(arrival_write(&whole, ctx, &arrival, message));
    return store_add_once(ctx, buf_str(&whole), sources, source_count, targets.at, targets.count);
}
