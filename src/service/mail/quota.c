#include "service/mail/quota.h"

#include "core/person.h"
#include "service/mail/account_sql.h"

enum { KILO = 1000 };

enum status quota_get(struct ctx *ctx, int64_t account, struct quota *ret_quota)
{
    person_row person;
    struct sql_account_get_row used = {0};
    TRY(person_get(ctx, account, &person));
    enum status found = sql_account_get(ctx->db, ctx->arena, (struct sql_account_get){.person = account}, &used);
    if (found != OK && found != NOT_FOUND)
        return found;
    *ret_quota = (struct quota){.used = used.used_bytes, .messages = used.message_count, .limit = person.quota_bytes};
    return OK;
}

enum status quota_has_room(struct ctx *ctx, int64_t account, int64_t bytes, bool *ret_has)
{
    struct quota quota;
    TRY(quota_get(ctx, account, &quota));
    *ret_has = quota.limit == 0 || (quota.used <= quota.limit && bytes <= quota.limit - quota.used);
    return OK;
}

enum status quota_check(struct ctx *ctx, int64_t account, int64_t bytes)
{
    bool has;
    TRY(quota_has_room(ctx, account, bytes, &has));
    return has ? OK : refuse(ctx, LIMIT, "mail.over_quota", T_mail_over_quota);
}

enum status quota_parse(struct str text, int64_t *ret_bytes)
{
    static const char units[] = "kMGT";
    uint64_t number;
    int64_t factor = 1;
    const char *unit = text.len > 0 ? strchr(units, text.at[text.len - 1]) : NULL;
    if (unit != NULL && *unit != 0) {
        for (const char *at = units; at <= unit; at++)
            factor *= KILO;
        text.len--;
    }
    TRY(str_to_u64(text, (uint64_t)(INT64_MAX / factor), &number));
    *ret_bytes = (int64_t)number * factor;
    return OK;
}
