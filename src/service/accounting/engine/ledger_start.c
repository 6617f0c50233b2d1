#include "service/accounting/engine/ledger_inside.h"

enum { SCRATCH = 1 << 16 };

void ledger_start(struct ledger *ledger, uint64_t before, struct instant last)
{
    REQUIRE(ledger_count(ledger) == 0);
    ledger->before = before;
    if (before > 0)
        ledger->last = last;
}

enum status ledger_start_exercise(struct ledger *ledger, struct str budget, uint16_t exercise, bool is_closed)
{
    struct arena *scratch ARENA_SCOPE = arena_create(SCRATCH);
    struct exercise blank = {.budget = budget, .year = exercise, .is_closed = is_closed}, *added;
    TRY(windows_of(scratch, exercise, &blank.windows));
    return ledger_add_exercise(ledger, &blank, &added);
}

void ledger_start_number(struct ledger *ledger, struct str budget, uint16_t exercise, enum entry_series kind,
                         uint8_t series, uint32_t last)
{
    struct exercise *found = ledger_find_exercise(ledger, budget, exercise);
    REQUIRE(found != NULL && kind < ENTRY_SERIES && series < ENTRY_SERIES_MAX);
    found->last[kind][series] = last;
}

enum status ledger_start_cell(struct ledger *ledger, const struct cell_key *key,
                              const struct money sums[CELL_ACCOUNTS], struct money reversed)
{
    struct exercise *exercise = ledger_find_exercise(ledger, key->budget, key->exercise);
    struct cell *cell;
    REQUIRE(exercise != NULL);
    TRY(ledger_add_cell(ledger, exercise, key, &cell));
    for (size_t i = 0; i < CELL_ACCOUNTS; i++)
        cell->sums[i] = sums[i];
    cell->reversed = reversed;
    return cell_is_sound(cell) ? OK : CORRUPT;
}

static enum status start_lines(struct ledger *ledger, const struct ledger_start_act *from, struct act *act)
{
    TRY(rows_reserve(&ledger->lines, from->line_count));
    act->first_line = (uint32_t)ledger->lines.count;
    act->line_count = (uint16_t)from->line_count;
    for (size_t i = 0; i < from->line_count; i++) {
        struct cell *cell = ledger_find_cell(ledger, ledger_exercise_of(ledger, act), &from->lines[i].key);
        REQUIRE(cell != NULL);
        *(struct line *)rows_add(&ledger->lines) = (struct line){cell, from->lines[i].left.cents};
    }
    return OK;
}

enum status ledger_start_act(struct ledger *ledger, const struct ledger_start_act *from)
{
    REQUIRE(from->sequence > 0 && from->sequence <= ledger->before && from->line_count <= ENTRY_POSTINGS_MAX);
    struct act *act = arena_new(ledger->arena, struct act);
    struct started *started = arena_new(ledger->arena, struct started);
    if (act == NULL || started == NULL)
        return LIMIT;
    const struct exercise *exercise = ledger_find_exercise(ledger, from->budget, from->exercise);
    REQUIRE(exercise != NULL);
    act->exercise = exercise->place;
    act->kind = (uint8_t)from->kind;
    act->left = from->left.cents;
    TRY(start_lines(ledger, from, act));
    *started = (struct started){from->sequence, act, ledger->started};
    ledger->started = started;
    return OK;
}
