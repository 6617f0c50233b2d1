#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "service/payroll/pay/pay_month.h"
#include "service/payroll/pay/test_pay.h"

static struct arena *arena;
static struct law law;
static struct pay_month_slip slips[PAY_STATUSES];
static size_t count;
static const char *fault;

static struct date day(const char *text)
{
    struct date date;
    assert_int_equal(date_parse(str_of(text), &date), OK);
    return date;
}

static struct pay_state state(const char *from, const char *to, int32_t index)
{
    return (struct pay_state){.from = day(from), .to = to[0] != '\0' ? day(to) : (struct date){0},
                              .status = PAY_OFFICIAL, .category = PAY_C,
                              .span = {.index = index, .part_time = 100, .zone = 1, .ifse = 30000}};
}

static enum status slips_of(const char *first, const struct pay_state *states, size_t state_count,
                            const struct pay_absence *absences, size_t absence_count)
{
    struct pay_month month = {day(first), states, state_count, absences, absence_count};
    struct pay_facts common = {.part_time = 100, .zone = 3, .children = 2};
    return pay_month_slips(&month, &common, slips, &count, &fault);
}

static struct payslip pay(const char *first, size_t place)
{
    struct pay_law of_month;
    struct payslip payslip;
    enum law_code missing;
    struct pay_employer employer = {.is_large = true};
    assert_int_equal(pay_law_of(&law, &employer, day(first), (struct date){INT32_MAX}, &of_month, &missing), OK);
    assert_null(pay_facts_fault(&slips[place].facts));
    pay_compute(&of_month, &slips[place].facts, &payslip, NULL);
    return payslip;
}

/* Both ends of February and of months of 31 days: a part and the rest make 30. */
static void a_month_is_thirty_thirtieths(void **state_of)
{
    (void)state_of;
    static const char *const lasts[] = {"2026-02-28", "2028-02-29", "2026-04-30", "2026-03-31"};
    for (size_t i = 0; i < 4; i++) {
        struct date last = day(lasts[i]);
        struct civil civil = civil_of_date(last);
        struct date first = date_of(civil.year, civil.month, 1);
        assert_int_equal(pay_month_thirtieths(first, last), 30);
        for (int32_t at = first.days; at < last.days; at++) {
            int32_t before = pay_month_thirtieths(first, (struct date){at});
            int32_t after = pay_month_thirtieths((struct date){at + 1}, last);
            assert_int_equal(before + after, 30 + (at + 1 == last.days && civil.day == 31));
        }
    }
    assert_int_equal(pay_month_thirtieths(day("2026-02-15"), day("2026-02-28")), 16); /* 30 less 14 absent */
    assert_int_equal(pay_month_thirtieths(day("2026-02-28"), day("2026-02-28")), 3);
    assert_int_equal(pay_month_thirtieths(day("2026-03-31"), day("2026-03-31")), 1); /* was there */
    assert_int_equal(pay_month_thirtieths(day("2026-03-01"), day("2026-03-30")), 30);
    assert_int_equal(pay_month_thirtieths(day("2026-02-01"), day("2026-02-10")), 10);
}

static void a_whole_month_has_no_spans(void **state_of)
{
    (void)state_of;
    struct pay_state states[] = {state("2020-01-01", "", 387)};
    assert_int_equal(slips_of("2026-02-01", states, 1, NULL, 0), OK);
    assert_int_equal(count, 1);
    assert_int_equal(slips[0].facts.span_count, 0);
    assert_int_equal(slips[0].facts.pss_of, 0);
    assert_int_equal(pay("2026-02-01", 0).cents[PAY_TREATMENT], 190511);
    assert_int_equal(slips_of("2019-12-01", states, 1, NULL, 0), OK);
    assert_int_equal(count, 0);
}

