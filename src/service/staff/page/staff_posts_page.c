/* Posts, with the deliberation that created each and who holds it; teams and their managers. */
#include "core/person.h"
#include "service/staff/page/staff_posts_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/record/staff_post.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

enum { HOLDERS_SHOWN = 10 };

/* ---- who holds a post today ---- */

/* The last assignment of an agent that has begun, and has not ended. */
static bool holds(const staff_post_holder *holders, size_t count, size_t place, struct date today)
{
    const staff_post_holder *one = &holders[place];
    if (one->since_day > today.days || (one->until_day != 0 && one->until_day < today.days))
        return false;
    return place + 1 == count || holders[place + 1].agent != one->agent || holders[place + 1].since_day > today.days;
}

static enum status add_post(struct ctx *ctx, const staff_post_row *post, const staff_post_holder *holders, size_t count,
                            struct staff_posts_post *ret_post)
{
    *ret_post = (struct staff_posts_post){
        .code = post->code,
        .title = post->title,
        .team = post->team_name,
        .deliberation = str_format(ctx->arena, "%.*s, %.*s", STR_ARG(post->deliberation),
                                   STR_ARG(staff_day(ctx, (struct date){(int32_t)post->deliberated_day}))),
        .holders = arena_array(ctx->arena, struct staff_posts_post_holder, HOLDERS_SHOWN)};
    if (ret_post->holders == NULL)
        return LIMIT;
    for (size_t i = 0; i < count && ret_post->holder_count < HOLDERS_SHOWN; i++)
        if (holders[i].post == post->id && holds(holders, count, i, ctx_today(ctx)))
            ret_post->holders[ret_post->holder_count++] = (struct staff_posts_post_holder){
                .path = staff_path(ctx, holders[i].agent, ""), .code = holders[i].code};
    ret_post->is_free = ret_post->holder_count == 0;
    return OK;
}

static enum status add_posts(struct ctx *ctx, struct staff_posts_view *view)
{
    staff_post_row *posts;
    staff_post_holder *holders;
    size_t count, holder_count;
    TRY(staff_post_list(ctx, &posts, &count));
    TRY(staff_post_holders(ctx, &holders, &holder_count));
    view->posts = arena_array(ctx->arena, struct staff_posts_post, count + 1);
    if (view->posts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(add_post(ctx, &posts[i], holders, holder_count, &view->posts[view->post_count++]));
    view->has_posts = count > 0;
    return OK;
}

/* ---- teams ---- */

static enum status add_people(struct ctx *ctx, const person_list_row *people, size_t count, int64_t manager,
                              struct staff_posts_team *team)
{
    team->persons = arena_array(ctx->arena, struct staff_posts_team_person, count + 1);
    if (team->persons == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (people[i].is_active && people[i].role != ROLE_OPERATOR)
            team->persons[team->person_count++] = (struct staff_posts_team_person){
                .id = people[i].id, .name = people[i].display_name, .is_chosen = people[i].id == manager};
    return OK;
}

static enum status add_teams(struct ctx *ctx, struct staff_posts_view *view)
{
    staff_team_row *teams;
    person_list_row *people;
    size_t count, person_count;
    TRY(staff_team_list(ctx, &teams, &count));
    TRY(person_list(ctx, &people, &person_count));
    view->teams = arena_array(ctx->arena, struct staff_posts_team, count + 1);
    view->choices = arena_array(ctx->arena, struct staff_posts_choice, count + 1);
    if (view->teams == NULL || view->choices == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct staff_posts_team *team = &view->teams[view->team_count++];
        *team = (struct staff_posts_team){
            .id = teams[i].id, .code = teams[i].code, .name = teams[i].name, .manager = teams[i].manager_name,
            .path = str_format(ctx->arena, "/staff/teams/%lld", (long long)teams[i].id)};
        TRY(add_people(ctx, people, person_count, teams[i].manager, team));
        view->choices[view->choice_count++] = (struct staff_posts_choice){.id = teams[i].id, .name = teams[i].name};
    }
    view->has_teams = count > 0;
    return OK;
}

/* ---- the page ---- */

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct str error)
{
    struct page page;
    unsigned held;
    TRY(staff_right_held(ctx, &held));
    struct staff_posts_view view = {.form_token = request->form_token,
                                    .is_saved = web_has(request, "saved") && error.len == 0,
                                    .has_error = error.len > 0,
                                    .error = error,
                                    .may_edit = (held & STAFF_MAY_EDIT) != 0};
    TRY(add_posts(ctx, &view));
    TRY(add_teams(ctx, &view));
    struct page_head head = {.title = text_of(ctx->language, T_staff_posts), .menu = "/staff",
                             .is_error = view.has_error};
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    staff_posts_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status staff_posts_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(staff_right_need(ctx, STAFF_MAY_READ));
    return show(ctx, request, response, STR(""));
}

/* What was refused is said on the same page. */
static enum status answer(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          enum status done)
{
    if (done == INVALID || done == CONFLICT)
        return show(ctx, request, response, text_of(ctx->language, ctx->failure.sentence));
    TRY(done);
    return web_redirect(ctx, response, "/staff/posts?saved=1");
}

enum status staff_post_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    struct staff_post post = {.code = web_text(request, "code"),
                              .title = web_text(request, "title"),
                              .deliberation = web_text(request, "deliberation"),
                              .team = web_int(request, "team", 0)};
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    bool is_read = staff_asked_day(request, "day", &post.deliberated) == OK &&
                   staff_asked_day(request, "since", &post.since) == OK &&
                   staff_asked_hours(request, "week", &post.week_tenths) == OK;
    if (!is_read)
        return show(ctx, request, response, text_of(ctx->language, T_staff_post_wrong));
    return answer(ctx, request, response, staff_post_add(ctx, &post, &id));
}

enum status staff_team_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    return answer(ctx, request, response,
                  staff_team_add(ctx, web_text(request, "code"), web_text(request, "name"), &id));
}

enum status staff_team_manager_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t team;
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    TRY(staff_asked_agent(request, 0, &team));
    return answer(ctx, request, response, staff_team_set_manager(ctx, team, web_int(request, "person", 0)));
}
