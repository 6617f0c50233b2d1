/* A team's month: who is away when, the requests that wait for its manager, and a calendar to subscribe to. */
#include "core/town.h"
#include "service/staff/absence/staff_request.h"
#include "service/staff/page/staff_team_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/record/staff_post.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

enum { MEMBERS_MAX = 1000, AWAY_MAX = 40 };

/* What is looked at: one team of those the actor may see, in a month. */
struct plan {
    staff_team_row *teams;
    size_t team_count, chosen;
    bool sees_all; /* looks after files: every team, and the kind of absences */
    struct date month;
    struct staff_month members[MEMBERS_MAX];
    size_t member_count;
};

static enum status keep_teams(struct ctx *ctx, const struct web_request *request, struct plan *plan)
{
    unsigned held;
    size_t count, kept = 0;
    int64_t asked = web_int(request, "team", 0);
    TRY(staff_right_held(ctx, &held));
    plan->sees_all = (held & STAFF_MAY_READ) != 0;
    TRY(staff_team_list(ctx, &plan->teams, &count));
    for (size_t i = 0; i < count; i++) {
        bool is_own = ctx->actor.mandate == 0 && plan->teams[i].manager == ctx->actor.person;
        if (!plan->sees_all && !is_own)
            continue;
        if (plan->teams[i].id == asked)
            plan->chosen = kept;
        plan->teams[kept++] = plan->teams[i];
    }
    plan->team_count = kept;
    return OK;
}

static bool is_in_team(const staff_post_row *posts, size_t count, int64_t post, int64_t team)
{
    for (size_t i = 0; i < count; i++)
        if (posts[i].id == post)
            return posts[i].team == team;
    return false;
}

/* Those whose last post of the month is of the team. */
static enum status add_members(struct ctx *ctx, struct plan *plan)
{
    staff_post_row *posts;
    struct staff_month *months;
    size_t post_count, count = STAFF_BATCH;
    struct staff_asked asked = {.month = plan->month, .known = ctx->now};
    TRY(staff_post_list(ctx, &posts, &post_count));
    while (count == STAFF_BATCH) {
        TRY(staff_months(ctx, asked, &months, &count));
        for (size_t i = 0; i < count; i++) {
            const struct staff_month *one = &months[i];
            int64_t post = one->span_count > 0 ? one->spans[one->span_count - 1].post : 0;
            if (plan->member_count < MEMBERS_MAX &&
                is_in_team(posts, post_count, post, plan->teams[plan->chosen].id))
                plan->members[plan->member_count++] = *one;
            asked.after_agent = one->agent;
        }
    }
    return OK;
}

static enum status plan_of(struct ctx *ctx, const struct web_request *request, struct plan **ret_plan)
{
    struct plan *plan = arena_new(ctx->arena, struct plan);
    struct date month;
    if (plan == NULL)
        return LIMIT;
    TRY(keep_teams(ctx, request, plan));
    TRY(staff_asked_day(request, "month", &month));
    plan->month = date_month_start(month.days != 0 ? month : ctx_today(ctx));
    if (plan->team_count > 0)
        TRY(add_members(ctx, plan));
    *ret_plan = plan;
    return OK;
}

/* ---- the page ---- */

static bool touches(const struct staff_absence_span *absence, struct date month)
{
    return absence->first.days <= date_month_end(month).days && absence->last.days >= month.days;
}

static enum status add_agents(struct ctx *ctx, const struct plan *plan, struct staff_team_view *view)
{
    view->agents = arena_array(ctx->arena, struct staff_team_agent, plan->member_count + 1);
    if (view->agents == NULL)
        return LIMIT;
    for (size_t i = 0; i < plan->member_count; i++) {
        const struct staff_month *member = &plan->members[i];
        struct staff_team_agent *agent = &view->agents[view->agent_count++];
        *agent = (struct staff_team_agent){.code = member->code,
                                           .absences = arena_array(ctx->arena, struct staff_team_agent_absence,
                                                                   AWAY_MAX)};
        if (agent->absences == NULL)
            return LIMIT;
        for (size_t j = 0; j < member->absence_count && agent->absence_count < AWAY_MAX; j++) {
            const struct staff_absence_span *absence = &member->absences[j];
            struct str days = staff_days(ctx, absence->first, absence->last);
            struct str kind = text_of(ctx->language, staff_absence_name(absence->kind));
            if (touches(absence, plan->month))
                agent->absences[agent->absence_count++].says =
                    plan->sees_all ? str_format(ctx->arena, "%.*s, %.*s", STR_ARG(kind), STR_ARG(days)) : days;
        }
        agent->is_here = agent->absence_count == 0;
    }
    return OK;
}

static bool is_member(const struct plan *plan, int64_t agent)
{
    for (size_t i = 0; i < plan->member_count; i++)
        if (plan->members[i].agent == agent)
            return true;
    return false;
}

static enum status add_waits(struct ctx *ctx, const struct plan *plan, struct staff_team_view *view)
{
    staff_request_waiting *rows;
    size_t count;
    TRY(staff_request_waits(ctx, &rows, &count));
    view->waits = arena_array(ctx->arena, struct staff_team_wait, count + 1);
    if (view->waits == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (!is_member(plan, rows[i].agent))
            continue;
        struct str kind = text_of(ctx->language, staff_absence_name((enum staff_absence)rows[i].kind));
        struct str days =
            staff_days(ctx, (struct date){(int32_t)rows[i].since_day}, (struct date){(int32_t)rows[i].until_day});
        view->waits[view->wait_count++] = (struct staff_team_wait){
            .code = rows[i].code,
            .says = str_format(ctx->arena, "%.*s, %.*s", STR_ARG(kind), STR_ARG(days)),
            .approve = str_format(ctx->arena, "/staff/requests/%lld/approve", (long long)rows[i].id),
            .refuse = str_format(ctx->arena, "/staff/requests/%lld/refuse", (long long)rows[i].id)};
    }
    view->has_waits = view->wait_count > 0;
    return OK;
}

