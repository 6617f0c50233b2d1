#include "service/accounting/engine/verify.h"

#include "service/accounting/engine/journal_line.h"

enum { AHEAD = 5 /* entries: what is far away takes that long to come */ };

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

/* What stands further on in a run, for its sake alone. */
struct ahead {
    struct str rest;
    uint64_t references[AHEAD]; /* of entries between the middle and the front, in turn */
    size_t turn;
};

/* One entry further: says what the one in front will look up, and more of the one half way. */
static void look_ahead(const struct ledger *ledger, struct ahead *ahead)
{
    unsigned char id[ENTRY_ID_BYTES];
    struct str bytes;
    struct chain_hash hash;
    uint64_t *reference = &ahead->references[ahead->turn++ % AHEAD];
    ledger_expect_lines(ledger, *reference);
    *reference = 0;
    if (chain_cut(&ahead->rest, &bytes, &hash) == OK && entry_peek(bytes, id, reference))
        ledger_expect(ledger, id, *reference);
}

enum status verify_run(struct verification *verification, struct str run, size_t *ret_length)
{
    struct str rest = run, bytes;
    struct ahead ahead = {.rest = run};
    struct chain_hash hash;
    enum status done;
    *ret_length = 0;
    for (int i = 0; i < 2 * AHEAD; i++)
        look_ahead(verification->ledger, &ahead);
    while ((done = chain_cut(&rest, &bytes, &hash)) == OK) {
        look_ahead(verification->ledger, &ahead);
        TRY(verify_next(verification, bytes, &hash));
        *ret_length = run.len - rest.len;
    }
    return done == NOT_FOUND ? OK : break_at(verification, "engine.cut");
}
