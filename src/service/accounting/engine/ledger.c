#include "service/accounting/engine/ledger_inside.h"

enum status ledger_in(struct arena *arena, struct ledger **ret_ledger)
{
    struct ledger *ledger = arena_new(arena, struct ledger);
    if (ledger == NULL)
        return LIMIT;
    ledger->arena = arena;
    ledger->exercises = map_in(arena, LEDGER_EXERCISES_MAX);
    ledger->cells = map_in(arena, LEDGER_CELLS_MAX);
    ledger->acts = rows_in(arena, sizeof(struct act));
    ledger->lines = rows_in(arena, sizeof(struct line));
    ledger->last = (struct instant){INT64_MIN};
    *ret_ledger = ledger;
    return OK;
}

/* ---- a command ---- */

static enum status answer_again(const struct ledger *ledger, uint32_t sequence, const struct entry *command,
                                struct ledger_answer *ret_answer, struct refusal *refusal)
{
    const struct act *act = ledger_act(ledger, sequence);
    if (act->print == entry_print(command)) {
        *ret_answer = (struct ledger_answer){.sequence = sequence, .number = act->number};
        return OK;
    }
    enum status done = refuse_text(refusal, refusal_at("engine.id", "id"), str_of(entry_kind_name(command->kind)),
                              str_of(entry_kind_name(act->kind)));
    return done == INVALID ? CONFLICT : done;
}

enum status ledger_try(struct ledger *ledger, struct entry *command, struct ledger_answer *ret_answer,
                       struct refusal *ret_refusal)
{
    uint32_t seen = ledger_find_id(ledger, command->id);
    if (seen != 0)
        return answer_again(ledger, seen, command, ret_answer, ret_refusal);
    struct pass pass = {.ledger = ledger, .entry = command, .refusal = ret_refusal};
    TRY(ledger_check(&pass));
    command->sequence = ledger_count(ledger) + 1;
    command->number = pass.number;
    if (command->instant.ms < ledger->last.ms)
        command->instant = ledger->last;
    *ret_answer = (struct ledger_answer){.sequence = command->sequence, .number = pass.number, .is_new = true};
    return OK;
}

/* ---- the fold ---- */

static bool has_lines(enum entry_kind kind)
{
    return kind == ENTRY_ENGAGE || kind == ENTRY_ORDER || kind == ENTRY_ORDER_DIRECT || kind == ENTRY_TITLE;
}

/* All that can fail, before anything changes; an exercise or a cell that is new is as if it were not there. */
static enum status make_room(struct pass *pass)
{
    struct ledger *ledger = pass->ledger;
    const struct entry *entry = pass->entry;
    if (pass->exercise == NULL)
        TRY(ledger_add_exercise(ledger, &pass->blank, &pass->exercise));
    for (size_t i = 0; i < entry->posting_count; i++) {
        const struct cell_key key = entry_cell(entry, &entry->postings[i]);
        if (ledger->steps[i].cell == NULL)
            TRY(ledger_add_cell(ledger, pass->exercise, &key, &ledger->steps[i].cell));
    }
    if (ledger_count(ledger) >= UINT32_MAX - 1 || ledger->lines.count + entry->posting_count >= UINT32_MAX)
        return LIMIT;
    TRY(rows_reserve(&ledger->acts, 1));
    TRY(rows_reserve(&ledger->lines, entry->posting_count));
    return ledger_reserve(ledger, 1);
}

static void fold_postings(const struct pass *pass)
{
    for (size_t i = 0; i < pass->entry->posting_count; i++) {
        const struct posting *posting = &pass->entry->postings[i];
        const struct step *step = &pass->ledger->steps[i];
        REQUIRE(cell_move(step->cell, posting->from, posting->to, posting->amount) == OK);
        REQUIRE(!ledger_reverses(pass) || money_add(&step->cell->reversed, posting->amount) == OK);
        REQUIRE(cell_is_sound(step->cell));
        if (step->line != NULL)
            step->line->left -= posting->amount.cents;
        *ledger_recent(pass->exercise, &step->cell->key) = step->cell;
    }
    pass->ledger->recent = pass->exercise;
    if (pass->origin != NULL)
        pass->origin->left -= pass->total.cents;
}

