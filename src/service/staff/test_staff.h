/* A town in memory for tests of the service staff: with its seal, and somebody who may record facts. */
#ifndef SERVICE_STAFF_TEST_STAFF_H
#define SERVICE_STAFF_TEST_STAFF_H

#include "core/seal.h"
#include "core/test_town.h"
#include "service/staff/record/staff_agent.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/right/staff_right.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

static struct test_town test;
static int64_t hr; /* who records facts */
__attribute__((unused)) static const struct staff_fact_how how = {.reason = {"", 0}};

static inline void staff_test_draw(void *into, size_t size)
{
    static unsigned char drawn;
    memset(into, ++drawn, size);
}

static inline void staff_test_give(int64_t person, unsigned rights)
{
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, staff_right_set(&ctx, person, rights)), OK);
}

static inline int staff_test_open(void **state)
{
    static const unsigned char house[SEAL_KEY_BYTES] = {3};
    static struct seal seal;
    (void)state;
    test_town_open(&test);
    seal_derive(house, STR("beauval"), staff_test_draw, &seal);
    test.town.seal = &seal;
    hr = test_person(&test, "rh@beauval.example", "Ressources humaines");
    test_act_as(&test, hr, ROLE_ADMINISTRATOR);
    staff_test_give(hr, STAFF_MAY_READ | STAFF_MAY_EDIT);
    test_act_as(&test, hr, ROLE_AGENT);
    return 0;
}

static inline int staff_test_close(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

static inline struct date staff_test_day(const char *text)
{
    struct date day = {0};
    if (text != NULL)
        assert_int_equal(date_parse(str_of(text), &day), OK);
    return day;
}

/* An official on step 3 of ATEC since 1 March 2024. */
static inline int64_t staff_test_agent(const char *code)
{
    int64_t agent = 0;
    struct ctx ctx = test_ctx(&test);
    struct career_fault fault;
    struct staff_recruit recruit = {.code = str_of(code),
                                    .since = staff_test_day("2024-03-01"),
                                    .status = STAFF_OFFICIAL,
                                    .grade = STR("ATEC"),
                                    .step = 3,
                                    .article = STR("")};
    assert_int_equal(DO(&test, staff_fact_recruit(&ctx, &recruit, &fault, &agent)), OK);
    return agent;
}

#endif
