#include "service/accounting/chart/chart_table.h"

#include <stdlib.h>

enum { WORD_MAX = 32, YEAR_FIRST = 1900, YEAR_LAST = 2999 };

_Static_assert(offsetof(struct chart_chapter, code) == 0, "a row begins with its code");
_Static_assert(offsetof(struct chart_account, code) == 0, "a row begins with its code");
_Static_assert(offsetof(struct chart_function, code) == 0, "a row begins with its code");

struct chart_table chart_table_of(const struct chart *chart, enum chart_part part)
{
    const struct chart_table tables[CHART_PARTS] = {
        {chart->chapters, chart->chapter_count, sizeof *chart->chapters, 0},
        {chart->accounts, chart->account_count, sizeof *chart->accounts, offsetof(struct chart_account, parent)},
        {chart->functions, chart->function_count, sizeof *chart->functions, offsetof(struct chart_function, parent)},
    };
    return tables[part];
}

static struct str text_at(const struct chart_table *table, size_t place, size_t offset)
{
    return *(const struct str *)((const char *)table->rows + place * table->size + offset);
}

static int by_code(const void *one, const void *other)
{
    return str_compare(*(const struct str *)one, *(const struct str *)other);
}

void chart_table_sort(const struct chart_table *table)
{
    if (table->count > 1)
        qsort(table->rows, table->count, table->size, by_code);
}

size_t chart_table_find(const struct chart_table *table, struct str code)
{
    size_t from = 0, to = table->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = str_compare(text_at(table, middle, 0), code);
        if (order == 0)
            return middle;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return SIZE_MAX;
}

static bool is_plain(struct str word, size_t longest, char also)
{
    for (size_t i = 0; i < word.len; i++)
        if (!ascii_is_digit(word.at[i]) && !ascii_is_alpha(word.at[i]) && word.at[i] != also)
            return false;
    return word.len > 0 && word.len <= longest;
}

bool chart_is_code(struct str code)
{
    return is_plain(code, CHART_CODE_MAX, '0');
}

bool chart_is_head(const struct chart *chart)
{
    return is_plain(chart->norm, WORD_MAX, '_') && is_plain(chart->variant, WORD_MAX, '_') &&
           chart->year >= YEAR_FIRST && chart->year <= YEAR_LAST;
}

/* ---- the check ---- */

static enum status broken(struct chart_break *ret_break, const char *what, struct str code)
{
    ret_break->what = what;
    ret_break->code = code;
    return INVALID;
}

static enum status check_codes(const struct chart_table *table, struct chart_break *ret_break)
{
    for (size_t i = 0; i < table->count; i++) {
        struct str code = text_at(table, i, 0);
        if (!chart_is_code(code))
            return broken(ret_break, "code", code);
        int order = i > 0 ? str_compare(text_at(table, i - 1, 0), code) : -1;
        if (order >= 0)
            return broken(ret_break, order == 0 ? "twice" : "order", code);
    }
    return OK;
}

/* The row above; SIZE_MAX for none. Most often it is the row before, or above that one. */
static enum status find_above(const struct chart_table *table, size_t place, size_t *above)
{
    struct str parent = text_at(table, place, table->parent_at);
    above[place] = SIZE_MAX;
    if (parent.len == 0)
        return OK;
    size_t guesses[] = {place > 0 ? place - 1 : SIZE_MAX, place > 0 ? above[place - 1] : SIZE_MAX};
    for (size_t i = 0; i < 2 && above[place] == SIZE_MAX; i++)
        if (guesses[i] != SIZE_MAX && str_eq(text_at(table, guesses[i], 0), parent))
            above[place] = guesses[i];
    if (above[place] == SIZE_MAX)
        above[place] = chart_table_find(table, parent);
    return above[place] != SIZE_MAX ? OK : INVALID;
}

/* Upwards from one row, which comes to an end unless it goes in a circle. */
static enum status climb(const struct chart_table *table, const size_t *above, size_t place,
                         struct chart_break *ret_break)
{
    size_t steps = 1, at = above[place];
    for (; at != SIZE_MAX && steps <= table->count; at = above[at])
        steps++;
    if (at != SIZE_MAX)
        return broken(ret_break, "cycle", text_at(table, place, 0));
    if (steps <= CHART_DEPTH_MAX)
        return OK;
    (void)broken(ret_break, "deep", text_at(table, place, 0));
    return LIMIT;
}

static enum status check_parents(struct arena *arena, const struct chart_table *table, struct chart_break *ret_break)
{
    size_t *above = arena_array(arena, size_t, table->count + 1);
    if (above == NULL) {
        (void)broken(ret_break, "memory", STR(""));
        return LIMIT;
    }
    for (size_t i = 0; i < table->count; i++)
        if (find_above(table, i, above) != OK)
            return broken(ret_break, "parent", text_at(table, i, 0));
    for (size_t i = 0; i < table->count; i++)
        TRY(climb(table, above, i, ret_break));
    return OK;
}

static bool has_chapters(const struct chart_table *chapters, const struct chart_account *account)
{
    for (int kind = 0; kind < CHART_KINDS; kind++)
        for (int direction = 0; direction < 2; direction++) {
            struct str code = account->chapter[kind][direction];
            if (code.len > 0 && chart_table_find(chapters, code) == SIZE_MAX)
                return false;
        }
    return true;
}

enum status chart_check(struct arena *arena, const struct chart *chart, struct chart_break *ret_break)
{
    for (enum chart_part part = 0; part < CHART_PARTS; part++) {
        struct chart_table table = chart_table_of(chart, part);
        ret_break->part = part;
        TRY(check_codes(&table, ret_break));
        if (table.parent_at > 0)
            TRY(check_parents(arena, &table, ret_break));
    }
    struct chart_table chapters = chart_table_of(chart, CHART_CHAPTERS);
    ret_break->part = CHART_ACCOUNTS;
    for (size_t i = 0; i < chart->account_count; i++)
        if (!has_chapters(&chapters, &chart->accounts[i]))
            return broken(ret_break, "chapter", chart->accounts[i].code);
    return OK;
}
