/* The file of an agent: the state of a day as known on another, and every fact as a timeline. */
#include "core/person.h"
#include "service/staff/act/staff_act.h"
#include "service/staff/page/staff_file_html.h"
#include "service/staff/month/staff_month.h"
#include "service/staff/page/staff_counter.h"
#include "service/staff/page/staff_file.h"
#include "service/staff/record/staff_agent.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/record/staff_log.h"
#include "service/staff/record/staff_post.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

#define DAY_MS (86400 * INT64_C(1000))

/* ---- the state ---- */

static struct str indices_of(struct ctx *ctx, const struct staff_span *state)
{
    struct text_arg args[] = {NUMBER_ARG("gross", state->gross_index), NUMBER_ARG("index", state->index)};
    if (state->index == 0)
        return text_of(ctx->language, T_staff_file_index_none);
    enum text_key key = state->gross_index != 0 ? T_staff_file_indices : T_staff_file_index_only;
    return text_with(ctx->arena, ctx->language, key, args, 2);
}

static struct str number_of(struct ctx *ctx, int64_t number)
{
    return number != 0 ? str_format(ctx->arena, "%lld", (long long)number) : STR("–");
}

static void add_next(struct ctx *ctx, const struct career *career, struct date day, struct staff_file_view *view)
{
    struct step_due due;
    view->has_next = staff_next_words(ctx, career, day, &view->next);
    view->has_away = view->has_next && step_next(career, day, &due) == OK && due.away_days > 0;
}

static enum status add_counters(struct ctx *ctx, const struct career *career, struct date day,
                                struct staff_file_view *view)
{
    struct str lines[STAFF_COUNTERS];
    size_t count;
    TRY(staff_counters(ctx, career, day, lines, &count));
    view->counters = arena_array(ctx->arena, struct staff_file_counter, STAFF_COUNTERS);
    if (view->counters == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->counters[view->counter_count++].line = lines[i];
    return OK;
}

static void add_state(struct ctx *ctx, const struct career *career, struct date day, struct staff_file_view *view)
{
    struct staff_span state;
    int32_t shared;
    view->children = career_children(career, day, &shared);
    if (career_state(career, day, &state) != OK)
        return;
    view->has_state = true;
    view->status = text_of(ctx->language, staff_status_name(state.status));
    view->position = text_of(ctx->language, staff_position_name(state.position));
    view->grade = state.grade.len > 0 ? staff_grade_name(career->grid, state.grade) : STR("–");
    view->step = number_of(ctx, state.step);
    view->indices = indices_of(ctx, &state);
    view->hours = staff_hours_words(ctx, &state);
    view->nbi = number_of(ctx, state.nbi);
    view->post = state.post != 0 ? staff_post_words(ctx, state.post) : STR("–");
    add_next(ctx, career, day, view);
}

/* ---- the timeline ---- */

static struct str known_of(struct ctx *ctx, const struct career_fact *fact)
{
    person_row person;
    struct str who = text_of(ctx->language, T_staff_file_command);
    if (fact->person != 0 && person_get(ctx, fact->person, &person) == OK)
        who = person.display_name;
    struct text_arg args[] = {TEXT_ARG("when", staff_day(ctx, ctx_day(ctx, (struct instant){fact->known_ms}))),
                              TEXT_ARG("who", who)};
    return text_with(ctx->arena, ctx->language, T_staff_file_known_at, args, 2);
}

/* What stands in place of it: NULL for none. */
static const struct career_fact *later_of(const struct career_fact *rows, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].corrects == id)
            return &rows[i];
    return NULL;
}

static struct str says_of(struct ctx *ctx, const struct grid *grid, const struct career_fact *fact)
{
    if (fact->kind != CAREER_POST)
        return staff_says(ctx, grid, fact);
    struct text_arg args[] = {TEXT_ARG("post", staff_post_words(ctx, fact->number))};
    return text_with(ctx->arena, ctx->language, T_staff_says_post, args, 1);
}

