#include "service/staff/test_staff.h"

#include "service/staff/absence/leave_counter.h"

static struct grid grid;

/* An official since 2020, full time. */
static struct career career_of(struct career_fact *facts, size_t count)
{
    struct date since = date_of(2020, 1, 1);
    facts[0] = (struct career_fact){.id = 1, .kind = CAREER_ENTRY, .since = since, .words = STR("")};
    facts[1] = (struct career_fact){.id = 2, .kind = CAREER_STATUS, .number = STAFF_OFFICIAL, .since = since,
                                    .words = STR("")};
    facts[2] = (struct career_fact){.id = 3, .kind = CAREER_POSITION, .number = STAFF_ACTIVE, .since = since,
                                    .words = STR("")};
    return (struct career){facts, count, &grid};
}

static struct career_fact fact_of(enum career_kind kind, int64_t number, const char *since, const char *until)
{
    return (struct career_fact){.id = 9, .kind = kind, .number = number, .since = staff_test_day(since),
                                .until = staff_test_day(until), .words = STR("")};
}

static void rtt_goes_with_leave_for_health(void **state)
{
    (void)state;
    struct career_fact facts[6];
    struct career career = career_of(facts, 3);
    struct leave_rtt rtt = leave_rtt_of(&career, 2026, 23);
    assert_int_equal(rtt.right_halves, 46);
    assert_int_equal(rtt.left_halves, 46);
    facts[3] = fact_of(CAREER_PART_TIME, 80, "2026-01-01", NULL);
    facts[4] = fact_of(CAREER_ABSENCE, STAFF_SICK, "2026-01-05", "2026-01-15"); /* nine working days */
    facts[5] = fact_of(CAREER_ABSENCE, STAFF_RTT, "2026-02-02", "2026-02-03");
    career.count = 6;
    rtt = leave_rtt_of(&career, 2026, 23);
    assert_int_equal(rtt.right_halves, 37); /* 18.4 days, up to half a day */
    assert_int_equal(rtt.health_days, 9);
    assert_int_equal(rtt.lost_days, 0);
    assert_int_equal(rtt.left_halves, 37 - 4);
    facts[4].until = staff_test_day("2026-01-16"); /* the tenth */
    assert_int_equal(leave_rtt_of(&career, 2026, 23).lost_days, 1);
}

static void saved_days_are_taken_again(void **state)
{
    (void)state;
    struct career_fact facts[6];
    struct career career = career_of(facts, 6);
    facts[3] = fact_of(CAREER_ABSENCE, STAFF_ANNUAL, "2026-07-06", "2026-07-31"); /* nineteen: 14 July */
    facts[4] = fact_of(CAREER_ABSENCE, STAFF_CET, "2026-09-07", "2026-09-08");
    facts[5] = fact_of(CAREER_SAVED, 5, "2025-12-31", "2025-12-31");
    struct leave_cet cet = leave_cet_of(&career, staff_test_day("2026-10-01"));
    assert_int_equal(cet.saved_days, 5);
    assert_int_equal(cet.left_days, 3);
    assert_int_equal(cet.annual_days, 19);
    assert_false(cet.may_save);
    facts[3].until = staff_test_day("2026-08-03");
    assert_true(leave_cet_of(&career, staff_test_day("2026-10-01")).may_save);
    assert_int_equal(leave_cet_of(&career, staff_test_day("2025-12-30")).left_days, 0);
}

static void the_page_says_each_with_its_text(void **state)
{
    (void)state;
    struct str body;
    int64_t agent = staff_test_agent("AG0001");
    const char *path = str_format(test.arena, "/staff/agents/%lld", (long long)agent).at;
    const char *add = str_format(test.arena, "/staff/agents/%lld/add", (long long)agent).at;
    assert_int_equal(test_page(&test, "/staff/settings", TOKEN "zone=2&rtt=23&deliberation=", &body), 422);
    assert_int_equal(test_page(&test, "/staff/settings", TOKEN "zone=4&rtt=23&deliberation=2025-7", &body), 422);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_lacks(body, "RTT");
    assert_int_equal(test_page(&test, "/staff/settings", TOKEN "zone=2&rtt=23&deliberation=2025-7", &body), 303);
    assert_int_equal(test_page(&test, "/staff/settings", NULL, &body), 200);
    assert_has(body, "value=\"23\"");
    assert_has(body, "2025-7");
    assert_int_equal(test_page(&test, add, TOKEN "kind=14&number=5&since=2025-12-31&until=2025-12-31", &body), 303);
    assert_int_equal(test_page(&test, add, TOKEN "kind=14&number=61&since=2026-01-31&until=2026-01-31", &body), 422);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_has(body, "RTT");
    assert_has(body, "L822-28");
    assert_has(body, "2004-878");
    assert_has(body, "5 jours épargnés");
    assert_has(body, "L822-3");
    struct ctx ctx = test_ctx(&test);
    struct staff_month *months;
    size_t count;
    struct staff_asked asked = {.month = staff_test_day("2026-10-01"), .known = test.now};
    assert_int_equal(staff_months(&ctx, asked, &months, &count), OK);
    assert_int_equal(months[0].zone, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rtt_goes_with_leave_for_health),
        cmocka_unit_test(saved_days_are_taken_again),
        cmocka_unit_test_setup_teardown(the_page_says_each_with_its_text, staff_test_open, staff_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
