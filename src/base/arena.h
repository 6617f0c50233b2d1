/* An arena is the memory of one request, job or command: handed out in pieces, freed whole, capped.
 *
 * Why: nothing to free on any path, so no path can forget. Invariants: what it gives is zeroed and
 * aligned for any type; it never gives more than its maximum. Allocations within an arena live until
 * arena_reset or arena_destroy. Not for data that outlives a request: use create/destroy pairs there. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* An arena that hands out at most `max` bytes. Memory is taken from the heap in growing blocks.
 * Aborts when the machine itself has none left. */
struct arena *arena_create(size_t max);

/* NULL is accepted. Writes NULL through the pointer, so the cleanup attribute can call it. */
void arena_destroy(struct arena **arena);

/* Forgets all that was given and keeps the first block for the next request. */
void arena_reset(struct arena *arena);

/* Zeroed bytes, or NULL once `max` would be passed: the caller answers LIMIT. */
void *arena_alloc(struct arena *arena, size_t size);

/* Bytes given so far, and the maximum. */
size_t arena_used(const struct arena *arena);
size_t arena_max(const struct arena *arena);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
/* NULL on overflow of count * size as well. */
#define arena_array(arena, type, count) ((type *)arena_alloc_array((arena), sizeof(type), (count)))
void *arena_alloc_array(struct arena *arena, size_t size, size_t count);

/* `struct arena *scratch ARENA_SCOPE = arena_create(n);` frees it on leaving the scope. */
#define ARENA_SCOPE __attribute__((cleanup(arena_destroy)))

#endif
