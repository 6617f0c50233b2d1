#include "service/accounting/internal/pair_kind.h"

#include "base/embed.h"
#include "proto/csv/csv.h"
#include "service/accounting/lang.h"

EMBED(accounting_pairs, "src/service/accounting/internal/pairs.csv");

enum column { CODE, NORM, ORDER, EXPENSE, RECEIPT, NATURE, SOURCE, COLUMNS };

static const struct {
    struct str code;
    enum text_key words;
} names[] = {
    {STR_INIT("disposal.book"), T_accounting_pair_is_disposal_book},
    {STR_INIT("disposal.gain"), T_accounting_pair_is_disposal_gain},
    {STR_INIT("disposal.loss"), T_accounting_pair_is_disposal_loss},
    {STR_INIT("depreciation"), T_accounting_pair_is_depreciation},
    {STR_INIT("grant"), T_accounting_pair_is_grant},
    {STR_INIT("spread"), T_accounting_pair_is_spread},
    {STR_INIT("works"), T_accounting_pair_is_works},
    {STR_INIT("study"), T_accounting_pair_is_study},
    {STR_INIT("advance"), T_accounting_pair_is_advance},
    {STR_INIT("commission"), T_accounting_pair_is_commission},
    {STR_INIT("gift"), T_accounting_pair_is_gift},
    {STR_INIT("free.between"), T_accounting_pair_is_free_between},
    {STR_INIT("free.within"), T_accounting_pair_is_free_within}};

static enum status name_of(struct str code, enum text_key *ret_words)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(names[i].code, code)) {
            *ret_words = names[i].words;
            return OK;
        }
    return CORRUPT;
}

static enum status kind_of(const struct csv_row *row, struct pair_kind *ret_kind)
{
    bool is_between = row->count == COLUMNS && str_eq(row->fields[ORDER], STR("between"));
    if (row->count != COLUMNS || (!is_between && !str_eq(row->fields[ORDER], STR("within"))) ||
        row->fields[SOURCE].len == 0)
        return CORRUPT;
    *ret_kind = (struct pair_kind){.code = row->fields[CODE],
                                   .norm = row->fields[NORM],
                                   .order = is_between ? CHART_BETWEEN : CHART_WITHIN,
                                   .expense = row->fields[EXPENSE],
                                   .receipt = row->fields[RECEIPT],
                                   .nature = row->fields[NATURE],
                                   .source = row->fields[SOURCE]};
    return name_of(ret_kind->code, &ret_kind->words);
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

enum status pair_kind_named(struct ctx *ctx, struct str words, struct pair_kind *ret_kind)
{
    struct pair_kind *kinds;
    size_t count;
    TRY(read_all(ctx->arena, &kinds, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(text_of(ctx->language, kinds[i].words), words)) {
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
