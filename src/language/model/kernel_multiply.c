#include <string.h>

#include "base/status.h"
#include "language/model/kernel_lane.h"

/* A tile of 6 rows and 16 columns of the result stays in 12 registers while the depth runs; the right factor is laid
 * out panel by panel, so that each step reads two lanes in a row. */
enum { TILE_ROWS = 6, TILE_COLUMNS = 16, BLOCK = KERNEL_DEPTH_MAX };

struct tile {
    const float *left;
    size_t left_row, left_depth;
    const float *panel;
    size_t depth, columns;
    float *out;
    size_t out_row;
    bool is_added;
};

KERNEL_INLINE void put_row(const struct tile *tile, size_t row, const lane *low, const lane *high)
{
    float *out = tile->out + row * tile->out_row;
    lane first = *low, second = *high;
    if (tile->is_added) {
        first += LANE_OF(out);
        second += LANE_OF(out + 8);
    }
    LANE_AT(out) = first;
    LANE_AT(out + 8) = second;
}

/* The last columns, fewer than a panel has: by way of memory. */
KERNEL_INLINE void put_narrow(const struct tile *tile, size_t row, const float *values)
{
    float *out = tile->out + row * tile->out_row;
    for (size_t c = 0; c < tile->columns; c++)
        out[c] = tile->is_added ? out[c] + values[c] : values[c];
}

KERNEL_INLINE void fill_tile(const struct tile *tile, const size_t rows)
{
    lane low[TILE_ROWS], high[TILE_ROWS];
    const float *panel = tile->panel, *left = tile->left;
    const size_t left_row = tile->left_row, left_depth = tile->left_depth;
#pragma GCC unroll 6
    for (size_t r = 0; r < rows; r++)
        low[r] = high[r] = LANE_ALL(0);
    for (size_t d = tile->depth; d > 0; d--) {
        lane first = LANE_OF(panel), second = LANE_OF(panel + 8);
#pragma GCC unroll 6
        for (size_t r = 0; r < rows; r++) {
            lane factor = LANE_ALL(left[r * left_row]);
            low[r] += factor * first;
            high[r] += factor * second;
        }
        panel += TILE_COLUMNS;
        left += left_depth;
    }
    if (tile->columns == TILE_COLUMNS) {
#pragma GCC unroll 6
        for (size_t r = 0; r < rows; r++)
            put_row(tile, r, &low[r], &high[r]);
        return;
    }
#pragma GCC unroll 6
    for (size_t r = 0; r < rows; r++) {
        float values[TILE_COLUMNS];
        LANE_AT(values) = low[r];
        LANE_AT(values + 8) = high[r];
        put_narrow(tile, r, values);
    }
}

KERNEL_INLINE void fill_rows(const struct tile *tile, size_t rows)
{
    switch (rows) {
    case 1:
        fill_tile(tile, 1);
        break;
    case 2:
        fill_tile(tile, 2);
        break;
    case 3:
        fill_tile(tile, 3);
        break;
    case 4:
        fill_tile(tile, 4);
        break;
    case 5:
        fill_tile(tile, 5);
        break;
    default:
        fill_tile(tile, TILE_ROWS);
    }
}

/* One block of the depth: [from, from + depth) of the product. */
struct block {
    size_t from, depth;
    bool is_added;
    const float *left; /* as in the product, or laid out anew */
    size_t left_tile, left_row, left_depth;
};

/* Steps along the depth that leave cache lines unused are laid out anew, tile by tile. */
KERNEL_INLINE void lay_left(const struct kernel_product *product, struct block *block, float *room)
{
    for (size_t r = 0; r < product->rows; r += TILE_ROWS) {
        const float *from = product->left + r * product->left_row + block->from * product->left_depth;
        size_t rows = product->rows - r < TILE_ROWS ? product->rows - r : TILE_ROWS;
        float *to = room + r * block->depth;
        if (rows == TILE_ROWS && product->left_row == 1) { /* of a known size, so without a loop */
            for (size_t d = 0; d < block->depth; d++, to += TILE_ROWS, from += product->left_depth)
                memcpy(to, from, TILE_ROWS * sizeof *to);
            continue;
        }
        for (size_t d = 0; d < block->depth; d++, to += TILE_ROWS, from += product->left_depth)
            for (size_t i = 0; i < rows; i++)
                to[i] = from[i * product->left_row];
    }
    block->left = room;
    block->left_tile = TILE_ROWS * block->depth;
    block->left_row = 1;
    block->left_depth = TILE_ROWS;
}

