/* A verification reads a journal from its first byte, and says the first place where anything is not as it must be.
 *
 * What breaks: bytes that are no entry, a hash, a sequence or number, any rule of the ledger. It folds into a ledger
 * of its own and believes nothing that is kept elsewhere; that ledger is then what the journal comes to (I12). */
#ifndef SERVICE_ACCOUNTING_ENGINE_VERIFY_H
#define SERVICE_ACCOUNTING_ENGINE_VERIFY_H

#include "service/accounting/engine/chain.h"
#include "service/accounting/engine/ledger.h"

struct verification {
    struct ledger *ledger;
    struct arena *scratch;  /* for one entry at a time */
    struct chain_hash hash; /* of the last entry that holds; zeros before the first */
    uint64_t count;         /* of entries that hold */
    uint64_t postings;      /* ...and of theirs */
    struct refusal refusal; /* why the one after them does not */
};

/* The ledger is empty, or as folded up to `hash`. */
struct verification verification_in(struct ledger *ledger, struct arena *scratch);

/* The next entry. INVALID: it breaks (engine.bytes, engine.hash, or a rule of the ledger); the ledger is as before.
 * LIMIT: the memory allowed does not hold it. */
MUST_USE enum status verify_next(struct verification *verification, struct str bytes, const struct chain_hash *hash);
/* The next entry as a line of JSON (journal_line.h). INVALID: it is no line (engine.bytes), or as above. */
MUST_USE enum status verify_line(struct verification *verification, struct str line);
/* A whole run (chain.h). INVALID: as above, or the run is cut (engine.cut): entries before that place hold, and their
 * bytes are the first *ret_length of the run. */
MUST_USE enum status verify_run(struct verification *verification, struct str run, size_t *ret_length);

#endif