/* A step on the 15th: 14 and 16 thirtieths, within a cent of the whole where nothing changes. */
static void a_step_within_the_month(void **state_of)
{
    (void)state_of;
    struct pay_state states[] = {state("2020-01-01", "2026-02-14", 387), state("2026-02-15", "", 392)};
    assert_int_equal(slips_of("2026-02-01", states, 2, NULL, 0), OK);
    assert_int_equal(slips[0].facts.span_count, 2);
    assert_int_equal(slips[0].spans[0].days[PAY_WORKED], 14);
    assert_int_equal(slips[0].spans[1].days[PAY_WORKED], 16);
    /* 387 x 59.0734 / 12 x 14 / 30 = 889.054 and 392 x 59.0734 / 12 x 16 / 30 = 1029.189 */
    assert_int_equal(pay("2026-02-01", 0).cents[PAY_TREATMENT], 88905 + 102918);
    states[1].span.index = 387;
    assert_int_equal(slips_of("2026-02-01", states, 2, NULL, 0), OK);
    struct payslip split = pay("2026-02-01", 0);
    states[0].to = (struct date){0};
    assert_int_equal(slips_of("2026-02-01", states, 1, NULL, 0), OK);
    struct payslip whole = pay("2026-02-01", 0);
    for (enum pay_line line = PAY_TREATMENT; line <= PAY_IFSE; line++)
        assert_in_range(whole.cents[line] - split.cents[line] + 1, 0, 2);
}

/* One day of carence takes a thirtieth of treatment, residence and IFSE, nothing of the family supplement. */
static void a_day_of_carence(void **state_of)
{
    (void)state_of;
    struct pay_state states[] = {state("2020-01-01", "", 387)};
    struct pay_absence absences[] = {{day("2026-03-05"), day("2026-03-05"), PAY_DAY_WAIT},
                                     {day("2026-03-06"), day("2026-03-09"), PAY_DAY_SICK_FULL}};
    assert_int_equal(slips_of("2026-03-01", states, 1, NULL, 0), OK);
    struct payslip whole = pay("2026-03-01", 0);
    assert_int_equal(slips_of("2026-03-01", states, 1, absences, 1), OK);
    assert_int_equal(slips[0].facts.wait_days, 1 << 4);
    struct payslip sick = pay("2026-03-01", 0);
    assert_int_equal(sick.cents[PAY_TREATMENT], 184161); /* 1905.117 x 29 / 30 */
    assert_int_equal(sick.cents[PAY_FAMILY], whole.cents[PAY_FAMILY]);
    assert_int_equal(sick.cents[PAY_IFSE], 29000);
    assert_int_equal(sick.cents[PAY_WAIT], 190511 - 184161 + 1000 + whole.cents[PAY_RESIDENCE] -
                                               sick.cents[PAY_RESIDENCE]);
    assert_int_equal(sick.cents[PAY_BASE_EMPLOYER], 184161); /* no contribution on it */
    /* with four days at nine tenths: residence whole for them */
    assert_int_equal(slips_of("2026-03-01", states, 1, absences, 2), OK);
    struct payslip more = pay("2026-03-01", 0);
    assert_int_equal(more.cents[PAY_TREATMENT], 181621); /* 1905.117 x (25 + 3.6) / 30 */
    assert_int_equal(more.cents[PAY_RESIDENCE], sick.cents[PAY_RESIDENCE]);
    assert_int_equal(more.cents[PAY_WAIT], sick.cents[PAY_WAIT]);
}

/* All of a month absent is 30 thirtieths, whether it has 28 or 31 days. */
static void a_month_of_absence(void **state_of)
{
    (void)state_of;
    struct pay_state states[] = {state("2020-01-01", "", 387)};
    struct pay_absence absences[] = {{day("2026-01-15"), day("2026-04-15"), PAY_DAY_SICK_HALF}};
    static const char *const months[] = {"2026-02-01", "2026-03-01"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(slips_of(months[i], states, 1, absences, 1), OK);
        assert_int_equal(slips[0].spans[0].days[PAY_DAY_SICK_HALF], 30);
        assert_int_equal(pay(months[i], 0).cents[PAY_TREATMENT], 95255);
    }
    assert_int_equal(slips_of("2026-01-01", states, 1, absences, 1), OK);
    assert_int_equal(slips[0].spans[0].days[PAY_DAY_SICK_HALF], 17); /* 15 to 31 */
    assert_int_equal(slips[0].spans[0].days[PAY_WORKED], 13);
    struct pay_absence strike[] = {{day("2026-02-02"), day("2026-02-28"), PAY_DAY_STRIKE}};
    assert_int_equal(slips_of("2026-02-01", states, 1, strike, 1), OK);
    assert_int_equal(slips[0].spans[0].days[PAY_WORKED], 3); /* 30 less 27 absent */
    assert_int_equal(pay("2026-02-01", 0).cents[PAY_TREATMENT], 19051);
}

