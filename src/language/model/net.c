#include "language/model/net.h"

#include <math.h>

static const double ROTARY_BASE = 10000.0; /* the file says the same (model_file.c) */

bool net_is_possible(const struct net_size *size)
{
    bool is_within = size->vocabulary > 1 && size->vocabulary <= NET_VOCABULARY_MAX && size->width > 0 &&
                     size->width <= NET_WIDTH_MAX && size->layers > 0 && size->layers <= NET_LAYERS_MAX &&
                     size->heads > 0 && size->hidden > 0 && size->hidden <= NET_HIDDEN_MAX &&
                     size->context >= KERNEL_LANES && size->context <= NET_CONTEXT_MAX;
    return is_within && size->heads <= size->width && size->width % size->heads == 0 &&
           size->width / size->heads % KERNEL_LANES == 0 && size->width % NET_WIDTH_STEP == 0 &&
           size->hidden % NET_WIDTH_STEP == 0 && size->context % KERNEL_LANES == 0 &&
           net_count(size) <= NET_WEIGHTS_MAX;
}

static size_t layer_count(const struct net_size *size)
{
    return 2 * size->width + 4 * size->width * size->width + 3 * size->hidden * size->width;
}

size_t net_count(const struct net_size *size)
{
    return net_last_norm(size) + size->width;
}

size_t net_last_norm(const struct net_size *size)
{
    return size->vocabulary * size->width + size->layers * layer_count(size);
}

size_t net_logits_width(const struct net_size *size)
{
    return (size->vocabulary + KERNEL_LANES - 1) / KERNEL_LANES * KERNEL_LANES;
}

struct net_layer net_layer(const struct net_size *size, size_t layer)
{
    size_t from = size->vocabulary * size->width + layer * layer_count(size), square = size->width * size->width;
    struct net_layer places = {.norm1 = from, .inward = from + size->width};
    places.onward = places.inward + 3 * square;
    places.norm2 = places.onward + square;
    places.gate = places.norm2 + size->width;
    places.down = places.gate + 2 * size->hidden * size->width;
    return places;
}

float *net_floats(struct arena *arena, size_t count)
{
    float *at = arena_array(arena, float, count + KERNEL_LANES);
    if (at == NULL)
        return NULL;
    size_t past = (uintptr_t)at % 32 / sizeof(float);
    return past == 0 ? at : at + (KERNEL_LANES - past);
}

enum status net_create(struct arena *arena, const struct net_size *size, struct net *ret_net)
{
    if (!net_is_possible(size))
        return INVALID;
    struct net net = {.size = *size, .count = net_count(size)};
    net.weight = net_floats(arena, net.count);
    if (net.weight == NULL)
        return LIMIT;
    *ret_net = net;
    return OK;
}

/* The sum of twelve even draws is normal enough, and asks the C library for nothing. */
static float draw_normal(struct seeded *seeded)
{
    int64_t sum = 0;
    for (int i = 0; i < 12; i++)
        sum += (int64_t)(seeded_next(seeded) >> 40);
    return (float)((double)sum / (double)(1 << 24) - 6.0);
}

static void fill_normal(float *at, size_t count, float deviation, struct seeded *seeded)
{
    for (size_t i = 0; i < count; i++)
        at[i] = deviation * draw_normal(seeded);
}

static void fill_ones(float *at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        at[i] = 1;
}

void net_begin(struct net *net, uint64_t seed)
{
    const struct net_size *size = &net->size;
    struct seeded seeded = {seed};
    float deviation = 0.02F, less = deviation / sqrtf(2.0F * (float)size->layers);
    fill_normal(net->weight, size->vocabulary * size->width, deviation, &seeded);
    for (size_t l = 0; l < size->layers; l++) {
        struct net_layer places = net_layer(size, l);
        fill_ones(net->weight + places.norm1, size->width);
        fill_normal(net->weight + places.inward, 3 * size->width * size->width, deviation, &seeded);
        fill_normal(net->weight + places.onward, size->width * size->width, less, &seeded);
        fill_ones(net->weight + places.norm2, size->width);
        fill_normal(net->weight + places.gate, 2 * size->hidden * size->width, deviation, &seeded);
        fill_normal(net->weight + places.down, size->width * size->hidden, less, &seeded);
    }
    fill_ones(net->weight + net_last_norm(size), size->width);
}

void net_angles(size_t positions, size_t head_width, float *same, float *cross)
{
    for (size_t p = 0; p < positions; p++)
        for (size_t i = 0; i < head_width; i += 2, same += 2, cross += 2) {
            double angle = (double)p * pow(ROTARY_BASE, -(double)i / (double)head_width);
            same[0] = same[1] = (float)cos(angle);
            cross[0] = (float)-sin(angle);
            cross[1] = (float)sin(angle);
        }
}
