#include "service/assistant/desk.h"

#include "service/assistant/test_shelf.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

static int set_up(void **state)
{
    (void)open_shelf(state);
    test_act_as(&test, test_person(&test, "direction@beauval.example", "Direction générale"), ROLE_ADMINISTRATOR);
    (void)shelf_put(shelf_text("Règlement du cimetière", "Les concessions du cimetière durent trente ans."));
    follow();
    return 0;
}

static enum status add(const char *name, const char *subjects, const char *phone)
{
    struct ctx ctx = test_ctx(&test);
    struct desk desk = {.name = str_of(name),
                        .subjects = str_of(subjects),
                        .place = STR("Hôtel de ville"),
                        .phone = str_of(phone),
                        .hours = STR("le matin")};
    return DO(&test, desk_add(&ctx, &desk));
}

static bool goes_to(const char *question, const char *name)
{
    struct ctx ctx = test_ctx(&test);
    struct desk desk;
    return desk_of_question(&ctx, str_of(question), &desk) == OK && str_eq(desk.name, str_of(name));
}

static void a_question_goes_to_the_nearest_service(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct desk desk;
    assert_int_equal(desk_of_question(&ctx, STR("Où est la piscine ?"), &desk), NOT_FOUND);
    assert_int_equal(add("Écoles", "école, cantine, inscription, garderie", "04 65 71 00 01"), OK);
    assert_int_equal(add("Urbanisme", "permis de construire, clôture, déclaration de travaux", "04 65 71 00 02"), OK);
    assert_int_equal(add("Déchets", "poubelle, déchèterie, encombrants, travaux de voirie", "04 65 71 00 03"), OK);
    assert_true(goes_to("Comment inscrire mon enfant à la cantine de l’école ?", "Écoles"));
    assert_true(goes_to("Faut-il un permis pour une clôture ?", "Urbanisme"));
    assert_true(goes_to("Quand passent les poubelles ?", "Déchets")); /* by the stem */
    assert_true(goes_to("Quels travaux déclarer ?", "Urbanisme"));    /* more of its words */
    assert_int_equal(desk_of_question(&ctx, STR("Où est la piscine ?"), &desk), NOT_FOUND);
    assert_int_equal(desk_of_question(&ctx, STR("?"), &desk), NOT_FOUND);
}

static void wrong_ones_are_refused(void **state)
{
    (void)state;
    static char many[DESK_SUBJECTS_MAX + 2];
    memset(many, 'a', DESK_SUBJECTS_MAX);
    assert_int_equal(add("A", many, "1"), OK);
    memset(many, 'a', DESK_SUBJECTS_MAX + 1);
    assert_int_equal(add("A", many, "1"), INVALID);
    assert_int_equal(add("", "a", "1"), INVALID);
    assert_int_equal(add("A", "", "1"), INVALID);
    assert_int_equal(add("A", "a", ""), INVALID);
    assert_int_equal(add("A\xE2\x80\xAE", "a", "1"), INVALID);
    assert_int_equal(add("\xff", "a", "1"), INVALID);
    for (int i = 1; i < DESKS_MAX; i++)
        assert_int_equal(add("A", "a", "1"), OK);
    assert_int_equal(add("A", "a", "1"), LIMIT);
}

/* As an administrator names one, and as a resident is sent there. */
static void a_refusal_names_the_service(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/assistant/desks", NULL, &body), 200);
    static const char nameless[] = TOKEN "name=&subjects=cantine&phone=1";
    static const char schools[] = TOKEN "name=%C3%89coles&subjects=cantine&phone=04+65+71+00+01&hours=le+matin&place=";
    assert_int_equal(test_page(&test, "/assistant/desks", nameless, &body), 422);
    assert_has(body, "role=\"alert\"");
    assert_int_equal(test_page(&test, "/assistant/desks", schools, &body), 303);
    assert_int_equal(test_page(&test, "/assistant?q=Que%20mange-t-on%20%C3%A0%20la%20cantine%20%3F", NULL, &body), 200);
    assert_has(body, "Écoles");
    assert_has(body, "tel:+33465710001");
    assert_has(body, "le matin");
    assert_int_equal(test_page(&test, "/assistant/desks/1/remove", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/assistant?q=Que%20mange-t-on%20%C3%A0%20la%20cantine%20%3F", NULL, &body), 200);
    assert_lacks(body, "Écoles");
    test_act_as(&test, test.actor.person, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/assistant/desks", NULL, &body), 403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_question_goes_to_the_nearest_service, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(wrong_ones_are_refused, set_up, close_shelf),
        cmocka_unit_test_setup_teardown(a_refusal_names_the_service, set_up, close_shelf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
