/* Elements by form and by file: what is wrong is refused, with its line and column. */
#include "service/payroll/element/element.h"
#include "service/payroll/test_payroll.h"

static enum status add(const char *matricule, const char *code, const char *amount)
{
    struct ctx ctx = test_ctx(&test);
    struct element_given given = {.matricule = str_of(matricule), .code = str_of(code), .amount = str_of(amount),
                                  .source = STR("Arrêté 2026-1"), .since = date_of(2026, 3, 1),
                                  .until = date_of(2026, 3, 1)};
    enum element_field field;
    return DO(&test, element_add(&ctx, &given, 0, &field));
}

static int64_t amount_of(enum element_code code)
{
    struct ctx ctx = test_ctx(&test);
    struct element_sums sums;
    assert_int_equal(element_sums(&ctx, 1, date_of(2026, 3, 1), ctx.now, &sums), OK);
    return sums.amounts[code];
}

/* Bad input 14: commas, blanks of any kind, minus, exponent. Bad input 10: tax over 100 %. */
static void amounts_are_read_as_people_write_them(void **state)
{
    (void)state;
    assert_int_equal(add("AG0001", "prime", "1 234,50"), OK);
    assert_int_equal(add("AG0001", "prime", "1\xE2\x80\xAF" "000.01"), OK);
    assert_int_equal(amount_of(ELEMENT_PRIME), 223451);
    static const char *const wrong[] = {"1e3", "\xE2\x88\x92" "5", "-5", "1,234", "", "12 euros", "1,2,3",
        "100000000000"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(add("AG0001", "cia", wrong[i]), INVALID);
    assert_int_equal(add("AG0001", "pas", "100,01"), INVALID);
    assert_int_equal(add("AG0001", "pas", "2,1 %"), OK);
    assert_int_equal(amount_of(ELEMENT_TAX), 21000);
    assert_int_equal(add("AG0009", "cia", "1"), INVALID);
    assert_int_equal(add("AG0001", "bonus", "1"), INVALID);
    assert_int_equal(add("AG0001", "pas", "2,1"), CONFLICT); /* it stands already */
}

/* What lasts is replaced by what begins later; what is of one month is added. */
static void the_newest_that_lasts_holds(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct element_given given = {.matricule = STR("AG0001"), .code = STR("ifse"), .amount = STR("300"),
                                  .source = STR("Arrêté"), .since = date_of(2025, 1, 1)};
    (void)state;
    assert_int_equal(DO(&test, element_add(&ctx, &given, 0, NULL)), OK);
    given.since = date_of(2026, 2, 1);
    given.amount = STR("350");
    assert_int_equal(DO(&test, element_add(&ctx, &given, 0, NULL)), OK);
    assert_int_equal(add("AG0001", "ifse", "10"), OK);
    assert_int_equal(amount_of(ELEMENT_IFSE), 36000);
    assert_int_equal(DO(&test, element_withdraw(&ctx, 2)), OK);
    test.now.ms += 1;
    assert_int_equal(amount_of(ELEMENT_IFSE), 31000);
    assert_int_equal(DO(&test, element_withdraw(&ctx, 2)), CONFLICT);
}

/* Bad inputs 21 and 24. */
static void one_bad_line_is_left_out_and_told(void **state)
{
    static struct element_taken taken;
    struct ctx ctx = test_ctx(&test);
    struct str file = STR("matricule;code;montant;mois;fin;acte\n"
                          "AG0001;cia;500;2026-03;;D\xC3\xA9lib\xC3\xA9ration 12\n"
                          "AG0002;cia;5e2;2026-03;;D\xC3\xA9lib\xC3\xA9ration 12\n"
                          "AG0002;prime;12,50;2026-03;;D\xC3\xA9lib\xC3\xA9ration 12\n"
                          "AG0002;prime;12,50;2026-13;;D\xC3\xA9lib\xC3\xA9ration 12\n");
    (void)state;
    assert_int_equal(DO(&test, element_import(&ctx, file, STR("primes.csv"), date_of(2026, 3, 1), &taken)), OK);
    assert_int_equal(taken.rows, 2);
    assert_int_equal(taken.refused, 2);
    assert_int_equal(taken.faults[0].line, 3);
    assert_true(str_eq(taken.faults[0].column, STR("montant")));
    assert_int_equal(taken.faults[1].line, 5);
    assert_true(str_eq(taken.faults[1].column, STR("mois")));
    assert_int_equal(DO(&test, element_import(&ctx, file, STR("again.csv"), date_of(2026, 3, 1), &taken)), CONFLICT);
    assert_int_equal(amount_of(ELEMENT_CIA), 50000);
    assert_int_equal(DO(&test, element_import(&ctx, STR("nom;montant\nx;1\n"), STR("x"), date_of(2026, 3, 1), &taken)),
                     INVALID);
}

/* Ten thousand lines, one of them bad. */
static void a_long_file_loses_one_line(void **state)
{
    static struct element_taken taken;
    struct ctx ctx = test_ctx(&test);
    struct buf file BUF_SCOPE = BUF_INIT(ELEMENT_FILE_MAX);
    (void)state;
    buf_add_c(&file, "matricule,code,montant,mois,acte\n");
    for (int i = 1; i <= ELEMENT_ROWS_MAX; i++)
        buf_add_format(&file, "AG0001,remboursement,%s%d.00,2026-03,Frais\n", i == 7777 ? "x" : "", i);
    assert_int_equal(DO(&test, element_import(&ctx, buf_str(&file), STR("frais.csv"), date_of(2026, 3, 1), &taken)),
        OK);
    assert_int_equal(taken.rows, ELEMENT_ROWS_MAX - 1);
    assert_int_equal(taken.refused, 1);
    assert_int_equal(taken.faults[0].line, 7778);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(amounts_are_read_as_people_write_them, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(the_newest_that_lasts_holds, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(one_bad_line_is_left_out_and_told, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(a_long_file_loses_one_line, payroll_test_open, payroll_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
