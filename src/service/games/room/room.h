/* A room is one game that many play at once, a card at a time, led from a desk; nobody has an account.
 *
 * The room has a code of six letters; the desk and each player have a key in their address, of which a hash is kept.
 * Its state is one number, the step: 0 before the first card, then each card shown (odd) and turned (even), ROOM_OVER.
 * Cards are drawn again from game and seed whenever they are shown. A room lives ROOM_LIFE_MS, then a job wipes it;
 * where the town has no room left, one that was left alone gives way before. */
#ifndef SERVICE_GAMES_ROOM_H
#define SERVICE_GAMES_ROOM_H

#include "service/games/game.h"
#include "service/games/room/room_key.h"

enum {
    ROOM_PLAYERS_MAX = 40,
    ROOMS_MAX = 200, /* of a town, at once */
    ROOM_LIFE_MS = 24 * 3600 * 1000,
    ROOM_IDLE_MS = 3600 * 1000,     /* its desk not pressed: gives way in a full town, where nobody has joined */
    ROOM_LEFT_MS = 4 * 3600 * 1000, /* and where somebody has */
    ROOM_SILENT_MS = 3 * 60 * 1000, /* could vote and never did: gives way in a full room */
    ROOM_OVER = 2 * GAME_CARDS + 1,
};

struct room {
    int64_t id, seed;
    struct str code;
    const struct game *game;
    int step, turned; /* cards turned so far: the end may come early */
    struct instant made;
};

/* From 0; -1 before the first card and at the end. */
static inline int room_card(const struct room *room)
{
    return room->step == 0 || room->step == ROOM_OVER ? -1 : (room->step - 1) / 2;
}
static inline bool room_is_asking(const struct room *room)
{
    return room->step % 2 == 1 && room->step != ROOM_OVER;
}
static inline bool room_is_turned(const struct room *room)
{
    return room->step > 0 && room->step % 2 == 0;
}

/* A new room; *ret_key is its desk's (arena). LIMIT: ROOMS_MAX, and none gives way. INVALID: no such game, or it has no
 * cards. Else as its draw. */
MUST_USE enum status room_open(struct ctx *ctx, struct str slug, int64_t seed, struct room *ret_room,
                               struct str *ret_key);
/* By its code as people type it: case, blanks and hyphens are nothing. NOT_FOUND: there is none. */
MUST_USE enum status room_find(struct ctx *ctx, struct str code, struct room *ret_room);
/* By its desk's key. */
MUST_USE enum status room_at_desk(struct ctx *ctx, struct str key, struct room *ret_room);

/* One step on, or to the end. CONFLICT: pressed at another step than the room is at; nothing changed. */
enum room_press { ROOM_ON, ROOM_END };
MUST_USE enum status room_press(struct ctx *ctx, struct room *room, int64_t step, enum room_press press);

struct room_player {
    int64_t id;
    int tree; /* of the list games.room_trees, from 0 */
};

/* A player more; *ret_token is for its address. LIMIT: ROOM_PLAYERS_MAX, and nobody gives way. CONFLICT: the game is
 * over. */
MUST_USE enum status room_join(struct ctx *ctx, const struct room *room, struct str *ret_token);
/* NOT_FOUND: nobody of this room has that token. */
MUST_USE enum status room_player(struct ctx *ctx, const struct room *room, struct str token,
                                 struct room_player *ret_player);
MUST_USE enum status room_players(struct ctx *ctx, const struct room *room, struct room_player **ret_players,
                                  size_t *ret_count);

/* Who never voted is out, before the first card everybody; whoever is really there joins again. CONFLICT: as above. */
MUST_USE enum status room_free(struct ctx *ctx, const struct room *room);

/* How sure the player is of the card that is shown; may be changed until it is turned. CONFLICT: it is not shown (any
 * more). INVALID: not 0 to 100. */
MUST_USE enum status room_vote(struct ctx *ctx, const struct room *room, const struct room_player *player, int64_t card,
                               int64_t sure);

/* Hands raised for the card that is shown. As above; INVALID: not 0 to ROOM_HANDS_MAX. */
enum room_hand { ROOM_HAND_LOW, ROOM_HAND_UNSURE, ROOM_HAND_HIGH, ROOM_HANDS };
enum { ROOM_HANDS_MAX = 200 };
MUST_USE enum status room_hands(struct ctx *ctx, const struct room *room, int64_t step,
                                const int64_t hands[ROOM_HANDS]);

/* Room, players and votes are gone. */
MUST_USE enum status room_wipe(struct ctx *ctx, const struct room *room);
/* The job: wipes one room that has lived its day. NOT_FOUND: there is none. */
enum status room_sweep(struct ctx *ctx);

#endif
