#include "service/staff/test_staff.h"

#include "service/staff/absence/leave_count.h"
#include "service/staff/absence/staff_request.h"
#include "service/staff/record/staff_post.h"

static int64_t agent, person, manager;

static int open_team(void **state)
{
    int64_t team, post, fact;
    struct career_fault fault;
    (void)staff_test_open(state);
    struct ctx ctx = test_ctx(&test);
    struct staff_post made = {.code = STR("P1"), .title = STR("Voirie"), .team = 1, .deliberation = STR("2024-1"),
                              .deliberated = staff_test_day("2024-01-15"), .since = staff_test_day("2024-02-01")};
    agent = staff_test_agent("AG0001");
    person = test_person(&test, "voirie@beauval.example", "Voirie");
    manager = test_person(&test, "technique@beauval.example", "Direction technique");
    assert_int_equal(DO(&test, staff_team_add(&ctx, STR("T1"), STR("Technique"), &team)), OK);
    assert_int_equal(DO(&test, staff_post_add(&ctx, &made, &post)), OK);
    assert_int_equal(DO(&test, staff_team_set_manager(&ctx, team, manager)), OK);
    assert_int_equal(DO(&test, staff_agent_link(&ctx, agent, STR("voirie@beauval.example"))), OK);
    struct career_fact held = {.kind = CAREER_POST, .number = post, .words = STR(""),
                               .since = staff_test_day("2024-03-01")};
    assert_int_equal(DO(&test, staff_fact_add(&ctx, agent, &held, how, &fault, &fact)), OK);
    test_act_as(&test, person, ROLE_AGENT);
    return 0;
}

static void a_request_is_answered_by_the_manager(void **state)
{
    (void)state;
    struct str body;
    const char *form = TOKEN "kind=0&since=2026-12-21&until=2026-12-24";
    assert_int_equal(test_page(&test, "/staff/me", NULL, &body), 200);
    assert_has(body, "25 jours de droit");
    assert_int_equal(test_page(&test, "/staff/me", form, &body), 303);
    assert_int_equal(test_page(&test, "/staff/me", form, &body), 422); /* one waits */
    assert_int_equal(test_page(&test, "/staff/requests/1/approve", TOKEN, &body), 403);
    test_act_as(&test, hr, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/requests/1/approve", TOKEN, &body), 403); /* not the team's manager */
    test_act_as(&test, manager, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/team?month=2026-12-01", NULL, &body), 200);
    assert_has(body, "AG0001");
    assert_has(body, "Congé annuel");
    assert_int_equal(test_page(&test, "/staff/requests/1/approve", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/staff/requests/1/refuse", TOKEN, &body), 409);
    assert_int_equal(test_page(&test, "/staff/team?month=2026-12-01", NULL, &body), 200);
    assert_has(body, "du 21 décembre 2026 au 24 décembre 2026");
    assert_lacks(body, "Congé annuel"); /* the kind is shown to human resources alone */
    assert_int_equal(test_page(&test, "/staff/team.ics?month=2026-12-01", NULL, &body), 200);
    assert_has(body, "DTSTART;VALUE=DATE:20261221\r\nDTEND;VALUE=DATE:20261225");
    test_act_as(&test, person, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/me", NULL, &body), 200);
    assert_has(body, "Il vous reste 21 jours");
    assert_int_equal(test_page(&test, "/staff/me", form, &body), 422);
    assert_has(body, "se chevauchent");
    assert_int_equal(test_page(&test, "/staff/agents/1", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/staff/team.ics", NULL, &body), 404); /* no team of one's own */
}

static void what_an_agent_may_ask_for(void **state)
{
    (void)state;
    struct career_fault fault;
    int64_t id;
    struct date day = staff_test_day("2026-12-21");
    struct ctx ctx = test_ctx(&test);
    for (int kind = 0; kind < STAFF_ABSENCES; kind++) {
        bool may = staff_request_may_ask((enum staff_absence)kind);
        assert_int_equal(may, kind <= STAFF_AUTHORISED);
        enum status done = DO(&test, staff_request_ask(&ctx, (enum staff_absence)kind, day, day, &fault, &id));
        assert_int_equal(done, may ? OK : INVALID);
        day.days++;
    }
    assert_int_equal(DO(&test, staff_request_take_back(&ctx, 1)), OK);
    assert_int_equal(DO(&test, staff_request_take_back(&ctx, 1)), CONFLICT);
}

static void who_reads_a_file_is_told(void **state)
{
    (void)state;
    struct str body;
    test_act_as(&test, hr, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/agents/1", NULL, &body), 200);
    test_act_as(&test, person, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/me", NULL, &body), 200);
    assert_has(body, "Ressources humaines");
    assert_has(body, "motif carrière");
}

static void working_days_are_those_of_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(leave_count_days(staff_test_day("2026-05-01"), staff_test_day("2026-05-10")), 4); /* 1 and 8 May */
    assert_int_equal(leave_count_days(staff_test_day("2026-12-21"), staff_test_day("2026-12-27")), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_request_is_answered_by_the_manager, open_team, staff_test_close),
        cmocka_unit_test_setup_teardown(what_an_agent_may_ask_for, open_team, staff_test_close),
        cmocka_unit_test_setup_teardown(who_reads_a_file_is_told, open_team, staff_test_close),
        cmocka_unit_test(working_days_are_those_of_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
