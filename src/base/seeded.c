#include "base/seeded.h"

#include "base/status.h"

/* Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators" (2014). */
uint64_t seeded_next(struct seeded *seeded)
{
    uint64_t mixed = seeded->state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

/* Draws again above the largest multiple of bound, so that every value is equally likely. */
uint64_t seeded_below(struct seeded *seeded, uint64_t bound)
{
    REQUIRE(bound > 0);
    uint64_t biased = (UINT64_MAX % bound + 1) % bound;
    for (;;) {
        uint64_t drawn = seeded_next(seeded);
        if (drawn <= UINT64_MAX - biased)
            return drawn % bound;
    }
}
