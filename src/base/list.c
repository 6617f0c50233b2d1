#include "base/list.h"

#include <string.h>

#include "base/arena.h"

void *list_grow(struct arena *arena, void **at, size_t *count, size_t *room, size_t size, size_t max)
{
    if (*count >= max)
        return NULL;
    if (*count == *room) {
        size_t wider = *room ? *room * 2 : 8;
        void *moved = arena_alloc_array(arena, size, wider);
        if (moved == NULL)
            return NULL;
        if (*count > 0)
            memcpy(moved, *at, *count * size);
        *at = moved;
        *room = wider;
    }
    return (char *)*at + size * (*count)++;
}
