/* An example is a question that a town's texts answer, shown to whoever does not know what to ask.
 *
 * A few that people ask everywhere, where they are answered here, and then titles of the town's own texts. Questions
 * are French, as the texts are. */
#ifndef SERVICE_ASSISTANT_EXAMPLE_H
#define SERVICE_ASSISTANT_EXAMPLE_H

#include "core/ctx.h"

enum { EXAMPLES_MAX = 3, EXAMPLE_TITLES_MAX = 5 /* that are tried */ };

/* None while the texts are still being read. */
MUST_USE enum status example_find(struct ctx *ctx, struct str questions[EXAMPLES_MAX], size_t *ret_count);

#endif
