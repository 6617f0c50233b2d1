/* A sheet is what is printed of a game, as parts of a PDF: what its leader needs, the cards to cut out, a certificate.
 *
 * The leader's sheet alone suffices to play: aim, script, debate, and each card with its answer and where that comes
 * from. Cards bear no answer. A certificate says what was practised, gives no rank, and has a line for a name that
 * nobody keeps. The same game, seed and machine give the same bytes. */
#ifndef SERVICE_GAMES_SHEET_H
#define SERVICE_GAMES_SHEET_H

#include "document/pdf.h"
#include "service/games/paper/paper.h"

struct sheet {
    struct ctx *ctx;
    struct pdf *pdf;
    struct str origin; /* "http://beauval.localhost:8080" */
    int level;         /* of a game's heading: 1, or 2 within a workshop */
};

/* NOT_FOUND: what is printed needs fonts that this machine has not (refused with its sentence). */
MUST_USE enum status sheet_begin(struct ctx *ctx, const struct web_request *request, struct str title,
                                 struct str footer, struct sheet *ret_sheet);
/* What such a file is, as an answer. */
void sheet_answer(struct web_response *response);
/* The file as the answer. */
MUST_USE enum status sheet_end(const struct sheet *sheet, struct web_response *response);

/* Headings below that of the game: title or part, aim to debate, and the table of answers. `paper` NULL: the game has
 * no cards here, and the sheet says so. */
MUST_USE enum status sheet_animator(const struct sheet *sheet, const struct game *game, int64_t seed,
                                    const struct paper *paper);
MUST_USE enum status sheet_cards(const struct sheet *sheet, const struct game *game, const struct paper *paper);
/* Of a game that opens with its bench, behind the above: the ten cards that a screen or a room plays (paper_drawn):
 * their answers, or they themselves. */
MUST_USE enum status sheet_screen_key(const struct sheet *sheet, const struct paper *drawn);
MUST_USE enum status sheet_screen_cards(const struct sheet *sheet, const struct paper *drawn);
MUST_USE enum status sheet_certificate(const struct sheet *sheet, const struct game *game, int64_t seed);

/* For a workshop: parts of the above, and a text's lines as a list. */
MUST_USE enum status sheet_unplugged(const struct sheet *sheet, const struct game *game);
MUST_USE enum status sheet_debate(const struct sheet *sheet, const struct game *game);
MUST_USE enum status sheet_key(const struct sheet *sheet, const struct paper *paper);
MUST_USE enum status sheet_replay(const struct sheet *sheet, const struct game *game, int64_t seed);
MUST_USE enum status sheet_list(const struct sheet *sheet, enum pdf_list_kind kind, enum text_key lines);

#endif
