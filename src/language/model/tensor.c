#include "language/model/tensor.h"

#include <math.h>
#include <stdio.h>

enum { PER_LAYER = 9, BESIDES = 2 };

size_t tensor_count(const struct net_size *size)
{
    return size->layers * PER_LAYER + BESIDES;
}

static struct tensor tensor_of_layer(const struct net_size *size, size_t layer, size_t number)
{
    struct net_layer at = net_layer(size, layer);
    size_t width = size->width, square = width * width, hidden = size->hidden;
    const struct tensor tensors[PER_LAYER] = {
        {"attn_norm", TENSOR_NORM1, layer, at.norm1, 1, width},
        {"attn_q", TENSOR_QUERY, layer, at.inward, width, width},
        {"attn_k", TENSOR_KEY, layer, at.inward + square, width, width},
        {"attn_v", TENSOR_VALUE, layer, at.inward + 2 * square, width, width},
        {"attn_output", TENSOR_ONWARD, layer, at.onward, width, width},
        {"ffn_norm", TENSOR_NORM2, layer, at.norm2, 1, width},
        {"ffn_gate", TENSOR_GATE, layer, at.gate, hidden, width},
        {"ffn_up", TENSOR_UP, layer, at.gate + hidden * width, hidden, width},
        {"ffn_down", TENSOR_DOWN, layer, at.down, width, hidden},
    };
    struct tensor tensor = tensors[number];
    snprintf(tensor.name, sizeof tensor.name, "blk.%zu.%s.weight", layer, tensors[number].name);
    return tensor;
}

struct tensor tensor_of(const struct net_size *size, size_t number)
{
    if (number == 0)
        return (struct tensor){"token_embd.weight", TENSOR_TABLE, 0, 0, size->vocabulary, size->width};
    if (number == 1)
        return (struct tensor){"output_norm.weight", TENSOR_LAST_NORM, 0, net_last_norm(size), 1, size->width};
    return tensor_of_layer(size, (number - BESIDES) / PER_LAYER, (number - BESIDES) % PER_LAYER);
}

float tensor_at(const struct net *net, const struct tensor *tensor, size_t row, size_t column)
{
    return net->weight[tensor->from + row * tensor->columns + column];
}

struct tensor_figures tensor_figures(const struct net *net, const struct tensor *tensor, size_t row, size_t column,
                                     size_t rows, size_t columns)
{
    struct tensor_figures figures = {.least = HUGE_VAL, .most = -HUGE_VAL};
    double sum = 0, squares = 0, count = (double)(rows * columns);
    for (size_t r = row; r < row + rows; r++)
        for (size_t c = column; c < column + columns; c++) {
            double value = (double)tensor_at(net, tensor, r, c);
            figures.least = value < figures.least ? value : figures.least;
            figures.most = value > figures.most ? value : figures.most;
            sum += value;
            squares += value * value;
        }
    figures.mean = sum / count;
    figures.usual = sqrt(squares / count);
    return figures;
}
