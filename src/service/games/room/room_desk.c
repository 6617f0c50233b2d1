/* The desk of a room: who leads turns the cards. */
#include "base/buf.h"
#include "service/games/frame.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/room/room_desk_html.h"
#include "service/games/room/room_view.h"

enum { TREES_MAX = 4000 };

/* ---- the page ---- */

/* The trees of those whose vote is awaited; before the first card, of all who are there. */
static enum status add_trees(const struct room_seen *seen, struct room_desk_view *view)
{
    struct ctx *ctx = seen->ctx;
    struct buf text BUF_SCOPE = BUF_INIT(TREES_MAX);
    struct str *trees;
    size_t count;
    int card = room_card(&seen->room);
    TRY(frame_lines(ctx, T_games_room_trees, &trees, &count));
    for (size_t i = 0; i < seen->player_count; i++) {
        if (card >= 0 && room_tally_vote(&seen->tally, seen->players[i].id, card) != ROUND_SKIPPED)
            continue;
        if (text.len > 0)
            buf_add_literal(&text, ", ");
        buf_add(&text, trees[(size_t)seen->players[i].tree % count]);
    }
    struct text_arg args[] = {TEXT_ARG("trees", str_copy(ctx->arena, buf_str(&text)))};
    bool is_before = seen->room.step == 0;
    view->has_trees = text.len > 0 && (is_before || view->is_asking);
    view->trees = text_with(ctx->arena, ctx->language, is_before ? T_games_room_present : T_games_room_waited, args, 1);
    return buf_status(&text);
}

/* Is there anybody whose place could be freed? */
static bool has_silent(const struct room_seen *seen)
{
    for (size_t i = 0; i < seen->player_count; i++)
        if (!room_tally_has_voted(&seen->tally, seen->players[i].id))
            return seen->room.step != ROOM_OVER;
    return false;
}

static struct str counts_of(const struct room_seen *seen)
{
    int card = room_card(&seen->room);
    if (card < 0)
        return room_see_players(seen);
    int64_t hands = 0;
    for (size_t i = 0; i < ROOM_HANDS; i++)
        hands += seen->tally.hands[card][i];
    struct text_arg args[] = {NUMBER_ARG("players", (int64_t)seen->player_count), NUMBER_ARG("number", card + 1),
                              NUMBER_ARG("votes", room_tally_count(&seen->tally, card) - hands),
                              NUMBER_ARG("hands", hands)};
    return text_with(seen->ctx->arena, seen->ctx->language, T_games_room_counts, args, 4);
}

static enum status add_card(const struct room_seen *seen, struct room_desk_view *view)
{
    const struct room *room = &seen->room;
    enum language language = seen->ctx->language;
    view->is_waiting = room->step == 0;
    view->is_asking = room_is_asking(room);
    view->is_turned = room_is_turned(room);
    view->is_over = room->step == ROOM_OVER;
    view->is_last = room->step == ROOM_OVER - 1;
    view->low = text_of(language, room->game->is_false);
    view->high = text_of(language, room->game->is_true);
    if (view->is_asking) {
        view->number = room_see_number(seen);
        view->line = room_see_card(seen)->line;
    }
    if (view->is_over)
        view->sum = room_see_sum(seen);
    if (!view->is_turned)
        return OK;
    view->turned = room_see_turned(seen);
    return room_see_votes(seen, &view->votes);
}

static void add_notice(struct ctx *ctx, const struct web_request *request, struct room_desk_view *view)
{
    struct str notice = web_text(request, "notice");
    bool is_late = str_eq(notice, STR("late")), is_hands = str_eq(notice, STR("hands"));
    view->has_notice = is_late || is_hands;
    view->notice_title = text_of(ctx->language, T_games_room_late_title);
    view->notice = text_of(ctx->language, is_late ? T_games_room_late_press : T_games_room_hands_wrong);
}

static struct str desk_path(struct ctx *ctx, const struct web_request *request)
{
    return web_go_on(ctx, request,
                     str_format(ctx->arena, "/games/room/desk?key=%.*s", STR_ARG(web_text(request, "key"))));
}

enum status room_desk_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct room room;
    struct room_seen seen;
    TRY(room_at_desk(ctx, web_text(request, "key"), &room));
    TRY(room_see(ctx, &room, &seen));
    struct room_desk_view view = {
        .form_token = request->form_token, .key = web_text(request, "key"), .code = room.code,
        .title = text_of(ctx->language, room.game->title), .step = room_see_step(&seen),
        .action = web_go_on(ctx, request, STR("/games/room/desk")),
        .screen = web_go_on(ctx, request, str_format(ctx->arena, "/games/room/%.*s/screen", STR_ARG(room.code))),
        .join = web_go_on(ctx, request, str_format(ctx->arena, "/games/room/%.*s", STR_ARG(room.code))),
        .self = desk_path(ctx, request), .event = room_see_event(&seen), .counts = counts_of(&seen),
        .is_new = web_has(request, "new"), .has_silent = has_silent(&seen),
        .wiped_at = page_moment(ctx, (struct instant){room.made.ms + ROOM_LIFE_MS})};
    TRY(add_card(&seen, &view));
    TRY(add_trees(&seen, &view));
    add_notice(ctx, request, &view);
    struct text_arg code[] = {TEXT_ARG("code", room.code)};
    page_begin(&page, ctx, request, response);
    room_desk_html(&page.html, &view);
    struct page_head head = games_head(text_with(ctx->arena, ctx->language, T_games_room_desk, code, 1));
    return page_end(&page, &head);
}

/* ---- what is pressed ---- */

static enum status act(struct ctx *ctx, const struct web_request *request, struct room *room)
{
    struct str what = web_text(request, "do");
    int64_t step = web_int(request, "step", -1);
    int64_t hands[ROOM_HANDS] = {web_int(request, "low", -1), web_int(request, "unsure", -1),
                                 web_int(request, "high", -1)};
    if (str_eq(what, STR("on")))
        return room_press(ctx, room, step, ROOM_ON);
    if (str_eq(what, STR("end")))
        return room_press(ctx, room, step, ROOM_END);
    if (str_eq(what, STR("free")))
        return room_free(ctx, room);
    return str_eq(what, STR("hands")) ? room_hands(ctx, room, step, hands) : NOT_FOUND;
}

enum status room_desk_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct room room;
    TRY(room_at_desk(ctx, web_text(request, "key"), &room));
    if (str_eq(web_text(request, "do"), STR("wipe"))) {
        TRY(room_wipe(ctx, &room));
        struct str home = web_go_on(ctx, request, STR("/games/room?wiped=1"));
        return web_redirect(ctx, response, "%.*s", STR_ARG(home));
    }
    enum status done = act(ctx, request, &room);
    if (done != OK && done != CONFLICT && done != INVALID)
        return done;
    struct str path = desk_path(ctx, request);
    return web_redirect(ctx, response, "%.*s%s", STR_ARG(path),
                        done == CONFLICT  ? "&notice=late"
                        : done == INVALID ? "&notice=hands"
                                          : "");
}
