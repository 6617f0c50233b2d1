/* A wheel holds what is due at a tick: adding, removing and finding the next cost O(1).
 *
 * Why: thousands of idle connections each hold one timer, set again with every command. Four rings of 64
 * slots; a ring's slot covers 64 slots of the ring below, and is dealt out to it when its time comes. Time
 * is in ticks since any start and is given by the caller. Owns nothing: nodes lie in their owners. */
#ifndef OS_WHEEL_H
#define OS_WHEEL_H

#include <stdbool.h>
#include <stdint.h>

enum { WHEEL_TICK_MS = 10, WHEEL_RINGS = 4, WHEEL_SLOTS = 64 };

struct wheel_node { /* zeroed at first; linked while it waits */
    struct wheel_node *next, *previous;
    int64_t due_tick;
    uint16_t slot; /* of all rings */
};

struct wheel {
    int64_t tick;                    /* all that was due before or at it has been given out */
    uint64_t is_filled[WHEEL_RINGS]; /* one bit per slot */
    struct wheel_node *slots[WHEEL_RINGS * WHEEL_SLOTS];
    struct wheel_node *due;
};

void wheel_init(struct wheel *wheel, int64_t tick);

/* Any due_tick: one in the past is due at once, one beyond the rings (46 hours) is dealt out again. */
void wheel_add(struct wheel *wheel, struct wheel_node *node, int64_t due_tick);
void wheel_remove(struct wheel *wheel, struct wheel_node *node); /* one that does not wait: no effect */

/* Takes out one node due at now_tick or before, earliest first; NULL: no more. */
struct wheel_node *wheel_next_due(struct wheel *wheel, int64_t now_tick);

/* A tick by which wheel_next_due should be asked again: never after the next due time, and before it only
 * where a ring is to be dealt out. -1: nothing waits. */
int64_t wheel_next_tick(const struct wheel *wheel);

#endif