#define PAIRED_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define PAIRED_HIGH(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define FOURS_LOW(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define FOURS_HIGH(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define HALVES_LOW(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define HALVES_HIGH(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)

/* A square of 8 by 8, transposed: to[i * TILE_COLUMNS + k] = from[k * step + i]. */
KERNEL_INLINE void turn_square(const float *from, size_t step, float *to)
{
    lane rows[8], pairs[8], fours[8];
#pragma GCC unroll 8
    for (size_t k = 0; k < 8; k++)
        rows[k] = LANE_OF(from + k * step);
#pragma GCC unroll 4
    for (size_t k = 0; k < 8; k += 2) {
        pairs[k] = PAIRED_LOW(rows[k], rows[k + 1]);
        pairs[k + 1] = PAIRED_HIGH(rows[k], rows[k + 1]);
    }
#pragma GCC unroll 2
    for (size_t k = 0; k < 8; k += 4) {
        fours[k] = FOURS_LOW(pairs[k], pairs[k + 2]);
        fours[k + 1] = FOURS_HIGH(pairs[k], pairs[k + 2]);
        fours[k + 2] = FOURS_LOW(pairs[k + 1], pairs[k + 3]);
        fours[k + 3] = FOURS_HIGH(pairs[k + 1], pairs[k + 3]);
    }
#pragma GCC unroll 4
    for (size_t k = 0; k < 4; k++) {
        LANE_AT(to + k * TILE_COLUMNS) = HALVES_LOW(fours[k], fours[k + 4]);
        LANE_AT(to + (k + 4) * TILE_COLUMNS) = HALVES_HIGH(fours[k], fours[k + 4]);
    }
}

/* Columns that lie along the depth, a panel of them. */
KERNEL_INLINE void lay_turned(const float *from, size_t step, size_t depth, float *panel)
{
    size_t d = 0;
    for (; d + 8 <= depth; d += 8) {
        turn_square(from + d, step, panel + d * TILE_COLUMNS);
        turn_square(from + 8 * step + d, step, panel + d * TILE_COLUMNS + 8);
    }
    for (; d < depth; d++)
        for (size_t c = 0; c < TILE_COLUMNS; c++)
            panel[d * TILE_COLUMNS + c] = from[c * step + d];
}

KERNEL_INLINE void lay_panel(const struct kernel_product *product, const struct block *block, size_t column,
                             size_t columns, float *panel)
{
    const float *from = product->right + block->from * product->right_depth + column * product->right_column;
    if (columns < TILE_COLUMNS)
        memset(panel, 0, block->depth * TILE_COLUMNS * sizeof *panel);
    if (product->right_column == 1 && columns == TILE_COLUMNS) {
        for (size_t d = 0; d < block->depth; d++, from += product->right_depth, panel += TILE_COLUMNS) {
            LANE_AT(panel) = LANE_OF(from);
            LANE_AT(panel + 8) = LANE_OF(from + 8);
        }
        return;
    }
    if (product->right_depth == 1 && columns == TILE_COLUMNS) {
        lay_turned(from, product->right_column, block->depth, panel);
        return;
    }
    for (size_t c = 0; c < columns; c++)
        for (size_t d = 0; d < block->depth; d++)
            panel[d * TILE_COLUMNS + c] = from[d * product->right_depth + c * product->right_column];
}

