#include "base/arena.h"
#include "proto/imap/imap_subject.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The base is never longer than the subject, and nothing is left to take off a base but brackets. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct imap_subject once, twice;
    struct str subject = {(const char *)data, size};
    if (imap_subject_base(subject, arena, &once) != OK)
        return 0;
    REQUIRE(once.base.len <= size);
    REQUIRE(imap_subject_base(once.base, arena, &twice) == OK);
    REQUIRE(twice.base.len <= once.base.len);
    return 0;
}
