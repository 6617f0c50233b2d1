/* How a machine cuts words: the pieces of the shipped model petit, read from its file without its weights.
 *
 * Read for each request that wants them: 1,024 short texts, a fraction of a millisecond. */
#ifndef SERVICE_GAMES_CUT_H
#define SERVICE_GAMES_CUT_H

#include "core/ctx.h"
#include "language/model/pieces.h"

enum { CUT_TEXT_MAX = 120 /* bytes of a text to be cut */, CUT_LETTERS = 26 };

struct cut_piece {
    struct str text; /* a slice of what was cut */
    uint16_t number; /* PIECES_UNKNOWN: a letter the machine never saw */
};

/* CORRUPT: what was shipped is damaged. In ctx->arena. */
MUST_USE enum status cut_open(struct ctx *ctx, struct pieces *ret_pieces);
/* The pieces of a text, from left to right; `cut` has room for CUT_TEXT_MAX. LIMIT: a longer text. */
MUST_USE enum status cut_text(const struct pieces *pieces, struct str text, struct cut_piece cut[CUT_TEXT_MAX],
                              size_t *ret_count);

/* Letters a to z in a text, capitals and accents apart; returns how many letters in all. */
int64_t cut_letters(struct str text, int64_t counts[CUT_LETTERS]);

#endif
