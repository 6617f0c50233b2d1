/* A book is the journal of a town's accounting in its database, and what its entries come to.
 *
 * Why: every credit opened, engaged, ordered or received is one entry, bound by a hash to the one before, and all else
 * is their fold (../engine). Invariants: an entry and what it changes of the derived tables are one job of the writer;
 * the rules that decide are those of engine/ledger, told what stands in the tables of what the command touches; a
 * command refused writes nothing; one that comes twice has the answer it had. Budgets are named by their SIRET. */
#ifndef SERVICE_ACCOUNTING_BOOK_BOOK_H
#define SERVICE_ACCOUNTING_BOOK_BOOK_H

#include "core/ctx.h"
#include "service/accounting/engine/chain.h"
#include "service/accounting/engine/ledger.h"
#include "service/accounting/fault.h"

enum { BOOK_CELLS_MAX = 4096 /* of one exercise, shown */, BOOK_ID_TEXT = 2 * ENTRY_ID_BYTES };

/* Carries a command out, in a job: fills in who, when and on which civil day, then place and number. Whoever has rows
 * of its own to write posts first: INVALID (`faults` says why, ctx->failure too) and CONFLICT (the id is that of
 * another command) leave nothing. */
MUST_USE enum status book_post(struct ctx *ctx, struct entry *command, struct ledger_answer *ret_answer,
                               struct faults *faults);
/* Takes an entry that another book wrote, as the next: INVALID where hash, sequence or a rule does not hold. */
MUST_USE enum status book_take(struct ctx *ctx, struct str bytes, const struct chain_hash *hash);

/* The id of a command, drawn for a form: unlike any other's, whoever sends the form twice sends the same. */
struct str book_id(struct ctx *ctx);
/* INVALID: not what book_id writes. */
MUST_USE enum status book_id_read(struct str text, unsigned char ret_id[ENTRY_ID_BYTES]);
/* What a command of that id was answered; NOT_FOUND: none has it. */
MUST_USE enum status book_answer(struct ctx *ctx, const unsigned char id[ENTRY_ID_BYTES],
                                 struct ledger_answer *ret_answer);

/* What the same act was answered, where its form comes twice: of that kind, about that earlier entry (0: none).
 * NOT_FOUND: the id is new, or the command of another act, which book_post refuses (B26). */
MUST_USE enum status book_repeated(struct ctx *ctx, const unsigned char id[ENTRY_ID_BYTES], enum entry_kind kind,
                                   uint64_t reference, uint64_t *ret_sequence);
/* The id of what is done once, whoever asks and however often: the same for the same words. */
void book_id_of(struct str words, unsigned char ret_id[ENTRY_ID_BYTES]);

/* ---- what stands ---- */

struct book_cell {
    int64_t id;
    struct cell_key key;
    struct money voted, available, reserved, ordered;
};

/* Of an exercise, by section, direction and level; none where nothing was opened. */
MUST_USE enum status book_cells(struct ctx *ctx, struct str budget, int32_t year, struct book_cell **ret_cells,
                                size_t *ret_count);
/* NOT_FOUND: no credits were ever opened on it. */
MUST_USE enum status book_cell(struct ctx *ctx, const struct cell_key *key, struct book_cell *ret_cell);
MUST_USE enum status book_is_closed(struct ctx *ctx, struct str budget, int32_t year, bool *ret_is_closed);

/* One act of the journal. */
struct book_act {
    uint64_t sequence, reference;
    struct str budget;
    int32_t year;
    enum entry_kind kind;
    uint32_t number;
    struct date day;
    struct instant instant;
    int64_t actor;
    struct str label;
    struct money amount, remains;
};
MUST_USE enum status book_act(struct ctx *ctx, uint64_t sequence, struct book_act *ret_act);
/* Those that moved on a cell, the oldest first; at most 500. */
MUST_USE enum status book_acts_of_cell(struct ctx *ctx, int64_t cell, struct book_act **ret_acts, size_t *ret_count);

/* Postings of that kind over what is left of an act, cell by cell. */
MUST_USE enum status book_left(struct ctx *ctx, uint64_t sequence, enum entry_kind kind, struct posting **ret_postings,
                               size_t *ret_count);

/* ---- proof ---- */

/* Folds the derived tables anew. */
MUST_USE enum status book_rebuild(struct ctx *ctx);

struct book_proof {
    uint64_t entries, postings;
    struct chain_hash hash;   /* of the last one */
    struct chain_hash digest; /* of all they come to (engine/statement.h); zeros where one of them breaks */
};
/* Reads the journal from its first entry and compares the derived tables with what it comes to (I1 to I7, I10, I12);
 * one line of `findings` for each thing that does not hold, none where all does. */
MUST_USE enum status book_verify(struct ctx *ctx, struct book_proof *ret_proof, struct buf *findings);
/* Hands every entry in its order. INVALID: bytes that are none. */
typedef enum status book_visit(void *with, const struct entry *entry, struct str bytes, const struct chain_hash *hash);
MUST_USE enum status book_each(struct ctx *ctx, book_visit *visit, void *with);

#endif
