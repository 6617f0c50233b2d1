/* A paper is what of a game is cut out and played without a screen: cards, what to vote with, and, for whoever leads
 * alone, what to ask and what is right.
 *
 * Of most games these are the ten cards as a seed draws them; a game that opens with its bench makes what that
 * can be played with, and none is empty. The same seed gives the same paper. Texts lie in the arena of the ctx. */
#ifndef SERVICE_GAMES_PAPER_H
#define SERVICE_GAMES_PAPER_H

#include "service/games/game.h"

enum { PAPER_CARDS_MAX = 24, PAPER_VOTES_MAX = 6, PAPER_TEXT_MAX = 4000 /* bytes of one text */ };

struct paper_card {
    struct str big, small; /* small absent: title, number and seed of the game */
};
struct paper_key {
    struct str asked, answer;
    struct str source; /* where the answer comes from, as far as it is its own */
};
struct paper {
    struct paper_card cards[PAPER_CARDS_MAX];
    struct paper_key keys[PAPER_CARDS_MAX];
    struct str votes[PAPER_VOTES_MAX];
    size_t card_count, key_count, vote_count;
    struct str source; /* how the sources of all keys end, said once; "": they have no end in common */
};

/* NOT_FOUND: a town without sources has no cards of game 10. */
MUST_USE enum status paper_of(struct ctx *ctx, const struct game *game, int64_t seed, struct paper *ret_paper);

/* The ten cards of the seed, though the game has a paper of its own. As above. */
MUST_USE enum status paper_drawn(struct ctx *ctx, const struct game *game, int64_t seed, struct paper *ret_paper);

/* For those who make one; before a colon and its kin a blank becomes one that does not break. LIMIT: it is full, or a
 * text is absent, which a full arena gave. */
MUST_USE enum status paper_add_card(struct paper *paper, struct str big, struct str small);
MUST_USE enum status paper_add_key(struct paper *paper, struct str asked, struct str answer,
                                   struct str source);
MUST_USE enum status paper_add_vote(struct paper *paper, struct str vote);

/* Ten drawn cards, their answers, and the ends of the game's slider to vote with. */
MUST_USE enum status paper_add_drawn(struct ctx *ctx, const struct game *game, const struct game_card cards[GAME_CARDS],
                                     struct paper *paper);

/* talk_paper.c, feed_paper.c, label_paper.c, village_game.c */
game_paper paper_talk, paper_feed, paper_hands, paper_village;

#endif