/* Hired on the 16th of a month of 31 days: 15 thirtieths, 16 calendar days of the ceiling. */
static void entry_and_exit(void **state_of)
{
    (void)state_of;
    struct pay_state states[] = {state("2026-03-16", "2026-05-10", 900)};
    states[0].status = PAY_CONTRACT;
    assert_int_equal(slips_of("2026-03-01", states, 1, NULL, 0), OK);
    assert_int_equal(slips[0].spans[0].days[PAY_WORKED], 15);
    assert_int_equal(slips[0].facts.pss_days, 16);
    assert_int_equal(slips[0].facts.pss_of, 31);
    assert_int_equal(pay("2026-03-01", 0).cents[PAY_BASE_A], 206710); /* 4005 x 16 / 31 */
    assert_int_equal(slips_of("2026-04-01", states, 1, NULL, 0), OK);
    assert_int_equal(slips[0].facts.span_count, 0);
    assert_int_equal(pay("2026-04-01", 0).cents[PAY_BASE_A], 400500);
    assert_int_equal(slips_of("2026-05-01", states, 1, NULL, 0), OK);
    assert_int_equal(slips[0].spans[0].days[PAY_WORKED], 10);
    assert_int_equal(slips_of("2026-06-01", states, 1, NULL, 0), OK);
    assert_int_equal(count, 0);
}

/* A contractuel is made stagiaire within the month: two payslips, of two regimes. */
static void a_change_of_status_makes_two_payslips(void **state_of)
{
    (void)state_of;
    struct pay_state states[] = {state("2024-01-01", "2026-03-09", 387), state("2026-03-10", "", 387)};
    states[0].status = PAY_CONTRACT;
    assert_int_equal(slips_of("2026-03-01", states, 2, NULL, 0), OK);
    assert_int_equal(count, 2);
    struct payslip before = pay("2026-03-01", 0), after = pay("2026-03-01", 1);
    assert_true(before.cents[PAY_IRCANTEC_A_AGENT] > 0 && before.cents[PAY_CNRACL_AGENT] == 0);
    assert_true(after.cents[PAY_IRCANTEC_A_AGENT] == 0 && after.cents[PAY_CNRACL_AGENT] > 0);
    assert_in_range(190511 - before.cents[PAY_TREATMENT] - after.cents[PAY_TREATMENT], 0, 1);
}

static void what_cannot_be_is_said(void **state_of)
{
    (void)state_of;
    struct pay_state states[] = {state("2020-01-01", "2026-03-10", 387), state("2026-03-10", "", 392)};
    assert_int_equal(slips_of("2026-03-01", states, 2, NULL, 0), INVALID);
    assert_string_equal(fault, "states");
    assert_int_equal(slips_of("2026-03-02", states, 1, NULL, 0), INVALID);
    assert_string_equal(fault, "month");
    struct pay_absence absences[] = {{day("2026-03-05"), day("2026-03-06"), PAY_DAY_STRIKE},
                                     {day("2026-03-06"), day("2026-03-09"), PAY_DAY_BIRTH}};
    assert_int_equal(slips_of("2026-03-01", states, 1, absences, 2), INVALID);
    assert_string_equal(fault, "absences");
    enum pay_day kind;
    assert_int_equal(pay_day_of_sick(SICK_REFUSED, &kind), INVALID);
    assert_int_equal(pay_day_of_sick(SICK_NINETY, &kind), OK);
    assert_int_equal(kind, PAY_DAY_SICK_FULL);
}

static int set_up(void **state_of)
{
    (void)state_of;
    arena = arena_create(64 << 20);
    return law_shipped(arena, &law) == OK ? 0 : -1;
}

static int tear_down(void **state_of)
{
    (void)state_of;
    arena_destroy(&arena);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_month_is_thirty_thirtieths),
        CASE(a_whole_month_has_no_spans),
        CASE(a_step_within_the_month),
        CASE(a_day_of_carence),
        CASE(a_month_of_absence),
        CASE(entry_and_exit),
        CASE(a_change_of_status_makes_two_payslips),
        CASE(what_cannot_be_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
