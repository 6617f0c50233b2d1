/* A half is a float of 16 bits (IEEE 754 binary16), as files hold weights. */
#ifndef LANGUAGE_MODEL_HALF_H
#define LANGUAGE_MODEL_HALF_H

#include <stdint.h>
#include <string.h>

static inline float half_at(const char *at)
{
    uint16_t half;
    memcpy(&half, at, sizeof half);
    uint32_t exponent = half >> 10 & 31, fraction = half & 1023;
    float value = exponent == 0 ? (float)fraction * 5.9604644775390625e-8F /* 2^-24 */ : 0;
    uint32_t bits = (exponent == 31 ? 255U : exponent + 112) << 23 | fraction << 13;
    if (exponent != 0)
        memcpy(&value, &bits, sizeof value);
    return half & 0x8000 ? -value : value;
}

/* The nearest, of two the even one. */
static inline uint16_t half_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint32_t sign = bits >> 16 & 0x8000, exponent = bits >> 23 & 255, fraction = (bits & 0x7FFFFF) | 0x800000;
    if (exponent >= 143)
        return (uint16_t)(sign | 0x7C00);
    if (exponent < 102)
        return (uint16_t)sign;
    uint32_t shift = exponent < 113 ? 126 - exponent : 13;
    uint32_t rounded = (fraction + (1U << (shift - 1)) - 1 + (fraction >> shift & 1)) >> shift;
    return (uint16_t)(sign | (exponent < 113 ? rounded : ((exponent - 113) << 10) + rounded));
}

#endif
