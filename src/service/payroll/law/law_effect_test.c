#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "service/payroll/law/law_effect.h"
#include "service/payroll/pay/test_pay.h"

#define HEAD "code,since,until,value,unit,known,trust,name,source,link,scope,above,reread\n"
enum { AGENTS = 400 };

static struct arena *arena;
static struct law law;
static struct pay_facts facts[AGENTS];
static struct law_effect effect;
static struct law_fault fault;
static int64_t costs[AGENTS];

static enum status effect_of(const char *rows)
{
    struct law more;
    struct str csv = str_format(arena, HEAD "%s", rows);
    assert_int_equal(law_read(arena, csv, &more, &fault), OK);
    struct law_effect_ask ask = {&law, &more, facts, AGENTS, true, date_of(2026, 3, 1), date_of(2026, 3, 31)};
    return law_effect_of(arena, &ask, &effect, costs, &fault);
}

/* Three points more of CNRACL: officials alone, 3 % of their treatment and NBI, nothing of their net. */
static void three_points_of_cnracl(void **state)
{
    (void)state;
    assert_int_equal(effect_of("cnracl.employer,2026-04-01,2026-12-31,0.4065,ratio,2026-04-02,B,CNRACL,texte,,"
                               "national,,\n"), OK);
    size_t officials = 0;
    int64_t sum = 0;
    for (size_t i = 0; i < AGENTS; i++) {
        officials += facts[i].status == PAY_OFFICIAL;
        sum += costs[i];
        assert_int_equal(costs[i] > 0, facts[i].status == PAY_OFFICIAL);
    }
    assert_int_equal(effect.day.days, date_of(2026, 4, 1).days);
    assert_int_equal(effect.agents, AGENTS);
    assert_int_equal(effect.touched, officials);
    assert_int_equal(effect.touched_of[PAY_CNRACL_EMPLOYER], officials);
    assert_int_equal(effect.lines.cents[PAY_COST], sum);
    assert_int_equal(effect.lines.cents[PAY_NET], 0);
    int64_t three = effect.before.cents[PAY_CNRACL_EMPLOYER] * 3000 / 37650;
    assert_in_range(sum - three + (int64_t)AGENTS, 0, 2 * AGENTS);
}

/* What the town's transport authority asks is on everybody; what changes nothing touches nobody. */
static void a_local_rate_and_nothing(void **state)
{
    (void)state;
    assert_int_equal(effect_of("mobility,2026-03-01,,0.02,ratio,2026-03-01,B,VM,texte,,centre,,2027-01-01\n"), OK);
    assert_int_equal(effect.touched, AGENTS);
    assert_int_equal(effect.lines.cents[PAY_COST], effect.lines.cents[PAY_MOBILITY]);
    assert_int_equal(effect_of("crds,2026-03-01,,0.005,ratio,2026-03-15,A,CRDS,texte,,national,,\n"), OK);
    assert_int_equal(effect.touched, 0);
    assert_int_equal(effect.lines.cents[PAY_COST], 0);
}

static void rows_that_clash_are_said(void **state)
{
    (void)state;
    assert_int_equal(effect_of("crds,2026-03-01,,0.006,ratio,1996-01-25,A,CRDS,texte,,national,,\n"), INVALID);
    assert_string_equal(fault.what, "law.overlap");
    assert_int_equal(fault.other, law.count);
    assert_int_equal(effect_of("crds,2026-03-01,,0.006,ratio,2026-01-25,A,CRDS,texte,,town,,\n"), INVALID);
    assert_string_equal(fault.what, "law.scope");
    assert_int_equal(effect_of("sick.full,2026-03-01,,0.905,ratio,2026-01-25,A,CMO,texte,,national,,\n"), INVALID);
    assert_string_equal(fault.what, "law.missing");
    assert_int_equal(fault.row, LAW_SICK_FULL);
}

static int set_up(void **state)
{
    (void)state;
    struct seeded random = {7};
    arena = arena_create(64 << 20);
    for (size_t i = 0; i < AGENTS; i++)
        facts[i] = test_drawn(&random);
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
        CASE(three_points_of_cnracl),
        CASE(a_local_rate_and_nothing),
        CASE(rows_that_clash_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
