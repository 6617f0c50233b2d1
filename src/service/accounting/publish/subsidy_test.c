/* Grants as open data: bodies by name, persons by none. */
#include "service/accounting/publish/subsidy.h"

#include "proto/csv/csv.h"
#include "service/accounting/test_shared.h"

enum { TREE_MAX = 64 << 20, CSV_MAX = 1 << 20, NAME = 4, PURPOSE = 7, AMOUNT = 8, COLUMNS = 16 };

static struct arena *tree;

static int set_up(void **state)
{
    (void)state;
    tree = arena_create(TREE_MAX);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&tree);
    return 0;
}

static void write_all(struct str bytes, struct buf *out, size_t *ret_count, size_t *ret_masked)
{
    struct xml *root;
    struct xml_fault fault;
    struct docbudg document;
    struct faults *faults = arena_new(tree, struct faults);
    faults->arena = tree;
    assert_int_equal(xml_read(tree, bytes, &root, &fault), OK);
    assert_true(docbudg_read(tree, root, &document, faults) != LIMIT);
    subsidies_write(out, &document, ret_count, ret_masked);
    assert_int_equal(buf_status(out), OK);
}

#define ONE(code, name)                                                                                                \
    "<CONCOURS>" code "<LibOrgaBenef V=\"" name "\"/><MtSubv V=\"12.50\"/><ObjSubv V=\"pour " name "\"/></CONCOURS>"
static const char small[] =
    "<DocumentBudgetaire><EnTeteDocBudgetaire><LibelleColl V=\"=BEAUVAL\"/><IdColl V=\"21560046100010\"/>"
    "</EnTeteDocBudgetaire><Budget><EnTeteBudget><LibelleEtab V=\"B\"/><Nomenclature V=\"M57-M57_A\"/></EnTeteBudget>"
    "<BlocBudget><NatDec V=\"01\"/><Exer V=\"2023\"/><DteDec V=\"2023-04-04\"/></BlocBudget><Annexes><DATA_CONCOURS>"
    ONE("<CodNatJurBenefCA V=\"P1\"/>", "Club") ONE("<CodNatJurBenefCA V=\"P3\"/>", "Quelqu’un")
    ONE("", "Inconnu") ONE("<CodNatJurBenefCA V=\"P9\"/>", "Autre") ONE("<CodNatJurBenefCA V=\"U3\"/>", "Commune")
    "</DATA_CONCOURS></Annexes></Budget></DocumentBudgetaire>";

static void persons_have_no_name(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(CSV_MAX);
    size_t count, masked;
    write_all(str_of(small), &out, &count, &masked);
    assert_int_equal(count, 5);
    assert_int_equal(masked, 3);
    struct str text = buf_str(&out);
    assert_true(str_find(text, STR("nomAttribuant,idAttribuant,dateConvention,")) == 0);
    assert_true(str_find(text, STR("'=BEAUVAL,21560046100010,2023-04-04,,Club,,,pour Club,12.50,aide en numéraire,,"
                                   "2023-01-01/2023-12-31,,,1,\r\n")) != SIZE_MAX);
    assert_true(str_find(text, STR("Commune")) != SIZE_MAX);
    static const char *const hidden[] = {"Quelqu", "Inconnu", "Autre"};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        assert_true(str_find(text, str_of(hidden[i])) == SIZE_MAX);
}

static void real_lists(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        size_t count, masked;
    } files[] = {{"totem/crach_BP2022_principal/totem.xml", 31, 0},
                 {"totem/crach_CA2021_principal/totem.xml", 36, 1},
                 {"totem/mohon_CFU2023_M57A/totem.xml", 37, 37},
                 {"totem/crach_lotissement_BP2022/totem.xml", 0, 0}};
    shared_need("real_lists");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX), out BUF_SCOPE = BUF_INIT(CSV_MAX);
        size_t count, masked, rows = 0;
        arena_reset(tree);
        assert_true(shared_read(files[i].file, &bytes));
        write_all(buf_str(&bytes), &out, &count, &masked);
        assert_int_equal(count, files[i].count);
        assert_int_equal(masked, files[i].masked);
        struct csv_reader reader = csv_open(buf_str(&out));
        struct csv_row *row = arena_new(tree, struct csv_row);
        for (; csv_next(&reader, tree, row) == OK; rows++) {
            struct money money;
            assert_int_equal(row->count, COLUMNS);
            assert_true(rows == 0 || money_parse(row->fields[AMOUNT], &money) == OK);
            assert_true(row->fields[NAME].len > 0 && row->fields[PURPOSE].len > 0);
        }
        assert_int_equal(rows, count + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(persons_have_no_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(real_lists, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
