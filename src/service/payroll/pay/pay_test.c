#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "service/payroll/pay/test_pay.h"

static struct arena *arena;
static struct pay_law law_of_month;

static struct pay_law law_in(int year, int month)
{
    struct law law;
    struct pay_law found;
    enum law_code missing;
    struct pay_employer employer = {.mobility = {18500, STR_INIT("")}, .cnfpt = {9000, STR_INIT("")}, .is_large = true};
    assert_int_equal(law_shipped(arena, &law), OK);
    if (pay_law_of(&law, &employer, date_of(year, month, 1), (struct date){INT32_MAX}, &found, &missing) != OK)
        fail_msg("%s in %d", law_code_name(missing), year);
    return found;
}

struct wanted {
    enum pay_line line;
    int64_t cents;
};

static void says(const struct payslip *payslip, const struct wanted *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (payslip->cents[wanted[i].line] != wanted[i].cents)
            fail_msg("line %d: %lld, not %lld", wanted[i].line, (long long)payslip->cents[wanted[i].line],
                     (long long)wanted[i].cents);
}

/* March 2026, C1 échelon 11, two children, zone 3, IFSE 310.50, PAS 2.1 %. */
static void a_payslip_of_march_2026(void **state)
{
    (void)state;
    struct pay_facts facts = test_plain;
    struct payslip payslip;
    facts.children = 2;
    facts.ifse = 31050;
    facts.tax_millionths = 21000;
    pay_compute(&law_of_month, &facts, &payslip, NULL);
    static const struct wanted wanted[] = {
        {PAY_TREATMENT, 190511}, {PAY_FAMILY, 7771}, {PAY_TRANSFER, -1392}, {PAY_GROSS, 227940},
        {PAY_CNRACL_AGENT, 21147}, {PAY_BASE_RAFP, 37429}, {PAY_RAFP_AGENT, 1871}, {PAY_BASE_CSG, 223951},
        {PAY_CSG_DEDUCTIBLE, 15229}, {PAY_CSG_TAXED, 5375}, {PAY_CRDS, 1120}, {PAY_NET_BEFORE_TAX, 183198},
        {PAY_NET_TAXABLE, 189693}, {PAY_TAX, 3984}, {PAY_NET, 179214}, {PAY_EMPLOYER_TOTAL, 109948},
        {PAY_COST, 337888},
    };
    says(&payslip, wanted, sizeof wanted / sizeof *wanted);
}

/* In January the SMIC passes the treatment up to index 370, from June up to 379. */
static void the_smic_is_made_up_to(void **state)
{
    (void)state;
    struct pay_law june = law_in(2026, 6);
    struct pay_facts facts = test_plain;
    for (facts.index = 366; facts.index <= 380; facts.index++) {
        struct payslip january_slip, june_slip;
        pay_compute(&law_of_month, &facts, &january_slip, NULL);
        pay_compute(&june, &facts, &june_slip, NULL);
        assert_int_equal(january_slip.cents[PAY_SMIC] > 0, facts.index <= 370);
        assert_int_equal(june_slip.cents[PAY_SMIC] > 0, facts.index <= 379);
        if (facts.index == 366)
            assert_int_equal(june_slip.cents[PAY_SMIC], 6529);
    }
}

/* What is explained is what is paid: each line again from its step alone. */
static int64_t again(const struct pay_step *step)
{
    int64_t top = (step->plus * step->scale + step->base * step->rate) * step->part_top;
    int64_t bottom = step->scale * step->part_bottom;
    return step->rounding == PAY_HALF_UP ? (2 * top + bottom) / (2 * bottom) : top / bottom;
}

static void each_line_is_its_step_and_sums_hold(void **state)
{
    (void)state;
    enum { SLIPS = 20000 };
    struct seeded random = {20261130};
    for (int i = 0; i < SLIPS; i++) {
        struct pay_facts facts = test_drawn(&random);
        struct payslip payslip, other;
        struct pay_step steps[PAY_LINES];
        assert_null(pay_facts_fault(&facts));
        pay_compute(&law_of_month, &facts, &payslip, steps);
        pay_compute(&law_of_month, &facts, &other, NULL);
        assert_memory_equal(&payslip, &other, sizeof payslip);
        const int64_t *cents = payslip.cents;
        for (enum pay_line line = 0; line < PAY_LINES; line++) {
            if (steps[line].scale == 0 || steps[line].bound != PAY_WITHIN || line == PAY_NBI || line == PAY_TRANSFER)
                continue;
            assert_int_equal(again(&steps[line]), cents[line]);
        }
        assert_int_equal(again(&steps[PAY_NBI]) - cents[PAY_TREATMENT], cents[PAY_NBI]);
        int64_t gains = 0;
        for (enum pay_line line = PAY_TREATMENT; line < PAY_GROSS; line++)
            gains += cents[line];
        assert_int_equal(gains, cents[PAY_GROSS]);
        assert_int_equal(cents[PAY_COST], cents[PAY_GROSS] + cents[PAY_EMPLOYER_TOTAL]);
        assert_int_equal(cents[PAY_NET_BEFORE_TAX],
                         cents[PAY_GROSS] - cents[PAY_AGENT_TOTAL] - cents[PAY_DEDUCTIONS]);
        assert_true(cents[PAY_BASE_RAFP] >= 0);
        facts.ifse += 10000;
        pay_compute(&law_of_month, &facts, &other, NULL);
        assert_true(other.cents[PAY_NET_BEFORE_TAX] > cents[PAY_NET_BEFORE_TAX]);
    }
}

static void facts_that_cannot_be_are_named(void **state)
{
    (void)state;
    struct pay_facts facts = test_plain;
    assert_null(pay_facts_fault(&facts));
    facts.part_time = 80;
    facts.week_tenths = 280;
    assert_string_equal(pay_facts_fault(&facts), "week");
    facts = test_plain;
    facts.part_time = 49;
    assert_string_equal(pay_facts_fault(&facts), "part_time");
    facts = test_plain;
    facts.week_tenths = 351;
    assert_string_equal(pay_facts_fault(&facts), "week");
    facts = test_plain;
    facts.status = PAY_CONTRACT;
    facts.nbi = 10;
    assert_string_equal(pay_facts_fault(&facts), "nbi");
    facts = test_plain;
    facts.tax_millionths = 1000001;
    assert_string_equal(pay_facts_fault(&facts), "tax");
    facts = test_plain;
    facts.ifse = -1;
    assert_string_equal(pay_facts_fault(&facts), "ifse");
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    law_of_month = law_in(2026, 3);
    return 0;
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
        CASE(a_payslip_of_march_2026),
        CASE(the_smic_is_made_up_to),
        CASE(each_line_is_its_step_and_sums_hold),
        CASE(facts_that_cannot_be_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
