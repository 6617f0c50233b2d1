#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "service/payroll/pay/projection.h"
#include "service/payroll/pay/test_pay.h"

enum { AGENTS = 50, MONTHS = 36 };

static struct arena *arena;
static struct law law;
static struct pay_facts facts[AGENTS];
static struct projection_month months[MONTHS];
static const char *what;

static enum status project(const struct projection_change *changes, size_t count)
{
    struct projection_ask ask = {&law, date_of(2026, 3, 31), true, facts, AGENTS, changes, count, date_of(2026, 1, 1),
                                 MONTHS};
    return projection_of(arena, &ask, months, &what);
}

/* Nothing planned: the CNRACL alone goes up, on the first of January, by three points each time. */
static void rates_that_are_known_are_in_it(void **state)
{
    (void)state;
    assert_int_equal(project(NULL, 0), OK);
    int64_t base = months[6].cents[PAY_OFFICIAL][PAY_BASE_EMPLOYER], last = 0;
    static const int64_t rates[] = {376500, 406500, 436500};
    for (size_t i = 0; i < MONTHS; i++) {
        int64_t cnracl = projection_line(&months[i], PAY_CNRACL_EMPLOYER);
        int64_t by_rate = base * rates[i / 12] / 1000000;
        assert_int_equal(months[i].agents, AGENTS);
        assert_in_range(cnracl - by_rate + AGENTS, 0, 2 * AGENTS);
        if (i % 12 != 0)
            assert_int_equal(cnracl, last);
        last = cnracl;
    }
    assert_int_equal(months[11].month.days, date_of(2026, 12, 1).days);

}

/* A step in May 2027, an end in July 2028: the other agents are as without them. */
static void what_is_planned_is_in_it(void **state)
{
    (void)state;
    static struct projection_month plain[MONTHS];
    struct pay_facts step = facts[3];
    step.index += 20;
    struct projection_change changes[] = {{3, date_of(2027, 5, 1), &step}, {3, date_of(2028, 7, 1), NULL}};
    assert_int_equal(project(NULL, 0), OK);
    memcpy(plain, months, sizeof plain);
    assert_int_equal(project(changes, 2), OK);
    for (size_t i = 0; i < MONTHS; i++) {
        int64_t cost = projection_line(&months[i], PAY_COST), before = projection_line(&plain[i], PAY_COST);
        assert_int_equal(cost > before, i >= 16 && i < 30);
        assert_int_equal(cost < before, i >= 30);
        assert_int_equal(months[i].agents, AGENTS - (i >= 30));
    }
}

/* By account: here gross, employer and nothing else, which is cost. */
static void amounts_by_account(void **state)
{
    (void)state;
    int8_t accounts[PAY_STATUSES][PAY_LINES];
    int64_t cents[PROJECTION_ACCOUNTS_MAX] = {0};
    memset(accounts, -1, sizeof accounts);
    for (size_t status = 0; status < PAY_STATUSES; status++) {
        for (enum pay_line line = PAY_TREATMENT; line < PAY_GROSS; line++)
            accounts[status][line] = line == PAY_TREATMENT ? 0 : 1;
        for (enum pay_line line = PAY_CNRACL_EMPLOYER; line < PAY_EMPLOYER_TOTAL; line++)
            accounts[status][line] = 2;
    }
    assert_int_equal(project(NULL, 0), OK);
    projection_accounts(&months[0], accounts, cents);
    assert_int_equal(cents[0], projection_line(&months[0], PAY_TREATMENT));
    assert_int_equal(cents[0] + cents[1], projection_line(&months[0], PAY_GROSS));
    assert_int_equal(cents[0] + cents[1] + cents[2], projection_line(&months[0], PAY_COST));
}

static void what_cannot_be_is_said(void **state)
{
    (void)state;
    struct projection_change late[] = {{1, date_of(2027, 5, 1), NULL}, {2, date_of(2027, 1, 1), NULL}};
    struct projection_change nobody[] = {{AGENTS, date_of(2027, 5, 1), NULL}};
    assert_int_equal(project(late, 2), INVALID);
    assert_string_equal(what, "changes");
    assert_int_equal(project(nobody, 1), INVALID);
    struct projection_ask ask = {&law, date_of(2026, 3, 31), true, facts, AGENTS, NULL, 0, date_of(2026, 1, 2), MONTHS};
    assert_int_equal(projection_of(arena, &ask, months, &what), INVALID);
    assert_string_equal(what, "from");
    ask.from = date_of(2026, 1, 1);
    ask.month_count = PROJECTION_MONTHS_MAX + 1;
    assert_int_equal(projection_of(arena, &ask, months, &what), INVALID);
    ask.month_count = 1;
    ask.from = date_of(2013, 1, 1);
    ask.known = date_of(2013, 1, 1);
    assert_int_equal(projection_of(arena, &ask, months, &what), INVALID);
}

static int set_up(void **state)
{
    (void)state;
    struct seeded random = {11};
    arena = arena_create(64 << 20);
    for (size_t i = 0; i < AGENTS; i++) {
        facts[i] = test_drawn(&random);
        if (i == 3)
            facts[i].status = PAY_OFFICIAL;
    }
    return law_shipped(arena, &law) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(rates_that_are_known_are_in_it),
        CASE(what_is_planned_is_in_it),
        CASE(amounts_by_account),
        CASE(what_cannot_be_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
