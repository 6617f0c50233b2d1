#include <stdio.h>

#include "core/audit.h"
#include "core/member_act.h"
#include "core/test_town.h"
#include "service/operate/operate.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

static struct test_town test;
static struct db *syndicate;
static struct buf lines;

/* The parent's own answers, over its own tables; of the roles, what they might say. */
static void answer_as_parent(struct test_town *with, const struct web_house *ask, struct web_house *answer)
{
    struct ctx ctx = {.arena = with->arena, .db = syndicate, .now = with->now};
    struct house_ask house = {.kind = ask->kind, .member = ask->member, .words = ask->words,
                              .by = with->town.name, .actor = ask->actor};
    struct house_disk disk = {.free_bytes = 5, .total_bytes = 100};
    struct house_process front = {.role = STR("front"), .member = STR(""), .title = STR(""), .is_up = true,
                                  .has_answered = true, .since_ms = with->now.ms, .memory_bytes = 20000000, .work = 3,
                                  .late_job = STR("")};
    struct house_process mute = {.role = STR("town"), .member = STR("beauval"), .title = STR("Beauval"), .is_up = true,
                                 .since_ms = with->now.ms, .late_job = STR("")};
    struct house_process late = {.role = STR("town"), .member = STR("clairmont"), .title = STR("Clairmont"),
                                 .is_up = true, .has_answered = true, .since_ms = with->now.ms, .late_ms = 5 * 60000,
                                 .late_job = STR("compact"), .tasks = 2, .backup_ms = with->now.ms, .restarts = 4};
    struct house_queue queue = {.member = STR("beauval"), .title = STR("Beauval"),
                                .destination = STR("clairmont.example"),
                                .messages = 12, .bytes = 34000, .oldest_ms = with->now.ms, .next_ms = with->now.ms,
                                .attempts = 7};
    struct house_queue silent = {.member = STR("clairmont"), .title = STR("Clairmont"), .destination = STR(""),
                                 .is_mute = true};
    buf_finish(&lines);
    lines = BUF_INIT(1 << 20);
    if (ask->kind == HOUSE_HEALTH) {
        house_line_add(&lines, &house_disk_shape, &disk);
        house_line_add(&lines, &house_process_shape, &front);
        house_line_add(&lines, &house_process_shape, &mute);
        house_line_add(&lines, &house_process_shape, &late);
    } else if (ask->kind == HOUSE_QUEUES) {
        house_line_add(&lines, &house_queue_shape, &queue);
        house_line_add(&lines, &house_queue_shape, &silent);
    } else {
        assert_int_equal(db_begin(syndicate), OK);
        answer->status = house_ask_answer(&ctx, &house, &lines);
        answer->sentence = ctx.failure.sentence;
        if (answer->status == OK)
            assert_int_equal(db_commit(syndicate, SYNC_FULL), OK);
        else
            db_rollback(syndicate);
    }
    answer->lines = buf_str(&lines);
}

static int set_up(void **state)
{
    (void)state;
    struct str refusal;
    int64_t id;
    test_town_open(&test);
    test.parent = answer_as_parent;
    test.town.name = test.town.place.name = STR("syndicat");
    test.town.domains[0] = STR("syndicat.example");
    struct migrate_plan plan = {.database = DATABASE_SYNDICATE, .sets = migration_sets,
                                .set_count = MIGRATION_SET_COUNT, .now = TEST_NOW};
    assert_int_equal(db_open(NULL, DB_MEMORY, &syndicate), OK);
    assert_int_equal(migrate(syndicate, test.arena, &plan, &refusal), OK);
    struct ctx ctx = {.arena = test.arena, .db = syndicate, .now = TEST_NOW};
    assert_int_equal(db_begin(syndicate), OK);
    assert_int_equal(member_add(&ctx, STR("syndicat"), STR("syndicat.example"), &id), OK);
    assert_int_equal(member_add(&ctx, STR("beauval"), STR("beauval.example"), &id), OK);
    assert_int_equal(db_commit(syndicate, SYNC_FULL), OK);
    test_act_as(&test, test_person(&test, "operateur@syndicat.example", "Exploitation"), ROLE_OPERATOR);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_finish(&lines);
    db_close(syndicate);
    test_town_close(&test);
    return 0;
}

