/* Budget documents that towns sent, beside the checkout: each comes in, is right but for what is truly wrong, sums up
 * as it should, and goes out as it came. */
#include "service/accounting/docbudg/docbudg.h"
#include "service/accounting/test_shared.h"

enum { ARENA = 64 << 20, OUT_MAX = 16 << 20 };

static const char *const real[] = {"crach_BP2022_principal",   "crach_CA2021_principal",
                                   "crach_DM2_2021_principal", "crach_lotissement_BP2022",
                                   "crach_lotissement_DM1_2022", "mohon_CFU2023_M57A"};
enum { REAL = sizeof real / sizeof *real };

struct sheet {
    struct arena *arena;
    struct buf bytes;
    struct docbudg document;
    struct chart chart;
    bool has_chart;
    struct faults faults;
    enum status status;
};

static void open_sheet(struct sheet *sheet, const char *path)
{
    struct xml *root;
    struct xml_fault fault;
    *sheet = (struct sheet){.arena = arena_create(ARENA), .bytes = BUF_INIT(XML_BYTES_MAX)};
    sheet->faults.arena = sheet->arena;
    assert_true(shared_read(path, &sheet->bytes));
    assert_int_equal(xml_read(sheet->arena, buf_str(&sheet->bytes), &root, &fault), OK);
    sheet->status = docbudg_read(sheet->arena, root, &sheet->document, &sheet->faults);
    struct docbudg_budget *budget = &sheet->document.budgets[0];
    assert_int_equal(sheet->document.budget_count, 1);
    sheet->has_chart = chart_shipped(sheet->arena, budget->nomenclature, budget->year, &sheet->chart) == OK;
    if (sheet->has_chart)
        docbudg_place(budget, &sheet->chart);
}

static void close_sheet(struct sheet *sheet)
{
    buf_finish(&sheet->bytes);
    arena_destroy(&sheet->arena);
}

static void check_sheet(struct sheet *sheet)
{
    docbudg_check(&sheet->document, 0, sheet->has_chart ? &sheet->chart : NULL, &sheet->faults);
}

static const char *path_of(const char *folder)
{
    static char path[SHARED_PATH_MAX];
    snprintf(path, sizeof path, "totem/%s/totem.xml", folder);
    return path;
}

static void sections_sum_up_as_computed_elsewhere(void **state)
{
    (void)state;
    struct buf wanted BUF_SCOPE = BUF_INIT(XML_BYTES_MAX), got BUF_SCOPE = BUF_INIT(OUT_MAX);
    shared_need("totals of real budgets");
    assert_true(shared_read("derived/oracle_totaux_sections.csv", &wanted));
    docbudg_totals_head(&got);
    for (size_t i = 0; i < REAL; i++) {
        struct sheet sheet;
        open_sheet(&sheet, path_of(real[i]));
        assert_int_equal(sheet.status, OK);
        docbudg_totals(&got, str_of(real[i]), &sheet.document.budgets[0]);
        close_sheet(&sheet);
    }
    assert_int_equal(buf_status(&got), OK);
    if (!str_eq(buf_str(&got), buf_str(&wanted)))
        fail_msg("%.*s", STR_ARG(buf_str(&got)));
}

static void marked_lines_are_where_the_chart_has_them(void **state)
{
    (void)state;
    size_t marked = 0;
    shared_need("sections of real budgets");
    for (size_t i = 0; i < REAL; i++) {
        struct sheet sheet;
        open_sheet(&sheet, path_of(real[i]));
        assert_true(sheet.has_chart);
        for (size_t at = 0; at < sheet.document.budgets[0].line_count; at++) {
            const struct docbudg_line *line = &sheet.document.budgets[0].lines[at];
            marked += line->is_marked;
            assert_int_equal(line->section, chart_section_of(&sheet.chart, line->nature, line->chapter, line->kind,
                                                             line->direction));
        }
        close_sheet(&sheet);
    }
    assert_int_equal(marked, 623);
}

/* Each fault as "RULE PLACE = VALUE", one a line. */
static struct str say_faults(const struct sheet *sheet, struct buf *out)
{
    for (size_t i = 0; i < sheet->faults.count; i++) {
        const struct fault *fault = &sheet->faults.kept[i];
        buf_add_format(out, "%.*s %.*s = %.*s\n", STR_ARG(fault->rule), STR_ARG(fault->place), STR_ARG(fault->value));
    }
    return buf_str(out);
}