static void keep_lines(const struct pass *pass, struct act *act)
{
    for (size_t i = 0; i < pass->entry->posting_count; i++) {
        struct line *line = rows_add(&pass->ledger->lines);
        *line = (struct line){pass->ledger->steps[i].cell, pass->entry->postings[i].amount.cents};
    }
    act->line_count = (uint16_t)pass->entry->posting_count;
    act->left = pass->total.cents;
}

static void fold(const struct pass *pass)
{
    struct ledger *ledger = pass->ledger;
    const struct entry *entry = pass->entry;
    fold_postings(pass);
    struct act *act = rows_add(&ledger->acts);
    *act = (struct act){.print = entry_print(entry), .exercise = pass->exercise->place, .number = pass->number,
                        .first_line = (uint32_t)ledger->lines.count, .kind = (uint8_t)entry->kind};
    memcpy(act->id, entry->id, ENTRY_ID_BYTES);
    if (has_lines(entry->kind))
        keep_lines(pass, act);
    ledger_add_id(ledger, entry->id, (uint32_t)ledger_count(ledger));
    if (pass->number > 0)
        pass->exercise->last[entry_series_of(entry->kind)][entry->series] = pass->number;
    pass->exercise->is_closed = entry->kind == ENTRY_CLOSE;
    ledger->last = entry->instant;
}

enum status ledger_apply(struct ledger *ledger, const struct entry *entry, struct refusal *ret_refusal)
{
    struct pass pass = {.ledger = ledger, .entry = entry, .refusal = ret_refusal};
    uint64_t next = ledger_count(ledger) + 1;
    if (entry->sequence != next)
        return refuse_number(ret_refusal, refusal_at("engine.sequence", "sequence"), entry->sequence, next);
    if (entry->instant.ms < ledger->last.ms)
        return refuse_text(ret_refusal, refusal_at("engine.instant", "instant"), STR(""), STR(""));
    if (ledger_find_id(ledger, entry->id) != 0)
        return refuse_number(ret_refusal, refusal_at("engine.again", "id"), ledger_find_id(ledger, entry->id), 0);
    TRY(ledger_check(&pass));
    if (entry->number != pass.number)
        return refuse_number(ret_refusal, refusal_at("engine.number", "number"), entry->number, pass.number);
    TRY(make_room(&pass));
    fold(&pass);
    return OK;
}

/* ---- what it says ---- */

uint64_t ledger_count(const struct ledger *ledger)
{
    return ledger->before + ledger->acts.count;
}

const struct cell *ledger_cell(const struct ledger *ledger, const struct cell_key *key)
{
    const struct exercise *exercise = ledger_find_exercise(ledger, key->budget, key->exercise);
    return exercise != NULL ? ledger_find_cell(ledger, exercise, key) : NULL;
}

const struct cell *ledger_cells(const struct ledger *ledger, struct str budget, uint16_t exercise)
{
    const struct exercise *found = ledger_find_exercise(ledger, budget, exercise);
    return found != NULL ? found->cells : NULL;
}

bool ledger_is_closed(const struct ledger *ledger, struct str budget, uint16_t exercise)
{
    const struct exercise *found = ledger_find_exercise(ledger, budget, exercise);
    return found != NULL && found->is_closed;
}

struct money ledger_left(const struct ledger *ledger, uint64_t sequence)
{
    bool is_there = sequence > 0 && sequence <= ledger_count(ledger);
    const struct act *act = is_there ? ledger_act(ledger, sequence) : NULL;
    return (struct money){act != NULL ? act->left : 0};
}

struct money ledger_line_left(const struct ledger *ledger, uint64_t sequence, size_t posting)
{
    bool is_there = sequence > 0 && sequence <= ledger_count(ledger);
    const struct act *act = is_there ? ledger_act(ledger, sequence) : NULL;
    bool has_line = act != NULL && posting < act->line_count;
    return (struct money){has_line ? ledger_line(ledger, act, posting)->left : 0};
}

uint32_t ledger_number(const struct ledger *ledger, struct str budget, uint16_t exercise, enum entry_series kind,
                       uint8_t series)
{
    const struct exercise *found = ledger_find_exercise(ledger, budget, exercise);
    return found != NULL && kind < ENTRY_SERIES && series < ENTRY_SERIES_MAX ? found->last[kind][series] : 0;
}
