/* A deck is what a shipped model says of the communes it was trained on, beside what the register says: true cards and
 * invented ones of exactly the same form.
 *
 * Made by `model evaluate --deck` (language/model/shipped/nano.csv); truth is the table alone. Slices point into the
 * program. */
#ifndef SERVICE_GAMES_DECK_H
#define SERVICE_GAMES_DECK_H

#include "base/arena.h"
#include "base/str.h"
#include "service/games/game.h"

enum { DECK_CARDS_MAX = 2000, DECK_FIELDS = 3 };

enum deck_field { DECK_DEPARTMENT, DECK_POSTAL_CODE, DECK_POPULATION };

struct deck_card {
    struct str code, name, department, department_name, postal_codes, population;
    struct str said;            /* "Loiret (45), 45130, 8190 hab." */
    int64_t seen;               /* how often the model read it */
    bool is_true[DECK_FIELDS];  /* what it says there is in the register */
    bool is_false[DECK_FIELDS]; /* it is not; neither: it says nothing that can be judged */
    int sure[DECK_FIELDS];      /* its own probability of these bytes, per cent */
};

struct deck {
    struct deck_card *cards;
    size_t count;
};

/* "Olivet : Loiret (45), 45160, 23507 hab.": the register's line, with these postal codes. */
struct str deck_line(struct arena *arena, const struct deck_card *card, struct str postal_codes);

/* Does it say "Loiret (45), 45130, 8190 hab."? A line of another form would tell that it is invented. */
bool deck_is_formed(const struct deck_card *card);

/* "0.999" in per cent, cut off. */
int deck_per_cent(struct str text);

/* CORRUPT: not a deck. */
MUST_USE enum status deck_read(struct arena *arena, struct str csv, struct deck *ret_deck);

/* A card on the table: the line shown, and whether it stands in the register. */
struct deck_drawn {
    const struct deck_card *card;
    bool is_true;
    struct str line; /* "Olivet : Loiret (45), 45160, 23507 hab." */
};

/* GAME_CARDS cards, half of them true, in the order that the seed gives: the same seed, the same cards. */
MUST_USE enum status deck_draw(const struct deck *deck, struct arena *arena, uint64_t seed,
                               struct deck_drawn ret_drawn[GAME_CARDS]);

/* "The postal code is wrong: this commune has 45160." (card_game.c) */
struct str game_wrong(struct ctx *ctx, const struct deck_card *card, enum deck_field field);
/* The register's line of this commune, and where it is from. */
struct str game_register_source(struct ctx *ctx, const struct deck_card *card);
/* What the machine says of the card's commune, field by field, with its probability. */
void game_add_thoughts(struct ctx *ctx, const struct deck_card *card, struct game_card *to);

#endif
