#include <math.h>

#include "language/model/kernel_lane.h"

static const float NORM_LEAST = 1e-5F; /* added to the mean square; the file says the same (model_file.c) */

KERNEL_INLINE void norm(const struct kernel_norm *norm)
{
    for (size_t r = 0; r < norm->rows; r++) {
        const float *x = norm->x + r * norm->width;
        float *out = norm->out + r * norm->width;
        lane squares = LANE_ALL(0);
        for (size_t i = 0; i < norm->width; i += 8)
            squares += LANE_OF(x + i) * LANE_OF(x + i);
        float inverse = 1.0F / sqrtf(LANE_SUM(squares) / (float)norm->width + NORM_LEAST);
        for (size_t i = 0; i < norm->width; i += 8)
            LANE_AT(out + i) = LANE_OF(x + i) * inverse * LANE_OF(norm->weight + i);
        norm->inverse[r] = inverse;
    }
}

KERNEL_INLINE void norm_back(const struct kernel_norm_back *norm)
{
    for (size_t r = 0; r < norm->rows; r++) {
        const float *x = norm->x + r * norm->width, *d_out = norm->d_out + r * norm->width;
        float *d_x = norm->d_x + r * norm->width, inverse = norm->inverse[r];
        lane along = LANE_ALL(0);
        for (size_t i = 0; i < norm->width; i += 8) {
            lane part = LANE_OF(d_out + i) * LANE_OF(x + i);
            along += part * LANE_OF(norm->weight + i);
            LANE_AT(norm->d_weight + i) += part * inverse;
        }
        float pull = LANE_SUM(along) * inverse * inverse / (float)norm->width;
        for (size_t i = 0; i < norm->width; i += 8)
            LANE_AT(d_x + i) += inverse * (LANE_OF(d_out + i) * LANE_OF(norm->weight + i) - pull * LANE_OF(x + i));
    }
}

KERNEL_INLINE void turn(float *x, const float *same, const float *cross, size_t width, float sign)
{
    for (size_t i = 0; i < width; i += 8) {
        lane value = LANE_OF(x + i);
        lane swapped = __builtin_shufflevector(value, value, 1, 0, 3, 2, 5, 4, 7, 6);
        LANE_AT(x + i) = value * LANE_OF(same + i) + swapped * (LANE_OF(cross + i) * sign);
    }
}

KERNEL_INLINE float largest(const float *row, size_t width)
{
    lane most = LANE_OF(row);
    for (size_t i = 8; i < width; i += 8) {
        lane value = LANE_OF(row + i);
        lane_bits is_more = value > most;
        most = (lane)(((lane_bits)value & is_more) | ((lane_bits)most & ~is_more));
    }
    float result = most[0];
    for (int i = 1; i < 8; i++)
        result = most[i] > result ? most[i] : result;
    return result;
}

/* Of `count` values, read as whole lanes: what is behind them is made to count for nothing. */
KERNEL_INLINE size_t whole_lanes(float *row, size_t count)
{
    size_t whole = (count + 7) / 8 * 8;
    for (size_t i = count; i < whole; i++)
        row[i] = -1e30F;
    return whole;
}

/* row = exp(scale * (row - most)); returns the sum. */
KERNEL_INLINE float raise(float *row, size_t whole, float scale)
{
    float most = largest(row, whole);
    lane sum = LANE_ALL(0);
    for (size_t i = 0; i < whole; i += 8) {
        lane value = (LANE_OF(row + i) - most) * scale;
        lane_exp(&value);
        LANE_AT(row + i) = value;
        sum += value;
    }
    return LANE_SUM(sum);
}

KERNEL_INLINE void soften(float *row, size_t count, size_t width, float scale)
{
    size_t whole = whole_lanes(row, count);
    float inverse = 1.0F / raise(row, whole, scale);
    for (size_t i = 0; i < whole; i += 8)
        LANE_AT(row + i) *= inverse;
    for (size_t i = whole; i < width; i += 8)
        LANE_AT(row + i) = LANE_ALL(0);
}

KERNEL_INLINE void soften_back(const float *row, float *d_row, size_t count, size_t width, float scale)
{
    size_t whole = (count + 7) / 8 * 8;
    lane along = LANE_ALL(0);
    for (size_t i = count; i < whole; i++)
        d_row[i] = 0;
    for (size_t i = 0; i < whole; i += 8)
        along += LANE_OF(row + i) * LANE_OF(d_row + i);
    float mean = LANE_SUM(along);
    for (size_t i = 0; i < whole; i += 8)
        LANE_AT(d_row + i) = LANE_OF(row + i) * (LANE_OF(d_row + i) - mean) * scale;
    for (size_t i = whole; i < width; i += 8)
        LANE_AT(d_row + i) = LANE_ALL(0);
}