KERNEL_INLINE void fill_column(const struct kernel_product *product, const struct block *block, size_t column,
                               const float *panel)
{
    size_t columns = product->columns - column < TILE_COLUMNS ? product->columns - column : TILE_COLUMNS;
    for (size_t r = 0; r < product->rows; r += TILE_ROWS) {
        size_t rows = product->rows - r < TILE_ROWS ? product->rows - r : TILE_ROWS, from = 0, to = block->depth;
        if (product->band == KERNEL_LOWER && column > r + rows - 1)
            continue;
        if (product->band == KERNEL_LOWER_LEFT && to > r + rows)
            to = r + rows;
        if (product->band == KERNEL_UPPER_LEFT)
            from = r;
        struct tile tile = {.left = block->left + r / TILE_ROWS * block->left_tile + from * block->left_depth,
                            .left_row = block->left_row, .left_depth = block->left_depth,
                            .panel = panel + from * TILE_COLUMNS, .depth = to - from, .columns = columns,
                            .out = product->out + r * product->out_row + column, .out_row = product->out_row,
                            .is_added = block->is_added};
        fill_rows(&tile, rows);
    }
}

KERNEL_INLINE void multiply(const struct kernel_product *product, float *room)
{
    float *panel = room;
    room += BLOCK * TILE_COLUMNS;
    for (size_t from = 0; from < product->depth; from += BLOCK) {
        size_t depth = product->depth - from < BLOCK ? product->depth - from : BLOCK;
        struct block block = {.from = from, .depth = depth, .is_added = product->is_added || from > 0,
                              .left = product->left + from * product->left_depth,
                              .left_tile = TILE_ROWS * product->left_row, .left_row = product->left_row,
                              .left_depth = product->left_depth};
        if (product->left_depth != 1)
            lay_left(product, &block, room);
        for (size_t column = 0; column < product->columns; column += TILE_COLUMNS) {
            size_t columns = product->columns - column;
            lay_panel(product, &block, column, columns < TILE_COLUMNS ? columns : TILE_COLUMNS, panel);
            fill_column(product, &block, column, panel);
        }
    }
}

size_t kernel_room(size_t rows)
{
    return BLOCK * (TILE_COLUMNS + rows + TILE_ROWS);
}

/* Four rows at a time, so that x is read once for all. */
KERNEL_INLINE void apply(const float *matrix, const float *x, size_t rows, size_t depth, float *out)
{
    size_t r = 0;
    for (; r + 4 <= rows; r += 4, matrix += 4 * depth) {
        lane a = LANE_ALL(0), b = a, c = a, d = a;
        for (size_t i = 0; i < depth; i += 8) {
            lane part = LANE_OF(x + i);
            a += LANE_OF(matrix + i) * part;
            b += LANE_OF(matrix + depth + i) * part;
            c += LANE_OF(matrix + 2 * depth + i) * part;
            d += LANE_OF(matrix + 3 * depth + i) * part;
        }
        out[r] = LANE_SUM(a);
        out[r + 1] = LANE_SUM(b);
        out[r + 2] = LANE_SUM(c);
        out[r + 3] = LANE_SUM(d);
    }
    for (; r < rows; r++, matrix += depth) {
        lane a = LANE_ALL(0);
        for (size_t i = 0; i < depth; i += 8)
            a += LANE_OF(matrix + i) * LANE_OF(x + i);
        out[r] = LANE_SUM(a);
    }
}

KERNEL_INLINE void gather(const float *weights, const float *matrix, size_t rows, size_t width, float *out)
{
    for (size_t i = 0; i < width; i += 8) {
        lane sum = LANE_ALL(0);
        const float *at = matrix + i;
        for (size_t r = 0; r < rows; r++, at += width)
            sum += LANE_OF(at) * weights[r];
        LANE_AT(out + i) = sum;
    }
}

KERNEL_BOTH(void, multiply, (const struct kernel_product *product, float *room), (product, room))
KERNEL_BOTH(void, apply, (const float *matrix, const float *x, size_t rows, size_t depth, float *out),
            (matrix, x, rows, depth, out))
KERNEL_BOTH(void, gather, (const float *weights, const float *matrix, size_t rows, size_t width, float *out),
            (weights, matrix, rows, width, out))
