#include "service/accounting/cover/cover.h"

#include "service/accounting/docbudg/docbudg.h"
#include "service/accounting/test_shared.h"

enum { ARENA = 64 << 20 };

static struct cover begun(struct arena *arena, const char *nomenclature, int32_t year)
{
    struct cover cover;
    assert_int_equal(cover_begin(arena, str_of(nomenclature), year, &cover), OK);
    assert_true(cover.count > 0 && cover.resources.cents == 0 && cover.capital.cents == 0);
    return cover;
}

static void add(struct cover *cover, const char *account, enum chart_kind kind, enum chart_direction direction,
                int64_t cents)
{
    assert_int_equal(cover_add(cover, str_of(account), kind, direction, (struct money){cents}), OK);
}

static void each_account_counts_where_the_table_says(void **state)
{
    (void)state;
    static const struct {
        const char *account;
        enum chart_kind kind;
        enum chart_direction direction;
        int64_t own, capital;
    } rows[] = {
        {"021", CHART_BETWEEN, CHART_RECEIPT, 1, 0},    {"10222", CHART_REAL, CHART_RECEIPT, 1, 0},
        {"10226", CHART_REAL, CHART_RECEIPT, 1, 0},     {"1068", CHART_REAL, CHART_RECEIPT, 0, 0},
        {"10226", CHART_REAL, CHART_EXPENSE, 0, 0},     {"10251", CHART_WITHIN, CHART_RECEIPT, 0, 0},
        {"024", CHART_REAL, CHART_RECEIPT, 1, 0},       {"2764", CHART_REAL, CHART_RECEIPT, 1, 0},
        {"28188", CHART_BETWEEN, CHART_RECEIPT, 1, 0},  {"4818", CHART_BETWEEN, CHART_RECEIPT, 1, 0},
        {"15112", CHART_BETWEEN, CHART_RECEIPT, 1, 0},  {"192", CHART_BETWEEN, CHART_RECEIPT, 0, 0},
        {"1641", CHART_REAL, CHART_RECEIPT, 0, 0},      {"1641", CHART_REAL, CHART_EXPENSE, 0, 1},
        {"16441", CHART_REAL, CHART_EXPENSE, 0, 1},     {"16449", CHART_REAL, CHART_EXPENSE, 0, 0},
        {"166", CHART_REAL, CHART_EXPENSE, 0, 0},       {"165", CHART_REAL, CHART_EXPENSE, 0, 0},
        {"16451", CHART_REAL, CHART_EXPENSE, 0, 0},     {"1641", CHART_WITHIN, CHART_EXPENSE, 0, 0},
        {"1321", CHART_REAL, CHART_RECEIPT, 0, 0},      {"001", CHART_REAL, CHART_RECEIPT, 0, 0},
        {"60611", CHART_REAL, CHART_EXPENSE, 0, 0}};
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cover cover = begun(arena, "M57-M57_A", 2024);
        add(&cover, rows[i].account, rows[i].kind, rows[i].direction, 1);
        assert_int_equal(cover.resources.cents, rows[i].own);
        assert_int_equal(cover.capital.cents, rows[i].capital);
    }
}

static void exactly_the_capital_is_enough_and_a_cent_less_is_not(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults *faults = arena_new(arena, struct faults);
    faults->arena = arena;
    struct cover cover = begun(arena, "M57-M57_D", 2024);
    assert_true(cover_is_met(&cover)); /* no loan, nothing to cover */
    add(&cover, "1641", CHART_REAL, CHART_EXPENSE, 10000);
    add(&cover, "021", CHART_BETWEEN, CHART_RECEIPT, 9999);
    assert_false(cover_is_met(&cover));
    cover_check(&cover, STR("/Budget[1]"), faults);
    assert_int_equal(faults->found, 1);
    assert_true(str_eq(faults->kept[0].rule, STR("own.short")));
    assert_true(str_find(faults->kept[0].mend, STR("99.99")) != SIZE_MAX);
    assert_true(str_find(faults->kept[0].mend, STR("100.00")) != SIZE_MAX);
    add(&cover, "10222", CHART_REAL, CHART_RECEIPT, 1);
    assert_true(cover_is_met(&cover));
    cover_check(&cover, STR("/Budget[1]"), faults);
    assert_int_equal(faults->found, 1);
}

static void a_norm_without_rows_is_not_known(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct cover cover;
    assert_int_equal(cover_begin(arena, STR("M99-M99_A"), 2024, &cover), NOT_FOUND);
    assert_int_equal(cover_begin(arena, STR(""), 2024, &cover), NOT_FOUND);
    cover = begun(arena, "M14-M14_COM_500_3500", 2022);
    cover = begun(arena, "M4-M49_A", 2023);
    cover = begun(arena, "M57-M57_A", 2027);
}

static void sums_too_large_are_refused(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct cover cover = begun(arena, "M57-M57_A", 2024);
    add(&cover, "1641", CHART_REAL, CHART_EXPENSE, MONEY_MAX);
    assert_int_equal(cover_add(&cover, STR("1641"), CHART_REAL, CHART_EXPENSE, (struct money){1}), LIMIT);
    assert_int_equal(cover.capital.cents, MONEY_MAX);
}

static void a_real_budget_meets_it(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    struct faults *faults = arena_new(arena, struct faults);
    struct docbudg document;
    struct xml *root;
    struct xml_fault fault;
    shared_need("a_real_budget_meets_it");
    faults->arena = arena;
    assert_true(shared_read("totem/crach_BP2022_principal/totem.xml", &bytes));
    assert_int_equal(xml_read(arena, buf_str(&bytes), &root, &fault), OK);
    assert_int_equal(docbudg_read(arena, root, &document, faults), OK);
    struct cover cover = begun(arena, "M14-M14_COM_500_3500", 2022);
    for (size_t i = 0; i < document.budgets[0].line_count; i++) {
        const struct docbudg_line *line = &document.budgets[0].lines[i];
        assert_int_equal(cover_add(&cover, line->nature, line->kind, line->direction, line->amounts[DOCBUDG_OPEN]), OK);
    }
    print_message("own resources %lld, capital %lld\n", (long long)cover.resources.cents,
                  (long long)cover.capital.cents);
    assert_true(cover.capital.cents > 0 && cover_is_met(&cover));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_account_counts_where_the_table_says),
        cmocka_unit_test(exactly_the_capital_is_enough_and_a_cent_less_is_not),
        cmocka_unit_test(a_norm_without_rows_is_not_known),
        cmocka_unit_test(sums_too_large_are_refused),
        cmocka_unit_test(a_real_budget_meets_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
