/* For tests: a budget document that comes in as the command and the town do together, and a small one. */
#ifndef SERVICE_ACCOUNTING_BUDGET_TEST_BUDGET_TAKE_H
#define SERVICE_ACCOUNTING_BUDGET_TEST_BUDGET_TAKE_H

#include <time.h>

#include "core/test_town.h"

#include "service/accounting/budget/budget_parcel.h"

enum { PARCELS_MAX = 32 << 20 };

#define HEAD(year, number)                                                                                             \
    "<DocumentBudgetaire xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\"><VersionSchema V=\"95\"/>"         \
    "<EnTeteDocBudgetaire><LibelleColl V=\"BEAUVAL\"/><IdColl V=\"21560046100010\"/></EnTeteDocBudgetaire><Budget>"    \
    "<EnTeteBudget><LibelleEtab V=\"Eau &amp; d\xc3\xa9" "chets\"/><IdEtab V=\"21560046100010\"/>"                     \
    "<Nomenclature V=\"M57-M57_A\"/></EnTeteBudget><BlocBudget><NatDec V=\"" number "\"/><Exer V=\"" year "\"/>"       \
    "<ProjetBudget V=\"false\"/><DteDec V=\"2023-04-04\"/><CodTypBud V=\"P\"/></BlocBudget>"
#define FOOT                                                                                                           \
    "<Annexes><DATA_SOMMAIRE><SOMMAIRE><CodeAnnexe V=\"IV-A1\"/></SOMMAIRE></DATA_SOMMAIRE></Annexes></Budget>"        \
    "</DocumentBudgetaire>"
/* An account twice, by function; a chapter the line does not name; amounts written in other ways; unknown children. */
#define LINES                                                                                                          \
    "<LigneBudget><Nature V=\"60611\"/><LibCpte V=\"Eau\"/><Fonction V=\"020\"/><ContNat V=\"011\"/>"                  \
    "<ArtSpe V=\"false\"/><CodRD V=\"D\"/><MtBudgPrec V=\"90.00\"/><MtPrev V=\"100.00\"/><CredOuv V=\"100.00\"/>"      \
    "<OpBudg V=\"0\"/></LigneBudget>"                                                                                  \
    "<LigneBudget><Nature V=\"60611\"/><Fonction V=\"211\"/><ContNat V=\"011\"/><CodRD V=\"D\"/>"                      \
    "<MtPrev V=\"1200.5\"/><CredOuv V=\"1200.50\"/><OpBudg V=\"0\"/><Nouveau V=\"1\"><Dedans/></Nouveau>"              \
    "</LigneBudget>"                                                                                                   \
    "<LigneBudget><Nature V=\"70311\"/><CodRD V=\"R\"/><MtPrev V=\"1300.50\"/><CredOuv V=\"1300.50\"/>"                \
    "<OpBudg V=\"0\"/><CaracSup Code=\"Section\" V=\"F\"/></LigneBudget>"                                              \
    "<LigneBudget><Nature V=\"2188\"/><Operation V=\"12\"/><ContNat V=\"21\"/><CodRD V=\"D\"/>"                        \
    "<MtPrev V=\"-65.00\"/><CredOuv V=\"5.00\"/><OpBudg V=\"0\"/><MtSup Code=\"RARPrec\" V=\"70.00\"/></LigneBudget>"

struct test_budget_in {
    struct str bytes;
    bool replaces;
    size_t lines_most; /* SIZE_MAX: the whole; fewer: it is cut off before its end */
};

