#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/status.h"

/* Arenas that hold much grow by whole huge pages: at 4 KiB each, the first touch of a page costs more than what is
 * written there, several times so on virtual machines. */
enum { FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20, LONG = 4 << 20, HUGE_PAGE = 2 << 20, LONG_STEP = 8 << 20 };

struct block {
    struct block *older;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *newest;
    size_t max, used;
};

/* The advice may be declined, or address space lack for the alignment: then they are pages like others. */
static void *huge_pages(size_t size)
{
    void *pages = aligned_alloc(HUGE_PAGE, size);
    if (pages == NULL)
        return malloc(size);
    (void)madvise(pages, size, MADV_HUGEPAGE);
    return pages;
}

static struct block *block_create(size_t size, struct block *older)
{
    size_t whole = sizeof(struct block) + size;
    bool is_long = whole >= HUGE_PAGE;
    if (is_long)
        whole = (whole + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    struct block *block = is_long ? huge_pages(whole) : malloc(whole);
    REQUIRE(block != NULL);
    *block = (struct block){.older = older, .size = whole - sizeof *block};
    return block;
}

struct arena *arena_create(size_t max)
{
    struct arena *arena = malloc(sizeof *arena);
    REQUIRE(arena != NULL);
    *arena = (struct arena){.max = max};
    return arena;
}

static void free_down_to(struct arena *arena, struct block *kept)
{
    while (arena->newest != kept) {
        struct block *older = arena->newest->older;
        free(arena->newest);
        arena->newest = older;
    }
}

void arena_destroy(struct arena **arena)
{
    if (*arena == NULL)
        return;
    free_down_to(*arena, NULL);
    free(*arena);
    *arena = NULL;
}

void arena_reset(struct arena *arena)
{
    struct block *oldest = arena->newest;
    while (oldest != NULL && oldest->older != NULL)
        oldest = oldest->older;
    free_down_to(arena, oldest);
    if (oldest != NULL)
        oldest->used = 0;
    arena->used = 0;
}

static size_t next_block_size(const struct arena *arena, size_t wanted)
{
    size_t size = arena->newest ? arena->newest->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP)
        size = LARGEST_STEP;
    if (arena->used >= LONG)
        size = LONG_STEP - sizeof(struct block);
    return size < wanted ? wanted : size;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size > arena->max)
        return NULL;
    size_t wanted = size == 0 ? unit : (size + unit - 1) / unit * unit;
    if (wanted > arena->max - arena->used)
        return NULL;
    struct block *block = arena->newest;
    if (block == NULL || block->size - block->used < wanted)
        block = arena->newest = block_create(next_block_size(arena, wanted), arena->newest);
    void *given = block->bytes + block->used;
    block->used += wanted;
    arena->used += wanted;
    return memset(given, 0, wanted);
}

void *arena_alloc_array(struct arena *arena, size_t size, size_t count)
{
    size_t total;
    return __builtin_mul_overflow(size, count, &total) ? NULL : arena_alloc(arena, total);
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}

size_t arena_max(const struct arena *arena)
{
    return arena->max;
}
