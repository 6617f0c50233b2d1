/* What was dealt lately: the cards of a game and a seed, kept where drawing them anew would cost much. A room draws at
 * each request of each player.
 *
 * Invariants: an entry is of one game, one seed, one language and one state of what the cards were drawn from, and is
 * never dealt for another; DEALT_MAX entries at most, the one that was dealt longest ago gives way. Lives in the town's
 * memory (machine.h) until dealt_forget. */
#ifndef SERVICE_GAMES_DEALT_H
#define SERVICE_GAMES_DEALT_H

#include "service/games/game.h"

enum { DEALT_MAX = 24, DEALT_BYTES_MAX = 256 << 10 /* texts of one entry; what has more is not kept */ };

struct dealt_key {
    const struct game *game;
    int64_t seed, state; /* state: 0 where nothing but the program is drawn from */
    enum language language;
};

struct dealt {
    struct dealt_key key;
    struct arena *texts; /* NULL: empty */
    struct game_card cards[GAME_CARDS];
    uint64_t used;
};

struct dealt_memory {
    struct dealt entries[DEALT_MAX];
    uint64_t uses;
};

/* Copies into the arena. NOT_FOUND: not kept, or not any more. LIMIT: the arena is full. */
MUST_USE enum status dealt_find(struct dealt_memory *memory, const struct dealt_key *key, struct arena *arena,
                                struct game_card ret_cards[GAME_CARDS]);
void dealt_keep(struct dealt_memory *memory, const struct dealt_key *key, const struct game_card cards[GAME_CARDS]);
/* The cards of a key: dealt again, or drawn and kept. As the draw. */
MUST_USE enum status dealt_draw(struct ctx *ctx, const struct dealt_key *key, game_draw *draw,
                                struct game_card ret_cards[GAME_CARDS]);
/* Accepts an empty one. */
void dealt_forget(struct dealt_memory *memory);

#endif
