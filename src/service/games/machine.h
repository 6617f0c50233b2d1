/* A machine is a shipped model that a town's games play with: nano goes on letter by letter, petit in pieces, moyen
 * talks.
 *
 * Each is read when first asked for and lives in the town's slot until machine_close; what it says comes with exact
 * probabilities (language/model/speaker.h). */
#ifndef SERVICE_GAMES_MACHINE_H
#define SERVICE_GAMES_MACHINE_H

#include "core/ctx.h"
#include "language/model/shipped.h"
#include "language/model/speaker.h"
#include "language/model/table.h"
#include "service/games/deck.h"

enum { GAMES_SLOT = 11, MACHINE_TEXT_MAX = 120 /* letters written so far, in bytes */,
       MACHINE_SURE = 60 /* per cent: below, it is said to hesitate */ };

struct dealt_memory;
struct witness_memory;
struct wordings;
struct nowhere;
struct meals;

enum machine_kind { MACHINE_NANO, MACHINE_PETIT, MACHINE_MOYEN, MACHINES };

struct machine {
    struct shipped_model shipped;
    struct deck deck;
    struct model model;
    struct speaker *speaker;
};

struct str machine_name(enum machine_kind kind);
/* NOT_FOUND: none of that name. */
MUST_USE enum status machine_named(struct str name, enum machine_kind *ret_kind);

/* CORRUPT: what was shipped is damaged. A turn of moyen is for the role model to say (talk_ask.h). */
MUST_USE enum status machine_get(struct ctx *ctx, enum machine_kind kind, struct machine **ret_machine);
/* Its cards alone, without the model. */
MUST_USE enum status machine_deck(struct ctx *ctx, enum machine_kind kind, const struct deck **ret_deck);
/* The communes of France, read once: what is true. */
MUST_USE enum status machine_table(struct ctx *ctx, const struct table **ret_table);
/* The first MACHINE_HASH_LETTERS of the shipped file's SHA-256, in hexadecimal: which machine a printed sheet is of.
 * NOT_FOUND: none of that name. */
enum { MACHINE_HASH_LETTERS = 16 };
MUST_USE enum status machine_hash(struct ctx *ctx, struct str name, struct str *ret_hash);
/* What moyen answered to the same questions in five wordings (wordings.h), read once. */
MUST_USE enum status machine_wordings(struct ctx *ctx, const struct wordings **ret_wordings);
/* What moyen answered about places that are none (nowhere.h), and nano after five meals (meals.h), read once. */
MUST_USE enum status machine_nowhere(struct ctx *ctx, const struct nowhere **ret_nowhere);
MUST_USE enum status machine_meals(struct ctx *ctx, const struct meals **ret_meals);
/* Has the town's process read the model itself, so that it might say something? */
bool machine_is_read(const struct town *town, enum machine_kind kind);
/* What the model of the town's choice said to the games lately (trial/witness.h), made when first asked for. */
MUST_USE enum status machine_witness(struct ctx *ctx, struct witness_memory **ret_memory);
/* The cards dealt lately that are drawn at some cost (dealt.h), made when first asked for. */
MUST_USE enum status machine_dealt(struct ctx *ctx, struct dealt_memory **ret_memory);
/* Accepts a town without one. */
void machine_close(struct town *town);

/* The machine hears a text as the beginning of a line; machine->speaker goes on from there. LIMIT: it is too long. */
MUST_USE enum status machine_hear(struct machine *machine, struct str text);
/* After a text: every next letter with its probability at this temperature, the likeliest first (arena). LIMIT: the
 * text is too long. */
MUST_USE enum status machine_next(struct ctx *ctx, struct machine *machine, struct str text, float temperature,
                                  struct sampler_choice **ret_choices, size_t *ret_count);

#endif
