/* A kernel is one set of the inner loops, for one set of instructions: matrix products and what is done to rows.
 *
 * Why a table: the fastest loops for this processor are chosen while the program runs. Invariants: every sum runs in an
 * order that the sizes alone decide, and where the processor multiplies and adds in one step, each element of a product
 * is the same whatever the width of its registers. Matrices are rows of floats; widths of rows are multiples of 8. */
#ifndef LANGUAGE_MODEL_KERNEL_H
#define LANGUAGE_MODEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    KERNEL_LANES = 8,
    KERNEL_DEPTH_MAX = 256, /* of a banded product: all of it lies in one block */
};

/* Which part of a product of square matrices is not zero: attention looks back only. */
enum kernel_band {
    KERNEL_FULL,
    KERNEL_LOWER,      /* of the result: what lies above the diagonal may be left as it was */
    KERNEL_LOWER_LEFT, /* the left factor is zero above its diagonal */
    KERNEL_UPPER_LEFT, /* the left factor is zero below its diagonal */
};

/* out[r][c] = sum over d of left[r * left_row + d * left_depth] * right[d * right_depth + c * right_column], plus what
 * was there when is_added. */
struct kernel_product {
    size_t rows, columns, depth;
    const float *left;
    size_t left_row, left_depth;
    const float *right;
    size_t right_depth, right_column;
    float *out;
    size_t out_row;
    bool is_added;
    enum kernel_band band;
};

/* Rows of a matrix at a time. */
struct kernel_norm {
    size_t rows, width;
    const float *x, *weight;
    float *out;     /* x / root mean square, times weight */
    float *inverse; /* 1 / root mean square of each row */
};
struct kernel_norm_back {
    size_t rows, width;
    const float *x, *weight, *inverse, *d_out;
    float *d_x, *d_weight; /* added to */
};
struct kernel_adam {
    float *weight, *first, *second;
    const float *gradient;
    float rate, decay, scale; /* scale: what clips the gradient */
    float beta1, beta2, correct1, correct2;
};

struct kernel {
    const char *name;
    /* room: kernel_room floats, aligned to 32 bytes. */
    void (*multiply)(const struct kernel_product *product, float *room);
    /* out[r] = sum over d of matrix[r * depth + d] * x[d]: one token at a time. */
    void (*apply)(const float *matrix, const float *x, size_t rows, size_t depth, float *out);
    /* out[i] = sum over r of weights[r] * matrix[r * width + i]: what one token gathers from those before. */
    void (*gather)(const float *weights, const float *matrix, size_t rows, size_t width, float *out);
    void (*norm)(const struct kernel_norm *norm);
    void (*norm_back)(const struct kernel_norm_back *norm);
    /* Turns pairs of a row by angles: x = x * same + (x with neighbours swapped) * cross * sign. */
    void (*turn)(float *x, const float *same, const float *cross, size_t width, float sign);
    /* Softmax of scale * the first `count` of a row in place; the rest of `width` becomes 0. */
    void (*soften)(float *row, size_t count, size_t width, float scale);
    /* d_row, of the softened, becomes that of the scores, in place. */
    void (*soften_back)(const float *row, float *d_row, size_t count, size_t width, float scale);
    /* Rows of 2 * width, gate then up: out = silu(gate) * up. */
    void (*gate)(const float *both, float *out, size_t rows, size_t width);
    void (*gate_back)(const float *both, const float *d_out, float *d_both, size_t rows, size_t width);
    /* A row of `count` logits, room for a multiple of 8, becomes scale * (softmax - one at target): -log p(target). */
    double (*surprise)(float *row, size_t count, size_t target, float scale);
    void (*adam)(const struct kernel_adam *adam, size_t from, size_t to);
    /* sum[i] = the parts at i, added in order; returns the sum of squares. */
    double (*reduce)(float *sum, const float *const *parts, size_t part_count, size_t from, size_t to);
};

/* The best one of this processor; and one that every processor has, for comparison. */
const struct kernel *kernel_best(void);
const struct kernel *kernel_plain(void);

/* Floats of room that a product of that many rows may need. */
size_t kernel_room(size_t rows);

#endif
