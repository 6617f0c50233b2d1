/* The page of the bank file: who lacks an account, an account that two share, an IBAN that is none, and the file. */
#include "service/payroll/test_payroll.h"

#define PAGE "/payroll/months/2026-03/transfer"
#define RIGHT "iban=FR76+3000+1007+9412+3456+7890+185&bic=BDFEFRPPCCT&day=2026-12-01"
#define OTHER_IBAN "DE89370400440532013000" /* the example of the registry of IBANs */

/* Entered by one person, confirmed by another. */
static void give_account(int agent, const char *iban)
{
    struct str body;
    as_preparer();
    const char *path = str_format(test.arena, "/staff/agents/%d/bank", agent).at;
    const char *form = str_format(test.arena, "iban=%s&bic=&holder=Agent+AG%04d", iban, agent).at;
    assert_int_equal(payroll_test_post(path, form, &body), 303);
    as_approver();
    path = str_format(test.arena, "/staff/agents/%d/bank/%d/confirm", agent, agent).at;
    assert_int_equal(payroll_test_post(path, "", &body), 303);
}

static int open_approved(void **state)
{
    struct str body;
    (void)payroll_test_open(state);
    test_act_as(&test, approver, ROLE_ADMINISTRATOR);
    const char *form = str_format(test.arena, "person=%lld&right=1&right=4", (long long)approver).at;
    assert_int_equal(payroll_test_post("/staff/people", form, &body), 303);
    payroll_test_draft("2026-03");
    as_preparer();
    assert_int_equal(test_page(&test, PAGE, NULL, &body), 404); /* a draft is paid to nobody */
    payroll_test_finish("2026-03");
    return 0;
}

static void without_an_account_there_is_no_file(void **state)
{
    struct str body;
    (void)state;
    give_account(1, OTHER_IBAN);
    as_preparer();
    assert_int_equal(test_page(&test, PAGE, NULL, &body), 200);
    assert_has(body, "Sans compte confirm");
    assert_has(body, "href=\"/staff/agents/2/identity\"");
    assert_lacks(body, "href=\"/staff/agents/1/identity\"");
    assert_int_equal(payroll_test_post(PAGE, RIGHT, &body), 422);
    assert_has(body, "AG0002");
    assert_lacks(body, "pain.001.001");
}

static void what_is_typed_is_looked_at(void **state)
{
    struct str body;
    (void)state;
    give_account(1, OTHER_IBAN);
    give_account(2, "GB29NWBK60161331926819");
    as_preparer();
    assert_int_equal(payroll_test_post(PAGE, "iban=FR7630001007941234567890186&bic=&day=2026-12-01", &body), 422);
    assert_has(body, "IBAN n’est pas juste");
    assert_has(body, "value=\"FR7630001007941234567890186\""); /* to be mended, not typed again */
    assert_int_equal(payroll_test_post(PAGE, "iban=FR7630001007941234567890185&bic=BDFE&day=2026-12-01", &body), 422);
    assert_has(body, "Le BIC n’a pas la forme");
    assert_int_equal(payroll_test_post(PAGE, "iban=FR7630001007941234567890185&bic=&day=2026-02-31", &body), 422);
    assert_has(body, "Le jour du virement est une date");
    assert_int_equal(payroll_test_post(PAGE, "iban=FR7630001007941234567890185&bic=&day=2026-11-22", &body), 422);
    assert_has(body, "Le jour du virement est une date"); /* yesterday */
}

static void the_file_pays_each_payslip(void **state)
{
    struct str body;
    (void)state;
    give_account(1, OTHER_IBAN);
    give_account(2, "GB29NWBK60161331926819");
    as_preparer();
    assert_int_equal(test_page(&test, PAGE, NULL, &body), 200);
    assert_lacks(body, "Un même compte");
    assert_int_equal(payroll_test_post(PAGE, RIGHT, &body), 200);
    assert_has(body, "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09");
    assert_has(body, "<NbOfTxs>2</NbOfTxs>");
    assert_has(body, "<IBAN>FR7630001007941234567890185</IBAN>");
    assert_has(body, "<IBAN>" OTHER_IBAN "</IBAN>");
    assert_has(body, "<EndToEndId>PAIE-2026-03-AG0001-1</EndToEndId>");
    assert_has(body, "<EndToEndId>PAIE-2026-03-AG0002-1</EndToEndId>");
    assert_true(str_eq(test_response.file_name, STR("virements-2026-03.xml")));
}

/* Bad input 18. */
static void an_account_of_two_agents_is_told(void **state)
{
    struct str body;
    (void)state;
    give_account(1, OTHER_IBAN);
    give_account(2, OTHER_IBAN);
    as_preparer();
    assert_int_equal(test_page(&test, PAGE, NULL, &body), 200);
    assert_has(body, "Un même compte pour AG0001 et AG0002");
    assert_int_equal(payroll_test_post(PAGE, RIGHT, &body), 200); /* a couple may share one */
}

static void who_has_no_right_makes_no_file(void **state)
{
    struct str body;
    (void)state;
    give_account(1, OTHER_IBAN);
    test_act_as(&test, agent_person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, PAGE, NULL, &body), 403);
    assert_int_equal(payroll_test_post(PAGE, RIGHT, &body), 403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_an_account_there_is_no_file, open_approved, payroll_test_close),
        cmocka_unit_test_setup_teardown(what_is_typed_is_looked_at, open_approved, payroll_test_close),
        cmocka_unit_test_setup_teardown(the_file_pays_each_payslip, open_approved, payroll_test_close),
        cmocka_unit_test_setup_teardown(an_account_of_two_agents_is_told, open_approved, payroll_test_close),
        cmocka_unit_test_setup_teardown(who_has_no_right_makes_no_file, open_approved, payroll_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
