#include <stdio.h>

#include "core/group.h"
#include "core/house_ask.h"
#include "core/people_task.h"
#include "core/setting.h"
#include "core/test_town.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

static struct test_town test;
static int64_t head, agent;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    head = test_person(&test, "direction@beauval.example", "Direction générale");
    agent = test_person(&test, "accueil@beauval.example", "Accueil");
    test_act_as(&test, head, ROLE_ADMINISTRATOR);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

static size_t tasks(void)
{
    people_task_row *rows;
    size_t count;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(people_task_after(&ctx, 0, &rows, &count), OK);
    return count;
}

static void adds_and_owes_auth_the_news(void **state)
{
    (void)state;
    struct str body;
    person_row person;
    assert_int_equal(test_page(&test, "/people", TOKEN "name=R%C3%A9gie&address=regie&role=agent", &body), 200);
    assert_has(body, "regie@beauval.example");
    assert_has(body, "<code>");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(person_by_address(&ctx, STR("Regie@Beauval.example"), &person), OK);
    assert_int_equal(tasks(), 2);
    assert_int_equal(test_page(&test, "/people", TOKEN "name=R&address=regie&role=agent", &body), 422);
    assert_int_equal(tasks(), 2);
}

static void changes_somebody(void **state)
{
    (void)state;
    struct str body;
    char path[64];
    person_row person;
    snprintf(path, sizeof path, "/people/%lld", (long long)agent);
    assert_int_equal(test_page(&test, path, TOKEN "name=Guichet&department=Accueil&quota=5&role=administrator", &body),
                     303);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(person_get(&ctx, agent, &person), OK);
    assert_true(str_eq(person.display_name, STR("Guichet")));
    assert_int_equal(person.is_active, 0);
    assert_int_equal(person.quota_bytes, INT64_C(5000000000));
    assert_int_equal(person.role, ROLE_ADMINISTRATOR);
    assert_int_equal(tasks(), 1);
}

static void nobody_locks_themselves_out(void **state)
{
    (void)state;
    struct str body;
    char path[64];
    snprintf(path, sizeof path, "/people/%lld", (long long)head);
    assert_int_equal(test_page(&test, path, TOKEN "name=D&quota=0&role=administrator", &body), 422);
    assert_int_equal(tasks(), 0);
}

static void groups_lead_to_their_members(void **state)
{
    (void)state;
    struct str body;
    int64_t *people;
    size_t count;
    char path[64], form[200];
    assert_int_equal(test_page(&test, "/people/groups", TOKEN "name=Tous&address=tous", &body), 303);
    snprintf(path, sizeof path, "%.*s", STR_ARG(body));
    snprintf(form, sizeof form, TOKEN "name=Tous&person=%lld&person=%lld&person=999", (long long)head,
             (long long)agent);
    assert_int_equal(test_page(&test, path, form, &body), 303);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(person_resolve(&ctx, STR("tous@beauval.example"), &people, &count), OK);
    assert_int_equal(count, 2);
    snprintf(form, sizeof form, "%s/delete", path);
    assert_int_equal(test_page(&test, form, TOKEN, &body), 303);
    assert_int_equal(person_resolve(&ctx, STR("tous@beauval.example"), &people, &count), NOT_FOUND);
}

static void aliases_come_and_go(void **state)
{
    (void)state;
    struct str body;
    char form[200];
    int64_t *people;
    size_t count;
    struct ctx ctx = test_ctx(&test);
    snprintf(form, sizeof form, TOKEN "address=mairie&person=%lld", (long long)agent);
    assert_int_equal(test_page(&test, "/people/aliases", form, &body), 303);
    assert_int_equal(person_resolve(&ctx, STR("mairie@beauval.example"), &people, &count), OK);
    assert_int_equal(test_page(&test, "/people/aliases", form, &body), 422);
    assert_int_equal(test_page(&test, "/people/aliases/drop", TOKEN "address=mairie@beauval.example", &body), 303);
    assert_int_equal(person_resolve(&ctx, STR("mairie@beauval.example"), &people, &count), NOT_FOUND);
}

