#include "core/audit.h"
#include "core/group.h"
#include "core/mandate.h"
#include "core/people_task.h"
#include "core/test_town.h"

static struct test_town test;
#define OPERATOR STR("operateur@syndicat.example")

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    test_act_as(&test, test_person(&test, "mairie@beauval.example", "Secrétariat"), ROLE_ADMINISTRATOR);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

static enum status give(struct str operator, struct str reason, int64_t hours, int64_t *ret_id)
{
    struct ctx ctx = test_ctx(&test);
    return DO(&test, mandate_give(&ctx, operator, reason, hours, ret_id));
}

static mandate_row newest(void)
{
    mandate_row *rows;
    size_t count;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(mandate_list(&ctx, &rows, &count), OK);
    assert_true(count > 0);
    return rows[0];
}

static void a_mandate_has_a_reason_and_an_end(void **state)
{
    (void)state;
    int64_t id;
    audit_row *log;
    people_task_row *tasks;
    size_t count;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(give(OPERATOR, STR("import stopped"), 2, &id), OK);
    assert_true(mandate_is_open(&(mandate_row){.ends_ms = newest().ends_ms}, test.now));
    assert_false(mandate_is_open(&(mandate_row){.ends_ms = newest().ends_ms}, (struct instant){test.now.ms + 7200000}));
    assert_true(str_eq(newest().giver, STR("mairie@beauval.example")));
    assert_int_equal(audit_list(&ctx, 0, &log, &count), OK);
    assert_true(str_eq(log[0].kind, STR("mandate.give")) && str_eq(log[0].detail, STR("import stopped")));
    assert_int_equal(people_task_after(&ctx, 0, &tasks, &count), OK);
    assert_int_equal(tasks[count - 1].kind, PEOPLE_MANDATE);
    assert_int_equal(tasks[count - 1].person, id);
}

static void it_ends_before_its_time(void **state)
{
    (void)state;
    int64_t id;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(give(OPERATOR, STR("x"), 2, &id), OK);
    assert_int_equal(DO(&test, mandate_end(&ctx, id)), OK);
    mandate_row row = newest();
    assert_false(mandate_is_open(&row, test.now));
    assert_int_equal(DO(&test, mandate_end(&ctx, id)), NOT_FOUND);
    assert_int_equal(DO(&test, mandate_end(&ctx, id + 1)), NOT_FOUND);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    int64_t id;
    assert_int_equal(give(STR("accueil@beauval.example"), STR("x"), 1, &id), INVALID);
    assert_int_equal(give(STR("@b"), STR("x"), 1, &id), INVALID);
    assert_int_equal(give(OPERATOR, STR("  "), 1, &id), INVALID);
    assert_int_equal(give(OPERATOR, STR("x"), 0, &id), INVALID);
    assert_int_equal(give(OPERATOR, STR("x"), MANDATE_HOURS_MAX + 1, &id), INVALID);
    assert_int_equal(give(OPERATOR, STR("x"), MANDATE_HOURS_MAX, &id), OK);
}

static void only_an_administrator_of_the_town_gives_one(void **state)
{
    (void)state;
    int64_t id;
    test.actor.mandate = 5;
    assert_int_equal(give(OPERATOR, STR("x"), 1, &id), DENIED);
    test_act_as(&test, test.actor.person, ROLE_AGENT);
    assert_int_equal(give(OPERATOR, STR("x"), 1, &id), DENIED);
    test_act_as(&test, test.actor.person, ROLE_OPERATOR);
    assert_int_equal(give(OPERATOR, STR("x"), 1, &id), DENIED);
    test.actor = (struct actor){.address = STR(""), .name = STR("")};
    assert_int_equal(give(OPERATOR, STR("x"), 1, &id), DENIED);
}

static void it_runs_for_its_operator_until_its_end(void **state)
{
    (void)state;
    int64_t id;
    struct mandate_running running;
    assert_int_equal(give(OPERATOR, STR("import stopped"), 1, &id), OK);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(mandate_running(&ctx, id, OPERATOR, &running), OK);
    assert_true(str_eq(running.reason, STR("import stopped")));
    assert_int_equal(running.ends.ms, test.now.ms + 3600 * 1000);
    assert_int_equal(mandate_running(&ctx, id, STR("autre@syndicat.example"), &running), GONE);
    assert_int_equal(mandate_running(&ctx, id + 1, OPERATOR, &running), GONE);
    ctx.now.ms += 3600 * 1000 - 1;
    assert_int_equal(mandate_running(&ctx, id, OPERATOR, &running), OK);
    ctx.now.ms += 1;
    assert_int_equal(mandate_running(&ctx, id, OPERATOR, &running), GONE);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, mandate_end(&ctx, id)), OK);
    assert_int_equal(mandate_running(&ctx, id, OPERATOR, &running), GONE);
}

/* Each of these would let an operator read somebody's mail in the end. */
static void nothing_under_it_opens_mail(void **state)
{
    (void)state;
    int64_t person = test_person(&test, "accueil@beauval.example", "Accueil"), id = 0, group = 0;
    struct str code;
    struct ctx ctx = test_ctx(&test);
    struct person_change change = {.id = person, .display_name = STR("Guichet"), .department = STR(""),
                                   .is_active = true, .role = ROLE_ADMINISTRATOR};
    assert_int_equal(DO(&test, group_add(&ctx, STR("tous@beauval.example"), STR("Tous"), &group)), OK);
    ctx.actor = (struct actor){.rights = PERMISSION_ADMINISTER, .address = OPERATOR, .name = STR(""), .mandate = 5};
    assert_int_equal(DO(&test, person_invite(&ctx, STR("x@beauval.example"), STR("X"), ROLE_AGENT, &id, &code)),
                     DENIED);
    assert_int_equal(DO(&test, person_add(&ctx, STR("x@beauval.example"), STR("X"), &id)), DENIED);
    assert_int_equal(DO(&test, person_reset(&ctx, person, &code)), DENIED);
    assert_int_equal(DO(&test, person_second_off(&ctx, person)), DENIED);
    assert_int_equal(DO(&test, person_add_alias(&ctx, STR("x@beauval.example"), person)), DENIED);
    assert_int_equal(DO(&test, person_drop_alias(&ctx, STR("x@beauval.example"))), DENIED);
    assert_int_equal(DO(&test, group_add(&ctx, STR("x@beauval.example"), STR("X"), &id)), DENIED);
    assert_int_equal(DO(&test, group_set(&ctx, group, STR("Tous"), &person, 1)), DENIED);
    assert_int_equal(DO(&test, group_delete(&ctx, group)), DENIED);
    assert_int_equal(DO(&test, person_set(&ctx, &change)), DENIED);
    change.role = ROLE_AGENT;
    change.quota_bytes = 1000;
    assert_int_equal(DO(&test, person_set(&ctx, &change)), OK); /* a quota opens nothing */
    audit_row *log;
    size_t count;
    assert_int_equal(audit_list(&ctx, 0, &log, &count), OK);
    assert_true(str_eq(log[0].kind, STR("person.set")) && log[0].mandate == 5 && str_eq(log[0].actor, OPERATOR));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(a_mandate_has_a_reason_and_an_end), CASE(it_ends_before_its_time),
                                       CASE(what_does_not_fit_is_refused),
                                       CASE(it_runs_for_its_operator_until_its_end), CASE(nothing_under_it_opens_mail),
                                       CASE(only_an_administrator_of_the_town_gives_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
