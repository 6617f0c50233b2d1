#include "service/staff/test_staff.h"

#include "service/staff/record/staff_log.h"

static const char *path_of(int64_t agent, const char *rest)
{
    return str_format(test.arena, "/staff/agents/%lld%s", (long long)agent, rest).at;
}

static void a_recruitment_opens_a_file(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/staff/agents", NULL, &body), 200);
    assert_has(body, "Aucun agent");
    assert_int_equal(test_page(&test, "/staff/recruit",
                               TOKEN "code=AG0001&since=2024-03-01&status=1&grade=ATEC&step=3&post=&part_time=80&week="
                                     "&trial_until=&until=&index=&article=",
                               &body),
                     303);
    assert_int_equal(test_page(&test, body.at, NULL, &body), 200);
    assert_has(body, "AG0001");
    assert_has(body, "Titulaire");
    assert_has(body, "Adjoint technique territorial");
    assert_has(body, "IB 370, IM 368");
    assert_has(body, "Temps partiel à 80");
    assert_has(body, "Échelon 4");
    assert_int_equal(test_page(&test, "/staff/agents", NULL, &body), 200);
    assert_has(body, "Adjoint technique territorial, 3");
}

static void a_refused_recruitment_leaves_nothing(void **state)
{
    (void)state;
    struct str body;
    const char *form = TOKEN "code=AG0001&since=2024-03-01&status=1&grade=ATEC&step=12&post=&part_time=&week=";
    assert_int_equal(test_page(&test, "/staff/recruit", form, &body), 422);
    assert_has(body, "échelons 1 à 11");
    assert_has(body, "value=\"AG0001\"");
    form = TOKEN "code=ag1&since=2024-03-01&status=1&grade=ATEC&step=1";
    assert_int_equal(test_page(&test, "/staff/recruit", form, &body), 422);
    assert_has(body, "lettres capitales");
    form = TOKEN "code=AG0001&since=2024-02-31&status=1&grade=ATEC&step=1";
    assert_int_equal(test_page(&test, "/staff/recruit", form, &body), 422);
    assert_has(body, "Premier jour");
    form = TOKEN "code=AG0001&since=2024-03-01&status=1&grade=ATEC&step=1&part_time=80&week=17,5";
    assert_int_equal(test_page(&test, "/staff/recruit", form, &body), 422);
    assert_has(body, "L612-1");
    assert_int_equal(test_page(&test, "/staff/agents", NULL, &body), 200);
    assert_has(body, "Aucun agent");
}

static void facts_are_added_corrected_and_taken_back(void **state)
{
    (void)state;
    struct str body;
    int64_t agent = staff_test_agent("AG0001");
    assert_int_equal(test_page(&test, path_of(agent, "/add?kind=4"), NULL, &body), 200);
    const char *first = TOKEN "kind=4&corrects=0&number=4&since=2025-03-01&until=";
    const char *second = TOKEN "kind=4&corrects=6&number=5&since=2025-04-01&until=";
    assert_int_equal(test_page(&test, path_of(agent, "/add"), first, &body), 303);
    assert_int_equal(test_page(&test, path_of(agent, "?day=2025-03-01"), NULL, &body), 200);
    assert_has(body, "IB 371, IM 369");
    test.now.ms += 1000;
    assert_int_equal(test_page(&test, path_of(agent, "/add?corrects=6"), NULL, &body), 200);
    assert_has(body, "2025-03-01");
    assert_int_equal(test_page(&test, path_of(agent, "/add"), second, &body), 303);
    assert_int_equal(test_page(&test, path_of(agent, ""), NULL, &body), 200);
    assert_has(body, "Corrigé ensuite");
    assert_int_equal(test_page(&test, path_of(agent, "/facts/6/back"), TOKEN, &body), 404); /* not any more */
    assert_int_equal(test_page(&test, path_of(agent, "/facts/7/back"), TOKEN, &body), 303);
    assert_int_equal(test_page(&test, path_of(agent, ""), NULL, &body), 200);
    assert_has(body, "Repris");
    assert_int_equal(test_page(&test, path_of(agent, "/facts/1/back"), TOKEN, &body), 422); /* others stand on it */
}

static void a_refusal_names_both_facts(void **state)
{
    (void)state;
    struct str body;
    int64_t agent = staff_test_agent("AG0001");
    const char *path = path_of(agent, "/add");
    assert_int_equal(test_page(&test, path, TOKEN "kind=8&number=10&since=2025-01-01&until=2025-12-31", &body), 303);
    assert_int_equal(test_page(&test, path, TOKEN "kind=8&number=20&since=2025-12-31&until=", &body), 422);
    assert_has(body, "NBI de 20 points");
    assert_has(body, "NBI de 10 points");
    assert_int_equal(test_page(&test, path, TOKEN "kind=2&choice=4&since=2026-01-01&until=", &body), 422);
    assert_has(body, "L511-1");
}

static void a_child_is_told_once(void **state)
{
    (void)state;
    struct str body;
    int64_t one = staff_test_agent("AG0001"), other = staff_test_agent("AG0002");
    const char *form = TOKEN "kind=12&born=2015-05-10&since=2024-03-01&until=";
    const char *apart = TOKEN "kind=12&born=2015-05-10&since=2024-03-01&until=&apart=yes";
    assert_int_equal(test_page(&test, path_of(one, "/add"), form, &body), 303);
    assert_int_equal(test_page(&test, path_of(other, "/add"), form, &body), 422);
    assert_has(body, "AG0001");
    assert_int_equal(test_page(&test, path_of(other, "/add"), apart, &body), 303);
}

