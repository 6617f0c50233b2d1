#include "proto/imap/imap_set.h"

#include <stdlib.h>

#include "base/list.h"

struct range_list LIST_OF(struct imap_range);

static enum status parse_number(struct str text, uint32_t *ret_number)
{
    uint64_t value;
    if (str_eq(text, STR("*"))) {
        *ret_number = IMAP_STAR;
        return OK;
    }
    if (text.len == 0 || text.at[0] == '0' || str_to_u64(text, UINT32_MAX, &value) != OK)
        return INVALID;
    *ret_number = (uint32_t)value;
    return OK;
}

static enum status parse_range(struct str text, struct imap_range *range)
{
    struct str from = str_cut(&text, ':');
    TRY(parse_number(from, &range->from));
    range->to = range->from;
    return str_is_absent(text) ? OK : parse_number(text, &range->to);
}

enum status imap_set_parse(struct str text, struct arena *arena, struct imap_set *ret_set)
{
    struct range_list ranges = {0};
    if (str_eq(text, STR("$"))) {
        *ret_set = (struct imap_set){.is_saved = true};
        return OK;
    }
    if (text.len == 0)
        return INVALID;
    while (!str_is_absent(text)) {
        struct imap_range range;
        TRY(parse_range(str_cut(&text, ','), &range));
        struct imap_range *added = list_add(&ranges, arena, IMAP_SET_RANGES_MAX);
        if (added == NULL)
            return LIMIT;
        *added = range;
    }
    *ret_set = (struct imap_set){.ranges = ranges.at, .count = ranges.count};
    return OK;
}

static int compare(const void *a, const void *b)
{
    uint32_t left = ((const struct imap_range *)a)->from, right = ((const struct imap_range *)b)->from;
    return left < right ? -1 : left > right;
}

/* Ascending ranges that touch become one. */
static void merge(struct imap_set *set)
{
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        struct imap_range range = set->ranges[i];
        struct imap_range *last = kept > 0 ? &set->ranges[kept - 1] : NULL;
        if (last != NULL && range.from <= (last->to == UINT32_MAX ? UINT32_MAX : last->to + 1))
            last->to = range.to > last->to ? range.to : last->to;
        else
            set->ranges[kept++] = range;
    }
    set->count = kept;
}

void imap_set_resolve(struct imap_set *set, uint32_t last)
{
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        struct imap_range range = set->ranges[i];
        bool has_star = range.from == IMAP_STAR || range.to == IMAP_STAR;
        if (has_star && last == 0)
            continue;
        range.from = range.from == IMAP_STAR ? last : range.from;
        range.to = range.to == IMAP_STAR ? last : range.to;
        if (range.from > range.to)
            range = (struct imap_range){range.to, range.from};
        set->ranges[kept++] = range;
    }
    set->count = kept;
    if (kept > 1)
        qsort(set->ranges, kept, sizeof *set->ranges, compare);
    merge(set);
}

enum status imap_set_of(const uint32_t *numbers, size_t count, struct arena *arena, struct imap_set *ret_set)
{
    struct imap_range *ranges = arena_array(arena, struct imap_range, count + 1);
    size_t kept = 0;
    if (ranges == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && ranges[kept - 1].to + 1 == numbers[i])
            ranges[kept - 1].to = numbers[i];
        else
            ranges[kept++] = (struct imap_range){numbers[i], numbers[i]};
    }
    *ret_set = (struct imap_set){.ranges = ranges, .count = kept};
    return OK;
}

/* The first range that ends at or after the number, or count. */
static size_t place_of(const struct imap_set *set, uint32_t number)
{
    size_t low = 0, high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->ranges[middle].to < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool imap_set_has(const struct imap_set *set, uint32_t number)
{
    size_t at = place_of(set, number);
    return at < set->count && set->ranges[at].from <= number;
}

uint32_t imap_set_next(const struct imap_set *set, uint32_t after)
{
    if (after == UINT32_MAX)
        return 0;
    size_t at = place_of(set, after + 1);
    if (at == set->count)
        return 0;
    return set->ranges[at].from > after ? set->ranges[at].from : after + 1;
}

static void write_range(struct buf *out, struct imap_range range, bool is_first)
{
    buf_add_format(out, range.from == range.to ? "%s%u" : "%s%u:%u", is_first ? "" : ",", range.from, range.to);
}

void imap_set_write_numbers(struct buf *out, const uint32_t *numbers, size_t count)
{
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && numbers[end] == numbers[end - 1] + 1)
            end++;
        write_range(out, (struct imap_range){numbers[i], numbers[end - 1]}, i == 0);
        i = end;
    }
}

void imap_set_write(struct buf *out, const struct imap_set *set)
{
    if (set->is_saved)
        buf_add_byte(out, '$');
    for (size_t i = 0; i < set->count; i++)
        write_range(out, set->ranges[i], i == 0);
}
