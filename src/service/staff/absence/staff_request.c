#include "service/staff/absence/staff_request.h"

#include "core/mandate.h"
#include "core/town.h"
#include "service/staff/lang.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/record/staff_post.h"

enum { DAYS_MAX = 366 };

bool staff_request_may_ask(enum staff_absence kind)
{
    return kind == STAFF_ANNUAL || kind == STAFF_RTT || kind == STAFF_CET || kind == STAFF_AUTHORISED;
}

/* ---- asking ---- */

static struct career_fact fact_of(enum staff_absence kind, struct date since, struct date until)
{
    return (struct career_fact){.kind = CAREER_ABSENCE, .number = kind, .words = STR(""), .since = since,
                                .until = until};
}

static enum status check_clash(struct ctx *ctx, int64_t agent, struct date since, struct date until)
{
    struct sql_staff_request_clash_row row;
    struct sql_staff_request_clash in = {.agent = agent, .until_day = until.days, .since_day = since.days};
    enum status found = sql_staff_request_clash(ctx->db, ctx->arena, in, &row);
    if (found == OK)
        return refuse(ctx, INVALID, "staff.request", T_staff_request_clash);
    return found == NOT_FOUND ? OK : found;
}

enum status staff_request_ask(struct ctx *ctx, enum staff_absence kind, struct date since, struct date until,
                              struct career_fault *ret_fault, int64_t *ret_id)
{
    struct grid grid;
    struct career career;
    struct transitions transitions;
    struct sql_staff_request_add_row row;
    int64_t agent;
    struct career_fact fact = fact_of(kind, since, until);
    TRY(mandate_forbids(ctx));
    TRY(staff_agent_of_person(ctx, ctx->actor.person, &agent));
    if (!staff_request_may_ask(kind) || since.days == 0 || until.days - since.days >= DAYS_MAX)
        return refuse(ctx, INVALID, "staff.request", T_staff_request_wrong);
    TRY(staff_fact_grid(ctx, &grid));
    TRY(transitions_shipped(ctx->arena, &transitions));
    TRY(staff_fact_career(ctx, agent, ctx->now, &grid, &career));
    TRY(career_check(ctx->arena, &career, &transitions, &fact, ctx_today(ctx), ret_fault));
    TRY(check_clash(ctx, agent, since, until));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    struct sql_staff_request_add in = {.agent = agent, .kind = kind, .since_day = since.days, .until_day = until.days,
                                       .asked_ms = ctx->now.ms};
    TRY(sql_staff_request_add(ctx->db, ctx->arena, in, &row));
    *ret_id = row.id;
    return OK;
}

/* ---- deciding ---- */

static enum status waiting_get(struct ctx *ctx, int64_t id, struct sql_staff_request_get_row *ret_row)
{
    TRY(mandate_forbids(ctx));
    TRY(sql_staff_request_get(ctx->db, ctx->arena, (struct sql_staff_request_get){.id = id}, ret_row));
    if (ret_row->state != STAFF_ASKED)
        return refuse(ctx, CONFLICT, "staff.decided", T_staff_request_decided);
    return writer_need(ctx->town->writer, SYNC_FULL);
}

static enum status decide(struct ctx *ctx, int64_t id, enum staff_request_state state, int64_t fact)
{
    return sql_staff_request_decide(ctx->db, (struct sql_staff_request_decide){.state = state,
                                                                               .person = ctx->actor.person,
                                                                               .at_ms = ctx->now.ms,
                                                                               .fact = fact,
                                                                               .id = id});
}

enum status staff_request_take_back(struct ctx *ctx, int64_t id)
{
    struct sql_staff_request_get_row row;
    int64_t agent;
    TRY(staff_agent_of_person(ctx, ctx->actor.person, &agent));
    TRY(waiting_get(ctx, id, &row));
    return row.agent == agent ? decide(ctx, id, STAFF_TAKEN_BACK, 0) : NOT_FOUND;
}

enum status staff_request_team_of(struct ctx *ctx, int64_t agent, const struct grid *grid, struct date day,
                                  struct staff_request_team *ret_team)
{
    struct career career;
    staff_team_row team;
    TRY(staff_fact_career(ctx, agent, ctx->now, grid, &career));
    const struct career_fact *post = career_at(&career, CAREER_POST, 0, day);
    if (post == NULL)
        return NOT_FOUND;
    TRY(staff_team_of_post(ctx, post->number, &team));
    *ret_team = (struct staff_request_team){.team = team.id, .manager = team.manager, .name = team.name};
    return OK;
}

/* The manager of the agent's team, who is not the agent. */
static enum status need_manager(struct ctx *ctx, int64_t agent, const struct grid *grid)
{
    struct staff_request_team team;
    int64_t own = 0;
    enum status found = staff_agent_of_person(ctx, ctx->actor.person, &own);
    if (found != OK && found != NOT_FOUND)
        return found;
    bool is_own = found == OK && own == agent;
    found = staff_request_team_of(ctx, agent, grid, ctx_today(ctx), &team);
    if (found != OK && found != NOT_FOUND)
        return found;
    if (found == NOT_FOUND || is_own || ctx->actor.person == 0 || team.manager != ctx->actor.person)
        return refuse(ctx, DENIED, "staff.not_team", T_staff_not_team);
    return OK;
}

enum status staff_request_decide(struct ctx *ctx, int64_t id, bool is_approved, struct career_fault *ret_fault)
{
    struct grid grid;
    struct sql_staff_request_get_row row;
    int64_t written = 0;
    TRY(waiting_get(ctx, id, &row));
    TRY(staff_fact_grid(ctx, &grid));
    TRY(need_manager(ctx, row.agent, &grid));
    if (is_approved) {
        struct career_fact fact = fact_of((enum staff_absence)row.kind, (struct date){(int32_t)row.since_day},
                                          (struct date){(int32_t)row.until_day});
        TRY(staff_fact_add(ctx, row.agent, &fact, (struct staff_fact_how){.reason = STR("")}, ret_fault, &written));
    }
    return decide(ctx, id, is_approved ? STAFF_APPROVED : STAFF_REFUSED, written);
}

/* ---- lists ---- */

enum status staff_request_list(struct ctx *ctx, int64_t agent, staff_request **ret_rows, size_t *ret_count)
{
    return sql_staff_request_list(ctx->db, ctx->arena, (struct sql_staff_request_list){.agent = agent}, ret_rows,
                                  ret_count);
}

enum status staff_request_waits(struct ctx *ctx, staff_request_waiting **ret_rows, size_t *ret_count)
{
    return sql_staff_request_waiting(ctx->db, ctx->arena, ret_rows, ret_count);
}
