#include "service/accounting/cfu/cfu.h"

#include <stdlib.h>

static int compare_numbers(int64_t one, int64_t other)
{
    return (one > other) - (one < other);
}

static int compare_lines(const struct cfu_line *one, const struct cfu_line *other)
{
    const int orders[] = {compare_numbers(one->section, other->section),
                          compare_numbers(one->direction, other->direction),
                          compare_numbers(one->is_order, other->is_order),
                          str_compare(one->chapter, other->chapter),
                          str_compare(one->operation, other->operation),
                          str_compare(one->nature, other->nature)};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (orders[i] != 0)
            return orders[i];
    return 0;
}

static int by_line(const void *one, const void *other)
{
    return compare_lines(one, other);
}

/* Sorted, lines of the same summed. */
static enum status sum_up(struct arena *arena, struct cfu_part part, struct cfu_part *ret_sums)
{
    struct cfu_line *lines = arena_array(arena, struct cfu_line, part.count + 1);
    size_t kept = 0;
    if (lines == NULL)
        return LIMIT;
    if (part.count > 0)
        memcpy(lines, part.lines, part.count * sizeof *lines);
    qsort(lines, part.count, sizeof *lines, by_line);
    for (size_t i = 0; i < part.count; i++) {
        if (kept > 0 && compare_lines(&lines[kept - 1], &lines[i]) == 0)
            TRY(money_add(&lines[kept - 1].done, lines[i].done));
        else
            lines[kept++] = lines[i];
    }
    *ret_sums = (struct cfu_part){.lines = lines, .count = kept};
    return OK;
}

/* Of the next of either side; what one side lacks counts as nothing. */
static struct cfu_difference difference_of(const struct cfu_line *town, const struct cfu_line *accountant)
{
    struct cfu_difference difference = {.kind = town == NULL         ? CFU_ACCOUNTANT_ONLY
                                                : accountant == NULL ? CFU_TOWN_ONLY
                                                                     : CFU_AMOUNT,
                                        .line = town == NULL ? *accountant : *town};
    if (town == NULL)
        difference.line.done = (struct money){0};
    if (accountant != NULL)
        difference.accountant = accountant->done;
    return difference;
}

enum status cfu_reconcile(struct arena *arena, struct cfu_part town, struct cfu_part accountant,
                          struct cfu_difference **ret_differences, size_t *ret_count)
{
    struct cfu_part here, there;
    size_t at = 0, other = 0, count = 0;
    TRY(sum_up(arena, town, &here));
    TRY(sum_up(arena, accountant, &there));
    struct cfu_difference *found = arena_array(arena, struct cfu_difference, here.count + there.count + 1);
    if (found == NULL)
        return LIMIT;
    while (at < here.count || other < there.count) {
        int order = at == here.count       ? 1
                    : other == there.count ? -1
                                           : compare_lines(&here.lines[at], &there.lines[other]);
        const struct cfu_line *ours = order <= 0 ? &here.lines[at++] : NULL;
        const struct cfu_line *theirs = order >= 0 ? &there.lines[other++] : NULL;
        found[count] = difference_of(ours, theirs);
        count += !money_is(found[count].line.done, found[count].accountant);
    }
    *ret_differences = found;
    *ret_count = count;
    return OK;
}

/* ---- in words ---- */

void cfu_differences_write(struct buf *out, const struct cfu_difference *differences, size_t count)
{
    static const char *const kinds[] = {"ordonnateur seul", "comptable seul", "montant"};
    static const char *const sections[] = {"F", "I", ""};
    buf_add_literal(out, "ecart\tsection\tsens\tordre\tchapitre\toperation\tnature\tordonnateur\tcomptable\n");
    for (size_t i = 0; i < count; i++) {
        const struct cfu_line *line = &differences[i].line;
        buf_add_format(out, "%s\t%s\t%s\t%d\t%.*s\t%.*s\t%.*s\t", kinds[differences[i].kind],
                       sections[line->section], line->direction == CHART_EXPENSE ? "D" : "R", line->is_order,
                       STR_ARG(line->chapter), STR_ARG(line->operation), STR_ARG(line->nature));
        money_write(out, line->done);
        buf_add_byte(out, '\t');
        money_write(out, differences[i].accountant);
        buf_add_byte(out, '\n');
    }
}
