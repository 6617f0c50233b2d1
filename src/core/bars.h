/* Bars are a table of amounts with a bar beneath each name: the table says all, the bars are for the eye alone.
 *
 * Why here: every service that shows how a sum is made up shows it alike, without script, at any width, on paper and in
 * forced colours. Invariants: the longest bar is the whole width; an amount below zero has no bar; shares are of the
 * sum, and are left out where it is not above zero. */
#ifndef CORE_BARS_H
#define CORE_BARS_H

#include "core/bars_html.h"
#include "core/page.h"

struct bar {
    struct str name, note; /* note: in small beneath it; "" for none */
    struct str path;       /* where its name leads; "" for nowhere */
    struct str tag;        /* a word beside it; "" for none */
    struct money money;
};

struct bars_words {
    struct str id;                     /* of the caption, alone on its page */
    struct str caption, head, total;   /* total: the name of the last row */
    struct str head_amount, head_share;
};

/* In the order given; arena. LIMIT: the sum is above MONEY_MAX. */
MUST_USE enum status bars_make(struct ctx *ctx, const struct bars_words *words, const struct bar *bars, size_t count,
                               struct bars_view *ret_view);
/* "12,3 %" of the whole, halves away from zero; "" where that is not above zero. */
struct str bars_share(struct ctx *ctx, struct money part, struct money whole);

#endif