/* Its number, and whether what stands in its place needs a reason. */
static void add_act(struct ctx *ctx, int64_t id, struct staff_file_row *row)
{
    staff_act act;
    row->has_act = id != 0 && staff_act_get(ctx, id, &act) == OK;
    if (!row->has_act)
        return;
    row->act = staff_act_number(ctx, &act);
    row->act_draft = act.state == STAFF_ACT_DRAFT;
    row->needs_reason = act.state == STAFF_ACT_SIGNED;
}

static struct staff_file_row row_of(struct ctx *ctx, const struct grid *grid, int64_t agent,
                                    const struct career_fact *fact, const struct career_fact *later)
{
    struct staff_file_row row = {.says = says_of(ctx, grid, fact),
                                 .days = staff_days(ctx, fact->since, fact->until),
                                 .known = known_of(ctx, fact),
                                 .is_corrected = later != NULL && !later->is_back,
                                 .is_back = later != NULL && later->is_back,
                                 .was_back = fact->is_back,
                                 .is_correction = fact->corrects != 0 && !fact->is_back,
                                 .act_path = str_format(ctx->arena, "/staff/acts/%lld", (long long)fact->act)};
    row.correct = str_format(ctx->arena, "/staff/agents/%lld/add?corrects=%lld", (long long)agent, (long long)fact->id);
    row.back = str_format(ctx->arena, "/staff/agents/%lld/facts/%lld/back", (long long)agent, (long long)fact->id);
    row.may_change = later == NULL && !fact->is_back;
    add_act(ctx, fact->act, &row);
    return row;
}

static bool is_later(const struct career_fact *one, const struct career_fact *other)
{
    return one->since.days != other->since.days ? one->since.days > other->since.days : one->id > other->id;
}

static enum status add_rows(struct ctx *ctx, const struct grid *grid, int64_t agent, struct staff_file_view *view)
{
    struct career_fact *rows;
    size_t count;
    TRY(staff_fact_rows(ctx, agent, &rows, &count));
    view->rows = arena_array(ctx->arena, struct staff_file_row, count + 1);
    const struct career_fact **order = arena_array(ctx->arena, const struct career_fact *, count + 1);
    if (view->rows == NULL || order == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && is_later(&rows[i], order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = &rows[i];
    }
    for (size_t i = 0; i < count; i++) {
        view->rows[view->row_count] = row_of(ctx, grid, agent, order[i], later_of(rows, count, order[i]->id));
        view->rows[view->row_count].may_change &= view->may_edit;
        view->row_count++;
    }
    return OK;
}

static enum status add_kinds(struct ctx *ctx, int64_t agent, struct staff_file_view *view)
{
    view->kinds = arena_array(ctx->arena, struct staff_file_kind, CAREER_KINDS);
    if (view->kinds == NULL)
        return LIMIT;
    for (enum career_kind kind = CAREER_STATUS; kind < CAREER_KINDS; kind++)
        view->kinds[view->kind_count++] = (struct staff_file_kind){
            .path = str_format(ctx->arena, "/staff/agents/%lld/add?kind=%d", (long long)agent, (int)kind),
            .label = text_of(ctx->language, staff_kind_name(kind))};
    return OK;
}

/* ---- the page ---- */

/* The last instant of a day that was asked for, or now. */
static struct instant known_at(struct ctx *ctx, struct date asked)
{
    struct instant end = {instant_of_date(asked).ms + DAY_MS - 1};
    return asked.days == 0 || end.ms > ctx->now.ms ? ctx->now : end;
}

enum status staff_file_page(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                            struct staff_file_ask ask)
{
    struct page page;
    struct grid grid;
    struct career career;
    staff_agent agent;
    struct date day, known_day;
    TRY(staff_agent_get(ctx, ask.agent, &agent));
    TRY(staff_log_add(ctx, ask.agent, STAFF_READ_FILE, STAFF_FOR_CAREER));
    TRY(staff_asked_day(request, "day", &day));
    TRY(staff_asked_day(request, "known", &known_day));
    day = day.days == 0 ? ctx_today(ctx) : day;
    struct instant known = known_at(ctx, known_day);
    struct text_arg words[] = {TEXT_ARG("day", staff_day(ctx, day)),
                               TEXT_ARG("known", staff_day(ctx, ctx_day(ctx, known)))};
    struct staff_file_view view = {.form_token = request->form_token,
                                   .code = agent.code,
                                   .is_saved = web_has(request, "saved") && ask.error.len == 0,
                                   .is_closed = str_eq(web_text(request, "saved"), STR("closed")),
                                   .has_error = ask.error.len > 0,
                                   .error = ask.error,
                                   .may_edit = ask.may_edit,
                                   .day = staff_iso(ctx, day),
                                   .known = staff_iso(ctx, ctx_day(ctx, known)),
                                   .state_words = text_with(ctx->arena, ctx->language, T_staff_file_state, words, 2),
                                   .next = STR(""),
                                   .link = staff_path(ctx, ask.agent, "/link"),
                                   .address = agent.address,
                                   .self = staff_path(ctx, ask.agent, ""),
                                   .identity = staff_path(ctx, ask.agent, "/identity")};
    TRY(staff_fact_grid(ctx, &grid));
    TRY(staff_fact_career(ctx, ask.agent, known, &grid, &career));
    add_state(ctx, &career, day, &view);
    TRY(add_counters(ctx, &career, day, &view));
    TRY(add_rows(ctx, &grid, ask.agent, &view));
    TRY(add_kinds(ctx, ask.agent, &view));
    struct page_head head = {.title = agent.code, .menu = "/staff", .is_error = view.has_error};
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    staff_file_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status staff_file_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    unsigned held;
    struct staff_file_ask ask = {.error = STR("")};
    TRY(staff_right_need(ctx, STAFF_MAY_READ));
    TRY(staff_right_held(ctx, &held));
    TRY(staff_asked_agent(request, 0, &ask.agent));
    ask.may_edit = (held & STAFF_MAY_EDIT) != 0;
    return staff_file_page(ctx, request, response, ask);
}

enum status staff_link_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct staff_file_ask ask = {.may_edit = true, .error = STR("")};
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    TRY(staff_asked_agent(request, 0, &ask.agent));
    enum status done = staff_agent_link(ctx, ask.agent, web_text(request, "address"));
    if (done == INVALID || done == CONFLICT) {
        ask.error = text_of(ctx->language, ctx->failure.sentence);
        return staff_file_page(ctx, request, response, ask);
    }
    TRY(done);
    return web_redirect(ctx, response, "/staff/agents/%lld?saved=1", (long long)ask.agent);
}

