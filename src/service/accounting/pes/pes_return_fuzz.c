/* Whatever comes: an answer is read whole or told as none, and is written as CSV. */
#include "service/accounting/pes/pes_return.h"

enum { ARENA = 64 << 20, OUT_MAX = 32 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct faults faults = {.arena = arena};
    struct pes_return file;
    struct xml *root;
    struct xml_fault fault;
    if (xml_read(arena, (struct str){(const char *)data, size}, &root, &fault) != OK)
        return 0;
    enum status done = pes_return_read(arena, root, &file, &faults);
    REQUIRE(done == OK || ((done == INVALID || done == LIMIT) && faults.found > 0));
    if (done != OK)
        return 0;
    REQUIRE(file.answers.count > 0 && file.answers.count <= PES_ANSWERS_MAX);
    for (size_t i = 0; i < file.answers.count; i++) {
        const struct pes_answer *one = &file.answers.at[i];
        REQUIRE(one->about != PES_ABOUT_SLIP || one->slip > 0);
        REQUIRE(one->about != PES_ABOUT_PIECE || one->piece > 0);
        REQUIRE(one->about != PES_ABOUT_LINE || one->line > 0);
    }
    pes_return_write(&out, &file);
    return 0;
}
