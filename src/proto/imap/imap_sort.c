#include "proto/imap/imap_sort.h"

#include <stdlib.h>

static const struct str names[] = {
    [IMAP_SORT_ARRIVAL] = STR_INIT("ARRIVAL"), [IMAP_SORT_CC] = STR_INIT("CC"),
    [IMAP_SORT_DATE] = STR_INIT("DATE"),       [IMAP_SORT_FROM] = STR_INIT("FROM"),
    [IMAP_SORT_SIZE] = STR_INIT("SIZE"),       [IMAP_SORT_SUBJECT] = STR_INIT("SUBJECT"),
    [IMAP_SORT_TO] = STR_INIT("TO"),           [IMAP_SORT_RELEVANCY] = STR_INIT("RELEVANCY"),
};
enum { NAME_COUNT = sizeof names / sizeof *names };

/* A criterion named again decides nothing: it is passed over, so the maximum is never passed. */
static void add(struct imap_sort *sort, enum imap_sort_by by, bool is_reverse)
{
    for (size_t i = 0; i < sort->count; i++)
        if (sort->criteria[i].by == by && sort->criteria[i].is_reverse == is_reverse)
            return;
    sort->criteria[sort->count].by = by;
    sort->criteria[sort->count++].is_reverse = is_reverse;
}

static enum status read_criteria(const struct imap_arg *list, struct imap_sort *sort, const char **ret_why)
{
    bool is_reverse = false;
    *ret_why = "sort criteria expected";
    if (!imap_arg_is_list(list) || list->count == 0)
        return INVALID;
    *ret_why = "unknown sort criterion";
    for (size_t i = 0; i < list->count; i++) {
        int by = 0;
        if (imap_arg_is(&list->items[i], STR("REVERSE")) && !is_reverse) {
            is_reverse = true;
            continue;
        }
        while (by < NAME_COUNT && !imap_arg_is(&list->items[i], names[by]))
            by++;
        if (by == NAME_COUNT)
            return INVALID;
        add(sort, (enum imap_sort_by)by, is_reverse);
        is_reverse = false;
    }
    *ret_why = "a criterion follows REVERSE";
    return is_reverse ? INVALID : OK;
}

enum status imap_sort_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                            struct imap_sort *ret_sort, const char **ret_why)
{
    struct imap_sort sort = {.count = 0};
    unsigned returns = 0;
    size_t at;
    TRY(imap_search_parse_returns(args, count, &returns, &at, ret_why));
    TRY(read_criteria(at < count ? &args[at] : NULL, &sort, ret_why));
    TRY(imap_search_parse_program(args + at + 1, count - at - 1, arena, &sort.search, ret_why));
    for (size_t i = 0; i < sort.count; i++)
        if (sort.criteria[i].by == IMAP_SORT_RELEVANCY)
            returns |= IMAP_RETURN_RELEVANCY;
    *ret_why = "RELEVANCY is of FUZZY keys"; /* RFC 6203 section 5 */
    if (returns & IMAP_RETURN_RELEVANCY && !sort.search.uses_fuzzy)
        return INVALID;
    sort.search.is_extended = at > 0;
    sort.search.returns = returns;
    *ret_sort = sort;
    return OK;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_by(enum imap_sort_by by, const struct imap_sort_row *a, const struct imap_sort_row *b)
{
    switch (by) {
    case IMAP_SORT_ARRIVAL:
        return compare_numbers(a->arrival.ms, b->arrival.ms);
    case IMAP_SORT_CC:
        return str_compare(a->cc, b->cc);
    case IMAP_SORT_DATE:
        return compare_numbers(a->date.ms, b->date.ms);
    case IMAP_SORT_FROM:
        return str_compare(a->from, b->from);
    case IMAP_SORT_SIZE:
        return compare_numbers(a->size, b->size);
    case IMAP_SORT_SUBJECT:
        return str_compare(a->subject, b->subject);
    case IMAP_SORT_TO:
        return str_compare(a->to, b->to);
    case IMAP_SORT_RELEVANCY:
        return compare_numbers(b->relevancy, a->relevancy);
    }
    return 0;
}

int imap_sort_compare(const struct imap_sort *sort, const struct imap_sort_row *a, const struct imap_sort_row *b)
{
    for (size_t i = 0; i < sort->count; i++) {
        int order = compare_by(sort->criteria[i].by, a, b);
        if (order != 0)
            return sort->criteria[i].is_reverse ? -order : order;
    }
    return compare_numbers(a->number, b->number);
}

static int compare_rows(const void *a, const void *b, void *with)
{
    return imap_sort_compare(with, a, b);
}

void imap_sort_rows(const struct imap_sort *sort, struct imap_sort_row *rows, size_t count)
{
    if (count > 1)
        qsort_r(rows, count, sizeof *rows, compare_rows, (void *)(uintptr_t)sort);
}
