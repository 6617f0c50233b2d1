/* A month from its opening to its closing, as people do it. */
#include "core/test_damage.h"
#include "service/payroll/run/payrun_pay.h"
#include "service/payroll/test_payroll.h"
#include "service/staff/staff.h"

static void a_draft_is_made_looked_at_and_explained(void **state)
{
    struct str body;
    (void)state;
    as_preparer();
    assert_int_equal(test_page(&test, "/payroll", NULL, &body), 200);
    assert_int_equal(payroll_test_post("/payroll/months", "month=2026-03", &body), 303);
    assert_int_equal(test_page(&test, body.at, NULL, &body), 200);
    assert_has(body, "Paie de mars 2026");
    assert_has(body, "versement mobilit"); /* no rate is known: it is said */
    payroll_test_draft("2026-03");
    assert_int_equal(test_page(&test, "/payroll/months/2026-03", NULL, &body), 200);
    assert_has(body, "Brouillon");
    assert_has(body, "AG0001");
    assert_has(body, "AG0002");
    assert_has(body, "href=\"/payroll/slips/1\"");
    assert_int_equal(test_page(&test, "/payroll/slips/1", NULL, &body), 200);
    assert_has(body, "Bulletin de mars 2026");
    assert_has(body, "1\xE2\x80\xAF" "811,58"); /* 368 x 59.0734 / 12, cut off */
    assert_has(body, "11,45");               /* up to the SMIC of January 2026 */
    assert_has(body, "Pourquoi ce montant");
    assert_has(body, "368 × 59,073400");
    assert_has(body, "Règle treatment, version 1");
    assert_true(body.len < 50000);
}

static void only_another_person_approves(void **state)
{
    struct str body;
    (void)state;
    payroll_test_draft("2026-03");
    payroll_test_give(preparer, PAYROLL_PREPARE | PAYROLL_APPROVE);
    assert_int_equal(payroll_test_post("/payroll/months/2026-03/approve", "", &body), 403);
    as_approver();
    assert_int_equal(payroll_test_post("/payroll/months/2026-03/draft", "", &body), 403);
    assert_int_equal(payroll_test_post("/payroll/months/2026-03/close", "", &body), 422); /* not approved */
    assert_int_equal(payroll_test_post("/payroll/months/2026-03/approve", "", &body), 303);
    assert_int_equal(payroll_test_post("/payroll/months/2026-03/approve", "", &body), 422);
    as_preparer();
    assert_int_equal(payroll_test_post("/payroll/months/2026-03/draft", "", &body), 422);
    assert_has(body, "ne se recalcule plus");
}

/* Bad input 20. */
static void a_closed_month_stays_closed(void **state)
{
    struct str body;
    (void)state;
    payroll_test_draft("2026-03");
    as_preparer();
    payroll_test_draft("2026-03"); /* a draft is made again */
    payroll_test_finish("2026-03");
    struct ctx ctx = test_ctx(&test);
    bool is_closed;
    assert_int_equal(staff_month_is_closed(&ctx, date_of(2026, 3, 31), &is_closed), OK);
    assert_true(is_closed); /* who records a fact of that day is told */
    assert_int_equal(staff_month_is_closed(&ctx, date_of(2026, 4, 1), &is_closed), OK);
    assert_false(is_closed);
    as_preparer();
    assert_int_equal(payroll_test_post("/payroll/months/2026-03/draft", "", &body), 422);
    assert_has(body, "Ce mois est clos");
    assert_int_equal(payroll_test_post("/payroll/months/2026-05/draft", "", &body), 422);
    assert_has(body, "n’est pas clos");
    assert_int_equal(payroll_test_post("/payroll/months/2026-03/elements",
                                       "matricule=AG0001&code=ifse&amount=1&since=2026-03&until=2026-03&source=x",
                                           &body),
                     422);
    payroll_test_draft("2026-04");
    assert_int_equal(test_page(&test, "/payroll/months/2026-04/changes", NULL, &body), 200);
    assert_has(body, "Rien n’a changé");
}

static void nobody_else_sees_pay(void **state)
{
    struct str body;
    (void)state;
    payroll_test_draft("2026-03");
    test_act_as(&test, agent_person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/payroll/months/2026-03", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/payroll/slips/1", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/payroll/months/2026-03/lines.csv", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/payroll/own/1", NULL, &body), 404);
}

