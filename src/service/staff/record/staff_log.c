#include "service/staff/record/staff_log.h"

#include "core/audit.h"
#include "core/town.h"

#define HOUR_MS (3600 * INT64_C(1000))
#define DAY_MS (24 * HOUR_MS)

/* The entry that crosses the line tells it, and no later one of that hour. */
static enum status tell_bulk(struct ctx *ctx, int64_t before)
{
    struct sql_staff_log_agents_row row;
    struct sql_staff_log_agents in = {.person = ctx->actor.person, .since_ms = ctx->now.ms - HOUR_MS};
    TRY(sql_staff_log_agents(ctx->db, ctx->arena, in, &row));
    if (before >= STAFF_LOG_BULK || row.number < STAFF_LOG_BULK)
        return OK;
    return audit_add(ctx, "staff.bulk", ctx->actor.address, str_format(ctx->arena, "%lld", (long long)row.number));
}

enum status staff_log_add(struct ctx *ctx, int64_t agent, enum staff_log_what what, enum staff_reason reason)
{
    struct sql_staff_log_agents_row row;
    struct sql_staff_log_agents in = {.person = ctx->actor.person, .since_ms = ctx->now.ms - HOUR_MS};
    int64_t own = 0;
    if (ctx->actor.person != 0 && staff_agent_of_person(ctx, ctx->actor.person, &own) == OK && own == agent)
        return OK;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_log_agents(ctx->db, ctx->arena, in, &row));
    TRY(sql_staff_log_add(ctx->db, (struct sql_staff_log_add){.agent = agent,
                                                              .person = ctx->actor.person,
                                                              .what = what,
                                                              .reason = reason,
                                                              .at_ms = ctx->now.ms}));
    return tell_bulk(ctx, row.number);
}

enum status staff_log_list(struct ctx *ctx, int64_t agent, staff_log **ret_entries, size_t *ret_count)
{
    return sql_staff_log_list(ctx->db, ctx->arena, (struct sql_staff_log_list){.agent = agent}, ret_entries,
                              ret_count);
}

enum status staff_log_bulks(struct ctx *ctx, int32_t days, staff_log_bulk **ret_bulks, size_t *ret_count)
{
    struct sql_staff_log_bulk in = {.since_ms = ctx->now.ms - days * DAY_MS, .least = STAFF_LOG_BULK};
    return sql_staff_log_bulk(ctx->db, ctx->arena, in, ret_bulks, ret_count);
}
