/* The year of the sample, played as its verb does: step by step, for the agents that there are. */
#include "service/payroll/sample/payroll_sample.h"

#include "service/payroll/run/payrun_pay.h"
#include "service/payroll/test_payroll.h"

enum { STEPS_MAX = 200, OUT_MAX = 1 << 16 };

/* The steps of the verb; *ret_steps: how many there were. */
static enum status play(struct buf *out, size_t *ret_steps)
{
    static verb_run *const runs[] = {NULL, payroll_sample_begin, payroll_sample_elements, payroll_sample_pay};
    struct str handed = STR("");
    int step = PAYROLL_SAMPLE_BEGIN;
    enum status done = OK;
    *ret_steps = 0;
    while (done == OK && step <= PAYROLL_SAMPLE_PAY && *ret_steps < STEPS_MAX) {
        struct buf hand BUF_SCOPE = BUF_INIT(OUT_MAX);
        struct verb_call call = {.handed = handed, .out = out, .hand = &hand, .next = step + 1};
        struct ctx ctx = test_ctx(&test);
        done = DO(&test, runs[step](&ctx, &call));
        handed = hand.len > 0 ? str_copy(test.arena, buf_str(&hand)) : handed;
        step = call.next;
        (*ret_steps)++;
    }
    return done;
}

static void twelve_months_are_made_approved_and_closed(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX), found BUF_SCOPE = BUF_INIT(OUT_MAX);
    payrun_row *runs;
    size_t count, steps;
    int64_t slips;
    (void)state;
    test_act_as(&test, 0, ROLE_OPERATOR);
    int64_t finances = test_person(&test, "finances@beauval.example", "Service finances");
    int64_t administration = test_person(&test, "administration@beauval.example", "Administration");
    assert_int_equal(play(&out, &steps), OK);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(payrun_list(&ctx, &runs, &count), OK);
    assert_int_equal(count, PAYROLL_SAMPLE_MONTHS);
    for (size_t i = 0; i < count; i++) {
        payrun_row run;
        assert_int_equal(payrun_get(&ctx, runs[i].id, &run), OK);
        assert_int_equal(run.state, PAYRUN_CLOSED);
        assert_int_equal(run.made - run.failed, 2);
        assert_int_equal(run.maker, finances);
        assert_true(run.gross > 0 && run.net > 0 && run.net < run.gross && run.employer > 0);
    }
    assert_true(administration != finances);
    assert_has(buf_str(&out), "2025-11 2 payslips\n");
    assert_has(buf_str(&out), "2026-10 2 payslips\n"); /* the last whole month */
    assert_lacks(buf_str(&out), "2026-11");
    assert_int_equal(payrun_prove(&ctx, &found, &slips), OK);
    assert_int_equal(found.len, 0);
    assert_int_equal(slips, 2 * PAYROLL_SAMPLE_MONTHS);
    assert_int_equal(play(&out, &steps), CONFLICT); /* once only */
    assert_int_equal(steps, 1);
}

static void a_town_without_its_accounts_is_refused(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    payrun_row *runs;
    size_t count, steps;
    (void)state;
    assert_int_equal(play(&out, &steps), NOT_FOUND);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(payrun_list(&ctx, &runs, &count), OK);
    assert_int_equal(count, 0);
    assert_int_equal(out.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(twelve_months_are_made_approved_and_closed, payroll_test_open,
                                        payroll_test_close),
        cmocka_unit_test_setup_teardown(a_town_without_its_accounts_is_refused, payroll_test_open, payroll_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
