/* An example is a question that a town's texts answer, shown to whoever does not know what to ask.
 *
 * A few that people ask everywhere, where they are answered here, and then titles of the town's own texts. Questions
 * are French, as the texts are. Finding them asks up to eight whole questions: so they are kept, in the town's memory
 * and for each kind of reader, until a text or a library changes. */
#ifndef SERVICE_ASSISTANT_EXAMPLE_H
#define SERVICE_ASSISTANT_EXAMPLE_H

#include "core/ctx.h"

enum { EXAMPLE_SLOT = 15, EXAMPLES_MAX = 3, EXAMPLE_TITLES_MAX = 5 /* that are tried */ };

/* None while the texts are still being read. Texts live in ctx->arena. */
MUST_USE enum status example_find(struct ctx *ctx, struct str questions[EXAMPLES_MAX], size_t *ret_count);
/* Accepts a town where none were found. */
void example_close(struct town *town);

#endif
