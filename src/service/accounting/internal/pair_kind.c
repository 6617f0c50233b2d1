#include "service/accounting/internal/pair_kind.h"

#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(accounting_pairs, "src/service/accounting/internal/pairs.csv");

enum column { CODE, NORM, ORDER, EXPENSE, RECEIPT, NATURE, TITLE, SOURCE, COLUMNS };

static enum status kind_of(const struct csv_row *row, struct pair_kind *ret_kind)
{
    bool is_between = row->count == COLUMNS && str_eq(row->fields[ORDER], STR("between"));
    if (row->count != COLUMNS || (!is_between && !str_eq(row->fields[ORDER], STR("within"))) ||
        row->fields[CODE].len == 0 || row->fields[TITLE].len == 0 || row->fields[SOURCE].len == 0)
        return CORRUPT;
    *ret_kind = (struct pair_kind){.code = row->fields[CODE],
                                   .norm = row->fields[NORM],
                                   .order = is_between ? CHART_BETWEEN : CHART_WITHIN,
                                   .expense = row->fields[EXPENSE],
                                   .receipt = row->fields[RECEIPT],
                                   .nature = row->fields[NATURE],
                                   .title = row->fields[TITLE],
                                   .source = row->fields[SOURCE]};
    return OK;
}

static enum status read_all(struct arena *arena, struct pair_kind **ret_kinds, size_t *ret_count)
{
    struct csv_reader reader = csv_open(str_span(accounting_pairs, accounting_pairs_end));
    struct csv_row *row = arena_new(arena, struct csv_row);
    enum status done;
    *ret_kinds = arena_array(arena, struct pair_kind, PAIR_KINDS_MAX);
    *ret_count = 0;
    if (row == NULL || *ret_kinds == NULL)
        return LIMIT;
    while ((done = csv_next(&reader, arena, row)) == OK) {
        if (row->line == 1)
            continue;
        if (*ret_count == PAIR_KINDS_MAX)
            return CORRUPT;
        TRY(kind_of(row, &(*ret_kinds)[(*ret_count)++]));
    }
    return done == NOT_FOUND ? OK : CORRUPT;
}

enum status pair_kind(struct arena *arena, struct str code, struct pair_kind *ret_kind)
{
    struct pair_kind *kinds;
    size_t count;
    TRY(read_all(arena, &kinds, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(kinds[i].code, code)) {
            *ret_kind = kinds[i];
            return OK;
        }
    return NOT_FOUND;
}

enum status pair_kind_named(struct arena *arena, struct str title, struct pair_kind *ret_kind)
{
    struct pair_kind *kinds;
    size_t count;
    TRY(read_all(arena, &kinds, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(kinds[i].title, title)) {
            *ret_kind = kinds[i];
            return OK;
        }
    return NOT_FOUND;
}

enum status pair_kinds(struct arena *arena, struct str nomenclature, struct pair_kind **ret_kinds, size_t *ret_count)
{
    size_t all, kept = 0;
    TRY(read_all(arena, ret_kinds, &all));
    for (size_t i = 0; i < all; i++)
        if (pair_kind_is_for(&(*ret_kinds)[i], nomenclature))
            (*ret_kinds)[kept++] = (*ret_kinds)[i];
    *ret_count = kept;
    return OK;
}

struct str pair_account(const struct credit_year *year, struct str prefix, enum chart_kind kind,
                        enum chart_direction direction)
{
    struct str found = STR("");
    for (size_t i = 0; year->chart != NULL && i < year->chart->account_count; i++) {
        const struct chart_account *account = &year->chart->accounts[i];
        bool is_usable = str_starts(account->code, prefix) && !account->is_shown_only &&
                         account->removed_since.len == 0 && account->chapter[kind][direction].len > 0;
        if (is_usable && (found.len == 0 || account->code.len < found.len))
            found = account->code;
    }
    return found;
}
