/* A round is a game of ten cards as a page's address holds it: the seed of its cards and the moves so far.
 *
 * It is a pure function of both: nothing is kept anywhere, the back button goes back, and a class that has the seed
 * plays the same cards. A move is how sure the player is that the slider's right end is right, 0 to 100. */
#ifndef SERVICE_GAMES_ROUND_H
#define SERVICE_GAMES_ROUND_H

#include "service/games/game.h"

enum { ROUND_SKIPPED = -1 };

struct round {
    int64_t seed;
    int moves[GAME_CARDS]; /* ROUND_SKIPPED: passed over */
    size_t count;
};

/* "30.85.x": moves with dots between; x was skipped. INVALID: not of that form, a move above 100, or too many. */
MUST_USE enum status round_read(struct str seed, struct str moves, struct round *ret_round);
/* The same with one move more, or as it is (`move` above 100). */
struct str round_moves(struct arena *arena, const struct round *round, int move);
enum { ROUND_NO_MOVE = 101 };

/* 100 for being sure and right, 75 for not knowing, 0 for being sure and wrong: 100 * (1 - Brier's squared distance).
 * Who says how sure they are expects most. */
int round_points(int move, bool is_true);

struct round_sum {
    int played, right, sure, points; /* cards; per cent of them judged rightly; mean sureness; mean points */
    bool is_well_doubted;            /* sureness within ten points of being right */
};
/* One opinion, so many times; then, once, sums become means. */
void round_sum_add(struct round_sum *sum, int move, int times, bool is_true);
void round_sum_end(struct round_sum *sum);
struct round_sum round_sum(const struct round *round, const struct game_card cards[GAME_CARDS]);

#endif
