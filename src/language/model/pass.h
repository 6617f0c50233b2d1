/* A pass runs some sequences of tokens through a net, and back: the loss, and its exact gradient for every weight.
 *
 * Invariants: all sequences are as long as the context; a gradient depends on net and tokens alone, never on what the
 * scratch held before. A struct pass is the scratch of one worker, made once in an arena. */
#ifndef LANGUAGE_MODEL_PASS_H
#define LANGUAGE_MODEL_PASS_H

#include "language/model/net.h"

enum { PASS_SEQUENCES_MAX = 64 };

/* What a layer remembers on the way there for the way back; tokens are rows. */
struct pass_layer {
    float *x, *normed1, *inverse1;
    float *inward;  /* queries, keys (both turned), values */
    float *seen;    /* the softened scores: sequences * heads squares of context */
    float *mixed;   /* what attention gathered */
    float *between, *normed2, *inverse2;
    float *gated, *acted;
};

struct pass {
    const struct kernel *kernel;
    size_t sequences, context, rows; /* rows = sequences * context */
    struct pass_layer *layers;
    float *x_last, *normed, *inverse, *logits;
    float *same, *cross; /* angles */
    float *d_x, *d_normed, *d_inward, *d_mixed, *d_seen, *d_gated, *d_acted;
    float *room;
};

MUST_USE enum status pass_create(struct arena *arena, const struct kernel *kernel, const struct net_size *size,
                                 size_t sequences, struct pass *ret_pass);

/* Of each sequence context + 1 tokens, all below the vocabulary: the mean of -log p of each but the first, over
 * `of_rows` predictions. The gradient of that same mean is written into `gradient`, laid out like the weights; NULL:
 * the loss alone. */
double pass_run(struct pass *pass, const struct net *net, const uint16_t *tokens, size_t of_rows, float *gradient);

#endif
