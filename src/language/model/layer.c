#include "language/model/layer.h"

#include <math.h>

void layer_project(const struct pass *pass, const float *in, size_t depth, const float *matrix, size_t columns,
                   float *out, bool is_added)
{
    struct kernel_product product = {.rows = pass->rows, .columns = columns, .depth = depth, .left = in,
                                     .left_row = depth, .left_depth = 1, .right = matrix, .right_depth = 1,
                                     .right_column = depth, .out = out, .out_row = columns, .is_added = is_added};
    pass->kernel->multiply(&product, pass->room);
}

void layer_project_back(const struct pass *pass, const struct layer_back *back)
{
    struct kernel_product inward = {.rows = pass->rows, .columns = back->depth, .depth = back->columns,
                                    .left = back->d_out, .left_row = back->out_step, .left_depth = 1,
                                    .right = back->matrix, .right_depth = back->depth, .right_column = 1,
                                    .out = back->d_in, .out_row = back->depth};
    struct kernel_product matrix = {.rows = back->columns, .columns = back->depth, .depth = pass->rows,
                                    .left = back->d_out, .left_row = 1, .left_depth = back->out_step,
                                    .right = back->in, .right_depth = back->depth, .right_column = 1,
                                    .out = back->d_matrix, .out_row = back->depth};
    pass->kernel->multiply(&inward, pass->room);
    pass->kernel->multiply(&matrix, pass->room);
}

void layer_turn(const struct pass *pass, const struct net_size *size, float *inward, float sign)
{
    size_t head = size->width / size->heads;
    for (size_t r = 0; r < pass->rows; r++) {
        const float *same = pass->same + r % pass->context * head, *cross = pass->cross + r % pass->context * head;
        float *row = inward + r * 3 * size->width;
        for (size_t h = 0; h < 2 * size->heads; h++) /* queries, and keys right behind them */
            pass->kernel->turn(row + h * head, same, cross, head, sign);
    }
}

/* One head of one sequence: where its queries, keys, values and scores are. */
struct head {
    size_t context, width, step; /* step: floats from one token's row to the next */
    float scale;
    const float *query, *key, *value;
    float *seen;
};

static struct head head_of(const struct pass *pass, const struct net_size *size, const struct pass_layer *layer,
                           size_t number)
{
    size_t sequence = number / size->heads, within = number % size->heads, width = size->width / size->heads;
    const float *inward = layer->inward + sequence * pass->context * 3 * size->width + within * width;
    return (struct head){.context = pass->context, .width = width, .step = 3 * size->width,
                         .scale = 1.0F / sqrtf((float)width), .query = inward, .key = inward + size->width,
                         .value = inward + 2 * size->width,
                         .seen = layer->seen + number * pass->context * pass->context};
}

void layer_attend(const struct pass *pass, const struct net_size *size, const struct pass_layer *layer)
{
    for (size_t n = 0; n < pass->sequences * size->heads; n++) {
        struct head head = head_of(pass, size, layer, n);
        size_t context = head.context;
        struct kernel_product scores = {.rows = context, .columns = context, .depth = head.width, .left = head.query,
                                        .left_row = head.step, .left_depth = 1, .right = head.key, .right_depth = 1,
                                        .right_column = head.step, .out = head.seen, .out_row = context,
                                        .band = KERNEL_LOWER};
        pass->kernel->multiply(&scores, pass->room);
        for (size_t r = 0; r < context; r++)
            pass->kernel->soften(head.seen + r * context, r + 1, context, head.scale);
        struct kernel_product mixed = {.rows = context, .columns = head.width, .depth = context, .left = head.seen,
                                       .left_row = context, .left_depth = 1, .right = head.value,
                                       .right_depth = head.step, .right_column = 1,
                                       .out = layer->mixed + n / size->heads * context * size->width +
                                              n % size->heads * head.width,
                                       .out_row = size->width, .band = KERNEL_LOWER_LEFT};
        pass->kernel->multiply(&mixed, pass->room);
    }
}

/* d_key or d_value: a square (its upper part, transposed) times rows of the head. */
static void gather_back(const struct pass *pass, const struct head *head, const float *square, const float *rows,
                        size_t rows_step, float *out)
{
    struct kernel_product product = {.rows = head->context, .columns = head->width, .depth = head->context,
                                     .left = square, .left_row = 1, .left_depth = head->context, .right = rows,
                                     .right_depth = rows_step, .right_column = 1, .out = out, .out_row = head->step,
                                     .band = KERNEL_UPPER_LEFT};
    pass->kernel->multiply(&product, pass->room);
}

void layer_attend_back(const struct pass *pass, const struct net_size *size, const struct pass_layer *layer)
{
    for (size_t n = 0; n < pass->sequences * size->heads; n++) {
        struct head head = head_of(pass, size, layer, n);
        size_t context = head.context, width = size->width;
        const float *d_mixed = pass->d_mixed + n / size->heads * context * width + n % size->heads * head.width;
        float *d_query = pass->d_inward + (head.query - layer->inward);
        struct kernel_product d_seen = {.rows = context, .columns = context, .depth = head.width, .left = d_mixed,
                                        .left_row = width, .left_depth = 1, .right = head.value, .right_depth = 1,
                                        .right_column = head.step, .out = pass->d_seen, .out_row = context,
                                        .band = KERNEL_LOWER};
        pass->kernel->multiply(&d_seen, pass->room);
        gather_back(pass, &head, head.seen, d_mixed, width, d_query + 2 * width);
        for (size_t r = 0; r < context; r++)
            pass->kernel->soften_back(head.seen + r * context, pass->d_seen + r * context, r + 1, context, head.scale);
        struct kernel_product query = {.rows = context, .columns = head.width, .depth = context,
                                       .left = pass->d_seen, .left_row = context, .left_depth = 1, .right = head.key,
                                       .right_depth = head.step, .right_column = 1, .out = d_query,
                                       .out_row = head.step, .band = KERNEL_LOWER_LEFT};
        pass->kernel->multiply(&query, pass->room);
        gather_back(pass, &head, pass->d_seen, head.query, head.step, d_query + width);
    }
}
