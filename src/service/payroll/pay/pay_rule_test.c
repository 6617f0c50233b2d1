#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "service/payroll/pay/pay_rule.h"
#include "service/payroll/pay/test_pay.h"

static struct arena *arena;
static struct pay_law law_of_month;

/* Of each line of 100,000 payslips and each piece of it: a rule, a row of the law, a text. */
static void no_line_is_without_its_reason(void **state)
{
    (void)state;
    enum { SLIPS = 100000 };
    static struct pay_trace trace;
    struct seeded random = {20261130};
    size_t lines = 0, pieces = 0, without = 0, statuses[PAY_STATUSES] = {0}, seen[PAY_LINES] = {0};
    for (int i = 0; i < SLIPS; i++) {
        struct test_room room;
        struct pay_facts facts = test_drawn_whole(&random, &room);
        struct payslip payslip;
        struct pay_reason reason;
        const char *fault = pay_facts_fault(&facts);
        if (fault != NULL)
            fail_msg("%s", fault);
        pay_compute_traced(&law_of_month, &facts, &payslip, &trace);
        statuses[facts.status]++;
        for (enum pay_line line = 0; line < PAY_LINES; line++) {
            if (payslip.cents[line] == 0)
                continue;
            seen[line]++;
            lines++;
            pay_reason_of(&law_of_month, &facts, line, &trace.steps[line], &reason);
            without += trace.steps[line].scale == 0 || !pay_reason_holds(&reason);
        }
        for (size_t k = 0; k < trace.piece_count; k++) {
            pieces++;
            pay_piece_reason(&law_of_month, &facts, &trace.pieces[k], &reason);
            without += trace.pieces[k].step.scale == 0 || !pay_reason_holds(&reason);
        }
    }
    for (size_t i = 0; i < PAY_STATUSES; i++)
        assert_true(statuses[i] > 1000);
    for (enum pay_line line = 0; line < PAY_LINES; line++)
        if (seen[line] == 0)
            fail_msg("no payslip has %s", pay_line_name(line));
    print_message("%zu lines and %zu pieces of %d payslips, %zu without rule, row and text\n", lines, pieces, SLIPS,
                  without);
    assert_int_equal(without, 0);
}

static void reasons_name_what_they_took(void **state)
{
    (void)state;
    struct pay_facts facts = test_plain;
    struct payslip payslip;
    struct pay_step steps[PAY_LINES];
    struct pay_reason reason;
    pay_compute(&law_of_month, &facts, &payslip, steps);
    pay_reason_of(&law_of_month, &facts, PAY_CNRACL_AGENT, &steps[PAY_CNRACL_AGENT], &reason);
    assert_string_equal(reason.rule, "cnracl_agent");
    assert_int_equal(reason.values[0]->code, LAW_CNRACL_EMPLOYEE);
    assert_false(reason.is_unsure);
    pay_reason_of(&law_of_month, &facts, PAY_ATIACL, &steps[PAY_ATIACL], &reason);
    assert_true(reason.is_unsure); /* its base is to be confirmed */
    pay_reason_of(&law_of_month, &facts, PAY_MOBILITY, &steps[PAY_MOBILITY], &reason);
    assert_true(str_eq(reason.local, STR("taux local")));
}

static void names_come_and_go(void **state)
{
    (void)state;
    for (enum pay_line line = 0; line < PAY_LINES; line++) {
        enum pay_line again;
        assert_int_equal(pay_line_named(str_of(pay_line_name(line)), &again), OK);
        assert_int_equal(again, line);
    }
    for (enum pay_day day = 0; day < PAY_DAYS; day++) {
        enum pay_day again;
        assert_int_equal(pay_day_named(str_of(pay_day_name(day)), &again), OK);
        assert_int_equal(again, day);
    }
}

static int set_up(void **state)
{
    (void)state;
    struct law law;
    enum law_code missing;
    struct pay_employer employer = {.mobility = {18500, STR_INIT("taux local")}, .cnfpt = {9000, STR_INIT("")},
                                    .centre = {5000, STR_INIT("")}, .accident = {15000, STR_INIT("")},
                                    .is_large = true};
    arena = arena_create(64 << 20);
    if (law_shipped(arena, &law) != OK)
        return -1;
    return pay_law_of(&law, &employer, date_of(2026, 3, 1), (struct date){INT32_MAX}, &law_of_month, &missing) == OK
               ? 0
               : -1;
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
        CASE(no_line_is_without_its_reason),
        CASE(reasons_name_what_they_took),
        CASE(names_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
