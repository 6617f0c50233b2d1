/* A map finds a pointer by a text key; keys and table live in an arena and are never removed.
 *
 * For lookups within one unit of work or one configuration. At most `max` keys. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t count, room, max;
};

struct map map_in(struct arena *arena, size_t max);

/* LIMIT when full, CONFLICT when the key is there already. The key is copied. */
MUST_USE enum status map_add(struct map *map, struct str key, void *value);
/* NULL when absent. */
void *map_get(const struct map *map, struct str key);

#endif
