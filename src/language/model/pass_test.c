#include "language/model/pass.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "language/model/layer.h"

enum { ARENA = 256 << 20, SEQUENCES = 2 };

static const struct net_size small = {.vocabulary = 13, .width = 32, .layers = 2, .heads = 2, .hidden = 64,
                                      .context = 16};

struct fixture {
    struct arena *arena;
    struct net net;
    struct pass pass;
    uint16_t tokens[SEQUENCES * 17];
    struct seeded seeded;
};

static float draw(struct fixture *fixture)
{
    return (float)((double)(seeded_next(&fixture->seeded) >> 40) / (1 << 23) - 1.0);
}

static struct fixture begin(void)
{
    struct fixture fixture = {.arena = arena_create(ARENA), .seeded = {7}};
    assert_int_equal(net_create(fixture.arena, &small, &fixture.net), OK);
    net_begin(&fixture.net, 5);
    for (size_t i = 0; i < fixture.net.count; i++) /* large enough that no derivative drowns in rounding */
        fixture.net.weight[i] = fixture.net.weight[i] == 1 ? 1 + 0.3F * draw(&fixture) : 0.3F * draw(&fixture);
    assert_int_equal(pass_create(fixture.arena, kernel_best(), &small, SEQUENCES, &fixture.pass), OK);
    for (size_t i = 0; i < sizeof fixture.tokens / sizeof *fixture.tokens; i++)
        fixture.tokens[i] = (uint16_t)seeded_below(&fixture.seeded, small.vocabulary);
    return fixture;
}

static double loss_of(struct fixture *fixture)
{
    return pass_run(&fixture->pass, &fixture->net, fixture->tokens, SEQUENCES * small.context, NULL);
}

/* Along a random direction over [from, from + count): the slope by differences, and by the gradient. */
static void slopes_agree(struct fixture *fixture, const float *gradient, size_t from, size_t count)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    float *kept = net_floats(arena, count), *way = net_floats(arena, count);
    double slope = 0, length = 0, step = 5e-3;
    for (size_t i = 0; i < count; i++) {
        kept[i] = fixture->net.weight[from + i];
        way[i] = gradient[from + i] > 0 ? 1 : -1; /* so that no parts cancel */
        way[i] *= 0.5F + 0.5F * fabsf(draw(fixture));
        length += (double)way[i] * (double)way[i];
    }
    length = sqrt(length);
    double loss[2];
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < count; i++)
            fixture->net.weight[from + i] = kept[i] + (float)((side ? step : -step) * (double)way[i] / length);
        loss[side] = loss_of(fixture);
    }
    for (size_t i = 0; i < count; i++) {
        slope += (double)gradient[from + i] * (double)way[i] / length;
        fixture->net.weight[from + i] = kept[i];
    }
    double found = (loss[1] - loss[0]) / (2 * step);
    if (!(fabs(found - slope) < 1e-3 * fabs(slope)))
        print_error("at %zu: %.9f by differences, %.9f by the gradient\n", from, found, slope);
    assert_true(fabs(slope) > 1e-3 && fabs(found - slope) < 1e-3 * fabs(slope));
}

static void gradients_are_exact(void **state)
{
    (void)state;
    struct fixture fixture = begin();
    float *gradient = net_floats(fixture.arena, fixture.net.count);
    size_t width = small.width;
    pass_run(&fixture.pass, &fixture.net, fixture.tokens, SEQUENCES * small.context, gradient);
    slopes_agree(&fixture, gradient, 0, small.vocabulary * width);
    slopes_agree(&fixture, gradient, net_last_norm(&small), width);
    for (size_t l = 0; l < small.layers; l++) {
        struct net_layer places = net_layer(&small, l);
        slopes_agree(&fixture, gradient, places.norm1, width);
        for (size_t third = 0; third < 3; third++) /* queries, keys, values */
            slopes_agree(&fixture, gradient, places.inward + third * width * width, width * width);
        slopes_agree(&fixture, gradient, places.onward, width * width);
        slopes_agree(&fixture, gradient, places.norm2, width);
        slopes_agree(&fixture, gradient, places.gate, small.hidden * width);
        slopes_agree(&fixture, gradient, places.gate + small.hidden * width, small.hidden * width);
        slopes_agree(&fixture, gradient, places.down, small.hidden * width);
    }
    arena_destroy(&fixture.arena);
}

/* Another kernel, another order of sums: the same to rounding. */
static void kernels_agree(void **state)
{
    (void)state;
    struct fixture fixture = begin();
    struct pass plain;
    float *best = net_floats(fixture.arena, fixture.net.count), *other = net_floats(fixture.arena, fixture.net.count);
    size_t rows = SEQUENCES * small.context;
    assert_int_equal(pass_create(fixture.arena, kernel_plain(), &small, SEQUENCES, &plain), OK);
    double first = pass_run(&fixture.pass, &fixture.net, fixture.tokens, rows, best);
    assert_true(fabs(first - pass_run(&plain, &fixture.net, fixture.tokens, rows, other)) < 1e-5);
    for (size_t i = 0; i < fixture.net.count; i++)
        assert_true(fabsf(best[i] - other[i]) < 1e-4F);
    arena_destroy(&fixture.arena);
}

/* What stands later changes nothing before it. */
static void nobody_looks_ahead(void **state)
{
    (void)state;
    struct fixture fixture = begin();
    float before[32];
    struct pass *pass = &fixture.pass;
    loss_of(&fixture);
    memcpy(before, pass->x_last + 9 * small.width, sizeof before);
    fixture.tokens[12] = (uint16_t)((fixture.tokens[12] + 1) % small.vocabulary);
    loss_of(&fixture);
    assert_memory_equal(before, pass->x_last + 9 * small.width, sizeof before);
    arena_destroy(&fixture.arena);
}

static void impossible_sizes_are_refused(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct net net;
    struct pass pass;
    struct net_size wrong[] = {small, small, small, small, small};
    wrong[0].width = 33;
    wrong[1].heads = 3;
    wrong[2].context = NET_CONTEXT_MAX + 8;
    wrong[3].vocabulary = NET_VOCABULARY_MAX + 1;
    wrong[4].layers = 0;
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(net_create(arena, &wrong[i], &net), INVALID);
    struct arena *full ARENA_SCOPE = arena_create(1000);
    assert_int_equal(net_create(full, &small, &net), LIMIT);
    assert_int_equal(pass_create(full, kernel_best(), &small, 1, &pass), LIMIT);
    assert_int_equal(pass_create(arena, kernel_best(), &small, PASS_SEQUENCES_MAX + 1, &pass), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradients_are_exact),
        cmocka_unit_test(kernels_agree),
        cmocka_unit_test(nobody_looks_ahead),
        cmocka_unit_test(impossible_sizes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
