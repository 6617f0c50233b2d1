#include "service/staff/test_staff.h"

#include "document/pdf.h"
#include "service/staff/act/staff_act.h"

static int64_t agent, mayor;
static struct pdf_fonts *fonts;

static const char *path_of(const char *rest)
{
    return str_format(test.arena, "/staff/agents/%lld%s", (long long)agent, rest).at;
}

static int open_file(void **state)
{
    (void)staff_test_open(state);
    test.town.fonts = fonts;
    agent = staff_test_agent("AG0001");
    mayor = test_person(&test, "secretariat@beauval.example", "Secrétariat général");
    test_act_as(&test, mayor, ROLE_ADMINISTRATOR);
    staff_test_give(mayor, STAFF_MAY_CONFIRM);
    test_act_as(&test, hr, ROLE_AGENT);
    return 0;
}

static void name_agent(void)
{
    struct str body;
    assert_int_equal(test_page(&test, path_of("/identity"),
                               TOKEN "name=EXEMPLE&first_name=Agente&sex=2&born=1985-04-02&born_at=&nir=", &body),
                     303);
}

static void sign(int64_t act)
{
    struct ctx ctx;
    test_act_as(&test, mayor, ROLE_AGENT);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, staff_act_sign(&ctx, act, STR("Le maire"))), OK);
    test_act_as(&test, hr, ROLE_AGENT);
}

static int64_t state_of(int64_t id)
{
    staff_act act;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(staff_act_get(&ctx, id, &act), OK);
    return act.state;
}

static void a_recruitment_is_one_act(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/staff/acts", NULL, &body), 200);
    assert_has(body, "2026-1");
    assert_lacks(body, "2026-2");
    assert_int_equal(test_page(&test, "/staff/acts/1", NULL, &body), 200);
    assert_has(body, "Arrêté n° 2026-1");
    assert_has(body, "AG0001 est nommé(e) dans les effectifs à compter du 1er mars 2024");
    assert_has(body, "échelon 3 du grade suivant à compter du 1er mars 2024");
    assert_has(body, "IB 370, IM 368");
    assert_has(body, "Vu le code général de la fonction publique");
    assert_has(body, "identité de l’agent manque");
    assert_int_equal(test_page(&test, "/staff/acts/1/sign", TOKEN "signatory=Le+maire", &body), 403); /* edits alone */
    assert_int_equal(test_page(&test, "/staff/acts/99", NULL, &body), 404);
}

static void numbers_have_no_gap(void **state)
{
    (void)state;
    struct str body;
    struct ctx ctx = test_ctx(&test);
    staff_act_row *rows;
    size_t count;
    /* refused: no number is lost */
    assert_int_equal(test_page(&test, path_of("/add"), TOKEN "kind=4&number=12&since=2025-03-01&until=", &body), 422);
    assert_int_equal(test_page(&test, path_of("/add"), TOKEN "kind=4&number=4&since=2025-03-01&until=", &body), 303);
    assert_int_equal(test_page(&test, path_of("/add"), TOKEN "kind=12&born=2015-05-10&since=2024-03-01", &body), 303);
    assert_int_equal(test_page(&test, path_of("/add"), TOKEN "kind=8&number=10&since=2025-03-01&until=", &body), 303);
    assert_int_equal(staff_act_list(&ctx, 2026, &rows, &count), OK);
    assert_int_equal(count, 3); /* a child wants none */
    for (size_t i = 0; i < count; i++)
        assert_int_equal(rows[i].number, (int64_t)(count - i));
}

