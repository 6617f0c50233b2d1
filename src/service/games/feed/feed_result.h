/* What a machine knows that was fed: the page at the end of a training. */
#ifndef SERVICE_GAMES_FEED_RESULT_H
#define SERVICE_GAMES_FEED_RESULT_H

#include "service/games/feed/feed.h"

MUST_USE enum status feed_result_show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                      const struct feed_ask *ask, const struct feed_result *result,
                                      const struct frame *frame);
/* Of a bet: 100 when it is right, 0 when it is as far off as can be. */
int64_t feed_points(int64_t guess, int64_t known);

#endif
