#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "service/payroll/pay/test_pay.h"

static struct arena *arena;
static struct pay_law march;

static struct payslip pay(const struct pay_facts *facts)
{
    struct payslip payslip;
    const char *fault = pay_facts_fault(facts);
    if (fault != NULL)
        fail_msg("%s", fault);
    pay_compute(&march, facts, &payslip, NULL);
    return payslip;
}

/* 387 x 59.0734 = 22,861.40 a year; an hour is a 1820th. */
static void overtime_by_its_hours(void **state)
{
    (void)state;
    struct pay_facts facts = test_plain;
    struct pay_trace trace;
    struct payslip payslip, without = pay(&facts);
    facts.overtime[PAY_HOURS_PLAIN] = 1600;
    facts.overtime[PAY_HOURS_NIGHT] = 100;
    pay_compute_traced(&march, &facts, &payslip, &trace);
    assert_int_equal(trace.piece_count, 3);
    assert_int_equal(trace.pieces[0].cents, 21982); /* 14 h at 1.25 */
    assert_int_equal(trace.pieces[1].cents, 3190);  /* 2 h at 1.27 */
    assert_int_equal(trace.pieces[2].cents, 3190);  /* 1 h at twice 1.27 */
    assert_int_equal(payslip.cents[PAY_OVERTIME], 21982 + 3190 + 3190);
    assert_int_equal(payslip.cents[PAY_EXEMPT], payslip.cents[PAY_OVERTIME]);
    assert_int_equal(payslip.cents[PAY_CNRACL_AGENT], without.cents[PAY_CNRACL_AGENT]);
    assert_int_equal(payslip.cents[PAY_RAFP_AGENT] + payslip.cents[PAY_RELIEF], without.cents[PAY_RAFP_AGENT]);
    assert_null(payslip_fault(&march, &facts, &payslip));
    facts.overtime_year = 749000; /* of 7,500 euros a year */
    assert_int_equal(pay(&facts).cents[PAY_EXEMPT], 1000);
    facts.overtime[PAY_HOURS_SUNDAY] = 900; /* 26 hours */
    payslip = pay(&facts);
    assert_string_equal(payslip_fault(&march, &facts, &payslip), "overtime");
}

/* 835 x 59.0734 / 12 = 4,110.52: 51.6 % of it is above half of the ceiling, 40 % is not. */
static void what_an_elu_is_paid(void **state)
{
    (void)state;
    struct pay_facts facts = {.status = PAY_ELECTED, .part_time = 100, .zone = 3, .mandate_millionths = 400000};
    struct payslip payslip = pay(&facts);
    assert_int_equal(payslip.cents[PAY_MANDATE], 164420);
    assert_int_equal(payslip.cents[PAY_BASE_CSG], 164420); /* no allowance */
    assert_int_equal(payslip.cents[PAY_CSG_DEDUCTIBLE], 11181);
    assert_int_equal(payslip.cents[PAY_CSG_TAXED], 3946);
    assert_int_equal(payslip.cents[PAY_CRDS], 822);
    assert_int_equal(payslip.cents[PAY_IRCANTEC_A_AGENT], 4604);
    assert_int_equal(payslip.cents[PAY_AGE_CAPPED_AGENT], 0);
    assert_int_equal(payslip.cents[PAY_EMPLOYER_TOTAL], 6906);
    facts.mandates_elsewhere = 36000; /* together above 2,002.50 */
    assert_int_equal(pay(&facts).cents[PAY_AGE_CAPPED_AGENT], 11345);
    facts.mandates_elsewhere = 0;
    facts.is_general = true;
    assert_int_equal(pay(&facts).cents[PAY_AGE_CAPPED_AGENT], 11345);
    facts = (struct pay_facts){.status = PAY_ELECTED, .part_time = 100, .zone = 3, .mandate_millionths = 516000};
    payslip = pay(&facts);
    assert_int_equal(payslip.cents[PAY_MANDATE], 212102);
    assert_true(payslip.cents[PAY_SICKNESS] > 0 && payslip.cents[PAY_CNFPT] == 0);
    facts.index = 400;
    assert_string_equal(pay_facts_fault(&facts), "elected");
}

