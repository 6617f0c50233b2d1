/* A player's page: who has no cookie has a token in the address. */
#include "service/games/frame.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/room/room_player_html.h"
#include "service/games/room/room_view.h"

enum { WELL_SEEN = 55 };

static struct str path_of(struct ctx *ctx, const struct web_request *request, const struct room *room, struct str me)
{
    struct str path = str_format(ctx->arena, "/games/room/%.*s%s%.*s", STR_ARG(room->code), me.len > 0 ? "?me=" : "",
                                 STR_ARG(me));
    return web_go_on(ctx, request, path);
}

/* ---- who is not in yet ---- */

static enum status add_rule(struct ctx *ctx, const struct room *room, struct room_player_view *view)
{
    struct str *lines;
    TRY(frame_lines(ctx, game_card_rule(room->game, LEVEL_ADULT), &lines, &view->rule_count));
    view->rules = arena_array(ctx->arena, struct room_player_rule, view->rule_count + 1);
    if (view->rules == NULL)
        return LIMIT;
    for (size_t i = 0; i < view->rule_count; i++)
        view->rules[i] = (struct room_player_rule){.text = lines[i]};
    view->may_join = room->step != ROOM_OVER;
    return OK;
}

/* ---- who plays ---- */

static enum status add_tree(struct ctx *ctx, const struct room_player *player, struct room_player_view *view)
{
    struct str *trees;
    size_t count;
    TRY(frame_lines(ctx, T_games_room_trees, &trees, &count));
    view->tree = trees[(size_t)player->tree % count];
    return OK;
}

static void ask(const struct room_seen *seen, const struct room_player *player, struct room_player_view *view)
{
    int card = room_card(&seen->room), vote = room_tally_vote(&seen->tally, player->id, card);
    view->number = room_see_number(seen);
    view->line = room_see_card(seen)->line;
    view->card = str_format(seen->ctx->arena, "%d", card);
    view->low = text_of(seen->ctx->language, seen->room.game->low);
    view->high = text_of(seen->ctx->language, seen->room.game->high);
    view->has_voted = vote != ROUND_SKIPPED;
    view->voted = vote;
    view->sure = str_format(seen->ctx->arena, "%d", view->has_voted ? vote : 50);
}

static enum status turn(const struct room_seen *seen, const struct room_player *player, struct room_player_view *view)
{
    struct ctx *ctx = seen->ctx;
    int vote = room_tally_vote(&seen->tally, player->id, room_card(&seen->room));
    struct text_arg sure[] = {NUMBER_ARG("sure", vote)};
    view->has_said = vote != ROUND_SKIPPED;
    view->points = view->has_said ? round_points(vote, room_see_card(seen)->is_true) : 0;
    view->is_well_seen = view->points >= WELL_SEEN;
    if (view->has_said)
        view->said = text_with(ctx->arena, ctx->language, seen->room.game->said, sure, 1);
    view->turned = room_see_turned(seen);
    return room_see_votes(seen, &view->votes);
}

static enum status add_played(const struct room_seen *seen, const struct round *round, struct room_player_view *view)
{
    view->playeds = arena_array(seen->ctx->arena, struct room_player_played, GAME_CARDS);
    if (view->playeds == NULL)
        return LIMIT;
    for (size_t i = 0; i < round->count; i++) {
        bool is_skipped = round->moves[i] == ROUND_SKIPPED;
        view->playeds[view->played_count++] = (struct room_player_played){
            .number = (int64_t)i + 1, .is_skipped = is_skipped, .stamp = room_see_stamp(seen, (int)i),
            .points = is_skipped ? 0 : round_points(round->moves[i], seen->cards[i].is_true)};
    }
    view->has_played_some = round->count > 0;
    return OK;
}

static void sum_up(const struct room_seen *seen, const struct round *round, struct room_player_view *view)
{
    struct round_sum sum = round_sum(round, seen->cards);
    view->has_sum = sum.played > 0;
    view->mean_points = sum.points;
    view->right = sum.right;
    view->mean = sum.sure;
    view->is_well_doubted = sum.is_well_doubted;
}

static enum status add_game(const struct room_seen *seen, const struct room_player *player,
                            struct room_player_view *view)
{
    const struct room *room = &seen->room;
    struct round round = room_tally_round(&seen->tally, room, player->id);
    view->is_waiting = room->step == 0;
    view->is_asking = room_is_asking(room);
    view->is_turned = room_is_turned(room);
    view->is_over = room->step == ROOM_OVER;
    view->step = room_see_step(seen);
    view->event = room_see_event(seen);
    view->counts = room_see_players(seen);
    TRY(add_tree(seen->ctx, player, view));
    if (view->is_asking)
        ask(seen, player, view);
    if (view->is_turned)
        TRY(turn(seen, player, view));
    if (view->is_over)
        sum_up(seen, &round, view);
    return add_played(seen, &round, view);
}

enum status room_player_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct room_visit visit;
    struct room_seen seen;
    TRY(room_come(ctx, request, response, request->params[0], &visit));
    if (visit.is_shut)
        return OK;
    struct str me = visit.is_player ? web_text(request, "me") : STR("");
    struct room_player_view view = {
        .form_token = request->form_token, .action = path_of(ctx, request, &visit.room, STR("")),
        .self = path_of(ctx, request, &visit.room, me), .title = text_of(ctx->language, visit.room.game->title),
        .code = visit.room.code, .is_joined = visit.is_player, .me = me,
        .is_out = !visit.is_player && web_has(request, "me"),
        .has_notice = str_eq(web_text(request, "notice"), STR("late")),
        .notice = text_of(ctx->language, T_games_room_late_vote)};
    if (visit.is_player) {
        TRY(room_see(ctx, &visit.room, &seen));
        TRY(add_game(&seen, &visit.player, &view));
    } else
        TRY(add_rule(ctx, &visit.room, &view));
    page_begin(&page, ctx, request, response);
    room_player_html(&page.html, &view);
    struct page_head head = games_head(view.title);
    return page_end(&page, &head);
}

/* ---- joining, voting ---- */

static enum status vote(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct room_visit *visit)
{
    struct str path = path_of(ctx, request, &visit->room, web_text(request, "me"));
    enum status done = room_vote(ctx, &visit->room, &visit->player, web_int(request, "card", -1),
                                 web_int(request, "sure", -1));
    if (done != OK && done != CONFLICT)
        return done;
    return web_redirect(ctx, response, "%.*s%s", STR_ARG(path), done == CONFLICT ? "&notice=late" : "");
}

enum status room_player_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct room_visit visit;
    struct str token = STR("");
    TRY(room_come(ctx, request, response, request->params[0], &visit));
    if (visit.is_shut)
        return OK;
    if (visit.is_player)
        return vote(ctx, request, response, &visit);
    if (!web_has(request, "me"))
        TRY(room_join(ctx, &visit.room, &token));
    struct str path = path_of(ctx, request, &visit.room, token);
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}