/* As the command and the town do together: OK, and *ret_document where it stands. */
static inline enum status test_budget_take(struct test_town *test, struct arena *arena, struct test_budget_in in,
                                           int64_t *ret_document)
{
    struct ctx ctx = test_ctx(test);
    struct xml *root;
    struct xml_fault fault;
    struct docbudg read;
    struct chart chart;
    struct faults *faults = arena_new(arena, struct faults);
    struct buf parcels BUF_SCOPE = BUF_INIT(PARCELS_MAX), frame BUF_SCOPE = BUF_INIT(PARCELS_MAX);
    struct budget_coming coming = {0};
    faults->arena = arena;
    assert_int_equal(xml_read(arena, in.bytes, &root, &fault), OK);
    assert_true(docbudg_read(arena, root, &read, faults) != LIMIT && read.budget_count > 0);
    struct buf lines BUF_SCOPE = BUF_INIT(PARCELS_MAX);
    for (size_t i = 0; i < read.budget_count; i++) {
        struct docbudg_budget *budget = &read.budgets[i];
        bool has_chart = chart_shipped(arena, budget->nomenclature, budget->year, &chart) == OK;
        if (has_chart)
            docbudg_place(budget, &chart);
        size_t met = 0;
        int64_t place = 0;
        for (struct xml *child = xml_child(budget->element, "LigneBudget"); child != NULL;
             child = xml_next(child, "LigneBudget")) {
            struct budget_line line;
            if (met < budget->line_count && budget->lines[met].element == child)
                assert_int_equal(
                    budget_line_of(arena, &budget->lines[met++], has_chart ? &chart : NULL, &line), OK);
            else
                assert_int_equal(budget_sum_of(arena, child, place + 1, &line), OK);
            line.place = ++place;
            if ((size_t)place <= in.lines_most)
                budget_parcel_line(&lines, &line, (int64_t)i);
        }
        budget_take_lines(budget->element);
    }
    xml_write(&frame, root, XML_UTF_8);
    budget_parcel_document(&parcels, buf_str(&frame), in.replaces);
    for (size_t i = 0; i < read.budget_count; i++)
        budget_parcel_act(&parcels, &read, i);
    buf_add(&parcels, buf_str(&lines));
    assert_int_equal(buf_status(&parcels), OK);
    for (struct str rest = buf_str(&parcels); rest.len > 0;) {
        struct buf words BUF_SCOPE = BUF_INIT(4096);
        enum status done = DO(test, budget_parcel_take(&ctx, str_cut(&rest, '\n'), &coming));
        if (done != OK)
            return done;
        budget_coming_write(&words, &coming);
        struct budget_coming again;
        assert_int_equal(budget_coming_read(buf_str(&words), &again), OK);
        assert_memory_equal(&again, &coming, sizeof again);
    }
    *ret_document = coming.document;
    return in.lines_most < SIZE_MAX ? OK : DO(test, budget_document_end(&ctx, coming.document));
}

/* `count` lines of one cent each. */
static inline struct str test_budget_long(struct arena *arena, size_t count)
{
    struct buf text BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    buf_add_literal(&text, HEAD("2023", "01"));
    for (size_t i = 0; i < count; i++)
        buf_add_format(&text,
                       "<LigneBudget><Nature V=\"60611\"/><Fonction V=\"020\"/><Operation V=\"%zu\"/>"
                       "<ContNat V=\"011\"/><CodRD V=\"D\"/><MtPrev V=\"0.01\"/><CredOuv V=\"0.01\"/><OpBudg V=\"0\"/>"
                       "</LigneBudget>",
                       i);
    buf_add_literal(&text, FOOT);
    return str_copy(arena, buf_str(&text));
}

/* Processor time of the request of a page, in microseconds; a turn has 20,000: the best of some. */
static inline int64_t test_budget_us(struct test_town *test, const char *path)
{
    enum { TIMES = 8 };
    int64_t best = INT64_MAX;
    struct str body;
    for (int i = 0; i < TIMES; i++) {
        clock_t begun = clock();
        assert_int_equal(test_page(test, path, NULL, &body), 200);
        int64_t took = (int64_t)(clock() - begun) * 1000000 / CLOCKS_PER_SEC;
        best = took < best ? took : best;
    }
    return best;
}

#endif