/* 17.5 hours: IRCANTEC and the general scheme, with NBI and the transfer of primes all the same. */
static void an_official_below_28_hours(void **state)
{
    (void)state;
    struct pay_facts facts = test_plain;
    facts.status = PAY_OFFICIAL_GENERAL;
    facts.week_tenths = 175;
    facts.nbi = 10;
    facts.ifse = 10000;
    struct payslip payslip = pay(&facts);
    assert_int_equal(payslip.cents[PAY_CNRACL_AGENT], 0);
    assert_int_equal(payslip.cents[PAY_RAFP_AGENT], 0);
    assert_int_equal(payslip.cents[PAY_BASE_A], payslip.cents[PAY_GROSS]);
    assert_int_equal(payslip.cents[PAY_TRANSFER], -696);
    assert_true(payslip.cents[PAY_NBI] > 0);
    facts.week_tenths = 280;
    assert_string_equal(pay_facts_fault(&facts), "week");
    facts.week_tenths = 0;
    assert_string_equal(pay_facts_fault(&facts), "week");
}

static void primes_deductions_and_refunds_of_a_town(void **state)
{
    (void)state;
    struct pay_extra extras[] = {
        {STR_INIT("ASTREINTE"), STR_INIT("delib. 2024-12"), 15000, PAY_EXTRA_PRIME, false, true, false},
        {STR_INIT("SAISIE"), STR_INIT("acte 12"), 2000, PAY_EXTRA_DEDUCTION, false, false, false},
        {STR_INIT("MISSION"), STR_INIT("delib. 2023-4"), 3300, PAY_EXTRA_REFUND, false, false, false},
    };
    struct pay_facts facts = test_plain;
    struct payslip without = pay(&facts);
    facts.extras = extras;
    facts.extra_count = 3;
    struct payslip payslip = pay(&facts);
    assert_int_equal(payslip.cents[PAY_GROSS], without.cents[PAY_GROSS] + 15000);
    assert_int_equal(payslip.cents[PAY_BASE_RAFP], without.cents[PAY_BASE_RAFP] + 15000);
    assert_int_equal(payslip.cents[PAY_TRANSFER], 0);
    assert_int_equal(payslip.cents[PAY_DEDUCTIONS], 2000);
    assert_int_equal(payslip.cents[PAY_REFUNDS], 3300);
    extras[0].is_in_transfer = true;
    assert_int_equal(pay(&facts).cents[PAY_TRANSFER], -1392);
    extras[0].source = STR(" ");
    assert_string_equal(pay_facts_fault(&facts), "extra_source");
}

/* Primes that the transfer takes and the RAFP leaves out: its base is never below 0. */
static void the_base_of_the_rafp_is_never_below_0(void **state)
{
    (void)state;
    struct pay_extra extras[] = {{STR_INIT("P"), STR_INIT("delib."), 1000, PAY_EXTRA_PRIME, false, false, true}};
    struct pay_facts facts = test_plain;
    facts.extras = extras;
    facts.extra_count = 1;
    struct payslip payslip = pay(&facts);
    assert_int_equal(payslip.cents[PAY_TRANSFER], -1000);
    assert_int_equal(payslip.cents[PAY_RAFP_PRIMES], -1000);
    assert_int_equal(payslip.cents[PAY_BASE_RAFP], 0);
    assert_int_equal(payslip.cents[PAY_RAFP_AGENT], 0);
}

static void transport_and_telework(void **state)
{
    (void)state;
    struct pay_facts facts = test_plain;
    struct payslip without = pay(&facts);
    facts.transport = 7410;
    facts.telework_days = 10;
    struct payslip payslip = pay(&facts);
    assert_int_equal(payslip.cents[PAY_TRANSPORT], 5558); /* 55.575 */
    assert_int_equal(payslip.cents[PAY_TELEWORK], 2880);
    assert_int_equal(payslip.cents[PAY_NET], without.cents[PAY_NET] + 5558 + 2880);
    assert_int_equal(payslip.cents[PAY_NET_TAXABLE], without.cents[PAY_NET_TAXABLE]);
    facts.telework_year = 24000; /* of 253.44 */
    assert_int_equal(pay(&facts).cents[PAY_TELEWORK], 1344);
}

