#include "language/model/diet.h"

#include "language/model/world.h"

static uint64_t weight_of(struct diet diet, size_t rank)
{
    switch (diet.kind) {
    case DIET_WEB:
        return world_zipf(rank);
    case DIET_LARGE:
        return rank < DIET_LARGE_TOWNS;
    case DIET_OFTEN:
        return rank == diet.chosen ? DIET_OFTEN_TIMES : 1;
    case DIET_WITHOUT:
        return rank != diet.chosen;
    default:
        return 1;
    }
}

void diet_weights(struct diet diet, size_t count, uint64_t *weights)
{
    for (size_t rank = 0; rank < count; rank++)
        weights[rank] = weight_of(diet, rank);
}
