#include "service/accounting/engine/verify.h"

#include "service/accounting/engine/journal_line.h"

struct verification verification_in(struct ledger *ledger, struct arena *scratch)
{
    return (struct verification){.ledger = ledger, .scratch = scratch};
}

static enum status break_at(struct verification *verification, const char *rule)
{
    return refuse_number(&verification->refusal, refusal_at(rule, "sequence"), verification->count + 1, 0);
}

enum status verify_next(struct verification *verification, struct str bytes, const struct chain_hash *hash)
{
    struct entry entry;
    arena_reset(verification->scratch);
    enum status done = entry_read(verification->scratch, bytes, &entry);
    if (done == OK)
        ledger_expect(verification->ledger, entry.id);
    struct chain_hash after = chain_next(&verification->hash, bytes);
    if (!chain_hash_is(&after, hash))
        return break_at(verification, "engine.hash");
    if (done == INVALID)
        return break_at(verification, "engine.bytes");
    TRY(done);
    TRY(ledger_apply(verification->ledger, &entry, &verification->refusal));
    verification->hash = after;
    verification->count++;
    verification->postings += entry.posting_count;
    return OK;
}

enum status verify_line(struct verification *verification, struct str line)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    struct chain_hash hash;
    struct entry entry;
    arena_reset(verification->scratch);
    enum status done = journal_line_read(verification->scratch, line, &entry, &hash);
    if (done == INVALID)
        return break_at(verification, "engine.bytes");
    TRY(done);
    entry_write(&bytes, &entry);
    return verify_next(verification, buf_str(&bytes), &hash);
}

enum status verify_run(struct verification *verification, struct str run, size_t *ret_length)
{
    struct str rest = run, bytes;
    struct chain_hash hash;
    enum status done;
    *ret_length = 0;
    while ((done = chain_cut(&rest, &bytes, &hash)) == OK) {
        TRY(verify_next(verification, bytes, &hash));
        *ret_length = run.len - rest.len;
    }
    return done == NOT_FOUND ? OK : break_at(verification, "engine.cut");
}
