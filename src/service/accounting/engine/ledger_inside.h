/* What a ledger is made of, for its own files alone: ledger.c, ledger_find.c, ledger_check.c, ledger_start.c,
 * statement.c. */
#ifndef SERVICE_ACCOUNTING_ENGINE_LEDGER_INSIDE_H
#define SERVICE_ACCOUNTING_ENGINE_LEDGER_INSIDE_H

#include "base/map.h"
#include "service/accounting/engine/ledger.h"
#include "service/accounting/engine/rows.h"
#include "service/accounting/engine/window.h"

enum { RECENT_CELLS = 64 /* a power of two */ };

/* One budget in one year. */
struct exercise {
    struct str budget;
    struct windows windows;
    struct cell *cells;
    struct cell *recent[RECENT_CELLS]; /* moved on lately (ledger_recent): most acts are on few cells */
    uint32_t last[ENTRY_SERIES][ENTRY_SERIES_MAX]; /* numbers drawn */
    uint16_t year, place;                          /* place: in the order of coming, from 0 */
    bool is_closed;
};

/* What is kept of an entry. Acts that others may post or correct have a line for each posting, in their order. */
struct act {
    unsigned char id[ENTRY_ID_BYTES];
    uint64_t print;
    int64_t left; /* cents, of all its lines and of what later exercises correct */
    uint32_t number, first_line;
    uint16_t line_count, exercise; /* by its place */
    uint8_t kind;
};

_Static_assert(sizeof(struct act) == 48, "there are millions");

struct line {
    struct cell *cell;
    int64_t left;
};

/* Found by the check for one posting, and used by the fold. */
struct step {
    struct cell *cell; /* NULL: a new one */
    struct line *line; /* of the origin; NULL: none */
};

struct id_slot {
    uint32_t tag, sequence; /* sequence 0: free */
};

/* An act of before that a ledger which begins in the middle was told of. */
struct started {
    uint64_t sequence;
    struct act *act;
    struct started *next;
};

struct ledger {
    struct arena *arena;
    uint64_t before; /* entries it does not hold: it begins after them; 0: it holds all */
    struct started *started;
    struct map exercises, cells;
    struct ledger_order LIST_OF(struct exercise *) order; /* exercises by their place */
    struct exercise *recent;                              /* of the last entry */
    struct rows acts, lines;
    struct id_slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    struct instant last;
    struct step steps[ENTRY_POSTINGS_MAX];
};

/* One entry on its way in. */
struct pass {
    struct ledger *ledger;
    const struct entry *entry;
    struct refusal *refusal;
    struct exercise *exercise; /* NULL: a new one, as `blank` */
    struct exercise blank;
    struct act *origin; /* NULL: the entry refers to none */
    struct money total; /* of its postings */
    bool is_carried;    /* the origin is of an earlier exercise */
    uint32_t number;    /* the one to draw; 0: none */
};

/* Does it take back, in its own exercise, what an earlier one ordered? */
static inline bool ledger_reverses(const struct pass *pass)
{
    return pass->is_carried &&
           (pass->entry->kind == ENTRY_ORDER_REDUCE || pass->entry->kind == ENTRY_TITLE_REDUCE);
}

struct exercise *ledger_find_exercise(const struct ledger *ledger, struct str budget, uint16_t year);
MUST_USE enum status ledger_add_exercise(struct ledger *ledger, const struct exercise *blank, struct exercise **ret);
struct cell *ledger_find_cell(const struct ledger *ledger, const struct exercise *exercise,
                              const struct cell_key *key);
MUST_USE enum status ledger_add_cell(struct ledger *ledger, struct exercise *exercise, const struct cell_key *key,
                                     struct cell **ret_cell);
/* Where a cell of that key is remembered, or another: levels differ at their end. */
struct cell **ledger_recent(struct exercise *exercise, const struct cell_key *key);
/* The sequence of the entry with that id; 0: none. */
uint32_t ledger_find_id(const struct ledger *ledger, const unsigned char id[ENTRY_ID_BYTES]);
/* After ledger_reserve, this does not fail. */
void ledger_add_id(struct ledger *ledger, const unsigned char id[ENTRY_ID_BYTES], uint32_t sequence);

/* NULL: one of before that it was not told of. */
static inline struct act *ledger_act(const struct ledger *ledger, uint64_t sequence)
{
    if (sequence > ledger->before)
        return rows_at(&ledger->acts, (size_t)(sequence - ledger->before) - 1);
    const struct started *started = ledger->started;
    while (started != NULL && started->sequence != sequence)
        started = started->next;
    return started != NULL ? started->act : NULL;
}

static inline struct exercise *ledger_exercise_of(const struct ledger *ledger, const struct act *act)
{
    return ledger->order.at[act->exercise];
}

static inline struct line *ledger_line(const struct ledger *ledger, const struct act *act, size_t place)
{
    return rows_at(&ledger->lines, act->first_line + place);
}

/* Every rule that the state decides; fills the pass, and the ledger's steps. */
MUST_USE enum status ledger_check(struct pass *pass);

#endif
