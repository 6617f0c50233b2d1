/* Any bytes are an entry, or are refused; one that was read is written again in the same bytes, whatever rule it
 * breaks; a run of any bytes is folded as far as it holds, and no further. */
#include "service/accounting/engine/verify.h"

enum { ARENA = 8 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void go_round(struct arena *arena, struct str bytes)
{
    struct buf again BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    struct refusal refusal;
    struct entry entry;
    if (entry_read(arena, bytes, &entry) != OK)
        return;
    entry_write(&again, &entry);
    REQUIRE(str_eq(buf_str(&again), bytes));
    REQUIRE(entry_form(&entry, &refusal) == OK || str_starts(str_of(refusal.rule), STR("engine.")));
    (void)entry_print(&entry);
}

/* Pieces between lengths of two bytes are entries, whose hashes are made right: so the ledger's rules are reached. */
static void fold(struct arena *arena, struct str rest)
{
    struct arena *scratch ARENA_SCOPE = arena_create(1 << 20);
    struct ledger *ledger;
    if (ledger_in(arena, &ledger) != OK)
        return;
    struct verification verification = verification_in(ledger, scratch);
    while (rest.len > 2) {
        size_t length = (size_t)(unsigned char)rest.at[0] | (size_t)(unsigned char)rest.at[1] << 8;
        struct str bytes = str_slice(rest, 2, 2 + length);
        struct chain_hash hash = chain_next(&verification.hash, bytes);
        uint64_t before = verification.count;
        bool is_held = verify_next(&verification, bytes, &hash) == OK;
        REQUIRE(verification.count == before + is_held && ledger_count(ledger) == verification.count);
        rest = str_after(rest, 2 + bytes.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA), *other ARENA_SCOPE = arena_create(ARENA);
    struct arena *third ARENA_SCOPE = arena_create(ARENA), *scratch ARENA_SCOPE = arena_create(1 << 20);
    struct str bytes = {(const char *)data, size};
    struct ledger *ledger;
    size_t length;
    go_round(arena, bytes);
    fold(other, bytes);
    if (ledger_in(third, &ledger) != OK)
        return 0;
    struct verification verification = verification_in(ledger, scratch);
    enum status done = verify_run(&verification, bytes, &length);
    REQUIRE(length <= size && (done != OK || length == size));
    return 0;
}
