/* The machine opened: pages that show a shipped model as it is, its plan, its numbers, its neurons, its card and whose
 * work it rests on.
 *
 * What they have in common: which model, the way between them, numbers in words. Nothing on them is from memory: each
 * figure is read from the model, its card or its survey, or computed from them at the visit. */
#ifndef SERVICE_GAMES_OPENED_H
#define SERVICE_GAMES_OPENED_H

#include "core/page.h"
#include "service/games/machine.h"

enum opened_page { OPENED_PLAN, OPENED_NUMBERS, OPENED_NEURON, OPENED_CARD, OPENED_DATA, OPENED_AUTHORS, OPENED_PAGES };

/* The model that a request names ("model=moyen"), petit where it names none: as it was shipped, and made ready to work
 * (machine.h). NOT_FOUND: no such model. */
MUST_USE enum status opened_shipped(const struct web_request *request, struct shipped_model *ret_shipped);
MUST_USE enum status opened_machine(struct ctx *ctx, const struct web_request *request, struct machine **ret_machine);

/* page_begin, then crumbs, title and the way to the other pages; `model` is "" on pages of no one model. */
MUST_USE enum status opened_begin(struct page *page, struct ctx *ctx, const struct web_request *request,
                                  struct web_response *response, enum opened_page which,
                                  struct str model);
MUST_USE enum status opened_end(struct page *page, enum opened_page which);

/* "−12,85" with that many places behind the comma (arena). */
struct str opened_decimal(struct ctx *ctx, double value, int places);
/* A piece as it is shown: blanks and line ends by a sign. */
struct str opened_piece(struct ctx *ctx, struct str piece);

#endif
