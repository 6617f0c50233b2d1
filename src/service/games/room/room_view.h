/* What the desk, the screen and the players' pages of a room have in common. */
#ifndef SERVICE_GAMES_ROOM_VIEW_H
#define SERVICE_GAMES_ROOM_VIEW_H

#include "service/games/room/room_sum_html.h"
#include "service/games/room/room_tally.h"
#include "service/games/room/room_turned_html.h"
#include "service/games/room/room_votes_html.h"

/* A room as it stands: cards drawn again, votes read again. Before the first card `cards` is empty. */
struct room_seen {
    struct ctx *ctx;
    struct room room;
    struct game_card cards[GAME_CARDS];
    struct room_tally tally;
    size_t player_count;
    struct room_player *players;
};
MUST_USE enum status room_see(struct ctx *ctx, const struct room *room, struct room_seen *ret_seen);

/* The card at hand; only while one is shown or turned. */
const struct game_card *room_see_card(const struct room_seen *seen);
struct str room_see_number(const struct room_seen *seen);  /* "Card 3 of 10" */
struct str room_see_stamp(const struct room_seen *seen, int card);
struct str room_see_event(const struct room_seen *seen);   /* one sentence for each step, read aloud */
struct str room_see_players(const struct room_seen *seen); /* "Players in the room: 12" */
struct str room_see_step(const struct room_seen *seen);

struct room_turned_view room_see_turned(const struct room_seen *seen);
MUST_USE enum status room_see_votes(const struct room_seen *seen, struct room_votes_view *ret_view);
struct room_sum_view room_see_sum(const struct room_seen *seen);

/* Whoever comes with a code, and perhaps a player's token. */
struct room_visit {
    struct room room;
    struct room_player player;
    bool is_player, is_shut; /* is_shut: too many wrong codes came from there, and the response says so */
};
MUST_USE enum status room_come(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                               struct str code, struct room_visit *ret_visit);
/* The answer to too many tries. */
MUST_USE enum status room_say_shut(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                   enum text_key text);

#endif
