#include "service/accounting/engine/rows.h"

enum status rows_reserve(struct rows *rows, size_t more)
{
    while (rows->count + more > rows->blocks.count * ROWS_BLOCK) {
        char *block = arena_alloc_array(rows->arena, rows->size, ROWS_BLOCK);
        char **kept = block != NULL ? list_add(&rows->blocks, rows->arena, ROWS_BLOCKS_MAX) : NULL;
        if (kept == NULL)
            return LIMIT;
        *kept = block;
    }
    return OK;
}

void *rows_add(struct rows *rows)
{
    REQUIRE(rows->count < rows->blocks.count * ROWS_BLOCK);
    return rows_at(rows, rows->count++);
}
