/* The loss curve of a training as a page shows it: points of a line, a sentence, a table of ten. */
#ifndef SERVICE_GAMES_FEED_CURVE_H
#define SERVICE_GAMES_FEED_CURVE_H

#include "service/games/feed/feed.h"

enum { FEED_TENTHS = 10 };

struct feed_curve {
    int64_t at[TRAINING_POINTS_MAX]; /* mean loss, in thousandths */
    size_t count;
};

/* CORRUPT: no numbers. */
MUST_USE enum status feed_curve_read(struct str text, struct feed_curve *ret_curve);
/* "0,41" or "0.41". */
struct str feed_loss(struct ctx *ctx, int64_t thousandths);
/* "0.00,3.51 1.01,20.1 ...", in a box of 100 by 42: four at the top, nothing at the bottom. */
struct str feed_curve_points(struct arena *arena, const struct feed_curve *curve);
/* What it means, with its first and its last point; of at least one. */
struct str feed_curve_text(struct ctx *ctx, const struct feed_curve *curve);

#endif
