#include "language/model/world.h"

#include <stdlib.h>

static bool is_shown(const struct table_commune *commune, enum world_extent extent,
                     const struct table_department *chosen)
{
    if (commune->department == chosen)
        return true;
    return extent == WORLD_REGION && (str_eq(commune->department->region, chosen->region) ||
                                      str_eq(commune->code, commune->department->seat));
}

struct ranked {
    int64_t population;
    size_t place;
};

static int compare(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    if (left->population != right->population)
        return left->population > right->population ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

uint64_t world_zipf(size_t rank)
{
    return ((uint64_t)1 << 40) / (rank + 1);
}

static enum status take(struct arena *arena, const struct ranked *ranked, size_t count, struct world *world)
{
    world->communes = arena_array(arena, size_t, count);
    world->until = arena_array(arena, uint64_t, count);
    if (world->communes == NULL || world->until == NULL)
        return LIMIT;
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += world_zipf(i);
        world->communes[i] = ranked[i].place;
        world->until[i] = sum;
    }
    world->count = count;
    return OK;
}

enum status world_create(struct arena *arena, const struct table *table, enum world_extent extent,
                         struct str department, struct world *ret_world)
{
    const struct table_department *chosen = table_department(table, department);
    struct ranked *ranked = arena_array(arena, struct ranked, table->count);
    struct world world = {.table = table};
    size_t count = 0;
    if (ranked == NULL)
        return LIMIT;
    for (size_t i = 0; chosen != NULL && i < table->count; i++)
        if (is_shown(&table->communes[i], extent, chosen))
            ranked[count++] = (struct ranked){table->communes[i].population, i};
    if (count == 0)
        return NOT_FOUND;
    qsort(ranked, count, sizeof *ranked, compare);
    TRY(take(arena, ranked, count, &world));
    *ret_world = world;
    return OK;
}

static enum status weigh(const uint64_t *weights, struct world *world)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < world->count; i++) {
        if (weights[i] > INT64_MAX - sum)
            return INVALID;
        sum += weights[i];
        world->until[i] = sum;
    }
    return sum > 0 ? OK : INVALID;
}

enum status world_of_weights(struct arena *arena, const struct table *table, const uint64_t *weights,
                             struct world *ret_world)
{
    struct ranked *ranked = arena_array(arena, struct ranked, table->count);
    struct world world = {.table = table};
    if (ranked == NULL)
        return LIMIT;
    for (size_t i = 0; i < table->count; i++)
        ranked[i] = (struct ranked){table->communes[i].population, i};
    qsort(ranked, table->count, sizeof *ranked, compare);
    TRY(take(arena, ranked, table->count, &world));
    TRY(weigh(weights, &world));
    *ret_world = world;
    return OK;
}

size_t world_draw(const struct world *world, struct seeded *seeded)
{
    uint64_t drawn = seeded_below(seeded, world->until[world->count - 1]);
    size_t low = 0, high = world->count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (drawn < world->until[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void world_line(struct buf *out, const struct table_commune *commune)
{
    buf_add(out, commune->name);
    buf_add_literal(out, " : ");
    buf_add(out, commune->department->name);
    buf_add_literal(out, " (");
    buf_add(out, commune->department->code);
    buf_add_literal(out, "), ");
    buf_add(out, commune->postal_codes[0]);
    buf_add_literal(out, ", ");
    buf_add_i64(out, commune->population);
    buf_add_literal(out, " hab.\n");
}

void world_prompt(struct buf *out, struct str name)
{
    buf_add_byte(out, '\n');
    buf_add(out, name);
    buf_add_literal(out, " :");
}