static struct str month_path(struct ctx *ctx, const struct plan *plan, const char *path, struct date month)
{
    return str_format(ctx->arena, "%s?team=%lld&month=%.*s", path, (long long)plan->teams[plan->chosen].id,
                      STR_ARG(staff_iso(ctx, month)));
}

static enum status fill(struct ctx *ctx, const struct plan *plan, struct staff_team_view *view)
{
    struct civil month = civil_of_date(plan->month);
    const staff_team_row *team = &plan->teams[plan->chosen];
    view->has_team = true;
    view->may_decide = team->manager == ctx->actor.person;
    view->month = str_format(ctx->arena, "%02d/%d", (int)month.month, (int)month.year);
    view->before = month_path(ctx, plan, "/staff/team", date_month_start((struct date){plan->month.days - 1}));
    view->after = month_path(ctx, plan, "/staff/team", (struct date){date_month_end(plan->month).days + 1});
    view->ics = month_path(ctx, plan, "/staff/team.ics", plan->month);
    view->choices = arena_array(ctx->arena, struct staff_team_choice, plan->team_count);
    if (view->choices == NULL)
        return LIMIT;
    for (size_t i = 0; i < plan->team_count; i++)
        view->choices[view->choice_count++] = (struct staff_team_choice){
            .path = str_format(ctx->arena, "/staff/team?team=%lld", (long long)plan->teams[i].id),
            .name = plan->teams[i].name, .is_chosen = i == plan->chosen};
    if (view->may_decide)
        TRY(add_waits(ctx, plan, view));
    return add_agents(ctx, plan, view);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct str error)
{
    struct page page;
    struct plan *plan;
    struct staff_team_view view = {.form_token = request->form_token,
                                   .is_saved = web_has(request, "saved") && error.len == 0,
                                   .has_error = error.len > 0,
                                   .error = error};
    TRY(plan_of(ctx, request, &plan));
    if (plan->team_count > 0)
        TRY(fill(ctx, plan, &view));
    struct page_head head = {.title = text_of(ctx->language, T_staff_team_page), .menu = "/staff",
                             .is_error = view.has_error};
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    staff_team_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status staff_team_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, STR(""));
}

static enum status decide(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          bool is_approved)
{
    struct career_fault fault = {.rule = CAREER_RIGHT};
    struct career_fact fact = {.kind = CAREER_ENTRY, .words = STR("")};
    struct grid grid;
    int64_t id;
    TRY(staff_asked_agent(request, 0, &id));
    enum status done = staff_request_decide(ctx, id, is_approved, &fault);
    if (done == INVALID && fault.rule != CAREER_RIGHT) {
        TRY(staff_fact_grid(ctx, &grid));
        return show(ctx, request, response, staff_fault_words(ctx, &grid, &fact, &fault));
    }
    TRY(done);
    return web_redirect(ctx, response, "/staff/team?saved=1");
}

enum status staff_request_approve_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return decide(ctx, request, response, true);
}

enum status staff_request_refuse_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return decide(ctx, request, response, false);
}

/* ---- the calendar (RFC 5545) ---- */

static void add_event(struct ctx *ctx, struct buf *out, const struct staff_month *member,
                      const struct staff_absence_span *absence)
{
    struct civil first = civil_of_date(absence->first);
    struct civil end = civil_of_date((struct date){absence->last.days + 1}); /* DTEND is the day after: 3.6.1 */
    struct civil now = civil_of(ctx->now, 0);
    struct str away = text_of(ctx->language, T_staff_ics_away);
    buf_add_format(out, "BEGIN:VEVENT\r\nUID:staff-%lld@%.*s\r\n", (long long)absence->fact,
                   STR_ARG(ctx->town->name));
    buf_add_format(out, "DTSTAMP:%04d%02d%02dT%02d%02d%02dZ\r\n", (int)now.year, (int)now.month, (int)now.day,
                   (int)now.hour, (int)now.minute, (int)now.second);
    buf_add_format(out, "DTSTART;VALUE=DATE:%04d%02d%02d\r\n", (int)first.year, (int)first.month, (int)first.day);
    buf_add_format(out, "DTEND;VALUE=DATE:%04d%02d%02d\r\n", (int)end.year, (int)end.month, (int)end.day);
    buf_add_format(out, "SUMMARY:%.*s (%.*s)\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n", STR_ARG(member->code),
                   STR_ARG(away));
}

enum status staff_team_ics_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct plan *plan;
    struct buf *out = &response->body;
    TRY(plan_of(ctx, request, &plan));
    if (plan->team_count == 0)
        return NOT_FOUND;
    buf_add_literal(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//parvis//staff//FR\r\n");
    for (size_t i = 0; i < plan->member_count; i++)
        for (size_t j = 0; j < plan->members[i].absence_count; j++)
            if (touches(&plan->members[i].absences[j], plan->month))
                add_event(ctx, out, &plan->members[i], &plan->members[i].absences[j]);
    buf_add_literal(out, "END:VCALENDAR\r\n");
    response->content_type = STR("text/calendar; charset=utf-8");
    response->file_name = STR("equipe.ics");
    return buf_status(out);
}
