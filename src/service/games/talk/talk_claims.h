/* The claims of an answer as game 0 shows them, whoever answered: what was said, and what the register says of it. */
#ifndef SERVICE_GAMES_TALK_CLAIMS_H
#define SERVICE_GAMES_TALK_CLAIMS_H

#include "core/ctx.h"
#include "language/model/claim.h"
#include "service/games/talk/games_claims_html.h"

struct talk_claims {
    struct claim at[CLAIMS_MAX];
    size_t count;
};

/* "Postal code 45500. 80% sure."; `sure`: the model's own probability of what it names for each field; NULL: not
 * told. */
struct str talk_claims_field(struct ctx *ctx, enum measure_field field, struct str value, const float *sure);
/* LIMIT: the arena is full. */
MUST_USE enum status talk_claims_view(struct ctx *ctx, const struct talk_claims *claims, const float *sure,
                                      struct games_claims_view *ret_view);
/* How many were judged so. */
int64_t talk_claims_count(const struct talk_claims *claims, enum measure_verdict verdict);

#endif
