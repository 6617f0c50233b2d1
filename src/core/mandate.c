#include "core/mandate.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/people_task.h"
#include "core/person.h"
#include "core/town.h"

enum { HOUR_MS = 3600 * 1000 };

/* Whoever works under a mandate may not give one. */
static enum status check_actor(struct ctx *ctx)
{
    bool may = permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER) && ctx->actor.person != 0 &&
               ctx->actor.mandate == 0;
    return may ? OK : refuse(ctx, DENIED, "mandate.denied", T_mandate_denied);
}

static bool is_own_address(const struct town *town, struct str address)
{
    size_t at = str_find_byte_last(address, '@');
    for (size_t i = 0; at != SIZE_MAX && i < town->domain_count; i++)
        if (str_eq_nocase(town->domains[i], str_after(address, at + 1)))
            return true;
    return false;
}

static enum status check(struct ctx *ctx, struct str operator, struct str reason, int64_t hours)
{
    size_t at = str_find_byte(operator, '@');
    bool is_address = at != SIZE_MAX && at > 0 && at + 1 < operator.len && operator.len <= PERSON_ADDRESS_MAX &&
                      utf8_is_valid(operator);
    if (!is_address || is_own_address(ctx->town, operator))
        return refuse(ctx, INVALID, "mandate.operator", T_mandate_operator);
    if (reason.len == 0 || reason.len > MANDATE_REASON_MAX || !utf8_is_valid(reason))
        return refuse(ctx, INVALID, "mandate.reason", T_mandate_reason);
    if (hours < 1 || hours > MANDATE_HOURS_MAX)
        return refuse(ctx, INVALID, "mandate.hours", T_mandate_hours);
    return OK;
}

enum status mandate_give(struct ctx *ctx, struct str operator, struct str reason, int64_t hours, int64_t *ret_id)
{
    struct sql_mandate_add_row row;
    TRY(check_actor(ctx));
    reason = str_trim(reason);
    operator = str_lower(ctx->arena, str_trim(operator));
    TRY(check(ctx, operator, reason, hours));
    struct instant ends = {ctx->now.ms + hours * HOUR_MS};
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_mandate_add(ctx->db, ctx->arena,
                        (struct sql_mandate_add){.operator = operator, .reason = reason, .person = ctx->actor.person,
                                                 .given_ms = ctx->now.ms, .ends_ms = ends.ms},
                        &row));
    *ret_id = row.id;
    TRY(people_task_mandate(ctx, row.id, operator, ends));
    return audit_add(ctx, "mandate.give", operator, reason);
}

enum status mandate_end(struct ctx *ctx, int64_t id)
{
    struct sql_mandate_get_row row;
    TRY(check_actor(ctx));
    TRY(sql_mandate_get(ctx->db, ctx->arena, (struct sql_mandate_get){.id = id}, &row));
    if (row.ended_ms != 0 || row.ends_ms <= ctx->now.ms)
        return NOT_FOUND;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_mandate_end(ctx->db, (struct sql_mandate_end){.id = id, .ended_ms = ctx->now.ms}));
    TRY(people_task_mandate(ctx, id, row.operator, ctx->now));
    return audit_add(ctx, "mandate.end", row.operator, STR(""));
}

enum status mandate_list(struct ctx *ctx, mandate_row **ret_rows, size_t *ret_count)
{
    return sql_mandate_list(ctx->db, ctx->arena, ret_rows, ret_count);
}

enum status mandate_running(struct ctx *ctx, int64_t id, struct str operator_address,
                            struct mandate_running *ret_mandate)
{
    struct sql_mandate_get_row row;
    enum status found = sql_mandate_get(ctx->db, ctx->arena, (struct sql_mandate_get){.id = id}, &row);
    if (found != OK && found != NOT_FOUND)
        return found;
    if (found == NOT_FOUND || row.ended_ms != 0 || row.ends_ms <= ctx->now.ms ||
        !str_eq(row.operator, operator_address))
        return GONE;
    *ret_mandate = (struct mandate_running){.reason = row.reason, .ends = {row.ends_ms}};
    return OK;
}

enum status mandate_forbids(struct ctx *ctx)
{
    return ctx->actor.mandate != 0 ? refuse(ctx, DENIED, "mandate.never", T_mandate_never) : OK;
}

bool mandate_is_open(const mandate_row *row, struct instant now)
{
    return row->ended_ms == 0 && row->ends_ms > now.ms;
}
