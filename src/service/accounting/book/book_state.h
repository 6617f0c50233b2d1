/* A state is the derived tables of a book as one command meets them: a ledger told what the command touches, and the
 * rows it came from. For book.c and its neighbours alone. */
#ifndef SERVICE_ACCOUNTING_BOOK_BOOK_STATE_H
#define SERVICE_ACCOUNTING_BOOK_BOOK_STATE_H

#include "service/accounting/book/book.h"

struct book_state {
    struct arena *arena; /* a scratch one, which holds all of it */
    struct ledger *ledger;
    struct chain_hash hash; /* of the last entry; zeros before the first */
};

/* What the command touches. */
MUST_USE enum status book_state_load(struct ctx *ctx, struct arena *arena, const struct entry *command,
                                     struct book_state *ret_state);
/* After the entry was folded into the state's ledger: its rows, and what it changed of others. */
MUST_USE enum status book_state_save(struct ctx *ctx, const struct book_state *state, const struct entry *entry);
/* Forgets every derived row. */
MUST_USE enum status book_state_forget(struct ctx *ctx);

#endif
