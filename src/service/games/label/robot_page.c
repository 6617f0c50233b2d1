/* The sham check that opens game 9: nine pictures to tick, then what the ticks were good for. Nothing is checked. */
#include "service/games/frame.h"
#include "service/games/label/games_robot_html.h"
#include "service/games/games_service.h"
#include "service/games/label/label.h"
#include "service/games/label/wage.h"
#include "service/games/lang.h"

enum { TILES = 9, KNOWN = 2 /* the first of the tiles: their answers are known, as in a real check */ };
enum { SECONDS_MAX = 600 /* a page that was left open is no work */ };

static const enum text_key names[TILES] = {T_games_robot_tile0, T_games_robot_tile1, T_games_robot_tile2,
                                           T_games_robot_tile3, T_games_robot_tile4, T_games_robot_tile5,
                                           T_games_robot_tile6, T_games_robot_tile7, T_games_robot_tile8};
static const bool is_crossing[KNOWN] = {true, false};

/* INVALID: a tile that is none. */
static enum status read_ticks(const struct web_request *request, bool is_ticked[TILES])
{
    for (size_t i = 0; i < request->fields->count; i++) {
        const struct http_field *field = &request->fields->at[i];
        int64_t number;
        if (!str_eq(field->name, STR("p")))
            continue;
        if (str_to_i64(field->value, &number) != OK || number < 1 || number > TILES)
            return INVALID;
        is_ticked[number - 1] = true;
    }
    return OK;
}

static enum status add_tiles(struct ctx *ctx, const bool is_ticked[TILES], struct games_robot_view *view)
{
    view->tiles = arena_array(ctx->arena, struct games_robot_tile, TILES);
    if (view->tiles == NULL)
        return LIMIT;
    view->is_right = true;
    for (size_t i = 0; i < TILES; i++) {
        view->is_right = view->is_right && (i >= KNOWN || is_ticked[i] == is_crossing[i]);
        view->tiles[view->tile_count++] = (struct games_robot_tile){.number = (int64_t)i + 1,
                                                                    .name = text_of(ctx->language, names[i]),
                                                                    .is_ticked = is_ticked[i],
                                                                    .is_known = i < KNOWN};
    }
    return OK;
}

static void count_work(struct ctx *ctx, const struct web_request *request, struct games_robot_view *view)
{
    int64_t now = ctx->now.ms / 1000, took = now - web_int(request, "at", now);
    view->seconds = took < 0 ? 0 : took > SECONDS_MAX ? SECONDS_MAX : took;
    view->count = TILES - KNOWN;
    view->pay = wage_euros(ctx, wage_tenths(view->seconds, WAGE_SMIC_CENTS));
}

enum status games_robot_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    bool is_ticked[TILES] = {false};
    enum game_level level = game_level(request);
    struct games_robot_view view = {.is_done = web_has(request, "done"),
                                    .at = str_format(ctx->arena, "%lld", (long long)ctx->now.ms / 1000),
                                    .level = game_level_name(level)};
    if (read_ticks(request, is_ticked) != OK)
        return refuse(ctx, NOT_FOUND, "games.robot", T_games_round_wrong);
    view.is_asked = !view.is_done;
    view.skip = view.on = str_format(ctx->arena, "/games/labels?seed=%d%s", LABEL_SEED_USUAL, game_level_more(level));
    count_work(ctx, request, &view);
    TRY(add_tiles(ctx, is_ticked, &view));
    struct frame frame = {.game = &game_hands,
                          .tab = FRAME_BENCH,
                          .level = level,
                          .path = STR("/games/not-a-robot"),
                          .seed = -1};
    frame_begin(&page, ctx, request, response, &frame);
    games_robot_html(&page.html, &view);
    return frame_end(&page, &frame);
}
