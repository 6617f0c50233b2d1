/* A tensor is one matrix of a net by the name that model files give it: what a file lists and a page shows.
 *
 * Names are those of the architecture llama ("blk.0.ffn_gate.weight"). Invariants: the tensors of a net lie in its
 * weights without gap or overlap, so their sizes add up to net->count. */
#ifndef LANGUAGE_MODEL_TENSOR_H
#define LANGUAGE_MODEL_TENSOR_H

#include "language/model/net.h"

enum { TENSOR_NAME_MAX = 40 };

/* In the order of a pass: each layer has them all, but for the first and the last. */
enum tensor_part {
    TENSOR_TABLE, /* one row for each piece, on the way in and on the way out */
    TENSOR_NORM1,
    TENSOR_QUERY,
    TENSOR_KEY,
    TENSOR_VALUE,
    TENSOR_ONWARD,
    TENSOR_NORM2,
    TENSOR_GATE,
    TENSOR_UP,
    TENSOR_DOWN,
    TENSOR_LAST_NORM,
    TENSOR_PARTS,
};

struct tensor {
    char name[TENSOR_NAME_MAX];
    enum tensor_part part;
    size_t layer;
    size_t from, rows, columns; /* from: in net->weight; a row for each result */
};

/* Of all numbers of a window: usual is the root of the mean square, the usual distance from zero. */
struct tensor_figures {
    double least, mean, most, usual;
};

size_t tensor_count(const struct net_size *size);
/* The order of files: the table, the last norm, then layer by layer. */
struct tensor tensor_of(const struct net_size *size, size_t number);
float tensor_at(const struct net *net, const struct tensor *tensor, size_t row, size_t column);
/* Of `rows` rows from `row` on and `columns` columns from `column` on: at least one number, all within the tensor. */
struct tensor_figures tensor_figures(const struct net *net, const struct tensor *tensor, size_t row, size_t column,
                                     size_t rows, size_t columns);

#endif
