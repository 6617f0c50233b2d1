/* A seeded generator of repeatable numbers, for simulation and tests: never for secrets (os/entropy.h). */
#ifndef BASE_SEEDED_H
#define BASE_SEEDED_H

#include <stdint.h>

struct seeded {
    uint64_t state;
};

uint64_t seeded_next(struct seeded *seeded);                   /* splitmix64 */
uint64_t seeded_below(struct seeded *seeded, uint64_t bound);   /* bound > 0 */

#endif
