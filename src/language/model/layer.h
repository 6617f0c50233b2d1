/* A layer is one step of a pass and its way back: attention, and the gated pair of matrices.
 *
 * Each takes rows that were normed and adds to what passes by. Each way back adds to the gradient of what came in, and
 * writes that of its own weights. Tested against finite differences, weight by weight (pass_test.c). */
#ifndef LANGUAGE_MODEL_LAYER_H
#define LANGUAGE_MODEL_LAYER_H

#include "language/model/pass.h"

/* out = in * matrix transposed (added where is_added): `rows` rows of `depth` become rows of `columns`. */
void layer_project(const struct pass *pass, const float *in, size_t depth, const float *matrix, size_t columns,
                   float *out, bool is_added);
/* d_in = d_out * matrix, and d_matrix = d_out transposed * in. `out_step` is the width of a row of d_out. */
struct layer_back {
    const float *in, *matrix, *d_out;
    size_t depth, columns, out_step;
    float *d_in, *d_matrix;
};
void layer_project_back(const struct pass *pass, const struct layer_back *back);

/* Turns queries and keys of rows by their position; sign -1 turns back. */
void layer_turn(const struct pass *pass, const struct net_size *size, float *inward, float sign);

/* inward (turned) -> seen, mixed. */
void layer_attend(const struct pass *pass, const struct net_size *size, const struct pass_layer *layer);
/* d_mixed -> d_inward (still turned), all of it written. */
void layer_attend_back(const struct pass *pass, const struct net_size *size, const struct pass_layer *layer);

#endif
