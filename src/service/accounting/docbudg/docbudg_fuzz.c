#include "service/accounting/docbudg/docbudg.h"

enum { ARENA = 64 << 20, OUT_MAX = 1 << 20 };

static void look_at(struct docbudg *document, size_t number, struct faults *faults)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct docbudg_budget *budget = &document->budgets[number];
    struct chart chart;
    bool has_chart = chart_shipped(arena, budget->nomenclature, budget->year, &chart) == OK;
    if (has_chart)
        docbudg_place(budget, &chart);
    docbudg_check(document, number, has_chart ? &chart : NULL, faults);
    docbudg_totals(&out, STR("file"), budget);
}

/* Whatever comes: read, placed, checked and summed; each fault kept is whole. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    struct docbudg document;
    struct xml *root;
    struct xml_fault fault;
    if (xml_read(arena, (struct str){(const char *)data, size}, &root, &fault) != OK ||
        docbudg_read(arena, root, &document, &faults) == LIMIT)
        return 0;
    for (size_t i = 0; i < document.budget_count; i++)
        look_at(&document, i, &faults);
    for (size_t i = 0; i < faults.count; i++)
        REQUIRE(faults.kept[i].rule.len > 0 && faults.kept[i].place.len > 0 && faults.kept[i].mend.len > 0);
    return 0;
}
