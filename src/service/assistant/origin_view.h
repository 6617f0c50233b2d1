/* An origin as pages show it: parts with their marks, and the share of each kind. */
#ifndef SERVICE_ASSISTANT_ORIGIN_VIEW_H
#define SERVICE_ASSISTANT_ORIGIN_VIEW_H

#include "service/assistant/assistant_part_html.h"
#include "service/assistant/assistant_shares_html.h"
#include "service/assistant/origin.h"

/* Does a part name where it stands? */
bool origin_has_place(const struct origin_part *part);
/* `number`: of the place on the page, whose anchor is `prefix` and it; nothing to a part without one. */
struct assistant_part_view origin_part_view(struct ctx *ctx, const struct origin_part *part, const char *prefix,
                                            size_t number);
/* Shares of all that is marked. */
struct assistant_shares_view origin_shares_view(struct ctx *ctx, const int64_t characters[ORIGIN_KINDS]);

#endif
