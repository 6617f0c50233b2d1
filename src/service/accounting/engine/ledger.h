/* A ledger is what the entries of a journal come to: cells, what is left of each act, numbers, the commands answered.
 *
 * It is a fold: the same entries give the same ledger, and nothing else does. One writer holds it; it lives in its
 * arena, whole. Invariants after every entry, whatever was asked and in which order: no limitative credit is below 0
 * (I3), nothing is reserved below 0, nor ordered but by what is reversed of earlier exercises (I4), numbers are 1..n
 * (I5), a command is carried out once (I6), what corrects an act never passes it (I7), no act is outside its exercise
 * (I10). What is not here: whether a budget is in
 * balance (../docbudg), fungibility, who may do what.
 *
 *     ledger_try(ledger, &command, &answer, &refusal)      draws place and number; nothing has changed
 *     entry_write, the journal, its hash                    in one commit
 *     ledger_apply(ledger, &command, &refusal)              the fold
 *
 * A journal whose commit failed is told to nobody: the ledger is folded again from what stands on disk. */
#ifndef SERVICE_ACCOUNTING_ENGINE_LEDGER_H
#define SERVICE_ACCOUNTING_ENGINE_LEDGER_H

#include "service/accounting/engine/entry.h"

struct ledger;

enum { LEDGER_CELLS_MAX = 1 << 20, LEDGER_EXERCISES_MAX = 4096, LEDGER_NUMBER_MAX = 99999999 /* PES V2: 8 digits */ };

struct ledger_answer {
    uint64_t sequence; /* of the entry that carries the command out */
    uint32_t number;   /* drawn by it; 0: none */
    bool is_new;       /* false: it was carried out before, and this is what was answered then */
};

/* An empty one; LIMIT: the arena is full. */
MUST_USE enum status ledger_in(struct arena *arena, struct ledger **ret_ledger);

/* ---- one that begins in the middle ----
 * Told what stands of the entries before that a command touches, it decides as one that holds them all: its exercise,
 * its cells (those of the whole exercise for a close), the act it refers to. It finds no id of before: whoever keeps
 * them looks there first. In this order, and before any entry. LIMIT: the arena is full. */
struct ledger_start_line {
    struct cell_key key;
    struct money left;
};
struct ledger_start_act {
    uint64_t sequence;
    enum entry_kind kind;
    struct str budget;
    uint16_t exercise;
    struct money left;
    const struct ledger_start_line *lines; /* in the order of its postings */
    size_t line_count;
};

/* `before` entries, the last at `last`. */
void ledger_start(struct ledger *ledger, uint64_t before, struct instant last);
MUST_USE enum status ledger_start_exercise(struct ledger *ledger, struct str budget, uint16_t exercise,
                                           bool is_closed);
void ledger_start_number(struct ledger *ledger, struct str budget, uint16_t exercise, enum entry_series kind,
                         uint8_t series, uint32_t last);
/* Its exercise is known. */
MUST_USE enum status ledger_start_cell(struct ledger *ledger, const struct cell_key *key,
                                       const struct money sums[CELL_ACCOUNTS], struct money reversed);
/* Its exercise and its cells are known. */
MUST_USE enum status ledger_start_act(struct ledger *ledger, const struct ledger_start_act *act);

/* Whether a command may be carried out now. OK with is_new: it has become the entry to append (sequence, number, and
 * an instant never before the last one: a clock that goes back is not followed). OK without: the same command was
 * carried out before. INVALID: a rule refuses it; CONFLICT: its id is that of another command (B26); both fill
 * ret_refusal. LIMIT: a maximum without a rule of law; CORRUPT: windows.csv. */
MUST_USE enum status ledger_try(struct ledger *ledger, struct entry *command, struct ledger_answer *ret_answer,
                                struct refusal *ret_refusal);
/* Folds an entry in. INVALID: it is not the next one, or it breaks a rule, as ret_refusal says; whenever it is not OK
 * the ledger is as before. */
MUST_USE enum status ledger_apply(struct ledger *ledger, const struct entry *entry, struct refusal *ret_refusal);

/* Room to find that many ids more, where it is known that they come: it does not grow step by step then, which leaves
 * the former room behind in the arena. LIMIT: the arena is full. */
MUST_USE enum status ledger_reserve(struct ledger *ledger, uint64_t entries);
/* Says that an entry with that id and reference comes soon, and then sooner: memory that is far away is asked for
 * meanwhile, first what finds the id and the act referred to, then what that act leads to. Both change nothing. */
void ledger_expect(const struct ledger *ledger, const unsigned char id[ENTRY_ID_BYTES], uint64_t reference);
void ledger_expect_lines(const struct ledger *ledger, uint64_t reference);

uint64_t ledger_count(const struct ledger *ledger); /* of entries */
/* NULL: nothing was ever moved on it. */
const struct cell *ledger_cell(const struct ledger *ledger, const struct cell_key *key);
/* The first cell of an exercise, and by `next` the others; NULL: none. */
const struct cell *ledger_cells(const struct ledger *ledger, struct str budget, uint16_t exercise);
bool ledger_is_closed(const struct ledger *ledger, struct str budget, uint16_t exercise);
/* What is left of an engagement to order or release, of a mandat or titre to correct; 0 for what has no such thing. */
struct money ledger_left(const struct ledger *ledger, uint64_t sequence);
/* The same of one of its postings, from 0. */
struct money ledger_line_left(const struct ledger *ledger, uint64_t sequence, size_t posting);
/* The last number drawn; 0: none yet. */
uint32_t ledger_number(const struct ledger *ledger, struct str budget, uint16_t exercise, enum entry_series kind,
                       uint8_t series);

#endif
