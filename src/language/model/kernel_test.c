#include "language/model/kernel.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/seeded.h"
#include "language/model/net.h"

enum { ARENA = 64 << 20 };

static float *some(struct arena *arena, size_t count, uint64_t seed)
{
    struct seeded seeded = {seed};
    float *at = net_floats(arena, count);
    for (size_t i = 0; i < count; i++)
        at[i] = (float)((double)(seeded_next(&seeded) >> 40) / (1 << 23) - 1.0);
    return at;
}

static bool is_zero(enum kernel_band band, size_t row, size_t depth)
{
    return (band == KERNEL_LOWER_LEFT && depth > row) || (band == KERNEL_UPPER_LEFT && depth < row);
}

/* Against sums of doubles in the plainest order. */
static void check(const struct kernel *kernel, size_t rows, size_t columns, size_t depth, int kind,
                  enum kernel_band band)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    float *left = some(arena, rows * depth, 1), *right = some(arena, depth * columns, 2);
    float *out = some(arena, rows * columns, 3), *before = some(arena, rows * columns, 3);
    struct kernel_product product = {.rows = rows, .columns = columns, .depth = depth, .left = left,
                                     .left_row = kind & 1 ? 1 : depth, .left_depth = kind & 1 ? rows : 1,
                                     .right = right, .right_depth = kind & 2 ? 1 : columns,
                                     .right_column = kind & 2 ? depth : 1, .out = out, .out_row = columns,
                                     .is_added = (kind & 4) != 0, .band = band};
    for (size_t r = 0; r < rows; r++)
        for (size_t d = 0; d < depth; d++)
            if (is_zero(band, r, d))
                left[r * product.left_row + d * product.left_depth] = 0;
    kernel->multiply(&product, net_floats(arena, kernel_room(rows)));
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) {
            double sum = product.is_added ? (double)before[r * columns + c] : 0;
            for (size_t d = 0; d < depth; d++)
                sum += (double)left[r * product.left_row + d * product.left_depth] *
                       (double)right[d * product.right_depth + c * product.right_column];
            if (band != KERNEL_LOWER || c <= r)
                assert_true(fabs(sum - (double)out[r * columns + c]) < 1e-4);
        }
}

static void products_are_exact(void **state)
{
    (void)state;
    const struct kernel *kernels[] = {kernel_plain(), kernel_best()};
    for (size_t k = 0; k < 2; k++)
        for (int kind = 0; kind < 8; kind++) {
            for (size_t rows = 1; rows < 14; rows++)
                check(kernels[k], rows, 16 + rows, 32, kind, KERNEL_FULL);
            check(kernels[k], 64, 90, 64, kind, KERNEL_FULL);
            check(kernels[k], 20, 33, 2 * KERNEL_DEPTH_MAX + 5, kind, KERNEL_FULL);
        }
}

static void bands_are_exact(void **state)
{
    (void)state;
    const struct kernel *kernels[] = {kernel_plain(), kernel_best()};
    for (size_t k = 0; k < 2; k++)
        for (int kind = 0; kind < 8; kind++) {
            check(kernels[k], 40, 40, 24, kind, KERNEL_LOWER);
            check(kernels[k], 40, 24, 40, kind, KERNEL_LOWER_LEFT);
            check(kernels[k], 40, 24, 40, kind, KERNEL_UPPER_LEFT);
        }
}

static void one_row_is_exact(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    float *matrix = some(arena, 35 * 64, 1), *x = some(arena, 64, 2), out[35];
    kernel_best()->apply(matrix, x, 35, 64, out);
    for (size_t r = 0; r < 35; r++) {
        double sum = 0;
        for (size_t d = 0; d < 64; d++)
            sum += (double)matrix[r * 64 + d] * (double)x[d];
        assert_true(fabs(sum - (double)out[r]) < 1e-5);
    }
}

static void softening_sums_to_one(void **state)
{
    (void)state;
    const struct kernel *kernels[] = {kernel_plain(), kernel_best()};
    for (size_t k = 0; k < 2; k++)
        for (size_t count = 1; count <= 40; count++) {
            struct arena *arena ARENA_SCOPE = arena_create(ARENA);
            float *row = some(arena, 40, count);
            double wanted[40], sum = 0, total = 0;
            row[0] = 9;
            for (size_t i = 0; i < count; i++)
                sum += wanted[i] = exp(0.5 * (double)row[i]);
            kernels[k]->soften(row, count, 40, 0.5F);
            for (size_t i = 0; i < 40; i++) {
                assert_true(i < count ? fabs((double)row[i] - wanted[i] / sum) < 1e-6 : row[i] == 0);
                total += (double)row[i];
            }
            assert_true(fabs(total - 1) < 1e-6);
        }
}

static void surprise_is_exact(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    for (size_t count = 2; count <= 90; count += 11) {
        float *row = some(arena, 96, count), *before = some(arena, 96, count);
        double sum = exp((double)before[0]);
        for (size_t i = 1; i < count; i++)
            sum += exp((double)before[i]);
        double said = kernel_best()->surprise(row, count, 1, 0.25F);
        assert_true(fabs(said - (log(sum) - (double)before[1])) < 1e-5);
        for (size_t i = 0; i < count; i++)
            assert_true(fabs((double)row[i] - 0.25 * (exp((double)before[i]) / sum - (i == 1))) < 1e-6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_are_exact), cmocka_unit_test(bands_are_exact), cmocka_unit_test(one_row_is_exact),
        cmocka_unit_test(softening_sums_to_one), cmocka_unit_test(surprise_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
