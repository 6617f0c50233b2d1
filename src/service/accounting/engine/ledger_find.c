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
    return budget.len <= CELL_BUDGET_MAX ? map_get(&ledger->exercises, exercise_key(room, budget, year)) : NULL;
}

enum status ledger_add_exercise(struct ledger *ledger, const struct exercise *blank, struct exercise **ret)
{
    char room[YEAR_BYTES + CELL_BUDGET_MAX];
    struct exercise *exercise = arena_new(ledger->arena, struct exercise);
    if (exercise == NULL)
        return LIMIT;
    *exercise = *blank;
    exercise->budget = str_copy(ledger->arena, blank->budget);
    exercise->place = (uint16_t)ledger->exercises.count;
    if (str_is_absent(exercise->budget))
        return LIMIT;
    TRY(map_add(&ledger->exercises, exercise_key(room, blank->budget, blank->year), exercise));
    exercise->next = ledger->newest;
    ledger->newest = exercise;
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

struct cell *ledger_find_cell(const struct ledger *ledger, const struct exercise *exercise,
                              const struct cell_key *key)
{
    char room[PLACE_BYTES + 1 + CELL_LEVEL_MAX];
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

void ledger_expect(const struct ledger *ledger, const unsigned char id[ENTRY_ID_BYTES])
{
    if (ledger->slot_count > 0)
        __builtin_prefetch(&ledger->slots[tag_of(id) & (ledger->slot_count - 1)]);
}

static void place_slot(struct id_slot *slots, size_t count, struct id_slot slot)
{
    size_t mask = count - 1, at = slot.tag & mask;
    while (slots[at].sequence != 0)
        at = (at + 1) & mask;
    slots[at] = slot;
}

enum status ledger_reserve_id(struct ledger *ledger)
{
    if (ledger->acts.count < ledger->slot_count / 4 * 3)
        return OK;
    size_t wider = ledger->slot_count > 0 ? ledger->slot_count * 2 : FIRST_SLOTS;
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