static void another_person_signs_and_nothing_changes(void **state)
{
    (void)state;
    struct str body;
    test_act_as(&test, mayor, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/acts/1/sign", TOKEN "signatory=Le+maire", &body), 422);
    assert_has(body, "identité de l’agent manque");
    test_act_as(&test, hr, ROLE_AGENT);
    name_agent();
    staff_test_give(hr, STAFF_MAY_EDIT | STAFF_MAY_CONFIRM);
    assert_int_equal(test_page(&test, "/staff/acts/1/sign", TOKEN "signatory=Le+maire", &body), 403);
    test_act_as(&test, mayor, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/acts/1/sign", TOKEN "signatory=+", &body), 422);
    assert_int_equal(test_page(&test, "/staff/acts/1/sign", TOKEN "signatory=Le+maire", &body), 303);
    assert_int_equal(test_page(&test, "/staff/acts/1/sign", TOKEN "signatory=Le+maire", &body), 409);
    test_act_as(&test, hr, ROLE_AGENT);
    assert_int_equal(test_page(&test, path_of("/identity"),
                               TOKEN "name=AUTRE&first_name=Agente&sex=2&born=1985-04-02&born_at=&nir=", &body), 303);
    assert_int_equal(test_page(&test, "/staff/acts/1", NULL, &body), 200);
    assert_has(body, "Mme Agente EXEMPLE est nommée");
    assert_lacks(body, "AUTRE");
    assert_has(body, "Secrétariat général");
}

static void a_signed_act_goes_by_another_with_a_reason(void **state)
{
    (void)state;
    struct str body;
    name_agent();
    assert_int_equal(test_page(&test, path_of("/add"), TOKEN "kind=8&number=10&since=2025-03-01&until=", &body), 303);
    sign(2);
    assert_int_equal(test_page(&test, path_of("/facts/6/back"), TOKEN, &body), 422);
    assert_has(body, "motif de son retrait");
    assert_int_equal(test_page(&test, path_of("/facts/6/back"), TOKEN "reason=Fonctions+sans+NBI", &body), 303);
    assert_int_equal(test_page(&test, "/staff/acts/3", NULL, &body), 200);
    assert_has(body, "L’arrêté n° 2026-2 est retiré en ce qu’il porte");
    assert_has(body, "Fonctions sans NBI");
    assert_has(body, "L242-1");
    assert_int_equal(state_of(2), STAFF_ACT_SIGNED);
    assert_int_equal(test_page(&test, "/staff/acts/2", NULL, &body), 200);
    assert_has(body, "/staff/acts/3");
}

static void what_stands_in_its_place_may_want_no_act(void **state)
{
    (void)state;
    struct str body;
    name_agent();
    sign(1);
    /* the status was entered wrongly: under contract, which is no arrêté's to say */
    assert_int_equal(test_page(&test, path_of("/add"),
                               TOKEN "kind=1&corrects=2&choice=2&since=2024-03-01&until=&reason=Erreur", &body), 303);
    assert_int_equal(test_page(&test, "/staff/acts/2", NULL, &body), 200);
    assert_has(body, "Arrêté n° 2026-2 : Retrait");
    assert_has(body, "L’arrêté n° 2026-1 est retiré en ce qu’il porte : Titularisation");
    assert_has(body, "Considérant : Erreur");
}

static void who_leaves_is_struck_off(void **state)
{
    (void)state;
    struct str body;
    name_agent();
    sign(1);
    assert_int_equal(test_page(&test, path_of("/add"),
                               TOKEN "kind=0&corrects=1&since=2024-03-01&until=2026-12-31&reason=", &body),
                     303);
    assert_int_equal(test_page(&test, "/staff/acts/2", NULL, &body), 200);
    assert_has(body, "Radiation des cadres");
    assert_has(body, "radiée des cadres à l’issue de la journée du 31 décembre 2026");
    assert_has(body, "L550-1");
    assert_lacks(body, "est retiré"); /* the nomination stands */
    assert_int_equal(test_page(&test, path_of("/add"), TOKEN "kind=8&number=10&since=2025-03-01&until=", &body), 303);
    sign(3);
    assert_int_equal(test_page(&test, path_of("/add"),
                               TOKEN "kind=8&corrects=7&number=10&since=2025-03-01&until=2026-06-30", &body), 303);
    assert_int_equal(test_page(&test, "/staff/acts/4", NULL, &body), 200);
    assert_has(body, "2026-3 est modifié en ce qu’il porte : Nouvelle bonification indiciaire, qui vaut");
    assert_lacks(body, "L242-1");
}

static void a_draft_follows_its_facts(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, path_of("/add"), TOKEN "kind=8&number=10&since=2025-03-01&until=", &body), 303);
    assert_int_equal(test_page(&test, path_of("/add"), TOKEN "kind=8&corrects=6&number=15&since=2025-03-01", &body),
                     303);
    assert_int_equal(test_page(&test, "/staff/acts/2", NULL, &body), 200);
    assert_has(body, "15 points");
    assert_lacks(body, "10 points");
    assert_int_equal(test_page(&test, "/staff/acts/3", NULL, &body), 404);
    test.now.ms += 1000;
    assert_int_equal(test_page(&test, path_of("/facts/7/back"), TOKEN, &body), 303);
    assert_int_equal(state_of(2), STAFF_ACT_VOID);
}

static void an_agent_reads_what_is_signed(void **state)
{
    (void)state;
    struct str body;
    int64_t own = test_person(&test, "voirie@beauval.example", "Voirie");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, staff_agent_link(&ctx, agent, STR("voirie@beauval.example"))), OK);
    name_agent();
    test_act_as(&test, own, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/acts/1", NULL, &body), 403);
    test_act_as(&test, hr, ROLE_AGENT);
    sign(1);
    test_act_as(&test, own, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/me", NULL, &body), 200);
    assert_has(body, "/staff/acts/1");
    assert_int_equal(test_page(&test, "/staff/acts/1", NULL, &body), 200);
    assert_int_equal(test_page(&test, "/staff/acts", NULL, &body), 403);
}

static void it_is_printed(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/staff/acts/1/act.pdf", NULL, &body), 200);
    assert_true(str_starts(body, STR("%PDF-")));
    assert_has(body, "/StructTreeRoot");
    test.town.fonts = NULL;
    assert_int_equal(test_page(&test, "/staff/acts/1/act.pdf", NULL, &body), 404);
}

static int open_fonts(void **state)
{
    (void)state;
    return pdf_fonts_open(&fonts) == OK ? 0 : -1;
}

static int close_fonts(void **state)
{
    (void)state;
    pdf_fonts_close(fonts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_recruitment_is_one_act, open_file, staff_test_close),
        cmocka_unit_test_setup_teardown(numbers_have_no_gap, open_file, staff_test_close),
        cmocka_unit_test_setup_teardown(another_person_signs_and_nothing_changes, open_file, staff_test_close),
        cmocka_unit_test_setup_teardown(a_signed_act_goes_by_another_with_a_reason, open_file, staff_test_close),
        cmocka_unit_test_setup_teardown(what_stands_in_its_place_may_want_no_act, open_file, staff_test_close),
        cmocka_unit_test_setup_teardown(who_leaves_is_struck_off, open_file, staff_test_close),
        cmocka_unit_test_setup_teardown(a_draft_follows_its_facts, open_file, staff_test_close),
        cmocka_unit_test_setup_teardown(an_agent_reads_what_is_signed, open_file, staff_test_close),
        cmocka_unit_test_setup_teardown(it_is_printed, open_file, staff_test_close),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