static void an_agent_sees_the_own_payslip_and_who_looked(void **state)
{
    struct str body;
    (void)state;
    as_preparer();
    assert_int_equal(payroll_test_post("/staff/agents/1/link", "address=ag0001%40beauval.example", &body), 303);
    payroll_test_draft("2026-03");
    assert_int_equal(test_page(&test, "/payroll/slips/1", NULL, &body), 200);
    test_act_as(&test, agent_person, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/payroll/own/1", NULL, &body), 404); /* a draft */
    payroll_test_finish("2026-03");
    test_act_as(&test, agent_person, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/payroll", NULL, &body), 303);
    assert_int_equal(test_page(&test, "/payroll/own", NULL, &body), 200);
    assert_has(body, "/payroll/own/1");
    assert_int_equal(test_page(&test, "/payroll/own/1", NULL, &body), 200);
    assert_has(body, "Ressources humaines");
    assert_true(body.len < 50000);
    assert_int_equal(test_page(&test, "/payroll/own/2", NULL, &body), 404); /* somebody else's */
}

static int64_t findings(void)
{
    struct buf found BUF_SCOPE = BUF_INIT(4096);
    struct ctx ctx = test_ctx(&test);
    int64_t slips;
    assert_int_equal(payrun_prove(&ctx, &found, &slips), OK);
    if (found.len > 0)
        print_message("%.*s", STR_ARG(buf_str(&found)));
    assert_int_equal(slips, 2);
    return (int64_t)str_count_byte(buf_str(&found), '\n');
}

/* What is known later changes nothing of what was paid; one byte is found. */
static void payslips_are_made_again_to_the_byte(void **state)
{
    struct str body;
    (void)state;
    payroll_test_draft("2026-03");
    assert_int_equal(findings(), 0);
    test.now.ms += 60000;
    assert_int_equal(payroll_test_post("/staff/agents/1/add", "kind=4&corrects=0&number=4&since=2026-03-01&until=",
                                       &body), 303);
    assert_int_equal(payroll_test_post("/payroll/months/2026-03/elements",
                                       "matricule=AG0001&code=ifse&amount=310,50&since=2026-03&until=&source=Arr",
                                           &body),
                     303);
    assert_int_equal(payroll_test_post("/payroll/employer", "code=mobility&value=1,85&since=2020-01-01&source=Lyon",
                                       &body), 303);
    assert_int_equal(findings(), 0);
    damage_do(&test, "UPDATE payroll_slip SET bytes = CAST(replace(CAST(bytes AS TEXT), 'AG0001', 'AG0009') AS BLOB) "
           "WHERE id = 1");
    assert_int_equal(findings(), 1);
    payroll_test_draft("2026-03");
    assert_int_equal(findings(), 0);
    assert_int_equal(test_page(&test, "/payroll/months/2026-03", NULL, &body), 200);
    assert_lacks(body, "mobilité : aucune valeur");
}

/* A fact known late: the difference goes with the next payslip, and once only. */
static void what_was_paid_wrongly_goes_with_the_next_payslip(void **state)
{
    struct str body;
    (void)state;
    payroll_test_draft("2026-03");
    payroll_test_finish("2026-03");
    as_preparer();
    test.now.ms += 60000;
    assert_int_equal(payroll_test_post("/staff/agents/1/add", "kind=4&corrects=0&number=8&since=2026-03-01&until=",
                                       &body), 303);
    test.now.ms += 60000;
    payroll_test_draft("2026-04");
    assert_int_equal(test_page(&test, "/payroll/slips/3", NULL, &body), 200);
    assert_has(body, "Rappel de mars 2026");
    assert_int_equal(test_page(&test, "/payroll/months/2026-04/changes", NULL, &body), 200);
    assert_has(body, "rappels de mois passés");
    payroll_test_finish("2026-04");
    struct ctx ctx = test_ctx(&test);
    struct buf found BUF_SCOPE = BUF_INIT(4096);
    int64_t slips;
    assert_int_equal(payrun_prove(&ctx, &found, &slips), OK);
    assert_int_equal(found.len, 0);
    assert_int_equal(slips, 4);
    test.now.ms += 60000;
    payroll_test_draft("2026-05");
    assert_int_equal(test_page(&test, "/payroll/slips/5", NULL, &body), 200);
    assert_lacks(body, "Rappel de");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_draft_is_made_looked_at_and_explained, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(only_another_person_approves, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(a_closed_month_stays_closed, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(nobody_else_sees_pay, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(an_agent_sees_the_own_payslip_and_who_looked, payroll_test_open,
                                        payroll_test_close),
        cmocka_unit_test_setup_teardown(what_was_paid_wrongly_goes_with_the_next_payslip, payroll_test_open,
                                        payroll_test_close),
        cmocka_unit_test_setup_teardown(payslips_are_made_again_to_the_byte, payroll_test_open, payroll_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