static void files_are_for_those_who_may(void **state)
{
    (void)state;
    struct str body;
    int64_t agent = staff_test_agent("AG0001"), somebody = test_person(&test, "accueil@beauval.example", "Accueil");
    test_act_as(&test, somebody, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, path_of(agent, ""), NULL, &body), 403);
    assert_int_equal(test_page(&test, "/staff/recruit", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/staff/people", NULL, &body), 200);
    test_act_as(&test, somebody, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/people", NULL, &body), 403);
    assert_int_equal(test_page(&test, path_of(agent, "/add"), TOKEN "kind=8&number=10&since=2025-01-01", &body), 403);
    test_act_as(&test, hr, ROLE_AGENT);
    test.actor.mandate = 7; /* help under a mandate opens no file */
    assert_int_equal(test_page(&test, path_of(agent, ""), NULL, &body), 403);
}

static void readings_are_noted(void **state)
{
    (void)state;
    struct str body;
    staff_log *entries;
    staff_log_bulk *bulks;
    size_t count;
    int64_t agent = staff_test_agent("AG0001");
    assert_int_equal(test_page(&test, path_of(agent, ""), NULL, &body), 200);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(staff_log_list(&ctx, agent, &entries, &count), OK);
    assert_int_equal(count, 1);
    assert_true(str_eq(entries[0].name, STR("Ressources humaines")));
    assert_int_equal(staff_log_bulks(&ctx, 30, &bulks, &count), OK);
    assert_int_equal(count, 0);
    for (int i = 2; i <= STAFF_LOG_BULK; i++) {
        int64_t next = staff_test_agent(str_format(test.arena, "AG%04d", i).at);
        assert_int_equal(test_page(&test, path_of(next, ""), NULL, &body), 200);
    }
    ctx = test_ctx(&test);
    assert_int_equal(staff_log_bulks(&ctx, 30, &bulks, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(bulks[0].number, STAFF_LOG_BULK);
}

static void posts_have_a_deliberation(void **state)
{
    (void)state;
    struct str body;
    int64_t agent = staff_test_agent("AG0001");
    assert_int_equal(test_page(&test, "/staff/teams", TOKEN "code=T1&name=Voirie", &body), 303);
    const char *without = TOKEN "code=P1&title=Voirie&team=1&deliberation=&day=2024-01-15&since=2024-02-01";
    const char *with = TOKEN "code=P1&title=Voirie&team=1&deliberation=2024-12&day=2024-01-15&since=2024-02-01";
    const char *held = TOKEN "kind=9&choice=1&since=2024-03-01&until=";
    assert_int_equal(test_page(&test, "/staff/posts", without, &body), 422);
    assert_int_equal(test_page(&test, "/staff/posts", with, &body), 303);
    assert_int_equal(test_page(&test, "/staff/posts", NULL, &body), 200);
    assert_has(body, "vacant");
    assert_int_equal(test_page(&test, path_of(agent, "/add"), held, &body), 303);
    assert_int_equal(test_page(&test, "/staff/posts", NULL, &body), 200);
    assert_lacks(body, "vacant");
    assert_has(body, "AG0001");
}

static void whoever_enters_a_fact_of_a_closed_month_is_told(void **state)
{
    (void)state;
    struct str body;
    int64_t agent = staff_test_agent("AG0001");
    struct ctx ctx = test_ctx(&test);
    const char *in = TOKEN "kind=8&number=10&since=2026-09-30&until=2026-09-30";
    const char *after = TOKEN "kind=8&number=10&since=2026-10-01&until=";
    assert_int_equal(DO(&test, staff_month_close(&ctx, staff_test_day("2026-09-15"))), OK);
    assert_int_equal(DO(&test, staff_month_close(&ctx, staff_test_day("2026-03-15"))), OK); /* opens none */
    assert_int_equal(test_page(&test, path_of(agent, "/add"), after, &body), 303);
    assert_int_equal(test_page(&test, body.at, NULL, &body), 200);
    assert_lacks(body, "paie de ce mois est close");
    assert_int_equal(test_page(&test, path_of(agent, "/add"), in, &body), 303);
    assert_int_equal(test_page(&test, body.at, NULL, &body), 200);
    assert_has(body, "paie de ce mois est close");
    assert_has(body, "NBI de 10 points");
    test.now.ms += 1000;
    assert_int_equal(test_page(&test, path_of(agent, "/facts/7/back"), TOKEN, &body), 303);
    assert_has(body, "saved=closed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_recruitment_opens_a_file, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(a_refused_recruitment_leaves_nothing, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(facts_are_added_corrected_and_taken_back, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(a_refusal_names_both_facts, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(a_child_is_told_once, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(files_are_for_those_who_may, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(readings_are_noted, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(whoever_enters_a_fact_of_a_closed_month_is_told, staff_test_open,
                                        staff_test_close),
        cmocka_unit_test_setup_teardown(posts_have_a_deliberation, staff_test_open, staff_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
