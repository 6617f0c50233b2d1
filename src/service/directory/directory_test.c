#include "core/test_town.h"

static struct test_town test;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    test_act_as(&test, test_person(&test, "etat-civil@beauval.example", "État civil"), ROLE_AGENT);
    test_person(&test, "accueil@beauval.example", "Accueil");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

static void shows_everybody(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/directory", NULL, &body), 200);
    assert_has(body, "État civil");
    assert_has(body, "accueil@beauval.example");
    assert_has(body, "/mail/write?to=accueil%40beauval.example");
}

static void finds_without_accents(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/directory?q=ETAT+civ", NULL, &body), 200);
    assert_has(body, "etat-civil@");
    assert_lacks(body, "accueil@");
    assert_int_equal(test_page(&test, "/directory?q=zzz", NULL, &body), 200);
    assert_has(body, "Personne ne correspond");
}

static void a_long_query_is_refused(void **state)
{
    (void)state;
    struct str body;
    char path[300] = "/directory?q=";
    memset(path + strlen(path), 'a', 201);
    assert_int_equal(test_page(&test, path, NULL, &body), 413);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shows_everybody, set_up, tear_down),
        cmocka_unit_test_setup_teardown(finds_without_accents, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_query_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
