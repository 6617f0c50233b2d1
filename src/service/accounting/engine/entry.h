/* An entry is one act in the journal: who did what when, with which number, and the amounts it moves.
 *
 * Invariants of one that is well formed (entry_form): all of its postings are of its budget and exercise, each of
 * another cell, in the order of section, direction and level; each moves an amount above 0 from one account to another.
 * An entry is never changed or taken out (I2): a correction is another one, which names the first. Slices belong to
 * whoever made it. Values of the enums are bytes of the journal and never change. */
#ifndef SERVICE_ACCOUNTING_ENGINE_ENTRY_H
#define SERVICE_ACCOUNTING_ENGINE_ENTRY_H

#include "base/arena.h"
#include "base/dates.h"
#include "service/accounting/engine/cell.h"
#include "service/accounting/engine/refusal.h"

enum entry_kind {
    ENTRY_NO_KIND,
    ENTRY_VOTE,         /* credits opened or taken back by the assembly: budgets, amending decisions, carried over */
    ENTRY_TRANSFER,     /* of credits, from some expenses of a section to others */
    ENTRY_ENGAGE,       /* an engagement reserves credits */
    ENTRY_RELEASE,      /* ...and what is left of it goes back */
    ENTRY_ORDER,        /* a mandat posts an engagement, all of it or a part */
    ENTRY_ORDER_DIRECT, /* a mandat without one (debt, payroll): engaged and ordered at once */
    ENTRY_ORDER_REDUCE, /* a mandat reduced, or cancelled, in its exercise */
    ENTRY_TITLE,        /* a titre de recette */
    ENTRY_TITLE_REDUCE, /* a titre reduced, or cancelled, in its exercise */
    ENTRY_CLOSE,        /* the exercise ends: no act in it any more */
    ENTRY_KINDS
};

/* Unbroken numbers from 1, one series for each budget, exercise and kind of piece; several where a town wants. */
enum entry_series { ENTRY_ENGAGEMENTS, ENTRY_ORDERS, ENTRY_TITLES, ENTRY_SERIES, ENTRY_UNNUMBERED = ENTRY_SERIES };

enum {
    ENTRY_POSTINGS_MAX = 2048,
    ENTRY_LABEL_MAX = 200, /* bytes */
    ENTRY_SERIES_MAX = 10, /* series of one kind in an exercise: 0..9 */
    ENTRY_ID_BYTES = 16,
    ENTRY_BYTES_MAX = 76062, /* what all of these come to (entry_code.c) */
};

struct posting {
    struct str level;
    struct money amount; /* above 0 */
    enum cell_section section;
    enum cell_direction direction;
    enum cell_account from, to;
};

struct entry {
    uint64_t sequence; /* its place in the journal, from 1 */
    unsigned char id[ENTRY_ID_BYTES]; /* of the command it carries out, drawn by whoever gave it */
    enum entry_kind kind;
    bool is_internal;         /* an operation of order (« opération d'ordre »): no money comes or goes */
    uint8_t series;           /* which one of its kind; 0 where a town has one */
    uint32_t number;          /* drawn in it, from 1; 0: of no series */
    struct instant instant;   /* never before that of the entry before */
    struct date day, entered; /* of the act; and the civil day, in the town, on which it came in */
    int64_t actor;            /* a person of the town */
    uint64_t reference;       /* the earlier entry that it posts, releases or corrects; 0: none */
    struct str budget;
    uint16_t exercise;
    struct str label;
    struct posting *postings;
    size_t posting_count;
};

/* "vote", "transfer", "engage"...: stable words. */
const char *entry_kind_name(enum entry_kind kind);
enum entry_series entry_series_of(enum entry_kind kind);

struct cell_key entry_cell(const struct entry *entry, const struct posting *posting);
/* Where a posting goes. */
struct entry_place {
    enum cell_section section;
    enum cell_direction direction;
    struct str level;
};
/* Adds an amount to a cell, between the accounts that the entry's kind moves between; in the order that is asked of
 * postings, one for each cell. Below 0 it takes back, where its kind may. 0 adds nothing. LIMIT: the room of the array
 * is full, or a sum passes MONEY_MAX. */
MUST_USE enum status entry_add(struct entry *entry, size_t room, const struct entry_place *to, struct money amount);

/* Whether what is said is well formed, apart from any state: texts, amounts (B27), order, kinds and their moves. */
MUST_USE enum status entry_form(const struct entry *entry, struct refusal *ret_refusal);
/* The same for two commands that ask the same; else, but by a chance of 2^-64, another. Neither the id nor what the
 * ledger gives (sequence, number), nor when it came in (instant, entered), counts. */
uint64_t entry_print(const struct entry *entry);

/* ---- bytes: one form for each entry, version 1; at most ENTRY_BYTES_MAX ---- */
void entry_write(struct buf *out, const struct entry *entry);
/* What an entry of these bytes would have a ledger look up, before it is read. False: they are too short. */
bool entry_peek(struct str bytes, unsigned char ret_id[ENTRY_ID_BYTES], uint64_t *ret_reference);
/* INVALID: not what entry_write writes; LIMIT: the arena is full. Texts are slices of `bytes`, postings lie in the
 * arena. What was read is not yet well formed (entry_form). */
MUST_USE enum status entry_read(struct arena *arena, struct str bytes, struct entry *ret_entry);

#endif
