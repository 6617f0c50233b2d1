/* A net is the numbers of one llama-shaped transformer: its sizes, and one run of floats that holds every weight.
 *
 * RMSNorm, rotary positions, SwiGLU, and one table for tokens both ways (tied embeddings). Invariants: sizes pass
 * net_is_possible before any memory is asked for; a place within the run depends on the sizes alone. Owns nothing: the
 * floats live in the arena or the struct of whoever keeps the net. */
#ifndef LANGUAGE_MODEL_NET_H
#define LANGUAGE_MODEL_NET_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/seeded.h"
#include "base/status.h"
#include "language/model/kernel.h"

enum {
    NET_WIDTH_MAX = 1024,
    NET_LAYERS_MAX = 32,
    NET_HIDDEN_MAX = 4096,
    NET_VOCABULARY_MAX = 4096,
    NET_CONTEXT_MAX = KERNEL_DEPTH_MAX,
    NET_WEIGHTS_MAX = 64 << 20,
    NET_WIDTH_STEP = 32, /* width, head and hidden are multiples: Q8_0 has blocks of 32 */
};

struct net_size {
    size_t vocabulary, width, layers, heads, hidden, context;
};

/* Where a layer's weights begin; each matrix has a row for each of its results. */
struct net_layer {
    size_t norm1;  /* width */
    size_t inward; /* 3 * width rows of width: queries, keys, values */
    size_t onward; /* width rows of width */
    size_t norm2;  /* width */
    size_t gate;   /* 2 * hidden rows of width: gate, up */
    size_t down;   /* width rows of hidden */
};

struct net {
    struct net_size size;
    size_t count;  /* of weights */
    float *weight; /* aligned to 32 bytes; the token table stands first */
};

bool net_is_possible(const struct net_size *size);
/* How many weights; the sizes are possible. */
size_t net_count(const struct net_size *size);
struct net_layer net_layer(const struct net_size *size, size_t layer);
size_t net_last_norm(const struct net_size *size);
/* Width of a row of logits: the vocabulary, rounded up to whole lanes. */
size_t net_logits_width(const struct net_size *size);

/* A net of zeros. INVALID: impossible sizes. LIMIT: the arena is full. */
MUST_USE enum status net_create(struct arena *arena, const struct net_size *size, struct net *ret_net);
/* Norms 1, matrices normal with deviation 0.02, less where a layer adds to what passes by. Same seed, same net. */
void net_begin(struct net *net, uint64_t seed);

/* `count` floats aligned to 32 bytes, zeroed; NULL: the arena is full. */
float *net_floats(struct arena *arena, size_t count);

/* Angles of the rotary positions, for `positions` rows of one head: what turn() of the kernel takes. */
void net_angles(size_t positions, size_t head_width, float *same, float *cross);

#endif
