/* Whatever comes: read and looked at, with nothing known and with all of it; each fault kept is whole. */
#include "service/accounting/pes/pes.h"

enum { ARENA = 64 << 20 };

static const struct str words[] = {STR_INIT("PJ1"), STR_INIT("D-01-01-01"), STR_INIT("50-03")};
static const struct pes_sent sent[] = {{.year = 2026, .kind = 1, .number = 11}, {true, 2026, 6, 2}};
static const struct pes_context everything = {.post = STR_INIT("056025"), .siret = STR_INIT("21560046100010"),
                                              .collectivity = STR_INIT("520"), .budget = STR_INIT("00"),
                                              .nomenclature = STR_INIT("M57-M57_A"), .is_voted_by_function = true,
                                              .sent = sent, .sent_count = 2, .documents = {words, 3},
                                              .triplets = {words, 3}, .couples = {words, 3}};

static void look_at(const struct xml *root, const struct pes_context *context)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    enum status done = pes_check(root, context, &faults);
    REQUIRE(done == OK || done == LIMIT);
    REQUIRE(pes_kind_of(root) != PES_NONE || faults.found == 1);
    for (size_t i = 0; i < faults.count; i++)
        REQUIRE(faults.kept[i].rule.len > 0 && faults.kept[i].place.len > 0 && faults.kept[i].mend.len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct xml *root;
    struct xml_fault fault;
    if (xml_read(arena, (struct str){(const char *)data, size}, &root, &fault) != OK)
        return 0;
    look_at(root, NULL);
    look_at(root, &everything);
    return 0;
}
