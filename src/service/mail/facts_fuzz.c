#include "base/utf8.h"
#include "service/mail/facts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes have facts, and what is kept of them as text is text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(256 << 20);
    struct facts facts;
    enum status done = facts_read(arena, (struct str){(const char *)data, size}, (struct instant){1}, &facts);
    REQUIRE(done == OK || done == LIMIT);
    if (done != OK)
        return 0;
    REQUIRE(utf8_is_valid(facts.subject) && utf8_is_valid(facts.from_text) && utf8_is_valid(facts.to_text));
    REQUIRE(utf8_is_valid(facts.preview) && utf8_is_valid(facts.base_subject));
    return 0;
}
