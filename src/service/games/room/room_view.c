#include "service/games/room/room_view.h"

#include "service/games/games_service.h"
#include "service/games/brake.h"
#include "service/games/lang.h"
#include "service/games/room/room_shut_html.h"

enum status room_see(struct ctx *ctx, const struct room *room, struct room_seen *ret_seen)
{
    *ret_seen = (struct room_seen){.ctx = ctx, .room = *room};
    TRY(room_tally(ctx, room, &ret_seen->tally));
    TRY(room_players(ctx, room, &ret_seen->players, &ret_seen->player_count));
    return room->step == 0 ? OK : room->game->draw(ctx, room->seed, ret_seen->cards);
}

const struct game_card *room_see_card(const struct room_seen *seen)
{
    size_t card = (size_t)room_card(&seen->room);
    REQUIRE(card < GAME_CARDS);
    return &seen->cards[card];
}

struct str room_see_stamp(const struct room_seen *seen, int card)
{
    const struct game *game = seen->room.game;
    return text_of(seen->ctx->language, seen->cards[card].is_true ? game->is_true : game->is_false);
}

struct str room_see_step(const struct room_seen *seen)
{
    return str_format(seen->ctx->arena, "%d", seen->room.step);
}

static struct str with_number(const struct room_seen *seen, enum text_key key, struct str stamp)
{
    struct text_arg args[] = {NUMBER_ARG("number", room_card(&seen->room) + 1), NUMBER_ARG("of", GAME_CARDS),
                              TEXT_ARG("stamp", stamp)};
    return text_with(seen->ctx->arena, seen->ctx->language, key, args, 3);
}

struct str room_see_number(const struct room_seen *seen)
{
    return with_number(seen, T_games_card_number, STR(""));
}

struct str room_see_event(const struct room_seen *seen)
{
    enum language language = seen->ctx->language;
    if (seen->room.step == 0)
        return text_of(language, T_games_room_event_wait);
    if (seen->room.step == ROOM_OVER)
        return text_of(language, T_games_room_event_over);
    if (room_is_asking(&seen->room))
        return with_number(seen, T_games_room_event_card, STR(""));
    return with_number(seen, T_games_room_event_turned, room_see_stamp(seen, room_card(&seen->room)));
}

struct str room_see_players(const struct room_seen *seen)
{
    struct text_arg count[] = {NUMBER_ARG("count", (int64_t)seen->player_count)};
    return text_with(seen->ctx->arena, seen->ctx->language, T_games_room_players, count, 1);
}

/* ---- what the room said ---- */

static enum status add_bins(const struct room_seen *seen, const struct room_judged *judged,
                            struct room_votes_view *view)
{
    static const int edges[ROOM_BINS][2] = {{0, 19}, {20, 39}, {40, 60}, {61, 80}, {81, 100}};
    struct ctx *ctx = seen->ctx;
    const struct game *game = seen->room.game;
    const enum text_key ends[ROOM_BINS] = {game->low, T_none, T_games_mark50, T_none, game->high};
    int64_t most = 1;
    view->bins = arena_array(ctx->arena, struct room_votes_bin, ROOM_BINS);
    if (view->bins == NULL)
        return LIMIT;
    for (size_t i = 0; i < ROOM_BINS; i++)
        most = judged->bins[i] > most ? judged->bins[i] : most;
    for (size_t i = 0; i < ROOM_BINS; i++) {
        struct text_arg edge[] = {NUMBER_ARG("from", edges[i][0]), NUMBER_ARG("to", edges[i][1])};
        view->bins[view->bin_count++] = (struct room_votes_bin){
            .label = text_with(ctx->arena, ctx->language, T_games_room_bin_from, edge, 2),
            .end = ends[i] == T_none ? STR("") : text_of(ctx->language, ends[i]),
            .width = str_format(ctx->arena, "%lld%%", (long long)(judged->bins[i] * 100 / most)),
            .votes = judged->bins[i]};
    }
    return OK;
}

enum status room_see_votes(const struct room_seen *seen, struct room_votes_view *ret_view)
{
    struct room_judged judged = room_tally_card(&seen->tally, room_card(&seen->room), room_see_card(seen)->is_true);
    struct text_arg args[] = {NUMBER_ARG("right", judged.right), NUMBER_ARG("of", judged.all),
                              NUMBER_ARG("unsure", judged.unsure)};
    *ret_view = (struct room_votes_view){
        .has_votes = judged.all > 0,
        .judged = text_with(seen->ctx->arena, seen->ctx->language, T_games_room_judged, args, 3)};
    return add_bins(seen, &judged, ret_view);
}

struct room_turned_view room_see_turned(const struct room_seen *seen)
{
    const struct game_card *card = room_see_card(seen);
    return (struct room_turned_view){.line = card->line, .is_true = card->is_true,
                                     .stamp = room_see_stamp(seen, room_card(&seen->room)), .verdict = card->verdict,
                                     .source = card->source, .has_link = card->link.len > 0, .link = card->link};
}

struct room_sum_view room_see_sum(const struct room_seen *seen)
{
    struct round_sum sum = room_tally_sum(&seen->tally, &seen->room, seen->cards);
    struct text_arg args[] = {NUMBER_ARG("right", sum.right), NUMBER_ARG("sure", sum.sure),
                              NUMBER_ARG("said", sum.played), NUMBER_ARG("cards", seen->room.turned)};
    return (struct room_sum_view){
        .has_said = sum.played > 0, .points = sum.points, .is_well_doubted = sum.is_well_doubted,
        .text = text_with(seen->ctx->arena, seen->ctx->language, T_games_room_sum_text, args, 4)};
}

/* ---- coming in ---- */

enum status room_say_shut(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          enum text_key text)
{
    struct page page;
    struct room_shut_view view = {.text = text_of(ctx->language, text)};
    struct page_head head = games_head(text_of(ctx->language, T_games_room_shut_title));
    head.is_error = true;
    response->code = 429;
    page_begin(&page, ctx, request, response);
    room_shut_html(&page.html, &view);
    return page_end(&page, &head);
}

/* Who plays already is let in whatever others of the same network try: a school has one address. */
enum status room_come(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                      struct str code, struct room_visit *ret_visit)
{
    *ret_visit = (struct room_visit){.is_player = false};
    enum status found = room_find(ctx, code, &ret_visit->room);
    if (found != OK && found != NOT_FOUND)
        return found;
    if (found == OK && web_has(request, "me"))
        ret_visit->is_player = room_player(ctx, &ret_visit->room, web_text(request, "me"), &ret_visit->player) == OK;
    if (ret_visit->is_player)
        return OK;
    enum brake_door door = brake_door(ctx, BRAKE_CODE, request->remote);
    ret_visit->is_shut = door != BRAKE_OPEN;
    if (ret_visit->is_shut)
        return room_say_shut(ctx, request, response,
                             door == BRAKE_SHUT ? T_games_room_shut : T_games_room_shut_town);
    if (found == NOT_FOUND)
        brake_note(ctx, BRAKE_CODE, request->remote);
    return found;
}