static void acts_and_mandates_are_shown(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/people", TOKEN "name=R&address=regie&role=agent", &body), 200);
    assert_int_equal(test_page(&test, "/people/audit", NULL, &body), 200);
    assert_has(body, "Personne ajoutée");
    assert_has(body, "regie@beauval.example");
    assert_int_equal(test_page(&test, "/people/mandates", TOKEN "operator=op@syndicat.example&reason=&hours=2", &body),
                     422);
    assert_int_equal(test_page(&test, "/people/mandates",
                               TOKEN "operator=op@syndicat.example&reason=Panne&hours=2", &body), 303);
    assert_int_equal(test_page(&test, "/people/mandates", NULL, &body), 200);
    assert_has(body, "op@syndicat.example");
    assert_int_equal(test_page(&test, "/people/mandates/1/end", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/people/audit", NULL, &body), 200);
    assert_has(body, "Mandat terminé");
}

static people_task_row last_task(void)
{
    people_task_row *rows;
    size_t count;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(people_task_after(&ctx, 0, &rows, &count), OK);
    assert_true(count > 0);
    return rows[count - 1];
}

static void ends_what_somebody_is_signed_in_to(void **state)
{
    (void)state;
    struct str body;
    char path[64];
    snprintf(path, sizeof path, "/people/%lld/sessions", (long long)agent);
    assert_int_equal(test_page(&test, path, TOKEN, &body), 303);
    assert_int_equal(last_task().kind, PEOPLE_ACT);
    assert_int_equal(last_task().person, agent);
    assert_int_equal(last_task().role, AUTH_END_SESSIONS);
    snprintf(path, sizeof path, "/people/%lld/second", (long long)agent);
    assert_int_equal(test_page(&test, path, TOKEN, &body), 303);
    assert_int_equal(last_task().role, AUTH_SECOND_OFF);
    size_t before = tasks();
    snprintf(path, sizeof path, "/people/%lld/second", (long long)head);
    assert_int_equal(test_page(&test, path, TOKEN, &body), 403); /* one's own needs one's password */
    assert_int_equal(test_page(&test, "/people/999/sessions", TOKEN, &body), 404);
    assert_int_equal(tasks(), before);
    assert_int_equal(test_page(&test, "/people/audit", NULL, &body), 200);
    assert_has(body, "Second facteur retiré");
}

/* A parent that knows of two services of Beauval, and what it was asked to change. */
static char asked[100];

static void answer_as_parent(struct test_town *with, const struct web_house *ask, struct web_house *answer)
{
    static struct buf lines;
    struct house_member member = {.name = STR("beauval"), .title = STR("Beauval"), .kind = STR("commune"),
                                  .insee = STR(""), .siret = STR(""), .zone = STR("Europe/Paris"),
                                  .language = STR("fr"), .desk = STR(""), .phone = STR(""), .hours = STR(""),
                                  .domains = STR("beauval.example"), .hosts = STR(""), .services = STR("mail")};
    struct house_service on = {.name = STR("mail"), .is_on = true, .since_ms = with->now.ms};
    struct house_service off = {.name = STR("notice"), .since_ms = 1, .until_ms = with->now.ms};
    buf_finish(&lines);
    lines = BUF_INIT(10000);
    assert_true(str_eq(ask->member, STR("beauval")));
    snprintf(asked, sizeof asked, "%d %.*s", (int)ask->kind, STR_ARG(ask->words));
    house_line_add(&lines, &house_member_shape, &member);
    house_line_add(&lines, &house_service_shape, &on);
    house_line_add(&lines, &house_service_shape, &off);
    answer->status = str_eq(ask->words, STR("on nothing")) ? NOT_FOUND : OK;
    answer->sentence = answer->status == OK ? T_none : T_service_unknown;
    answer->lines = buf_str(&lines);
}

/* An administrator of the town that runs the house is no operator, and gets no way to be one. */
static void an_operators_access_is_no_administrators(void **state)
{
    (void)state;
    struct str body;
    char path[64];
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, person_set(&ctx, &(struct person_change){.id = agent,
                                                                        .display_name = STR("Exploitation"),
                                                                        .department = STR(""),
                                                                        .is_active = true,
                                                                        .role = ROLE_OPERATOR})),
                     OK);
    size_t before = tasks();
    static const char *const acts[] = {"reset", "second"};
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "/people/%lld/%s", (long long)agent, acts[i]);
        assert_int_equal(test_page(&test, path, TOKEN, &body), 403);
        snprintf(path, sizeof path, "/people/%lld/%s", (long long)head, "reset");
    }
    snprintf(path, sizeof path, "/people/%lld", (long long)agent);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_true(str_find(body, STR("/reset\"")) == SIZE_MAX);
    snprintf(path, sizeof path, "/people/%lld", (long long)agent);
    assert_int_equal(test_page(&test, path, TOKEN "name=Exploitation&active=yes&role=administrator", &body), 303);
    person_row person;
    assert_int_equal(person_get(&ctx, agent, &person), OK);
    assert_int_equal(person.role, ROLE_OPERATOR);
    assert_int_equal(tasks(), before + 1);
}

