#include "language/model/pass.h"

#include <string.h>

#include "language/model/layer.h"

static bool make_layer(struct arena *arena, const struct net_size *size, const struct pass *pass,
                       struct pass_layer *layer)
{
    size_t flat = pass->rows * size->width, squares = pass->rows * pass->context * size->heads;
    layer->x = net_floats(arena, flat);
    layer->normed1 = net_floats(arena, flat);
    layer->inverse1 = net_floats(arena, pass->rows);
    layer->inward = net_floats(arena, 3 * flat);
    layer->seen = net_floats(arena, squares);
    layer->mixed = net_floats(arena, flat);
    layer->between = net_floats(arena, flat);
    layer->normed2 = net_floats(arena, flat);
    layer->inverse2 = net_floats(arena, pass->rows);
    layer->gated = net_floats(arena, 2 * pass->rows * size->hidden);
    layer->acted = net_floats(arena, pass->rows * size->hidden);
    return layer->acted != NULL; /* asked for last: an arena that is full stays full for as much */
}

static bool make_rest(struct arena *arena, const struct net_size *size, struct pass *pass)
{
    size_t flat = pass->rows * size->width, most = 3 * size->width;
    most = most < size->vocabulary ? size->vocabulary : most;
    most = most < 2 * size->hidden ? 2 * size->hidden : most;
    most = most < pass->rows ? pass->rows : most;
    pass->x_last = net_floats(arena, flat);
    pass->normed = net_floats(arena, flat);
    pass->inverse = net_floats(arena, pass->rows);
    pass->logits = net_floats(arena, pass->rows * net_logits_width(size));
    pass->same = net_floats(arena, pass->context * size->width / size->heads);
    pass->cross = net_floats(arena, pass->context * size->width / size->heads);
    pass->d_x = net_floats(arena, flat);
    pass->d_normed = net_floats(arena, flat);
    pass->d_inward = net_floats(arena, 3 * flat);
    pass->d_mixed = net_floats(arena, flat);
    pass->d_seen = net_floats(arena, pass->context * pass->context);
    pass->d_gated = net_floats(arena, 2 * pass->rows * size->hidden);
    pass->d_acted = net_floats(arena, pass->rows * size->hidden);
    pass->room = net_floats(arena, kernel_room(most));
    return pass->x_last && pass->normed && pass->inverse && pass->logits && pass->same && pass->cross && pass->d_x &&
           pass->d_normed && pass->d_inward && pass->d_mixed && pass->d_seen && pass->d_gated && pass->d_acted &&
           pass->room;
}

static bool is_whole(const struct pass_layer *layer)
{
    return layer->x && layer->normed1 && layer->inverse1 && layer->inward && layer->seen && layer->mixed &&
           layer->between && layer->normed2 && layer->inverse2 && layer->gated && layer->acted;
}

enum status pass_create(struct arena *arena, const struct kernel *kernel, const struct net_size *size,
                        size_t sequences, struct pass *ret_pass)
{
    if (!net_is_possible(size) || sequences == 0 || sequences > PASS_SEQUENCES_MAX)
        return INVALID;
    struct pass pass = {.kernel = kernel, .sequences = sequences, .context = size->context,
                        .rows = sequences * size->context};
    pass.layers = arena_array(arena, struct pass_layer, size->layers);
    if (pass.layers == NULL)
        return LIMIT;
    for (size_t l = 0; l < size->layers; l++)
        if (!make_layer(arena, size, &pass, &pass.layers[l]) || !is_whole(&pass.layers[l]))
            return LIMIT;
    if (!make_rest(arena, size, &pass))
        return LIMIT;
    net_angles(pass.context, size->width / size->heads, pass.same, pass.cross);
    *ret_pass = pass;
    return OK;
}

static void norm(const struct pass *pass, const struct net *net, size_t weight, const float *x, float *out,
                 float *inverse)
{
    struct kernel_norm given = {.rows = pass->rows, .width = net->size.width, .x = x, .weight = net->weight + weight,
                                .out = out, .inverse = inverse};
    pass->kernel->norm(&given);
}

static void go_through(const struct pass *pass, const struct net *net, size_t number, float *onward)
{
    const struct net_size *size = &net->size;
    const struct pass_layer *layer = &pass->layers[number];
    struct net_layer places = net_layer(size, number);
    size_t width = size->width, bytes = pass->rows * width * sizeof(float);
    norm(pass, net, places.norm1, layer->x, layer->normed1, layer->inverse1);
    layer_project(pass, layer->normed1, width, net->weight + places.inward, 3 * width, layer->inward, false);
    layer_turn(pass, size, layer->inward, 1);
    layer_attend(pass, size, layer);
    memcpy(layer->between, layer->x, bytes);
    layer_project(pass, layer->mixed, width, net->weight + places.onward, width, layer->between, true);
    norm(pass, net, places.norm2, layer->between, layer->normed2, layer->inverse2);
    layer_project(pass, layer->normed2, width, net->weight + places.gate, 2 * size->hidden, layer->gated, false);
    pass->kernel->gate(layer->gated, layer->acted, pass->rows, size->hidden);
    memcpy(onward, layer->between, bytes);
    layer_project(pass, layer->acted, size->hidden, net->weight + places.down, width, onward, true);
}

