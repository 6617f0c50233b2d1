/* A proof is what does not hold together in a town's accounting, one line of text for each thing, at most 100.
 *
 * What several tables say must agree; queries (X_proof.sql) give the rows where they do not, each with the number
 * of its sentence: finding, subject, found, wanted, other. */
#ifndef SERVICE_ACCOUNTING_PROOF_H
#define SERVICE_ACCOUNTING_PROOF_H

#include "service/accounting/book/book.h"

enum { PROOF_FINDINGS_MAX = 100 };

struct proof {
    struct buf *findings; /* whoever proves owns it */
    size_t found;
};

/* Counts one more; false: there are enough. */
bool proof_has_room(struct proof *proof);

struct proof_row {
    int64_t finding, subject, found, wanted, other;
};
/* By says[row.finding], whose %lld are subject, found, wanted and other. BUG: no such sentence. */
MUST_USE enum status proof_tell(struct proof *proof, const char *const says[], size_t count, struct proof_row row);

/* prove_X of a query X without parameters that gives such rows. */
#define PROOF_EACH(query, says)                                                                                        \
    static enum status tell_##query(void *with, const struct sql_##query##_row *row)                                   \
    {                                                                                                                  \
        return proof_tell(with, says, sizeof says / sizeof *says,                                                      \
                          (struct proof_row){row->finding, row->subject, row->found, row->wanted, row->other});        \
    }                                                                                                                  \
    static enum status prove_##query(struct ctx *ctx, struct proof *proof)                                             \
    {                                                                                                                  \
        return sql_##query(ctx->db, tell_##query, proof);                                                              \
    }

/* All of a town's accounting, the journal first: one line of `findings` for each thing that does not hold. Where the
 * journal breaks, *ret_book says where. */
MUST_USE enum status proof_whole(struct ctx *ctx, struct book_proof *ret_book, struct buf *findings);

#endif