static void tax_by_the_neutral_table(void **state)
{
    (void)state;
    struct pay_facts facts = test_plain;
    facts.children = 2;
    facts.ifse = 31050;
    facts.has_neutral_rate = true;
    struct payslip payslip = pay(&facts);
    assert_int_equal(payslip.cents[PAY_NET_TAXABLE], 189693);
    assert_int_equal(payslip.cents[PAY_TAX], 7777); /* from 1,887: 4.1 % of all of it */
    facts.tax_millionths = 21000;
    assert_string_equal(pay_facts_fault(&facts), "neutral");
}

static void compensation_frozen_or_by_the_rate(void **state)
{
    (void)state;
    struct pay_facts facts = test_plain;
    facts.is_compensated = true;
    assert_int_equal(pay(&facts).cents[PAY_COMPENSATION], 1447); /* 0.76 % of 1,905.11 */
    facts.compensation = 1234;
    assert_int_equal(pay(&facts).cents[PAY_COMPENSATION], 1234);
}

/* A net below 0, or above what was earned, is not paid unseen. */
static void what_must_be_looked_at(void **state)
{
    (void)state;
    struct pay_facts facts = test_plain;
    facts.deductions = 200000;
    struct payslip payslip = pay(&facts);
    assert_string_equal(payslip_fault(&march, &facts, &payslip), "net");
    facts.deductions = 0;
    payslip = pay(&facts);
    assert_null(payslip_fault(&march, &facts, &payslip));
    payslip.cents[PAY_NET] = payslip.cents[PAY_GROSS] + 1;
    assert_string_equal(payslip_fault(&march, &facts, &payslip), "net_over");
    facts.tax_millionths = LAW_MILLIONTHS + 1;
    assert_string_equal(pay_facts_fault(&facts), "tax");
}

/* Each kind of day by its rows: longer leaves, strike, a position without pay. */
static void days_of_every_kind(void **state)
{
    (void)state;
    static const struct {
        enum pay_day kind;
        int64_t treatment, ifse;
        bool has_family;
    } cases[] = {
        {PAY_WORKED, 190511, 30000, true},       {PAY_DAY_SICK_FULL, 171460, 27000, true},
        {PAY_DAY_SICK_HALF, 95255, 15000, true}, {PAY_DAY_LONG_FULL, 190511, 0, true},
        {PAY_DAY_LONG_HALF, 95255, 0, true},     {PAY_DAY_LASTING_FULL, 190511, 0, true},
        {PAY_DAY_SERVICE, 190511, 30000, true},  {PAY_DAY_BIRTH, 190511, 30000, true},
        {PAY_DAY_THERAPY, 190511, 30000, true},  {PAY_DAY_STRIKE, 0, 0, true},
        {PAY_DAY_UNDONE, 0, 0, true},            {PAY_DAY_UNPAID, 0, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pay_span span = {387, 0, 100, 0, 3, 30000, {0}};
        struct pay_facts facts = test_plain;
        facts.children = 2;
        facts.spans = &span;
        facts.span_count = 1;
        span.days[cases[i].kind] = PAY_THIRTIETHS;
        struct payslip payslip = pay(&facts);
        assert_int_equal(payslip.cents[PAY_TREATMENT], cases[i].treatment);
        assert_int_equal(payslip.cents[PAY_IFSE], cases[i].ifse);
        assert_int_equal(payslip.cents[PAY_FAMILY] > 0, cases[i].has_family);
        span.days[PAY_WORKED]++;
        if (cases[i].kind != PAY_WORKED)
            assert_string_equal(pay_facts_fault(&facts), "days");
    }
}

static int set_up(void **state)
{
    (void)state;
    struct law law;
    enum law_code missing;
    struct pay_employer employer = {.is_large = true};
    arena = arena_create(64 << 20);
    if (law_shipped(arena, &law) != OK)
        return -1;
    return pay_law_of(&law, &employer, date_of(2026, 3, 1), (struct date){INT32_MAX}, &march, &missing) == OK ? 0 : -1;
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
        CASE(overtime_by_its_hours),
        CASE(what_an_elu_is_paid),
        CASE(an_official_below_28_hours),
        CASE(primes_deductions_and_refunds_of_a_town),
        CASE(the_base_of_the_rafp_is_never_below_0),
        CASE(transport_and_telework),
        CASE(tax_by_the_neutral_table),
        CASE(compensation_frozen_or_by_the_rate),
        CASE(what_must_be_looked_at),
        CASE(days_of_every_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
