/* A declaration sent to the page: its faults by line and in words, and what a social body answered. */
#include "service/payroll/test_payroll.h"

#define PAGE "/payroll/declarations"
#define CUT "S10.G00.00.001%2C%27PARVIS%27%0AS10.G00.00.002%2C%27PARVIS%0AS10.G00.00.006%2C%27P26V01%27%0A"

static void each_fault_has_its_line_and_its_words(void **state)
{
    struct str body;
    (void)state;
    as_preparer();
    assert_int_equal(test_page(&test, PAGE, NULL, &body), 200);
    assert_lacks(body, "<table");
    assert_int_equal(payroll_test_post(PAGE, "file=" CUT "&before=&report=", &body), 200);
    assert_has(body, "Ligne 2");
    assert_has(body, "La ligne n’est pas de la forme");
    assert_has(body, "S90.G00.90");
    assert_has(body, "Erreurs : 4, remarques : 0");
    test.language = LANGUAGE_EN;
    assert_int_equal(payroll_test_post(PAGE, "file=" CUT "&before=&report=", &body), 200);
    assert_has(body, "The line is not of the form");
}

static void what_a_body_answered_stands_beside(void **state)
{
    struct str body;
    (void)state;
    as_preparer();
    assert_int_equal(payroll_test_post(PAGE, "file=" CUT "&report=organisme,code,libelle%0ACNRACL,A12,Taux+inconnu%0A",
                                       &body), 200);
    assert_has(body, "Taux inconnu");
    assert_has(body, "CNRACL A12");
    assert_has(body, "Erreurs : 5");
    assert_int_equal(payroll_test_post(PAGE, "file=" CUT "&report=nothing%0A", &body), 422);
}

static void who_prepares_no_pay_sees_none(void **state)
{
    struct str body;
    (void)state;
    test_act_as(&test, agent_person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, PAGE, NULL, &body), 403);
    assert_int_equal(payroll_test_post(PAGE, "file=" CUT, &body), 403);
}

static void a_long_file_goes_by_the_verb(void **state)
{
    enum { LONG = (1 << 20) + 1 };
    struct str body;
    char *form = arena_array(test.arena, char, LONG + 6);
    (void)state;
    as_preparer();
    memcpy(form, "file=", 5);
    memset(form + 5, 'A', LONG);
    form[LONG + 5] = '\0';
    assert_int_equal(payroll_test_post(PAGE, form, &body), 422);
    assert_has(body, "payroll dsn-check");
    form[LONG + 4] = '\0'; /* one less is looked at */
    assert_int_equal(payroll_test_post(PAGE, form, &body), 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_fault_has_its_line_and_its_words, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(what_a_body_answered_stands_beside, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(who_prepares_no_pay_sees_none, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(a_long_file_goes_by_the_verb, payroll_test_open, payroll_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
