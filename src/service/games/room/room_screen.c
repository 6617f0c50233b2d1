/* What is projected: the card, how many have voted, and only once it is turned what they said. */
#include "core/qr.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/room/room_screen_html.h"
#include "service/games/room/room_view.h"

/* The way in as a picture. The host is as the browser asked for it: a page that came by a name of two lines is refused
 * before. */
static enum status add_qr(struct ctx *ctx, const struct web_request *request, const struct room *room,
                          struct room_screen_view *view)
{
    struct buf path BUF_SCOPE = BUF_INIT(QR_PATH_MAX);
    struct str to = str_format(ctx->arena, "%s://%.*s/games/room/%.*s", request->is_secure ? "https" : "http",
                               STR_ARG(request->host), STR_ARG(room->code));
    view->squares = STR("");
    view->has_qr = room->step != ROOM_OVER && to.len <= QR_TEXT_MAX;
    if (!view->has_qr)
        return OK;
    TRY(qr_path(&path, to, &view->side));
    view->squares = str_copy(ctx->arena, buf_str(&path));
    return str_is_absent(view->squares) ? LIMIT : OK;
}

static enum status add_card(const struct room_seen *seen, struct room_screen_view *view)
{
    const struct room *room = &seen->room;
    struct text_arg votes[] = {NUMBER_ARG("votes", room_tally_count(&seen->tally, room_card(room)))};
    view->is_waiting = room->step == 0;
    view->is_asking = room_is_asking(room);
    view->is_turned = room_is_turned(room);
    view->is_over = room->step == ROOM_OVER;
    if (view->is_asking) {
        view->number = room_see_number(seen);
        view->line = room_see_card(seen)->line;
        view->voted = text_with(seen->ctx->arena, seen->ctx->language, T_games_room_voted, votes, 1);
    }
    if (view->is_over)
        view->sum = room_see_sum(seen);
    if (!view->is_turned)
        return OK;
    view->turned = room_see_turned(seen);
    return room_see_votes(seen, &view->votes);
}

enum status room_screen_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct room_visit visit;
    struct room_seen seen;
    TRY(room_come(ctx, request, response, request->params[0], &visit));
    if (visit.is_shut)
        return OK;
    TRY(room_see(ctx, &visit.room, &seen));
    struct room_screen_view view = {
        .title = text_of(ctx->language, visit.room.game->title), .code = visit.room.code,
        .address = str_format(ctx->arena, "%.*s/games/room", STR_ARG(request->host)), .step = room_see_step(&seen),
        .event = room_see_event(&seen), .players = room_see_players(&seen),
        .self = web_go_on(ctx, request,
                          str_format(ctx->arena, "/games/room/%.*s/screen", STR_ARG(visit.room.code)))};
    TRY(add_card(&seen, &view));
    TRY(add_qr(ctx, request, &visit.room, &view));
    page_begin(&page, ctx, request, response);
    room_screen_html(&page.html, &view);
    struct page_head head = games_head(view.title);
    return page_end(&page, &head);
}
