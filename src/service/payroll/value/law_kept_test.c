/* A decree entered by one person, looked at and approved by another. */
#include "service/payroll/test_payroll.h"
#include "service/payroll/value/law_kept.h"

#define DECREE                                                                                                         \
    "code=cnracl.employer&value=40%2C65+%25&since=2026-01-01&until=2026-12-31&trust=A"                                 \
    "&source=D%C3%A9cret+2025-86&link=&again="

static void a_decree_counts_once_another_approves(void **state)
{
    struct str body;
    (void)state;
    payroll_test_draft("2026-03");
    as_preparer();
    assert_int_equal(payroll_test_post("/payroll/law", DECREE, &body), 303);
    assert_int_equal(test_page(&test, "/payroll/law/1", NULL, &body), 200);
    assert_has(body, "Bulletins touchés");
    assert_has(body, "54,35"); /* three points of 1,811.58 */
    assert_int_equal(payroll_test_post("/payroll/law/1/approve", "", &body), 403);
    payroll_test_draft("2026-03");
    assert_int_equal(test_page(&test, "/payroll/slips/1", NULL, &body), 200);
    assert_has(body, "37,65");
    test.now.ms += 1000;
    as_approver();
    assert_int_equal(payroll_test_post("/payroll/law/1/approve", "", &body), 303);
    assert_int_equal(payroll_test_post("/payroll/law/1/approve", "", &body), 422);
    test.now.ms += 1000;
    payroll_test_draft("2026-03");
    assert_int_equal(test_page(&test, "/payroll/slips/1", NULL, &body), 200);
    assert_has(body, "40,65");
    assert_lacks(body, "37,65");
}

static void what_cannot_be_is_refused(void **state)
{
    struct str body;
    (void)state;
    as_preparer();
    assert_int_equal(payroll_test_post("/payroll/law", "code=none&value=1&since=2026-01-01&source=x&trust=A", &body),
        422);
    assert_int_equal(payroll_test_post("/payroll/law", "code=crds&value=1e5&since=2026-01-01&source=x&trust=A",
        &body), 422);
    assert_int_equal(payroll_test_post("/payroll/law", "code=crds&value=1&since=2026-01-01&source=&trust=A", &body),
        422);
    assert_int_equal(payroll_test_post("/payroll/law", "code=crds&value=1&since=2026-02-31&source=x&trust=A", &body),
        422);
    assert_int_equal(payroll_test_post("/payroll/law",
                                       "code=crds&value=1&since=2026-02-01&until=2026-01-01&source=x&trust=A", &body),
                                           422);
    assert_int_equal(payroll_test_post("/payroll/law", "code=crds&value=1&since=2026-01-01&source=x&trust=Z", &body),
        422);
}

static void a_file_is_taken_whole_or_not_at_all(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct str other = STR("");
    int64_t line;
    law_kept_row *rows;
    size_t count;
    (void)state;
    struct str head = STR("code,since,until,value,unit,known,trust,name,source,link\n"
                          "crds,2027-01-01,,0.006,ratio,2026-11-01,A,CRDS,Loi 2026-1,\n");
    struct str bad = str_format(test.arena, "%.*scrds,2027-02-30,,0.006,ratio,2026-11-01,A,CRDS,Loi 2026-1,\n",
                                STR_ARG(head));
    assert_int_equal(DO(&test, law_kept_import(&ctx, bad, &line, &other)), INVALID);
    assert_int_equal(line, 3);
    assert_int_equal(law_kept_list(&ctx, &rows, &count), OK);
    assert_int_equal(count, 0);
    assert_int_equal(DO(&test, law_kept_import(&ctx, head, &line, &other)), OK);
    assert_int_equal(law_kept_list(&ctx, &rows, &count), OK);
    assert_int_equal(count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_decree_counts_once_another_approves, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(what_cannot_be_is_refused, payroll_test_open, payroll_test_close),
        cmocka_unit_test_setup_teardown(a_file_is_taken_whole_or_not_at_all, payroll_test_open, payroll_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