/* 1 / (1 + e^-x) */
KERNEL_INLINE void sigmoid(const lane *x, lane *out)
{
    lane value = -*x;
    lane_exp(&value);
    *out = 1.0F / (1.0F + value);
}

KERNEL_INLINE void gate(const float *both, float *out, size_t rows, size_t width)
{
    for (size_t r = 0; r < rows; r++, both += 2 * width, out += width)
        for (size_t i = 0; i < width; i += 8) {
            lane x = LANE_OF(both + i), open;
            sigmoid(&x, &open);
            LANE_AT(out + i) = x * open * LANE_OF(both + width + i);
        }
}

KERNEL_INLINE void gate_back(const float *both, const float *d_out, float *d_both, size_t rows, size_t width)
{
    for (size_t r = 0; r < rows; r++, both += 2 * width, d_both += 2 * width, d_out += width)
        for (size_t i = 0; i < width; i += 8) {
            lane x = LANE_OF(both + i), up = LANE_OF(both + width + i), d = LANE_OF(d_out + i), open;
            sigmoid(&x, &open);
            LANE_AT(d_both + i) = d * up * open * (1.0F + x * (1.0F - open));
            LANE_AT(d_both + width + i) = d * x * open;
        }
}

KERNEL_INLINE double surprise(float *row, size_t count, size_t target, float scale)
{
    size_t whole = whole_lanes(row, count);
    float wanted = row[target], most = largest(row, whole), sum = raise(row, whole, 1.0F);
    for (size_t i = 0; i < whole; i += 8)
        LANE_AT(row + i) *= scale / sum;
    row[target] -= scale;
    return log((double)sum) - ((double)wanted - (double)most);
}

/* The root of what is not negative: a first guess at 1 / root from the exponent, three of Newton's steps, times x. */
KERNEL_INLINE void root(const lane *x, lane *out)
{
    lane value = *x + 1e-30F, half = value * 0.5F;
    lane_bits guess = 0x5F375A86 - ((lane_bits)value >> 1);
    lane y = (lane)guess;
    for (int i = 0; i < 3; i++)
        y *= 1.5F - half * y * y;
    *out = value * y;
}

KERNEL_INLINE void adam(const struct kernel_adam *adam, size_t from, size_t to)
{
    for (size_t i = from; i < to; i += 8) {
        lane g = LANE_OF(adam->gradient + i) * adam->scale, w = LANE_OF(adam->weight + i);
        lane m = LANE_OF(adam->first + i) * adam->beta1 + g * (1 - adam->beta1);
        lane v = LANE_OF(adam->second + i) * adam->beta2 + g * g * (1 - adam->beta2);
        lane size = v * adam->correct2;
        root(&size, &size);
        LANE_AT(adam->first + i) = m;
        LANE_AT(adam->second + i) = v;
        LANE_AT(adam->weight + i) = w - adam->rate * (m * adam->correct1 / (size + 1e-8F) + adam->decay * w);
    }
}

KERNEL_INLINE double reduce(float *sum, const float *const *parts, size_t part_count, size_t from, size_t to)
{
    double squares = 0;
    for (size_t i = from; i < to; i += 8) {
        lane total = LANE_OF(parts[0] + i);
        for (size_t p = 1; p < part_count; p++)
            total += LANE_OF(parts[p] + i);
        LANE_AT(sum + i) = total;
        lane square = total * total;
        squares += (double)LANE_SUM(square);
    }
    return squares;
}

KERNEL_BOTH(void, norm, (const struct kernel_norm *given), (given))
KERNEL_BOTH(void, norm_back, (const struct kernel_norm_back *given), (given))
KERNEL_BOTH(void, turn, (float *x, const float *same, const float *cross, size_t width, float sign),
            (x, same, cross, width, sign))
KERNEL_BOTH(void, soften, (float *row, size_t count, size_t width, float scale), (row, count, width, scale))
KERNEL_BOTH(void, soften_back, (const float *row, float *d_row, size_t count, size_t width, float scale),
            (row, d_row, count, width, scale))
KERNEL_BOTH(void, gate, (const float *both, float *out, size_t rows, size_t width), (both, out, rows, width))
KERNEL_BOTH(void, gate_back, (const float *both, const float *d_out, float *d_both, size_t rows, size_t width),
            (both, d_out, d_both, rows, width))
KERNEL_BOTH(double, surprise, (float *row, size_t count, size_t target, float scale), (row, count, target, scale))
KERNEL_BOTH(void, adam, (const struct kernel_adam *given, size_t from, size_t to), (given, from, to))
KERNEL_BOTH(double, reduce, (float *sum, const float *const *parts, size_t part_count, size_t from, size_t to),
            (sum, parts, part_count, from, to))
