#include "service/staff/test_staff.h"

#include "service/staff/month/staff_month.h"

static struct staff_month *ask(const char *month, int64_t known_ms, size_t *ret_count)
{
    struct ctx ctx = test_ctx(&test);
    struct staff_month *months;
    struct staff_asked asked = {.month = staff_test_day(month), .known = {known_ms}};
    assert_int_equal(staff_months(&ctx, asked, &months, ret_count), OK);
    return months;
}

static int64_t add(int64_t agent, struct career_fact fact)
{
    struct ctx ctx = test_ctx(&test);
    struct career_fault fault;
    int64_t id;
    if (fact.words.at == NULL)
        fact.words = STR("");
    assert_int_equal(DO(&test, staff_fact_add(&ctx, agent, &fact, how, &fault, &id)), OK);
    return id;
}

static void a_month_is_as_it_was_known(void **state)
{
    (void)state;
    size_t count;
    int64_t agent = staff_test_agent("AG0001"), before = test.now.ms;
    test.now.ms += 5000;
    add(agent, (struct career_fact){.kind = CAREER_STEP, .number = 4, .since = staff_test_day("2026-03-16")});
    struct staff_month *then = ask("2026-03-10", before, &count);
    assert_int_equal(count, 1);
    assert_int_equal(then[0].span_count, 1);
    assert_int_equal(then[0].spans[0].index, 368);
    struct staff_month *now = ask("2026-03-10", test.now.ms, &count);
    assert_int_equal(now[0].span_count, 2);
    assert_int_equal(now[0].spans[1].index, 369);
    assert_int_equal(now[0].spans[1].first.days, staff_test_day("2026-03-16").days);
    assert_int_equal(now[0].zone, 3);
    (void)ask("2026-03-10", before - 1, &count); /* nobody was known yet */
    assert_int_equal(count, 0);
    (void)ask("2024-02-10", test.now.ms, &count); /* nobody was there yet */
    assert_int_equal(count, 0);
}

static void absences_come_with_the_year_before(void **state)
{
    (void)state;
    size_t count;
    int64_t agent = staff_test_agent("AG0001");
    add(agent, (struct career_fact){.kind = CAREER_ABSENCE, .number = STAFF_SICK, .since = staff_test_day("2025-09-01"),
                                    .until = staff_test_day("2025-09-10")});
    add(agent, (struct career_fact){.kind = CAREER_ABSENCE, .number = STAFF_ANNUAL,
                                    .since = staff_test_day("2025-10-01"), .until = staff_test_day("2025-10-10")});
    int64_t stop = add(agent, (struct career_fact){.kind = CAREER_ABSENCE, .number = STAFF_SICK,
                                                   .since = staff_test_day("2026-03-30"),
                                                   .until = staff_test_day("2026-04-02")});
    add(agent, (struct career_fact){.kind = CAREER_ABSENCE, .number = STAFF_SICK, .link = stop,
                                    .since = staff_test_day("2026-04-03"), .until = staff_test_day("2026-04-09")});
    struct staff_month *months = ask("2026-04-01", test.now.ms, &count);
    assert_int_equal(months[0].absence_count, 3);
    assert_true(months[0].absences[0].has_waiting_day);
    assert_false(months[0].absences[2].has_waiting_day);
    assert_true(months[0].absences[2].goes_on);
}

static void batches_go_on_behind_the_last(void **state)
{
    (void)state;
    size_t count;
    struct staff_month *months;
    for (int i = 1; i <= STAFF_BATCH + 1; i++)
        staff_test_agent(str_format(test.arena, "AG%04d", i).at);
    months = ask("2026-03-01", test.now.ms, &count);
    assert_int_equal(count, STAFF_BATCH);
    struct ctx ctx = test_ctx(&test);
    struct staff_asked asked = {.month = staff_test_day("2026-03-01"), .known = test.now,
                                .after_agent = months[count - 1].agent};
    assert_int_equal(staff_months(&ctx, asked, &months, &count), OK);
    assert_int_equal(count, 1);
    assert_true(str_eq(months[0].code, STR("AG0201")));
}

static void the_zone_is_the_towns(void **state)
{
    (void)state;
    size_t count;
    struct ctx ctx = test_ctx(&test);
    staff_test_agent("AG0001");
    assert_int_equal(DO(&test, staff_month_set_zone(&ctx, 4)), INVALID);
    assert_int_equal(DO(&test, staff_month_set_zone(&ctx, 1)), OK);
    assert_int_equal(ask("2026-03-01", test.now.ms, &count)[0].zone, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_is_as_it_was_known, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(absences_come_with_the_year_before, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(batches_go_on_behind_the_last, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(the_zone_is_the_towns, staff_test_open, staff_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
