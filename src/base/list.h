/* A list is a typed array that grows inside an arena, up to a named maximum.
 *
 *     struct part_list LIST_OF(struct part);
 *     struct part *part = list_add(&parts, arena, PART_MAX);   NULL: the maximum, or a full arena
 *
 * The items are contiguous (list.at[0] .. list.at[list.count - 1]) and move when the list grows: keep
 * indexes, not pointers, while adding. */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stddef.h>

struct arena;

#define LIST_OF(type)                                                                              \
    {                                                                                              \
        type *at; /* NOLINT(bugprone-macro-parentheses): a type bears none */                      \
        size_t count, room;                                                                        \
    }

#define list_add(list, arena, max)                                                                 \
    ((__typeof__((list)->at))list_grow((arena), (void **)&(list)->at, &(list)->count,              \
                                       &(list)->room, sizeof *(list)->at, (max)))

/* The function behind list_add: a zeroed new last item, or NULL. */
void *list_grow(struct arena *arena, void **at, size_t *count, size_t *room, size_t size, size_t max);

#endif
