/* Where rooms are opened, and codes typed. */
#include "service/games/games_service.h"
#include "service/games/brake.h"
#include "service/games/lang.h"
#include "service/games/room/room_home_html.h"
#include "service/games/room/room_view.h"

static enum status add_games(struct ctx *ctx, const struct web_request *request, struct room_home_view *view)
{
    struct str chosen = web_text(request, "game");
    view->games = arena_array(ctx->arena, struct room_home_game, GAMES_MAX);
    if (view->games == NULL)
        return LIMIT;
    for (size_t i = 0; game_all[i] != NULL; i++)
        if (game_all[i]->draw != NULL)
            view->games[view->game_count++] =
                (struct room_home_game){.slug = str_of(game_all[i]->slug),
                                        .title = text_of(ctx->language, game_all[i]->title),
                                        .is_chosen = str_eq(chosen, str_of(game_all[i]->slug))};
    return OK;
}

/* The forms, with what was typed and why it was refused. The seed is the second of the day where none is given. */
static enum status show_home(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             enum text_key error)
{
    struct page page;
    bool has_seed = web_has(request, "seed");
    struct room_home_view view = {
        .form_token = request->form_token,
        .action = web_go_on(ctx, request, STR("/games/room")),
        .is_wiped = web_has(request, "wiped"), .code = web_text(request, "code"),
        .has_code_error = error == T_games_room_none, .has_make_error = error == T_games_room_make_wrong,
        .error = text_of(ctx->language, error),
        .seed = has_seed ? web_text(request, "seed")
                         : str_format(ctx->arena, "%lld", (long long)(ctx->now.ms / 1000 % (GAME_SEED_MAX + 1)))};
    struct page_head head = games_head(text_of(ctx->language, T_games_room_title));
    head.is_error = error != T_none;
    TRY(add_games(ctx, request, &view));
    if (error != T_none)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    room_home_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status room_home_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct room_visit visit;
    if (!web_has(request, "code"))
        return show_home(ctx, request, response, T_none);
    enum status come = room_come(ctx, request, response, web_text(request, "code"), &visit);
    if (come == NOT_FOUND)
        return show_home(ctx, request, response, T_games_room_none);
    TRY(come);
    if (visit.is_shut)
        return OK;
    struct str path = web_go_on(ctx, request, str_format(ctx->arena, "/games/room/%.*s", STR_ARG(visit.room.code)));
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}

enum status room_make_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct room room;
    struct str key;
    if (brake_door(ctx, BRAKE_ROOM, request->remote) != BRAKE_OPEN)
        return room_say_shut(ctx, request, response, T_games_room_shut_open);
    enum status done = room_open(ctx, web_text(request, "game"), web_int(request, "seed", -1), &room, &key);
    if (done == INVALID)
        return show_home(ctx, request, response, T_games_room_make_wrong);
    TRY(done);
    brake_note(ctx, BRAKE_ROOM, request->remote);
    struct str path =
        web_go_on(ctx, request, str_format(ctx->arena, "/games/room/desk?key=%.*s&new=1", STR_ARG(key)));
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}
