#include "core/test_town.h"

#include "service/notice/notice.h"

#define DAY_MS (86400 * INT64_C(1000))
#define TOKEN "form_token=" TEST_TOKEN "&"

static struct test_town test;
static int64_t author;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    author = test_person(&test, "direction@beauval.example", "Direction générale");
    test_act_as(&test, author, ROLE_ADMINISTRATOR);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

static size_t listed(void)
{
    struct ctx ctx = test_ctx(&test);
    struct notice *notices;
    size_t count;
    assert_int_equal(notice_list(&ctx, &notices, &count), OK);
    return count;
}

static enum status post(const char *title, const char *words, int64_t days, int64_t *ret_id)
{
    struct ctx ctx = test_ctx(&test);
    return DO(&test, notice_post(&ctx, str_of(title), str_of(words), days, ret_id));
}

static void stays_until_its_day(void **state)
{
    (void)state;
    int64_t id;
    struct notice notice;
    assert_int_equal(post(" Salle des fêtes ", "Fermée mardi.", 2, &id), OK);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(notice_get(&ctx, id, &notice), OK);
    assert_true(str_eq(notice.title, STR("Salle des fêtes")));
    assert_true(str_eq(notice.author, STR("Direction générale")));
    assert_int_equal(listed(), 1);
    test.now.ms += 2 * DAY_MS - 1;
    assert_int_equal(listed(), 1);
    test.now.ms += 1;
    assert_int_equal(listed(), 0);
    ctx = test_ctx(&test);
    assert_int_equal(notice_get(&ctx, id, &notice), NOT_FOUND);
}

static void is_withdrawn_once(void **state)
{
    (void)state;
    int64_t id;
    assert_int_equal(post("Titre", "Texte", 1, &id), OK);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, notice_withdraw(&ctx, id)), OK);
    assert_int_equal(DO(&test, notice_withdraw(&ctx, id)), OK);
    assert_int_equal(listed(), 0);
}

static void limits_are_refused(void **state)
{
    (void)state;
    int64_t id;
    char title[NOTICE_TITLE_MAX + 2];
    memset(title, 'a', sizeof title);
    title[NOTICE_TITLE_MAX + 1] = '\0';
    assert_int_equal(post(title, "Texte", 1, &id), INVALID);
    title[NOTICE_TITLE_MAX] = '\0';
    assert_int_equal(post(title, "Texte", 1, &id), OK);
    assert_int_equal(post("  ", "Texte", 1, &id), INVALID);
    assert_int_equal(post("Titre", "", 1, &id), INVALID);
    assert_int_equal(post("Titre", "Texte", 0, &id), INVALID);
    assert_int_equal(post("Titre", "Texte", NOTICE_DAYS_MAX + 1, &id), INVALID);
    assert_int_equal(listed(), 1);
}

static void pages_show_what_was_posted(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/notices", NULL, &body), 200);
    assert_has(body, "Rien à l’affiche");
    assert_int_equal(test_page(&test, "/notices", TOKEN "title=%3Cb%3EGr%C3%A8ve&words=Mardi&days=3", &body), 303);
    assert_true(str_starts(body, STR("/notices/")));
    assert_int_equal(test_page(&test, "/notices", NULL, &body), 200);
    assert_has(body, "&lt;b&gt;Grève");
    assert_lacks(body, "<b>Grève");
    assert_has(body, "Direction générale");
}

static void a_refused_form_keeps_what_was_typed(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/notices", TOKEN "title=&words=Un+long+texte&days=3", &body), 422);
    assert_has(body, "Un long texte");
    assert_has(body, "Donnez un titre");
    assert_has(body, "<title>Erreur");
    assert_int_equal(listed(), 0);
}

static void a_forged_form_does_nothing(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/notices", "title=Titre&words=Texte&days=3", &body), 403);
    assert_int_equal(test_page(&test, "/notices", "form_token=other&title=T&words=T&days=3", &body), 403);
    assert_int_equal(listed(), 0);
}

static void an_agent_reads_and_cannot_post(void **state)
{
    (void)state;
    struct str body;
    test_act_as(&test, author, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/notices", NULL, &body), 200);
    assert_lacks(body, "/notices/write");
    assert_int_equal(test_page(&test, "/notices/write", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/notices", TOKEN "title=T&words=T&days=3", &body), 403);
    assert_int_equal(listed(), 0);
}

static void nobody_is_sent_to_sign_in(void **state)
{
    (void)state;
    struct str body;
    test.actor = (struct actor){.address = STR(""), .name = STR("")};
    assert_int_equal(test_page(&test, "/notices", NULL, &body), 303);
    assert_true(str_eq(body, STR("/sign-in?next=/notices")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(stays_until_its_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(is_withdrawn_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(limits_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_show_what_was_posted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_refused_form_keeps_what_was_typed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_forged_form_does_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_agent_reads_and_cannot_post, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobody_is_sent_to_sign_in, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
