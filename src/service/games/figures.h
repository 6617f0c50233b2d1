/* Figures are what the words of a game count: communes of the register, communes that nano read. They come from the
 * table and the deck whenever the words are said, so no sentence holds a number that could grow old. */
#ifndef SERVICE_GAMES_FIGURES_H
#define SERVICE_GAMES_FIGURES_H

#include "core/page.h"

/* A rule, a check, any words of a game (game.h), with its figures filled in: {communes}, {read} (arena). */
MUST_USE enum status figures_say(struct ctx *ctx, enum text_key key, struct str *ret_text);

#endif
