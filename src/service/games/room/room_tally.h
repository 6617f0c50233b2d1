/* A tally is what a room said: its votes as rows give them, and what they come to. Pure but for the reading.
 *
 * A hand says which side, not how sure: it counts as HAND_SURE that the side is right. */
#ifndef SERVICE_GAMES_ROOM_TALLY_H
#define SERVICE_GAMES_ROOM_TALLY_H

#include "service/games/room/room.h"
#include "service/games/round.h"

enum { ROOM_BINS = 5, HAND_SURE = 75 };

struct room_said {
    int card, sure;
    int64_t player;
};

struct room_tally {
    struct room_said *said;
    size_t count;
    int64_t hands[GAME_CARDS][ROOM_HANDS];
};

MUST_USE enum status room_tally(struct ctx *ctx, const struct room *room, struct room_tally *ret_tally);

/* Votes and hands for a card. */
int64_t room_tally_count(const struct room_tally *tally, int card);
/* On any card. */
bool room_tally_has_voted(const struct room_tally *tally, int64_t player);
/* ROUND_SKIPPED: none. */
int room_tally_vote(const struct room_tally *tally, int64_t player, int card);

/* How a card was judged. */
struct room_judged {
    int64_t bins[ROOM_BINS]; /* 0-19, 20-39, 40-60, 61-80, 81-100: the same width on both sides of not knowing */
    int64_t all, right, unsure; /* unsure: at 50 exactly */
};
struct room_judged room_tally_card(const struct room_tally *tally, int card, bool is_true);

/* A player's round: as many moves as cards were turned. */
struct round room_tally_round(const struct room_tally *tally, const struct room *room, int64_t player);
/* The room's, over all votes and hands on turned cards; `played` counts these. */
struct round_sum room_tally_sum(const struct room_tally *tally, const struct room *room,
                                const struct game_card cards[GAME_CARDS]);

#endif
