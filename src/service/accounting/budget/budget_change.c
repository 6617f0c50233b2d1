#include "service/accounting/budget/budget_change.h"

static int compare_numbers(int64_t one, int64_t other)
{
    return one < other ? -1 : one > other;
}

/* As budget_line_list orders them; kind last. */
static int compare(const struct budget_line *one, const struct budget_line *other)
{
    const int orders[] = {compare_numbers(one->section, other->section),
                          compare_numbers(one->direction, other->direction),
                          str_compare(one->group_chapter, other->group_chapter),
                          str_compare(one->nature, other->nature),
                          str_compare(one->function, other->function),
                          str_compare(one->operation, other->operation),
                          compare_numbers(one->kind, other->kind)};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (orders[i] != 0)
            return orders[i];
    return 0;
}

static struct money credit_of(const struct budget_line *line)
{
    return line->has[DOCBUDG_OPEN] ? line->amounts[DOCBUDG_OPEN] : line->amounts[DOCBUDG_VOTED];
}

/* The sum of the lines from `at` on that are one with it; *at is then behind them. */
static enum status take(const struct budget_line *lines, size_t count, size_t *at, struct money *sum)
{
    const struct budget_line *first = &lines[*at];
    for (; *at < count && compare(&lines[*at], first) == 0; (*at)++)
        TRY(money_add(sum, credit_of(&lines[*at])));
    return OK;
}

enum status budget_changes(struct arena *arena, const struct budget_line *before, size_t before_count,
                           const struct budget_line *after, size_t after_count, struct budget_change **ret_changes,
                           size_t *ret_count)
{
    struct budget_change *changes = arena_array(arena, struct budget_change, before_count + after_count + 1);
    size_t was = 0, is = 0, count = 0;
    if (changes == NULL)
        return LIMIT;
    while (was < before_count || is < after_count) {
        int order = was == before_count  ? 1
                    : is == after_count ? -1
                                        : compare(&before[was], &after[is]);
        struct budget_change change = {
            .line = order <= 0 ? &before[was] : &after[is], .was = order <= 0, .is = order >= 0};
        if (change.was)
            TRY(take(before, before_count, &was, &change.before));
        if (change.is)
            TRY(take(after, after_count, &is, &change.after));
        if (!money_is(change.before, change.after))
            changes[count++] = change;
    }
    *ret_changes = changes;
    *ret_count = count;
    return OK;
}
