#include "service/accounting/engine/ledger_inside.h"

enum { FIRST_SLOTS = 1024, YEAR_BYTES = 2, PLACE_BYTES = 2 };

/* ---- exercises ---- */

static struct str exercise_key(char *room, struct str budget, uint16_t year)
{
    room[0] = (char)(unsigned char)year;
    room[1] = (char)(unsigned char)(year >> 8);
    if (budget.len > 0)
        memcpy(room + YEAR_BYTES, budget.at, budget.len);
    return (struct str){room, YEAR_BYTES + budget.len};
}

struct exercise *ledger_find_exercise(const struct ledger *ledger, struct str budget, uint16_t year)
{
    char room[YEAR_BYTES + CELL_BUDGET_MAX];
    if (budget.len > CELL_BUDGET_MAX)
        return NULL;
    if (ledger->recent != NULL && ledger->recent->year == year && str_eq(ledger->recent->budget, budget))
        return ledger->recent;
    return map_get(&ledger->exercises, exercise_key(room, budget, year));
}

enum status ledger_add_exercise(struct ledger *ledger, const struct exercise *blank, struct exercise **ret)
{
    char room[YEAR_BYTES + CELL_BUDGET_MAX];
    struct exercise *exercise = arena_new(ledger->arena, struct exercise);
    if (exercise == NULL)
        return LIMIT;
    *exercise = *blank;
    exercise->budget = str_copy(ledger->arena, blank->budget);
    exercise->place = (uint16_t)ledger->order.count;
    struct exercise **placed = list_add(&ledger->order, ledger->arena, LEDGER_EXERCISES_MAX);
    if (str_is_absent(exercise->budget) || placed == NULL)
        return LIMIT;
    *placed = exercise;
    if (map_add(&ledger->exercises, exercise_key(room, blank->budget, blank->year), exercise) != OK) {
        ledger->order.count--;
        return LIMIT;
    }
    *ret = exercise;
    return OK;
}

/* ---- cells ---- */

static struct str cell_key_bytes(char *room, const struct exercise *exercise, const struct cell_key *key)
{
    room[0] = (char)(unsigned char)exercise->place;
    room[1] = (char)(unsigned char)(exercise->place >> 8);
    room[PLACE_BYTES] = (char)(key->section * CELL_DIRECTIONS + key->direction);
    if (key->level.len > 0)
        memcpy(room + PLACE_BYTES + 1, key->level.at, key->level.len);
    return (struct str){room, PLACE_BYTES + 1 + key->level.len};
}

static size_t recent_place(const struct cell_key *key)
{
    size_t len = key->level.len;
    unsigned last = len > 0 ? (unsigned char)key->level.at[len - 1] : 0;
    unsigned before = len > 1 ? (unsigned char)key->level.at[len - 2] : 0;
    return (last + before * 10 + (unsigned)key->section * 16 + (unsigned)key->direction * 32) % RECENT_CELLS;
}

struct cell **ledger_recent(struct exercise *exercise, const struct cell_key *key)
{
    return &exercise->recent[recent_place(key)];
}

struct cell *ledger_find_cell(const struct ledger *ledger, const struct exercise *exercise,
                              const struct cell_key *key)
{
    char room[PLACE_BYTES + 1 + CELL_LEVEL_MAX];
    struct cell *recent = exercise->recent[recent_place(key)];
    if (recent != NULL && recent->key.section == key->section && recent->key.direction == key->direction &&
        str_eq(recent->key.level, key->level))
        return recent;
    return key->level.len <= CELL_LEVEL_MAX ? map_get(&ledger->cells, cell_key_bytes(room, exercise, key)) : NULL;
}

enum status ledger_add_cell(struct ledger *ledger, struct exercise *exercise, const struct cell_key *key,
                            struct cell **ret_cell)
{
    char room[PLACE_BYTES + 1 + CELL_LEVEL_MAX];
    struct cell *cell = arena_new(ledger->arena, struct cell);
    if (cell == NULL)
        return LIMIT;
    *cell = (struct cell){.key = *key, .next = exercise->cells};
    cell->key.budget = exercise->budget;
    cell->key.level = str_copy(ledger->arena, key->level);
    if (str_is_absent(cell->key.level))
        return LIMIT;
    TRY(map_add(&ledger->cells, cell_key_bytes(room, exercise, key), cell));
    exercise->cells = cell;
    *ret_cell = cell;
    return OK;
}

/* ---- ids: open addressing; a slot has 32 bits of the hash, so most that differ are not looked at ---- */

static uint32_t tag_of(const unsigned char id[ENTRY_ID_BYTES])
{
    uint64_t halves[2];
    memcpy(halves, id, sizeof halves);
    uint64_t hash = (halves[0] ^ (halves[1] << 32 | halves[1] >> 32)) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 29) * 0xbf58476d1ce4e5b9u;
    return (uint32_t)(hash >> 32);
}

uint32_t ledger_find_id(const struct ledger *ledger, const unsigned char id[ENTRY_ID_BYTES])
{
    uint32_t tag = tag_of(id);
    size_t mask = ledger->slot_count - 1, at = tag & mask;
    if (ledger->slot_count == 0)
        return 0;
    for (; ledger->slots[at].sequence != 0; at = (at + 1) & mask) {
        const struct id_slot *slot = &ledger->slots[at];
        if (slot->tag == tag && memcmp(ledger_act(ledger, slot->sequence)->id, id, ENTRY_ID_BYTES) == 0)
            return slot->sequence;
    }
    return 0;
}

void ledger_expect(const struct ledger *ledger, const unsigned char id[ENTRY_ID_BYTES], uint64_t reference)
{
    if (ledger->slot_count > 0)
        __builtin_prefetch(&ledger->slots[tag_of(id) & (ledger->slot_count - 1)], 1);
    if (reference > ledger->before && reference <= ledger_count(ledger))
        __builtin_prefetch(ledger_act(ledger, reference));
}

void ledger_expect_lines(const struct ledger *ledger, uint64_t reference)
{
    if (reference <= ledger->before || reference > ledger_count(ledger))
        return;
    const struct act *act = ledger_act(ledger, reference);
    if (act->line_count > 0)
        __builtin_prefetch(ledger_line(ledger, act, 0));
}

static void place_slot(struct id_slot *slots, size_t count, struct id_slot slot)
{
    size_t mask = count - 1, at = slot.tag & mask;
    while (slots[at].sequence != 0)
        at = (at + 1) & mask;
    slots[at] = slot;
}

enum status ledger_reserve(struct ledger *ledger, uint64_t entries)
{
    size_t wider = ledger->slot_count > 0 ? ledger->slot_count : FIRST_SLOTS;
    uint64_t wanted = ledger->acts.count + entries;
    if (wanted <= ledger->slot_count / 4 * 3)
        return OK;
    if (entries > UINT32_MAX)
        return LIMIT;
    while (wanted > wider / 4 * 3)
        wider *= 2;
    struct id_slot *slots = arena_array(ledger->arena, struct id_slot, wider);
    if (slots == NULL)
        return LIMIT;
    for (size_t i = 0; i < ledger->slot_count; i++)
        if (ledger->slots[i].sequence != 0)
            place_slot(slots, wider, ledger->slots[i]);
    ledger->slots = slots;
    ledger->slot_count = wider;
    return OK;
}

void ledger_add_id(struct ledger *ledger, const unsigned char id[ENTRY_ID_BYTES], uint32_t sequence)
{
    place_slot(ledger->slots, ledger->slot_count, (struct id_slot){tag_of(id), sequence});
}