static void norm_back(const struct pass *pass, const struct net *net, size_t weight, const float *x,
                      const float *inverse, float *gradient)
{
    struct kernel_norm_back given = {.rows = pass->rows, .width = net->size.width, .x = x,
                                     .weight = net->weight + weight, .inverse = inverse, .d_out = pass->d_normed,
                                     .d_x = pass->d_x, .d_weight = gradient + weight};
    memset(gradient + weight, 0, net->size.width * sizeof(float));
    pass->kernel->norm_back(&given);
}

static void go_back(const struct pass *pass, const struct net *net, size_t number, float *gradient)
{
    const struct net_size *size = &net->size;
    const struct pass_layer *layer = &pass->layers[number];
    struct net_layer places = net_layer(size, number);
    size_t width = size->width, hidden = size->hidden;
    struct layer_back down = {.in = layer->acted, .matrix = net->weight + places.down, .d_out = pass->d_x,
                              .depth = hidden, .columns = width, .out_step = width, .d_in = pass->d_acted,
                              .d_matrix = gradient + places.down};
    layer_project_back(pass, &down);
    pass->kernel->gate_back(layer->gated, pass->d_acted, pass->d_gated, pass->rows, hidden);
    struct layer_back gate = {.in = layer->normed2, .matrix = net->weight + places.gate, .d_out = pass->d_gated,
                              .depth = width, .columns = 2 * hidden, .out_step = 2 * hidden, .d_in = pass->d_normed,
                              .d_matrix = gradient + places.gate};
    layer_project_back(pass, &gate);
    norm_back(pass, net, places.norm2, layer->between, layer->inverse2, gradient);
    struct layer_back onward = {.in = layer->mixed, .matrix = net->weight + places.onward, .d_out = pass->d_x,
                                .depth = width, .columns = width, .out_step = width, .d_in = pass->d_mixed,
                                .d_matrix = gradient + places.onward};
    layer_project_back(pass, &onward);
    layer_attend_back(pass, size, layer);
    layer_turn(pass, size, pass->d_inward, -1);
    struct layer_back inward = {.in = layer->normed1, .matrix = net->weight + places.inward, .d_out = pass->d_inward,
                                .depth = width, .columns = 3 * width, .out_step = 3 * width, .d_in = pass->d_normed,
                                .d_matrix = gradient + places.inward};
    layer_project_back(pass, &inward);
    norm_back(pass, net, places.norm1, layer->x, layer->inverse1, gradient);
}

static void look_up(const struct pass *pass, const struct net *net, const uint16_t *tokens)
{
    size_t width = net->size.width;
    for (size_t r = 0; r < pass->rows; r++) {
        uint16_t token = tokens[r / pass->context * (pass->context + 1) + r % pass->context];
        memcpy(pass->layers[0].x + r * width, net->weight + token * width, width * sizeof(float));
    }
}

/* The table's gradient as what is looked up, added to that as what is compared with. */
static void look_up_back(const struct pass *pass, const struct net *net, const uint16_t *tokens, float *gradient)
{
    size_t width = net->size.width;
    for (size_t r = 0; r < pass->rows; r++) {
        uint16_t token = tokens[r / pass->context * (pass->context + 1) + r % pass->context];
        for (size_t i = 0; i < width; i++)
            gradient[token * width + i] += pass->d_x[r * width + i];
    }
}

static double compare(struct pass *pass, const struct net *net, const uint16_t *tokens, size_t of_rows)
{
    size_t width = net_logits_width(&net->size);
    double sum = 0;
    struct kernel_product logits = {.rows = pass->rows, .columns = net->size.vocabulary, .depth = net->size.width,
                                    .left = pass->normed, .left_row = net->size.width, .left_depth = 1,
                                    .right = net->weight, .right_depth = 1, .right_column = net->size.width,
                                    .out = pass->logits, .out_row = width};
    pass->kernel->multiply(&logits, pass->room);
    for (size_t r = 0; r < pass->rows; r++) {
        uint16_t next = tokens[r / pass->context * (pass->context + 1) + r % pass->context + 1];
        sum += pass->kernel->surprise(pass->logits + r * width, net->size.vocabulary, next, 1.0F / (float)of_rows);
    }
    return sum / (double)of_rows;
}

double pass_run(struct pass *pass, const struct net *net, const uint16_t *tokens, size_t of_rows, float *gradient)
{
    const struct net_size *size = &net->size;
    size_t last = net_last_norm(size);
    look_up(pass, net, tokens);
    for (size_t l = 0; l < size->layers; l++)
        go_through(pass, net, l, l + 1 < size->layers ? pass->layers[l + 1].x : pass->x_last);
    norm(pass, net, last, pass->x_last, pass->normed, pass->inverse);
    double loss = compare(pass, net, tokens, of_rows);
    if (gradient == NULL)
        return loss;
    struct layer_back table = {.in = pass->normed, .matrix = net->weight, .d_out = pass->logits, .depth = size->width,
                               .columns = size->vocabulary, .out_step = net_logits_width(size),
                               .d_in = pass->d_normed, .d_matrix = gradient};
    layer_project_back(pass, &table);
    memset(pass->d_x, 0, pass->rows * size->width * sizeof(float));
    norm_back(pass, net, last, pass->x_last, pass->inverse, gradient);
    for (size_t l = size->layers; l-- > 0;)
        go_back(pass, net, l, gradient);
    look_up_back(pass, net, tokens, gradient);
    return loss;
}
