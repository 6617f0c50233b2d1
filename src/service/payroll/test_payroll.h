/* A town in memory for tests of payroll: agents recruited by the pages of staff, somebody who prepares, somebody who
 * approves. */
#ifndef SERVICE_PAYROLL_TEST_PAYROLL_H
#define SERVICE_PAYROLL_TEST_PAYROLL_H

#include "core/seal.h"
#include "core/test_town.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/run/payrun.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

static struct test_town test;
static int64_t preparer, approver, agent_person;

static inline void payroll_test_draw(void *into, size_t size)
{
    static unsigned char drawn;
    memset(into, ++drawn, size);
}

static inline void payroll_test_give(int64_t person, unsigned rights)
{
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, payroll_right_set(&ctx, person, rights)), OK);
}

static inline int payroll_test_post(const char *path, const char *form, struct str *ret_body)
{
    return test_page(&test, path, str_format(test.arena, TOKEN "%s", form).at, ret_body);
}

static inline void payroll_test_recruit(const char *form)
{
    struct str body;
    assert_int_equal(payroll_test_post("/staff/recruit", form, &body), 303);
}

static inline void as_preparer(void)
{
    test_act_as(&test, preparer, ROLE_AGENT);
}

static inline void as_approver(void)
{
    test_act_as(&test, approver, ROLE_AGENT);
}

/* AG0001: an official on step 3 of ATEC (IM 368), full time; AG0002: a contract at IM 400, 80 %. */
static inline int payroll_test_open(void **state)
{
    static const unsigned char house[SEAL_KEY_BYTES] = {3};
    static struct seal seal;
    struct str body;
    (void)state;
    test_town_open(&test);
    seal_derive(house, STR("beauval"), payroll_test_draw, &seal);
    test.town.seal = &seal;
    preparer = test_person(&test, "rh@beauval.example", "Ressources humaines");
    approver = test_person(&test, "direction@beauval.example", "Direction");
    agent_person = test_person(&test, "ag0001@beauval.example", "Agent AG0001");
    test_act_as(&test, approver, ROLE_ADMINISTRATOR);
    assert_int_equal(payroll_test_post("/staff/people", str_format(test.arena, "person=%lld&right=1&right=2",
                                                                   (long long)preparer).at, &body), 303);
    payroll_test_give(preparer, PAYROLL_PREPARE);
    payroll_test_give(approver, PAYROLL_APPROVE);
    as_preparer();
    payroll_test_recruit("code=AG0001&since=2024-03-01&status=1&grade=ATEC&step=3");
    payroll_test_recruit("code=AG0002&since=2025-01-01&status=2&index=400&part_time=80&article=L332-8");
    test.now.ms += 60000;
    return 0;
}

static inline int payroll_test_close(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

static inline void payroll_test_draft(const char *month)
{
    struct str body;
    as_preparer();
    int code = payroll_test_post(str_format(test.arena, "/payroll/months/%s/draft", month).at, "", &body);
    if (code != 303)
        print_message("%.*s\n", STR_ARG(body));
    assert_int_equal(code, 303);
    enum status done = OK;
    while (done == OK) { /* what the job of the service does */
        struct ctx ctx = test_ctx(&test);
        done = DO(&test, payrun_step(&ctx));
    }
    assert_int_equal(done, NOT_FOUND);
}

static inline void payroll_test_finish(const char *month)
{
    struct str body;
    as_approver();
    assert_int_equal(payroll_test_post(str_format(test.arena, "/payroll/months/%s/approve", month).at, "", &body), 303);
    assert_int_equal(payroll_test_post(str_format(test.arena, "/payroll/months/%s/close", month).at, "", &body), 303);
}

#endif
