#include "language/model/kernel.h"

/* The names that KERNEL_BOTH (kernel_lane.h) gives to what kernel_multiply.c and kernel_row.c hold. */
#define DECLARE(set)                                                                               \
    void kernel_multiply_##set(const struct kernel_product *product, float *room);                 \
    void kernel_apply_##set(const float *matrix, const float *x, size_t rows, size_t depth, float *out); \
    void kernel_gather_##set(const float *weights, const float *matrix, size_t rows, size_t width, float *out); \
    void kernel_norm_##set(const struct kernel_norm *norm);                                        \
    void kernel_norm_back_##set(const struct kernel_norm_back *norm);                              \
    void kernel_turn_##set(float *x, const float *same, const float *cross, size_t width, float sign); \
    void kernel_soften_##set(float *row, size_t count, size_t width, float scale);                 \
    void kernel_soften_back_##set(const float *row, float *d_row, size_t count, size_t width, float scale); \
    void kernel_gate_##set(const float *both, float *out, size_t rows, size_t width);              \
    void kernel_gate_back_##set(const float *both, const float *d_out, float *d_both, size_t rows, size_t width); \
    double kernel_surprise_##set(float *row, size_t count, size_t target, float scale);            \
    void kernel_adam_##set(const struct kernel_adam *adam, size_t from, size_t to);                \
    double kernel_reduce_##set(float *sum, const float *const *parts, size_t part_count, size_t from, size_t to)

#define TABLE(set, set_name)                                                                       \
    {                                                                                              \
        .name = (set_name), .multiply = kernel_multiply_##set, .apply = kernel_apply_##set,          \
        .gather = kernel_gather_##set, .norm = kernel_norm_##set, .norm_back = kernel_norm_back_##set, \
        .turn = kernel_turn_##set, .soften = kernel_soften_##set, .soften_back = kernel_soften_back_##set, \
        .gate = kernel_gate_##set, .gate_back = kernel_gate_back_##set,                            \
        .surprise = kernel_surprise_##set, .adam = kernel_adam_##set, .reduce = kernel_reduce_##set, \
    }

DECLARE(plain);

const struct kernel *kernel_plain(void)
{
    static const struct kernel plain = TABLE(plain, "plain");
    return &plain;
}

#if defined(__x86_64__)
DECLARE(fused);

const struct kernel *kernel_best(void)
{
    static const struct kernel fused = TABLE(fused, "avx2+fma");
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &fused : kernel_plain();
}
#else
const struct kernel *kernel_best(void)
{
    return kernel_plain();
}
#endif
