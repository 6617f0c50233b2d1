#include "service/games/frame.h"

#include "core/decision.h"
#include "service/games/figures.h"
#include "service/games/games_frame_html.h"
#include "service/games/games_rule_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"

static struct str tab_path(struct ctx *ctx, const struct frame *frame, const char *slug, const char *more)
{
    if (frame->seed < 0)
        return str_format(ctx->arena, "/games/%s%s?%s", slug, more, game_level_more(frame->level));
    return str_format(ctx->arena, "/games/%s%s?seed=%lld%s", slug, more, (long long)frame->seed,
                      game_level_more(frame->level));
}

static struct str trial_path(struct ctx *ctx, const struct frame *frame)
{
    return str_format(ctx->arena, "/games/%s/trial?seed=%lld%s", frame->game->slug,
                      (long long)(frame->seed < 0 ? 1 : frame->seed), game_level_more(frame->level));
}

static struct str print_path(struct ctx *ctx, const struct frame *frame)
{
    if (frame->seed < 0)
        return str_format(ctx->arena, "/games/print?game=%s%s", frame->game->slug, game_level_more(frame->level));
    return str_format(ctx->arena, "/games/print?game=%s&seed=%lld%s", frame->game->slug, (long long)frame->seed,
                      game_level_more(frame->level));
}

static struct str room_path(struct ctx *ctx, const struct frame *frame)
{
    if (frame->seed < 0)
        return str_format(ctx->arena, "/games/room?game=%s", frame->game->slug);
    return str_format(ctx->arena, "/games/room?game=%s&seed=%lld", frame->game->slug, (long long)frame->seed);
}

/* Two by turns on one screen, or one again. */
static struct str pair_path(struct ctx *ctx, const struct frame *frame)
{
    struct str path = tab_path(ctx, frame, frame->game->slug, "");
    return frame->is_pair ? path : str_format(ctx->arena, "%.*s&players=2", STR_ARG(path));
}

void frame_begin(struct page *page, struct ctx *ctx, const struct web_request *request, struct web_response *response,
                 const struct frame *frame)
{
    const struct game *game = frame->game;
    struct decision decision; /* about a language model of the town's choice */
    bool has_cards = game->draw != NULL, has_bench = game->bench != NULL;
    struct games_frame_view view = {.title = text_of(ctx->language, game->title),
                                    .has_cards = has_cards,
                                    .has_bench = has_bench,
                                    .is_bench_first = game->begins_with_bench,
                                    .print = print_path(ctx, frame),
                                    .on_print = frame->tab == FRAME_SHEET,
                                    .play = has_cards ? tab_path(ctx, frame, game->slug, "") : STR(""),
                                    .bench = has_bench ? tab_path(ctx, frame, game->bench, "") : STR(""),
                                    .bench_title = has_bench ? text_of(ctx->language, game->bench_title) : STR(""),
                                    .room = has_cards ? room_path(ctx, frame) : STR(""),
                                    .pair = has_cards ? pair_path(ctx, frame) : STR(""),
                                    .is_pair = frame->is_pair,
                                    .on_play = frame->tab == FRAME_PLAY,
                                    .on_bench = frame->tab == FRAME_BENCH,
                                    .has_trial = game->has_trial && decision_now(ctx, &decision) == OK,
                                    .trial = trial_path(ctx, frame),
                                    .on_trial = frame->tab == FRAME_TRIAL};
    page_begin(page, ctx, request, response);
    games_frame_html(&page->html, &view);
}

enum status frame_lines(struct ctx *ctx, enum text_key text, struct str **ret_lines, size_t *ret_count)
{
    struct str rest;
    TRY(figures_say(ctx, text, &rest));
    struct str *lines = arena_array(ctx->arena, struct str, str_count_byte(rest, '\n') + 1);
    size_t count = 0;
    if (lines == NULL)
        return LIMIT;
    while (!str_is_absent(rest)) {
        struct str line = str_trim(str_cut(&rest, '\n'));
        if (line.len > 0)
            lines[count++] = line;
    }
    *ret_lines = lines;
    *ret_count = count;
    return OK;
}

static enum status add_rule(struct ctx *ctx, const struct frame *frame, struct games_rule_view *view)
{
    struct str *lines;
    size_t count;
    const struct game *game = frame->game;
    bool has_cards = frame->tab == FRAME_PLAY;
    TRY(frame_lines(ctx, has_cards ? game_card_rule(game, frame->level) : game->rule[frame->level], &lines, &count));
    view->lines = arena_array(ctx->arena, struct games_rule_line, count + 1);
    if (view->lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->lines[view->line_count++] = (struct games_rule_line){.text = lines[i]};
    return OK;
}

static enum status add_levels(struct ctx *ctx, const struct frame *frame, struct games_rule_view *view)
{
    static const enum text_key names[] = {T_games_level_adult, T_games_level_child, T_games_level_easy};
    const char *mark = str_find_byte(frame->path, '?') == SIZE_MAX ? "?" : "";
    view->levels = arena_array(ctx->arena, struct games_rule_level, GAME_LEVELS);
    if (view->levels == NULL)
        return LIMIT;
    for (enum game_level level = LEVEL_ADULT; level < GAME_LEVELS; level++)
        view->levels[view->level_count++] = (struct games_rule_level){
            .name = text_of(ctx->language, names[level]),
            .path = str_format(ctx->arena, "%.*s%s%s", STR_ARG(frame->path), mark, game_level_more(level)),
            .is_chosen = level == frame->level};
    return OK;
}

enum status frame_end(struct page *page, const struct frame *frame)
{
    struct ctx *ctx = page->ctx;
    struct games_rule_view view = {.trap = text_of(ctx->language, frame->game->trap),
                                   .has_seed = frame->seed >= 0,
                                   .seed = str_format(ctx->arena, "%lld", (long long)frame->seed)};
    enum status done = figures_say(ctx, frame->game->check, &view.check);
    if (done == OK)
        done = add_rule(ctx, frame, &view);
    if (done == OK)
        done = add_levels(ctx, frame, &view);
    if (done != OK) {
        page_drop(page);
        return done;
    }
    games_rule_html(&page->html, &view);
    struct page_head head = games_head(text_of(ctx->language, frame->game->title));
    if (frame->level == LEVEL_EASY)
        head.tone = PAGE_EASY;
    return page_end(page, &head);
}