static size_t audit_entries(void)
{
    struct audit_head head;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(audit_head(&ctx, &head), OK);
    return (size_t)head.count;
}

static void members_are_listed_and_added(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/operate", NULL, &body), 200);
    assert_has(body, "/operate/members/beauval");
    assert_has(body, "Vous ne pouvez lire aucun contenu");
    size_t before = audit_entries();
    assert_int_equal(test_page(&test, "/operate/add",
                               TOKEN "title=Rochefleur&name=rochefleur&domain=rochefleur.example&kind=ccas", &body),
                     303);
    assert_int_equal(audit_entries(), before + 1);
    assert_int_equal(test_page(&test, "/operate", NULL, &body), 200);
    assert_has(body, "rochefleur.example");
    assert_int_equal(test_page(&test, "/operate/add",
                               TOKEN "title=R&name=autre&domain=rochefleur.example&kind=commune", &body), 422);
    assert_has(body, "déjà"); /* and what was typed stays */
    assert_has(body, "value=\"autre\"");
    assert_int_equal(test_page(&test, "/operate/add", TOKEN "title=R&name=autre2&domain=r.example&kind=king", &body),
                     422);
    assert_int_equal(audit_entries(), before + 1);
}

static void a_member_is_changed(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/operate/members/beauval", NULL, &body), 200);
    assert_has(body, "action=\"/enter\"");
    assert_int_equal(test_page(&test, "/operate/members/beauval",
                               TOKEN
                               "title=Beauval-le-Haut&kind=commune&insee=2A004&siret=&zone=Europe/Paris&language=en"
                               "&desk=Accueil&phone=01&hours=",
                               &body),
                     303);
    assert_int_equal(test_page(&test, "/operate/members/beauval", NULL, &body), 200);
    assert_has(body, "Beauval-le-Haut");
    assert_has(body, "value=\"2A004\"");
    assert_int_equal(test_page(&test, "/operate/members/beauval",
                               TOKEN "title=Beauval&kind=commune&insee=9&siret=&zone=Europe/Paris&language=fr", &body),
                     422);
    assert_has(body, "value=\"9\"");
    assert_int_equal(test_page(&test, "/operate/members/nowhere", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/operate/members/syndicat", NULL, &body), 200);
    assert_lacks(body, "action=\"/enter\"");
}

static void domains_hosts_and_services_come_and_go(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/operate/members/beauval/domain", TOKEN "domain=mairie-beauval.example", &body),
                     303);
    assert_int_equal(test_page(&test, "/operate/members/beauval/domain", TOKEN "domain=syndicat.example", &body), 409);
    assert_int_equal(test_page(&test, "/operate/members/beauval/host", TOKEN "host=www.beauval.example", &body), 303);
    assert_int_equal(test_page(&test, "/operate/members/beauval/host", TOKEN "host=no/host", &body), 422);
    assert_int_equal(test_page(&test, "/operate/members/beauval/service", TOKEN "service=notice&turn=off", &body), 303);
    assert_int_equal(test_page(&test, "/operate/members/beauval", NULL, &body), 200);
    assert_has(body, "mairie-beauval.example");
    assert_has(body, "www.beauval.example");
    assert_has(body, "Retiré le");
    test.now.ms += 1000;
    assert_int_equal(test_page(&test, "/operate/members/beauval/service", TOKEN "service=notice&turn=on", &body), 303);
    assert_int_equal(test_page(&test, "/operate/members/beauval/service", TOKEN "service=x&turn=on", &body), 404);
}

/* What the towns of these tests are told: each once, by whom, and how it stands in their own audit log. */
static void what_an_operator_does_is_told_to_the_town(void **state)
{
    (void)state;
    struct str body;
    member_act *acts;
    size_t count;
    struct ctx ctx = {.arena = test.arena, .db = syndicate, .now = TEST_NOW};
    assert_int_equal(
        test_page(&test, "/operate/members/beauval/domain", TOKEN "domain=mairie-beauval.example", &body), 303);
    assert_int_equal(test_page(&test, "/operate/members/beauval/host", TOKEN "host=www.beauval.example", &body), 303);
    for (int i = 0; i < 2; i++) /* the second time nothing changes */
        assert_int_equal(test_page(&test, "/operate/members/beauval/service", TOKEN "service=notice&turn=off", &body),
                         303);
    for (int i = 0; i < 2; i++)
        assert_int_equal(test_page(&test, "/operate/members/beauval",
                                   TOKEN "title=Beauval&kind=ccas&insee=&siret=&zone=Europe/Paris&language=en&desk="
                                         "&phone=&hours=",
                                   &body),
                         303);
    assert_int_equal(test_page(&test, "/operate/members/syndicat/service", TOKEN "service=notice&turn=off", &body),
                     303);
    assert_int_equal(member_act_list(&ctx, 1, &acts, &count), OK);
    assert_int_equal(count, 0); /* the syndicate's own log has it already */
    assert_int_equal(member_act_list(&ctx, 2, &acts, &count), OK);
    static const char *const kinds[] = {"member.domain", "member.host", "service.off", "member.set"};
    assert_int_equal(count, sizeof kinds / sizeof kinds[0]);
    for (size_t i = 0; i < count; i++) {
        assert_true(str_eq(acts[i].kind, str_of(kinds[i])));
        assert_true(str_eq(acts[i].actor, STR("somebody@beauval.example")));
    }
    assert_true(str_eq(acts[3].detail, STR("kind ccas; language en")));
    size_t before = audit_entries();
    struct ctx town = test_ctx(&test);
    for (size_t i = 0; i < count; i++)
        acts[i].at_ms++; /* in this test one log is the syndicate's and the town's: another moment, another entry */
    for (size_t i = 0; i < 2 * count; i++)
        assert_int_equal(DO(&test, member_act_note(&town, &acts[i % count])), OK);
    assert_int_equal(audit_entries(), before + count); /* told twice, noted once */
    assert_int_equal(db_begin(syndicate), OK);
    assert_int_equal(member_act_done(&ctx, acts[0].id, acts[0].at_ms), OK); /* another act's answer */
    assert_int_equal(member_act_done(&ctx, acts[1].id, acts[1].at_ms - 1), OK);
    assert_int_equal(db_commit(syndicate, SYNC_FULL), OK);
    assert_int_equal(member_act_list(&ctx, 2, &acts, &count), OK);
    assert_int_equal(count, 3);
}

static void health_says_what_is_not_well(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/operate/health", NULL, &body), 200);
    assert_has(body, "1 processus ne répond pas");
    assert_has(body, "moins d’un dixième");
    assert_has(body, "5 min de retard");
    assert_has(body, "compact");
    assert_has(body, "relancé 4 fois");
    assert_has(body, "3 connexions ouvertes");
    assert_has(body, "2 changements attendent");
}

static void queues_show_no_person(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/operate/queues", NULL, &body), 200);
    assert_has(body, "clairmont.example");
    assert_has(body, "12 messages attendent");
    assert_has(body, "1 membre ne répond pas");
    assert_has(body, "Clairmont</th><td colspan=\"6\">");
    size_t at = str_find(body, STR("<main"));
    assert_true(at != SIZE_MAX);
    assert_true(str_find_byte(str_after(body, at), '@') == SIZE_MAX);
}

static void nobody_else_may(void **state)
{
    (void)state;
    struct str body;
    static const char *const paths[] = {"/operate", "/operate/add", "/operate/members/beauval", "/operate/health",
                                        "/operate/queues"};
    test.parent = NULL; /* never asked */
    for (int role = ROLE_AGENT; role <= ROLE_ADMINISTRATOR; role++) {
        test_act_as(&test, 1, (enum role)role);
        for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
            assert_int_equal(test_page(&test, paths[i], NULL, &body), 403);
        assert_int_equal(test_page(&test, "/operate/members/beauval/service", TOKEN "service=mail&turn=off", &body),
                         403);
    }
    test_act_as(&test, 1, ROLE_OPERATOR);
    assert_int_equal(test_page(&test, "/people", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/people/audit", NULL, &body), 403);
}

static void questions_of_the_wrong_form_are_refused(void **state)
{
    (void)state;
    struct ctx ctx = {.arena = test.arena, .db = syndicate, .now = TEST_NOW};
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    struct house_ask asks[] = {{.kind = 0, .member = STR("beauval"), .words = STR("")},
                               {.kind = HOUSE_HEALTH, .member = STR("beauval"), .words = STR("")},
                               {.kind = HOUSE_OPT, .member = STR("beauval"), .words = STR("mail")},
                               {.kind = HOUSE_ADD, .member = STR(""), .words = STR("{}x")},
                               {.kind = HOUSE_SET, .member = STR("beauval"), .words = STR("[")}};
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++)
        assert_int_equal(house_ask_answer(&ctx, &asks[i], &out), INVALID);
    assert_true(house_ask_is_change(HOUSE_OPT) && !house_ask_is_change(HOUSE_MEMBER));
}

/* A town taken over learns of no other, and changes none. */
static void a_town_asks_about_itself_alone(void **state)
{
    (void)state;
    struct str own = STR("beauval"), other = STR("clairmont");
    for (int64_t kind = 0; kind <= HOUSE_SILENCE + 1; kind++) {
        bool is_own_kind = kind == HOUSE_MEMBER || kind == HOUSE_OPT;
        assert_int_equal(house_ask_is_allowed(kind, false, own, own), is_own_kind);
        assert_false(house_ask_is_allowed(kind, false, other, own));
        assert_false(house_ask_is_allowed(kind, false, STR(""), STR("")));
        assert_int_equal(house_ask_is_allowed(kind, true, other, own),
                         !house_ask_is_of_model(kind) && !house_ask_is_of_provider(kind));
    }
}

/* The first syndicate among the members runs the house; a later one is a member like others. */
static void one_member_runs_the_house(void **state)
{
    (void)state;
    member_row *rows;
    size_t count;
    struct place place;
    int64_t id;
    struct ctx ctx = {.arena = test.arena, .db = syndicate, .now = TEST_NOW};
    assert_int_equal(db_begin(syndicate), OK);
    assert_int_equal(member_add(&ctx, STR("eaux"), STR("eaux.example"), &id), OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(member_list(&ctx, &rows, &count), OK);
        for (size_t j = 0; j < count; j++) {
            assert_int_equal(member_place(&ctx, &rows[j], &place), OK);
            assert_int_equal(place.runs_house, i == 1 && str_eq(rows[j].name, STR("syndicat")));
        }
        struct sql_member_set set = {.title = STR("S"), .kind = STR("syndicate"), .insee = STR(""), .siret = STR(""),
                                     .zone = STR("Europe/Paris"), .language = STR("fr"), .desk = STR(""),
                                     .phone = STR(""), .hours = STR("")};
        for (size_t j = 0; j < count; j++) {
            set.id = rows[j].id;
            if (!str_eq(rows[j].name, STR("beauval")))
                assert_int_equal(member_set(&ctx, &set), OK);
        }
    }
    assert_int_equal(db_commit(syndicate, SYNC_FULL), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(members_are_listed_and_added, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_member_is_changed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(domains_hosts_and_services_come_and_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_an_operator_does_is_told_to_the_town, set_up, tear_down),
        cmocka_unit_test_setup_teardown(health_says_what_is_not_well, set_up, tear_down),
        cmocka_unit_test_setup_teardown(queues_show_no_person, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobody_else_may, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_town_asks_about_itself_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_member_runs_the_house, set_up, tear_down),
        cmocka_unit_test_setup_teardown(questions_of_the_wrong_form_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