static void services_are_opted_into_and_out_of(void **state)
{
    (void)state;
    struct str body;
    test.parent = answer_as_parent;
    assert_int_equal(test_page(&test, "/people/services", NULL, &body), 200);
    assert_has(body, "Depuis le lundi 23 novembre");
    assert_has(body, "Retiré le lundi 23 novembre");
    assert_int_equal(test_page(&test, "/people/services", TOKEN "service=mail&turn=off", &body), 303);
    assert_string_equal(asked, "2 off mail");
    assert_int_equal(test_page(&test, "/people/services", TOKEN "service=nothing&turn=on", &body), 404);
    assert_has(body, "Aucun service");
    assert_int_equal(test_page(&test, "/people/services", TOKEN "service=mail&turn=round", &body), 422);
    assert_int_equal(test_page(&test, "/people/audit", NULL, &body), 200);
    assert_has(body, "Service retiré");
    assert_lacks(body, "Service inscrit"); /* what was refused is no act */
}

static void account_passwords_open_mail_programs_when_the_town_says_so(void **state)
{
    (void)state;
    struct str body;
    bool is_allowed = true;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(setting_mail_password(&ctx, &is_allowed), OK);
    assert_false(is_allowed);
    assert_int_equal(test_page(&test, "/people/services/mail-password", TOKEN "allowed=perhaps", &body), 422);
    assert_int_equal(tasks(), 0);
    assert_int_equal(test_page(&test, "/people/services/mail-password", TOKEN "allowed=yes", &body), 303);
    assert_int_equal(setting_mail_password(&ctx, &is_allowed), OK);
    assert_true(is_allowed);
    assert_int_equal(last_task().kind, PEOPLE_MAIL_PASSWORD);
    assert_true(last_task().is_active);
    assert_int_equal(test_page(&test, "/people/services/mail-password", TOKEN "allowed=yes", &body), 303);
    assert_int_equal(tasks(), 1); /* nothing new */
    test.parent = answer_as_parent;
    assert_int_equal(test_page(&test, "/people/services", NULL, &body), 200);
    assert_has(body, "value=\"yes\" checked");
}

static void quotas_are_set_for_each_mailbox(void **state)
{
    (void)state;
    struct str body;
    char form[128];
    person_row person;
    struct ctx ctx = test_ctx(&test);
    snprintf(form, sizeof form, TOKEN "person=%lld&quota=3", (long long)agent);
    assert_int_equal(test_page(&test, "/people/quotas", form, &body), 303);
    assert_int_equal(person_get(&ctx, agent, &person), OK);
    assert_int_equal(person.quota_bytes, INT64_C(3000000000));
    assert_true(str_eq(person.display_name, STR("Accueil")));
    assert_int_equal(test_page(&test, "/people/quotas", NULL, &body), 200);
    assert_has(body, "value=\"3\"");
    assert_has(body, "<progress max=\"100\" value=\"0\"");
    snprintf(form, sizeof form, TOKEN "person=%lld&quota=10001", (long long)agent);
    assert_int_equal(test_page(&test, "/people/quotas", form, &body), 422);
    assert_int_equal(test_page(&test, "/people/quotas", TOKEN "person=999&quota=1", &body), 404);
}

static void the_head_is_printed_with_its_day(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/people/audit/print", NULL, &body), 200);
    assert_has(body, "parvis town verify beauval --head ");
    assert_has(body, "23 novembre 2026");
}

static void an_agent_sees_none_of_it(void **state)
{
    (void)state;
    struct str body;
    test_act_as(&test, agent, ROLE_AGENT);
    static const char *const paths[] = {"/people", "/people/1", "/people/groups", "/people/groups/1", "/people/aliases",
                                        "/people/audit", "/people/mandates", "/people/quotas", "/people/services"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        assert_int_equal(test_page(&test, paths[i], NULL, &body), 403);
        assert_int_equal(test_page(&test, paths[i], TOKEN "name=x&address=x", &body), 403);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(adds_and_owes_auth_the_news, set_up, tear_down),
        cmocka_unit_test_setup_teardown(changes_somebody, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobody_locks_themselves_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(groups_lead_to_their_members, set_up, tear_down),
        cmocka_unit_test_setup_teardown(aliases_come_and_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(acts_and_mandates_are_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ends_what_somebody_is_signed_in_to, set_up, tear_down),
        cmocka_unit_test_setup_teardown(account_passwords_open_mail_programs_when_the_town_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_operators_access_is_no_administrators, set_up, tear_down),
        cmocka_unit_test_setup_teardown(services_are_opted_into_and_out_of, set_up, tear_down),
        cmocka_unit_test_setup_teardown(quotas_are_set_for_each_mailbox, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_head_is_printed_with_its_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_agent_sees_none_of_it, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