static void has_faults(const char *path, enum status wanted_status, const char *wanted)
{
    struct sheet sheet;
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    open_sheet(&sheet, path);
    check_sheet(&sheet);
    if (sheet.status != wanted_status || !str_eq(say_faults(&sheet, &out), str_of(wanted)))
        fail_msg("%s: %s\n%.*s", path, status_name(sheet.status), STR_ARG(buf_str(&out)));
    close_sheet(&sheet);
}

static void real_budgets_are_right(void **state)
{
    (void)state;
    shared_need("checks of real budgets");
    for (size_t i = 0; i < REAL; i++)
        has_faults(path_of(real[i]), OK, "");
}

/* B11, B12; the year "2022 en erreur" is none. */
static void wrong_budgets_say_what_is_wrong(void **state)
{
    (void)state;
    shared_need("checks of wrong budgets");
    has_faults("totem/invalid/totem_mauvais_siret.xml", OK,
               "docbudg.siret /DocumentBudgetaire/Budget[1]/EnTeteBudget/IdEtab, ligne 24 = 2156004610008\n");
    has_faults("totem/invalid/totem_mauvaise_annee.xml", INVALID,
               "docbudg.year /DocumentBudgetaire/Budget[1]/BlocBudget/Exer, ligne 32 = 2022 en erreur\n");
    has_faults("totem/invalid/totem_mauvaise_nomenclature.xml", OK,
               "docbudg.nomenclature /DocumentBudgetaire/Budget[1]/EnTeteBudget/Nomenclature, ligne 28 = "
               "M14-M14_COM_500_3500_en_erreur\n");
    has_faults("totem/doc-budg-simple.xml", OK,
               "docbudg.nomenclature /DocumentBudgetaire/Budget[1]/EnTeteBudget/Nomenclature, ligne 24 = M52-M52\n");
}

static void aggregates_are_counted(void **state)
{
    (void)state;
    struct sheet sheet;
    shared_need("lines of the CFU");
    open_sheet(&sheet, path_of("mohon_CFU2023_M57A"));
    assert_true(sheet.document.is_cfu);
    assert_int_equal(sheet.document.budgets[0].line_count, 163);
    assert_int_equal(sheet.document.budgets[0].aggregate_count, 633);
    close_sheet(&sheet);
}

/* ---- and back ---- */

static void goes_out_as_it_came(const char *path)
{
    struct sheet sheet;
    struct xml *again;
    struct xml_fault fault;
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX), where BUF_SCOPE = BUF_INIT(4096);
    open_sheet(&sheet, path);
    xml_write(&out, sheet.document.root, XML_ISO_8859_1);
    assert_int_equal(buf_status(&out), OK);
    assert_int_equal(xml_read(sheet.arena, buf_str(&out), &again, &fault), OK);
    if (!xml_same(sheet.document.root, again, &where))
        fail_msg("%s at %.*s", path, STR_ARG(buf_str(&where)));
    close_sheet(&sheet);
}

static void every_file_goes_out_as_it_came(void **state)
{
    (void)state;
    shared_need("real budgets, out again");
    for (size_t i = 0; i < REAL; i++)
        goes_out_as_it_came(path_of(real[i]));
    goes_out_as_it_came("totem/invalid/totem_mauvais_siret.xml");
    goes_out_as_it_came("totem/invalid/totem_mauvaise_annee.xml");
    goes_out_as_it_came("totem/invalid/totem_mauvaise_nomenclature.xml");
    goes_out_as_it_came("totem/doc-budg-simple.xml");
}

/* The one of a CFU that the fuzzer begins with is there always. */
static void a_small_cfu_holds_a_budget(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    struct docbudg document;
    struct xml *root;
    struct xml_fault fault;
    assert_int_equal(xml_read_file(arena, "test/corpus/docbudg/cfu.xml", &root, &fault), OK);
    assert_int_equal(docbudg_read(arena, root, &document, &faults), OK);
    assert_true(document.is_cfu);
    assert_true(str_eq(document.budgets[0].place, STR("/CompteFinancierUnique/DocumentBudgetaire/Budget[1]")));
    assert_int_equal(document.budgets[0].line_count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_cfu_holds_a_budget),
        cmocka_unit_test(sections_sum_up_as_computed_elsewhere),
        cmocka_unit_test(marked_lines_are_where_the_chart_has_them),
        cmocka_unit_test(real_budgets_are_right),
        cmocka_unit_test(wrong_budgets_say_what_is_wrong),
        cmocka_unit_test(aggregates_are_counted),
        cmocka_unit_test(every_file_goes_out_as_it_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
