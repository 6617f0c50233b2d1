/* Any bytes are a line of a journal, or are refused; one that was read goes out in every form, and as a line it comes
 * in again as the same entry. */
#include "service/accounting/engine/journal_format.h"
#include "service/accounting/engine/journal_line.h"

enum { ARENA = 8 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void assert_same(const struct entry *entry, const struct entry *other)
{
    struct buf one BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX), two BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    entry_write(&one, entry);
    entry_write(&two, other);
    REQUIRE(buf_status(&one) == OK && str_eq(buf_str(&one), buf_str(&two)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf line BUF_SCOPE = BUF_INIT(JOURNAL_LINE_MAX);
    struct chain_hash hash, hash_again;
    struct entry entry, again;
    struct refusal refusal;
    if (journal_line_read(arena, (struct str){(const char *)data, size}, &entry, &hash) != OK ||
        entry_form(&entry, &refusal) != OK)
        return 0;
    for (enum journal_format format = 0; format < JOURNAL_FORMATS; format++) {
        struct buf out BUF_SCOPE = BUF_INIT(JOURNAL_WRITTEN_MAX);
        journal_write(&out, format, &entry, &hash);
        REQUIRE(buf_status(&out) == OK);
    }
    journal_line_write(&line, &entry, &hash);
    REQUIRE(buf_status(&line) == OK);
    REQUIRE(journal_line_read(arena, buf_str(&line), &again, &hash_again) == OK);
    REQUIRE(chain_hash_is(&hash, &hash_again));
    assert_same(&entry, &again);
    return 0;
}
