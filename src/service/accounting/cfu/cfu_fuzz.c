#include "service/accounting/cfu/cfu.h"

enum { ARENA = 64 << 20, OUT_MAX = 1 << 20 };

/* Whatever comes: read, looked at, compared; each fault kept is whole, and no difference is of the same amounts. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct faults faults = {.arena = arena};
    struct cfu cfu;
    struct xml *root;
    struct xml_fault fault;
    struct cfu_difference *found;
    size_t count;
    if (xml_read(arena, (struct str){(const char *)data, size}, &root, &fault) != OK ||
        cfu_read(arena, root, &cfu, &faults) != OK)
        return 0;
    cfu_check(&cfu, &faults);
    for (size_t i = 0; i < faults.count; i++)
        REQUIRE(faults.kept[i].rule.len > 0 && faults.kept[i].place.len > 0 && faults.kept[i].mend.len > 0);
    if (cfu_reconcile(arena, cfu.town, cfu.accountant, &found, &count) != OK)
        return 0;
    for (size_t i = 0; i < count; i++)
        REQUIRE(!money_is(found[i].line.done, found[i].accountant));
    cfu_differences_write(&out, found, count);
    return 0;
}
