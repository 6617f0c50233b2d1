#include "service/staff/test_staff.h"

#include "service/staff/alert/staff_alert.h"
#include "service/staff/record/staff_identity.h"

static void add(int64_t agent, enum career_kind kind, int64_t number, const char *since, const char *until)
{
    int64_t id;
    struct career_fault fault;
    struct ctx ctx = test_ctx(&test);
    struct career_fact fact = {.kind = kind, .number = number, .words = STR(""), .since = staff_test_day(since),
                               .until = staff_test_day(until), .item = kind == CAREER_CHILD};
    assert_int_equal(DO(&test, staff_fact_add(&ctx, agent, &fact, how, &fault, &id)), OK);
}

/* Of that kind on a day: how many, and the last. */
static size_t count_of(enum staff_alert_kind kind, const char *day, struct staff_alert *ret_alert)
{
    struct staff_alert *alerts;
    size_t count, found = 0;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(staff_alert_list(&ctx, staff_test_day(day), &alerts, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (alerts[i].kind == kind) {
            assert_true(alerts[i].source.len > 0);
            *ret_alert = alerts[i];
            found++;
        }
    return found;
}

static void a_step_is_told_until_it_is_recorded(void **state)
{
    (void)state;
    struct staff_alert alert;
    int64_t agent = staff_test_agent("AG0001"); /* step 3 since 2024-03-01, twelve months */
    assert_int_equal(count_of(STAFF_ALERT_STEP, "2024-12-30", &alert), 0);
    assert_int_equal(count_of(STAFF_ALERT_STEP, "2024-12-31", &alert), 1);
    assert_int_equal(alert.number, 4);
    assert_int_equal(alert.day.days, staff_test_day("2025-03-01").days);
    assert_int_equal(count_of(STAFF_ALERT_STEP, "2025-06-01", &alert), 1); /* late */
    add(agent, CAREER_STEP, 4, "2025-03-01", NULL);
    assert_int_equal(count_of(STAFF_ALERT_STEP, "2025-01-15", &alert), 0);
    assert_int_equal(count_of(STAFF_ALERT_STEP, "2026-01-15", &alert), 1);
    assert_int_equal(alert.number, 5);
}

static void ends_are_told_ahead_and_then_no_more(void **state)
{
    (void)state;
    struct staff_alert alert;
    struct career_fault fault;
    int64_t agent;
    struct ctx ctx = test_ctx(&test);
    struct staff_recruit recruit = {.code = STR("AG0002"), .since = staff_test_day("2026-01-01"),
                                    .status = STAFF_CONTRACT, .grade = STR(""), .index = 400, .article = STR("L332-8"),
                                    .until = staff_test_day("2026-12-31"),
                                    .trial_until = staff_test_day("2026-02-28")};
    assert_int_equal(DO(&test, staff_fact_recruit(&ctx, &recruit, &fault, &agent)), OK);
    assert_int_equal(count_of(STAFF_ALERT_CONTRACT, "2026-10-01", &alert), 0);
    assert_int_equal(count_of(STAFF_ALERT_CONTRACT, "2026-10-02", &alert), 1);
    assert_int_equal(alert.day.days, staff_test_day("2026-12-31").days);
    assert_int_equal(count_of(STAFF_ALERT_CONTRACT, "2027-01-01", &alert), 0);
    assert_int_equal(count_of(STAFF_ALERT_TRIAL, "2026-02-28", &alert), 1);
    assert_int_equal(count_of(STAFF_ALERT_TRIAL, "2026-03-01", &alert), 0);
}

static void ninety_days_of_sick_leave(void **state)
{
    (void)state;
    struct staff_alert alert;
    int64_t agent = staff_test_agent("AG0001");
    add(agent, CAREER_ABSENCE, STAFF_SICK, "2026-01-01", "2026-06-30");
    assert_int_equal(count_of(STAFF_ALERT_SICK, "2026-03-15", &alert), 0); /* 74 days */
    assert_int_equal(count_of(STAFF_ALERT_SICK, "2026-03-16", &alert), 1);
    assert_int_equal(alert.number, STAFF_SICK_TOLD);
    assert_int_equal(count_of(STAFF_ALERT_SICK, "2026-06-30", &alert), 1);
    assert_int_equal(alert.number, 90); /* the others are at half */
    assert_int_equal(count_of(STAFF_ALERT_SICK, "2027-01-17", &alert), 0); /* forgotten day by day */
}

static void the_others(void **state)
{
    (void)state;
    struct staff_alert alert;
    int64_t agent = staff_test_agent("AG0001");
    struct ctx ctx = test_ctx(&test);
    struct staff_identity identity = {.name = STR("EXEMPLE"), .first_name = STR("Agente"), .sex = STR("2"),
                                      .birth_name = STR(""), .born_at = STR(""), .nir = STR(""), .street = STR(""),
                                      .postcode = STR(""), .place = STR(""), .born = staff_test_day("1960-05-10")};
    assert_int_equal(DO(&test, staff_identity_set(&ctx, agent, &identity)), OK);
    add(agent, CAREER_CHILD, staff_test_day("2007-01-20").days, "2024-03-01", NULL);
    add(agent, CAREER_PART_TIME, 80, "2024-03-01", NULL);
    assert_int_equal(count_of(STAFF_ALERT_AGE, "2026-05-09", &alert), 0);
    assert_int_equal(count_of(STAFF_ALERT_AGE, "2026-05-10", &alert), 1);
    assert_int_equal(alert.day.days, staff_test_day("2027-05-10").days);
    assert_int_equal(count_of(STAFF_ALERT_CHILD, "2026-12-15", &alert), 1);
    assert_int_equal(count_of(STAFF_ALERT_CHILD, "2027-01-21", &alert), 0);
    assert_int_equal(count_of(STAFF_ALERT_AGAIN, "2026-11-01", &alert), 0);
    assert_int_equal(count_of(STAFF_ALERT_AGAIN, "2026-12-01", &alert), 1);
}

static void the_page_is_for_human_resources(void **state)
{
    (void)state;
    struct str body;
    int64_t somebody = test_person(&test, "accueil@beauval.example", "Accueil");
    (void)staff_test_agent("AG0001");
    assert_int_equal(test_page(&test, "/staff/alerts?day=2025-01-15", NULL, &body), 200);
    assert_has(body, "Échelon 4");
    assert_has(body, "1er mars 2025");
    assert_has(body, "L522-2");
    assert_int_equal(test_page(&test, "/staff", NULL, &body), 200);
    assert_has(body, "1 à voir"); /* the step that nobody recorded */
    test_act_as(&test, somebody, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/staff/alerts", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/staff", NULL, &body), 200);
    assert_lacks(body, "à voir");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, staff_test_open, staff_test_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_step_is_told_until_it_is_recorded), CASE(ends_are_told_ahead_and_then_no_more),
        CASE(ninety_days_of_sick_leave),           CASE(the_others),
        CASE(the_page_is_for_human_resources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
