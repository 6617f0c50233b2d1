/* A machine is the shipped model that a town's games play with: read once, asked letter by letter.
 *
 * Lives in the town's slot until games_close; its letters are exact probabilities (language/model/speaker.h). */
#ifndef SERVICE_GAMES_MACHINE_H
#define SERVICE_GAMES_MACHINE_H

#include "core/ctx.h"
#include "language/model/speaker.h"
#include "service/games/deck.h"

enum { GAMES_SLOT = 11, MACHINE_TEXT_MAX = 120 /* letters written so far, in bytes */ };

struct machine {
    struct arena *arena;
    struct deck deck;
    struct model model;
    struct speaker *speaker;
};

/* CORRUPT: what was shipped is damaged. */
MUST_USE enum status machine_get(struct ctx *ctx, struct machine **ret_machine);
/* Accepts a town without one. */
void machine_close(struct town *town);

/* The machine hears a text as the beginning of a line; machine->speaker goes on from there. LIMIT: it is too long. */
MUST_USE enum status machine_hear(struct machine *machine, struct str text);
/* After a text: every next letter with its probability at this temperature, the likeliest first (arena). LIMIT: the
 * text is too long. */
MUST_USE enum status machine_next(struct ctx *ctx, struct machine *machine, struct str text, float temperature,
                                  struct sampler_choice **ret_choices, size_t *ret_count);

#endif
