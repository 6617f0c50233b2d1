#include "os/wheel.h"

#include <stddef.h>

#include "base/status.h"

enum { BITS = 6, MASK = WHEEL_SLOTS - 1, SLOT_DUE = WHEEL_RINGS * WHEEL_SLOTS };

void wheel_init(struct wheel *wheel, int64_t tick)
{
    *wheel = (struct wheel){.tick = tick};
}

static struct wheel_node **head_of(struct wheel *wheel, unsigned slot)
{
    return slot == SLOT_DUE ? &wheel->due : &wheel->slots[slot];
}

static void mark(struct wheel *wheel, unsigned slot, bool is_filled)
{
    if (slot == SLOT_DUE)
        return;
    uint64_t bit = UINT64_C(1) << (slot % WHEEL_SLOTS);
    if (is_filled)
        wheel->is_filled[slot / WHEEL_SLOTS] |= bit;
    else
        wheel->is_filled[slot / WHEEL_SLOTS] &= ~bit;
}

/* Lists are circular, so that a node is appended and taken out without walking. */
static void link_last(struct wheel *wheel, struct wheel_node *node, unsigned slot)
{
    struct wheel_node **head = head_of(wheel, slot);
    node->slot = (uint16_t)slot;
    if (*head == NULL) {
        *head = node->next = node->previous = node;
        mark(wheel, slot, true);
        return;
    }
    node->next = *head;
    node->previous = (*head)->previous;
    node->previous->next = node;
    node->next->previous = node;
}

void wheel_remove(struct wheel *wheel, struct wheel_node *node)
{
    if (node->next == NULL)
        return;
    struct wheel_node **head = head_of(wheel, node->slot);
    if (node->next == node) {
        *head = NULL;
        mark(wheel, node->slot, false);
    } else {
        node->previous->next = node->next;
        node->next->previous = node->previous;
        if (*head == node)
            *head = node->next;
    }
    node->next = node->previous = NULL;
}

static unsigned slot_for(const struct wheel *wheel, int64_t due_tick)
{
    const int64_t farthest = wheel->tick + (INT64_C(1) << (BITS * WHEEL_RINGS)) -
                             (INT64_C(1) << (BITS * (WHEEL_RINGS - 1)));
    if (due_tick > farthest)
        due_tick = farthest;
    int64_t away = due_tick - wheel->tick;
    if (away <= 0)
        return SLOT_DUE;
    unsigned ring = 0;
    while (ring + 1 < WHEEL_RINGS && away >= INT64_C(1) << (BITS * (ring + 1)))
        ring++;
    return ring * WHEEL_SLOTS + (unsigned)((due_tick >> (BITS * ring)) & MASK);
}

void wheel_add(struct wheel *wheel, struct wheel_node *node, int64_t due_tick)
{
    REQUIRE(node->next == NULL);
    node->due_tick = due_tick;
    link_last(wheel, node, slot_for(wheel, due_tick));
}

/* The tick at which the next filled slot of a ring begins; -1: the ring is empty. */
static int64_t ring_next(const struct wheel *wheel, unsigned ring)
{
    uint64_t filled = wheel->is_filled[ring];
    if (filled == 0)
        return -1;
    int64_t current = wheel->tick >> (BITS * ring);
    unsigned first = (unsigned)((current + 1) & MASK);
    uint64_t turned = filled >> first | filled << ((WHEEL_SLOTS - first) & MASK);
    return (current + 1 + __builtin_ctzll(turned)) << (BITS * ring);
}

int64_t wheel_next_tick(const struct wheel *wheel)
{
    if (wheel->due != NULL)
        return wheel->tick;
    int64_t earliest = -1;
    for (unsigned ring = 0; ring < WHEEL_RINGS; ring++) {
        int64_t next = ring_next(wheel, ring);
        if (next >= 0 && (earliest < 0 || next < earliest))
            earliest = next;
    }
    return earliest;
}

/* Moves every node of the slot to where it belongs as seen from the present tick. */
static void deal_out(struct wheel *wheel, unsigned slot)
{
    struct wheel_node *node;
    while ((node = wheel->slots[slot]) != NULL) {
        wheel_remove(wheel, node);
        link_last(wheel, node, slot_for(wheel, node->due_tick));
    }
}

static void advance_to(struct wheel *wheel, int64_t tick)
{
    wheel->tick = tick;
    for (unsigned ring = WHEEL_RINGS; ring-- > 0;) {
        bool begins_slot = (tick & ((INT64_C(1) << (BITS * ring)) - 1)) == 0;
        if (begins_slot)
            deal_out(wheel, ring * WHEEL_SLOTS + (unsigned)((tick >> (BITS * ring)) & MASK));
    }
}

struct wheel_node *wheel_next_due(struct wheel *wheel, int64_t now_tick)
{
    while (wheel->due == NULL) {
        int64_t next = wheel_next_tick(wheel);
        if (next < 0 || next > now_tick) {
            wheel->tick = wheel->tick < now_tick ? now_tick : wheel->tick;
            return NULL;
        }
        advance_to(wheel, next);
    }
    struct wheel_node *node = wheel->due;
    wheel_remove(wheel, node);
    return node;
}
