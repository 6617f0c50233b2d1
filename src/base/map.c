#include "base/map.h"

#include "base/arena.h"

enum { FIRST_ROOM = 16 };

struct map_slot {
    struct str key; /* absent: a free slot */
    void *value;
};

/* FNV-1a, then a mix so that the low bits, which choose the slot, depend on every byte. A hostile
 * choice of keys costs at most `max` steps per lookup: keep max small for foreign keys. */
static uint64_t hash_of(struct str key)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.at[i]) * 0x100000001b3u;
    return hash ^ hash >> 32;
}

struct map map_in(struct arena *arena, size_t max)
{
    return (struct map){.arena = arena, .max = max};
}

/* The slot of this key, or the free one where it belongs. There is always one: at most 3/4 are used. */
static struct map_slot *slot_of(const struct map *map, struct str key)
{
    size_t mask = map->room - 1;
    size_t at = (size_t)hash_of(key) & mask;
    while (!str_is_absent(map->slots[at].key) && !str_eq(map->slots[at].key, key))
        at = (at + 1) & mask;
    return &map->slots[at];
}

static enum status widen(struct map *map)
{
    struct map wider = *map;
    wider.room = map->room ? map->room * 2 : FIRST_ROOM;
    wider.slots = arena_array(map->arena, struct map_slot, wider.room);
    if (wider.slots == NULL)
        return LIMIT;
    for (size_t i = 0; i < map->room; i++)
        if (!str_is_absent(map->slots[i].key))
            *slot_of(&wider, map->slots[i].key) = map->slots[i];
    *map = wider;
    return OK;
}

enum status map_add(struct map *map, struct str key, void *value)
{
    if (map->room > 0 && !str_is_absent(slot_of(map, key)->key))
        return CONFLICT;
    if (map->count >= map->max)
        return LIMIT;
    if (map->count >= map->room / 4 * 3)
        TRY(widen(map));
    struct str kept = str_copy(map->arena, key);
    if (str_is_absent(kept))
        return LIMIT;
    *slot_of(map, key) = (struct map_slot){kept, value};
    map->count++;
    return OK;
}

void *map_get(const struct map *map, struct str key)
{
    return map->room > 0 ? slot_of(map, key)->value : NULL;
}
