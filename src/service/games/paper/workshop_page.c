/* The page of workshops: two courses minute by minute, what to prepare, and every game's sheets. */
#include "core/town.h"
#include "service/games/frame.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/paper/games_workshop_html.h"
#include "service/games/paper/workshop.h"

static struct str span(struct ctx *ctx, enum text_key key, int from, int to, struct str title)
{
    struct text_arg args[] = {NUMBER_ARG("from", from), NUMBER_ARG("to", to), TEXT_ARG("title", title)};
    return text_with(ctx->arena, ctx->language, key, args, title.len > 0 ? 3 : 2);
}

static enum status add_steps(struct ctx *ctx, enum text_key plan, int begins, struct games_workshop_course_leg *leg)
{
    struct workshop_step steps[WORKSHOP_STEPS_MAX];
    TRY(workshop_steps(ctx, plan, begins, steps, &leg->step_count));
    leg->steps = arena_array(ctx->arena, struct games_workshop_course_leg_step, WORKSHOP_STEPS_MAX);
    if (leg->steps == NULL)
        return LIMIT;
    for (size_t i = 0; i < leg->step_count; i++)
        leg->steps[i] = (struct games_workshop_course_leg_step){
            .when = span(ctx, T_games_workshop_from_to, steps[i].from, steps[i].to, STR("")), .text = steps[i].text};
    return OK;
}

static enum status add_leg(struct ctx *ctx, const struct workshop *workshop, size_t number,
                           struct games_workshop_course_leg *leg)
{
    struct workshop_played played;
    TRY(workshop_choose(ctx, workshop, number, &played));
    const struct game *game = played.game;
    *leg = (struct games_workshop_course_leg){
        .title = span(ctx, T_games_workshop_leg, played.from, played.to, text_of(ctx->language, game->title)),
        .is_instead = played.is_instead, .has_game = true, .has_room = game->draw != NULL,
        .game = game_path(ctx, game, WORKSHOP_SEED),
        .room = str_format(ctx->arena, "/games/room?game=%s&seed=%d", game->slug, WORKSHOP_SEED),
        .sheets = str_format(ctx->arena, "/games/print?game=%s&seed=%d", game->slug, WORKSHOP_SEED)};
    return add_steps(ctx, played.plan, played.from, leg);
}

static enum status add_debate(struct ctx *ctx, const struct workshop *workshop, struct games_workshop_course *course)
{
    int from = workshop->minutes - workshop->debate;
    struct games_workshop_course_leg *leg = &course->legs[course->leg_count];
    if (workshop->debate == 0)
        return OK;
    course->leg_count++;
    *leg = (struct games_workshop_course_leg){
        .title = span(ctx, T_games_workshop_debate_title, from, workshop->minutes, STR("")), .game = STR(""),
        .room = STR(""), .sheets = STR("")};
    return add_steps(ctx, T_games_workshop_plan_debate, from, leg);
}

static enum status add_courses(struct ctx *ctx, const struct web_request *request, struct games_workshop_view *view)
{
    view->courses = arena_array(ctx->arena, struct games_workshop_course, WORKSHOPS);
    if (view->courses == NULL)
        return LIMIT;
    for (; view->course_count < WORKSHOPS; view->course_count++) {
        const struct workshop *workshop = &workshops[view->course_count];
        struct games_workshop_course *course = &view->courses[view->course_count];
        struct text_arg minutes[] = {NUMBER_ARG("count", workshop->minutes)};
        *course = (struct games_workshop_course){
            .anchor = str_format(ctx->arena, "m%d", workshop->minutes),
            .title = text_of(ctx->language, workshop->title), .text = text_of(ctx->language, workshop->text),
            .pages = text_with(ctx->arena, ctx->language, T_games_workshop_pages, minutes, 1),
            .pdf = web_go_on(ctx, request,
                             str_format(ctx->arena, "/games/workshop/workshop-%d.pdf", workshop->minutes)),
            .legs = arena_array(ctx->arena, struct games_workshop_course_leg, WORKSHOP_LEGS_MAX + 1)};
        if (course->legs == NULL)
            return LIMIT;
        for (; course->leg_count < workshop->leg_count; course->leg_count++)
            TRY(add_leg(ctx, workshop, course->leg_count, &course->legs[course->leg_count]));
        TRY(add_debate(ctx, workshop, course));
    }
    return OK;
}

#define ADD_LINES(ctx, key, type, array, count_of)                                                 \
    do {                                                                                           \
        struct str *lines_;                                                                        \
        size_t line_count_;                                                                        \
        TRY(frame_lines((ctx), (key), &lines_, &line_count_));                                     \
        (array) = arena_array((ctx)->arena, type, line_count_ + 1);                                \
        if ((array) == NULL)                                                                       \
            return LIMIT;                                                                          \
        for (; (count_of) < line_count_; (count_of)++)                                             \
            (array)[count_of] = (type){.text = lines_[count_of]};                                  \
    } while (0)

static enum status add_advice(struct ctx *ctx, struct games_workshop_view *view)
{
    ADD_LINES(ctx, T_games_workshop_prepare, struct games_workshop_prepare, view->prepares, view->prepare_count);
    ADD_LINES(ctx, T_games_workshop_fails, struct games_workshop_fail, view->fails, view->fail_count);
    ADD_LINES(ctx, T_games_workshop_score, struct games_workshop_score, view->scores, view->score_count);
    return OK;
}

static enum status add_games(struct ctx *ctx, struct games_workshop_view *view)
{
    view->games = arena_array(ctx->arena, struct games_workshop_game, GAMES_MAX);
    if (view->games == NULL)
        return LIMIT;
    for (size_t i = 0; game_all[i] != NULL; i++)
        view->games[view->game_count++] = (struct games_workshop_game){
            .number = game_all[i]->number, .title = text_of(ctx->language, game_all[i]->title),
            .path = str_format(ctx->arena, "/games/print?game=%s&seed=%d", game_all[i]->slug, WORKSHOP_SEED)};
    return OK;
}

enum status games_workshop_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct games_workshop_view view = {.has_fonts = ctx->town->fonts != NULL};
    TRY(add_courses(ctx, request, &view));
    TRY(add_advice(ctx, &view));
    TRY(add_games(ctx, &view));
    page_begin(&page, ctx, request, response);
    games_workshop_html(&page.html, &view);
    struct page_head head = games_head(text_of(ctx->language, T_games_workshop_title));
    return page_end(&page, &head);
}
