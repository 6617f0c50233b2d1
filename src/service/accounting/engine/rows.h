/* A rows is a long array that grows in an arena by blocks, so its items never move and nothing is copied. */
#ifndef SERVICE_ACCOUNTING_ENGINE_ROWS_H
#define SERVICE_ACCOUNTING_ENGINE_ROWS_H

#include "base/arena.h"
#include "base/list.h"
#include "base/status.h"

enum { ROWS_BLOCK = 1024 /* items */, ROWS_BLOCKS_MAX = 1 << 17 };

struct rows {
    struct arena *arena;
    struct row_blocks LIST_OF(char *) blocks;
    size_t size, count; /* bytes of an item; items */
};

static inline struct rows rows_in(struct arena *arena, size_t size)
{
    return (struct rows){.arena = arena, .size = size};
}

/* LIMIT: the arena is full, or the maximum reached; nothing is added. Afterwards rows_add takes `more` without fail. */
MUST_USE enum status rows_reserve(struct rows *rows, size_t more);
/* A zeroed one, of those reserved. */
void *rows_add(struct rows *rows);

static inline void *rows_at(const struct rows *rows, size_t place)
{
    return rows->blocks.at[place / ROWS_BLOCK] + place % ROWS_BLOCK * rows->size;
}

#endif