enum status staff_file_saved(struct ctx *ctx, struct web_response *response, int64_t agent, struct date since)
{
    bool is_closed;
    TRY(staff_month_is_closed(ctx, since, &is_closed));
    return web_redirect(ctx, response, "/staff/agents/%lld?saved=%s", (long long)agent, is_closed ? "closed" : "1");
}

static enum status since_of(struct ctx *ctx, int64_t agent, int64_t id, struct date *ret_since)
{
    struct career_fact *rows;
    size_t count;
    TRY(staff_fact_rows(ctx, agent, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id) {
            *ret_since = rows[i].since;
            return OK;
        }
    return NOT_FOUND;
}

enum status staff_back_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct staff_file_ask ask = {.may_edit = true, .error = STR("")};
    struct career_fault fault = {.rule = CAREER_RIGHT};
    struct career_fact none = {.kind = CAREER_ENTRY, .words = STR("")};
    struct grid grid;
    struct date since;
    int64_t fact;
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    TRY(staff_asked_agent(request, 0, &ask.agent));
    if (str_to_i64(request->params[1], &fact) != OK)
        return NOT_FOUND;
    TRY(since_of(ctx, ask.agent, fact, &since));
    enum status done = staff_fact_back(ctx, ask.agent, fact, web_text(request, "reason"), &fault);
    if (done == INVALID && fault.rule == CAREER_RIGHT) {
        ask.error = text_of(ctx->language, ctx->failure.sentence);
        return staff_file_page(ctx, request, response, ask);
    }
    if (done == INVALID && fault.rule != CAREER_RIGHT) {
        TRY(staff_fact_grid(ctx, &grid));
        ask.error = staff_fault_words(ctx, &grid, &none, &fault);
        return staff_file_page(ctx, request, response, ask);
    }
    TRY(done);
    return staff_file_saved(ctx, response, ask.agent, since);
}
