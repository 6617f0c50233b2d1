/* A lane is 8 floats worked on at once, in the compiler's own vectors: one source for every set of instructions.
 *
 * Each function of kernel_multiply.c and kernel_row.c is written once, always inlined, and compiled for each set by
 * KERNEL_BOTH. Lanes are never passed or returned by value: how that is done depends on the instructions. */
#ifndef LANGUAGE_MODEL_KERNEL_LANE_H
#define LANGUAGE_MODEL_KERNEL_LANE_H

#include <stdint.h>

#include "language/model/kernel.h"

typedef float lane __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t lane_bits __attribute__((vector_size(32), aligned(4), may_alias));

#define KERNEL_INLINE static inline __attribute__((always_inline))
#if defined(__x86_64__)
#define KERNEL_FUSED __attribute__((target("avx2,fma")))
#define KERNEL_BOTH(result, name, parameters, arguments)                                           \
    result kernel_##name##_plain parameters;                                                       \
    result kernel_##name##_plain parameters                                                        \
    {                                                                                              \
        return name arguments;                                                                     \
    }                                                                                              \
    result kernel_##name##_fused parameters;                                                       \
    KERNEL_FUSED result kernel_##name##_fused parameters                                           \
    {                                                                                              \
        return name arguments;                                                                     \
    }
#else
#define KERNEL_BOTH(result, name, parameters, arguments)                                           \
    result kernel_##name##_plain parameters;                                                       \
    result kernel_##name##_plain parameters                                                        \
    {                                                                                              \
        return name arguments;                                                                     \
    }
#endif

#define LANE_AT(pointer) (*(lane *)(pointer))
#define LANE_OF(pointer) (*(const lane *)(pointer))
#define LANE_ALL(value) ((lane){(value), (value), (value), (value), (value), (value), (value), (value)})

/* In a fixed order, halves first. */
#define LANE_SUM(v)                                                                                \
    ((((v)[0] + (v)[4]) + ((v)[1] + (v)[5])) + (((v)[2] + (v)[6]) + ((v)[3] + (v)[7])))

/* e to the x: 2^n times a Taylor polynomial on what is left within half a power; 0 below -87, and no more than e^88. */
KERNEL_INLINE void lane_exp(lane *x)
{
    const float magic = 12582912.0F; /* 1.5 * 2^23: adding it rounds to a whole number */
    lane_bits is_seen = *x > -87.0F, is_high = *x > 88.0F;
    lane_bits held = ((lane_bits)*x & ~is_high & is_seen) | ((lane_bits)LANE_ALL(88.0F) & is_high);
    lane t = (lane)held;
    lane n = t * 1.44269504F + magic;
    n -= magic;
    lane r = t - n * 0.693359375F;
    r -= n * -2.12194440e-4F;
    lane p = r * (1.0F / 5040) + 1.0F / 720;
    p = p * r + 1.0F / 120;
    p = p * r + 1.0F / 24;
    p = p * r + 1.0F / 6;
    p = p * r + 0.5F;
    p = p * r + 1.0F;
    p = p * r + 1.0F;
    lane_bits power = (__builtin_convertvector(n, lane_bits) + 127) * (1 << 23);
    p *= (lane)power;
    *x = (lane)((lane_bits)p & is_seen);
}

#endif
