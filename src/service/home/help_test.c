#include <stdio.h>

#include "core/test_town.h"

static struct test_town test;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

/* Whatever service comes, its help has every route and every verb of its descriptor. */
static void every_route_and_verb_is_there(void **state)
{
    (void)state;
    struct str body;
    char path[100];
    for (size_t s = 0; service_all[s] != NULL; s++) {
        const struct service *service = service_all[s];
        snprintf(path, sizeof path, "/help/%s", service->name);
        assert_int_equal(test_page(&test, path, NULL, &body), 200);
        for (size_t i = 0; i < service->route_count; i++)
            assert_true(str_find(body, str_of(service->routes[i].pattern)) != SIZE_MAX);
        for (size_t i = 0; i < service->verb_count; i++)
            assert_true(str_find(body, str_of(service->verbs[i].words)) != SIZE_MAX);
        assert_int_equal(test_page(&test, "/help", NULL, &body), 200);
        assert_true(str_find(body, str_of(path)) != SIZE_MAX);
    }
}

static void what_somebody_may_is_said(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/help/people", NULL, &body), 200);
    assert_lacks(body, "href=\"/people\"");
    assert_lacks(body, "tag ok");
    test_act_as(&test, 1, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/help/people", NULL, &body), 200);
    assert_has(body, "href=\"/people\"");
    assert_has(body, "tag ok");
    assert_int_equal(test_page(&test, "/help/nothing", NULL, &body), 404);
}

static void one_that_is_hidden_says_so(void **state)
{
    (void)state;
    struct str body;
    test.town.place.services_on = 0;
    assert_int_equal(test_page(&test, "/help/mail", NULL, &body), 200);
    assert_has(body, "Non inscrit");
    assert_lacks(body, "href=\"/mail\"");
}

/* Nothing is kept from crawlers: what they may not read they could not be told to forget. */
static void crawlers_may_read_what_they_may_not_keep(void **state)
{
    (void)state;
    struct str body;
    test.actor = (struct actor){.address = STR(""), .name = STR("")};
    assert_int_equal(test_page(&test, "/robots.txt", NULL, &body), 200);
    assert_true(str_eq(body, STR("User-agent: *\nAllow: /\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(crawlers_may_read_what_they_may_not_keep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_route_and_verb_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_somebody_may_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_is_hidden_says_so, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
