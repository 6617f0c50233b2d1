#include "core/test_town.h"

#include <stdio.h>

#include "core/audit.h"
#include "core/export.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/right/right_rows.h"
#include "service/accounting/right/signatory.h"
#include "service/accounting/right/unit.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

static struct test_town test;
static int64_t clerk, mayor;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    clerk = test_person(&test, "finances@beauval.example", "Service des finances");
    mayor = test_person(&test, "maire@beauval.example", "Cabinet du maire");
    test_act_as(&test, clerk, ROLE_AGENT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

static void act_as(int64_t person, enum role role)
{
    test_act_as(&test, person, role);
}

static unsigned held_of(int64_t person)
{
    struct ctx ctx = test_ctx(&test);
    unsigned held = 0;
    assert_int_equal(right_of(&ctx, person, &held), OK);
    return held;
}

static int64_t acts_in_the_log(void)
{
    struct ctx ctx = test_ctx(&test);
    struct audit_head head;
    assert_int_equal(audit_head(&ctx, &head), OK);
    return head.count;
}

static void nobody_has_a_right_but_administrators_two(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    unsigned held;
    assert_int_equal(held_of(clerk), 0);
    for (unsigned right = RIGHT_READ; right <= RIGHT_SIGN; right <<= 1) {
        assert_int_equal(right_need(&ctx, right), DENIED);
        assert_string_equal(ctx.failure.code, "accounting.right");
    }
    assert_int_equal(right_of(&ctx, 999, &held), NOT_FOUND);
    act_as(clerk, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(right_need(&ctx, RIGHT_READ), OK);
    assert_int_equal(right_need(&ctx, RIGHT_PREPARE), OK);
    assert_int_equal(right_need(&ctx, RIGHT_ENGAGE | RIGHT_SIGN), DENIED);
    assert_true(ctx.failure.sentence == T_accounting_lacks_engage); /* the first that lacks is named */
    assert_int_equal(right_held(&ctx, &held), OK);
    assert_int_equal(held, RIGHT_READ | RIGHT_PREPARE);
}

static void what_is_given_holds_and_brings_reading(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    int64_t before = acts_in_the_log();
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_ORDER)), OK);
    assert_int_equal(held_of(clerk), RIGHT_ORDER | RIGHT_READ);
    assert_int_equal(right_need(&ctx, RIGHT_ORDER), OK);
    assert_int_equal(right_need(&ctx, RIGHT_PREPARE | RIGHT_ORDER), OK);
    assert_int_equal(right_need(&ctx, RIGHT_PREPARE), DENIED);
    assert_int_equal(acts_in_the_log(), before + 1);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_ORDER)), OK); /* the same again */
    assert_int_equal(acts_in_the_log(), before + 1);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHTS_ALL)), OK);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHTS_ALL + 1)), INVALID);
    assert_int_equal(DO(&test, right_set(&ctx, 999, RIGHT_READ)), NOT_FOUND);
    assert_int_equal(held_of(clerk), RIGHTS_ALL);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, 0)), OK);
    assert_int_equal(held_of(clerk), 0);
}

/* What an administrator was not given in so many words is gone once something was. */
static void an_administrator_can_be_left_without(void **state)
{
    (void)state;
    act_as(clerk, ROLE_ADMINISTRATOR);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ)), OK);
    assert_int_equal(right_need(&ctx, RIGHT_PREPARE), DENIED);
    assert_int_equal(right_need(&ctx, RIGHT_READ), OK);
}

static void whoever_is_suspended_holds_none(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct person_change change = {.id = clerk, .display_name = STR("Service des finances"), .department = STR(""),
                                   .role = ROLE_AGENT};
    unsigned given;
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_SIGN)), OK);
    assert_int_equal(DO(&test, person_set(&ctx, &change)), OK);
    assert_int_equal(held_of(clerk), 0);
    assert_int_equal(right_given(&ctx, clerk, false, &given), OK);
    assert_int_equal(given, RIGHT_SIGN | RIGHT_READ);
}

/* An operator under a mandate may have the number of somebody of the town. */
static void a_mandate_gives_no_more_than_at_first(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHTS_ALL)), OK);
    act_as(clerk, ROLE_ADMINISTRATOR);
    test.actor.mandate = 1;
    ctx = test_ctx(&test);
    assert_int_equal(right_need(&ctx, RIGHT_SIGN), DENIED);
    assert_int_equal(right_need(&ctx, RIGHT_PREPARE), OK);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, 0)), DENIED);
    assert_int_equal(DO(&test, right_set_apart(&ctx, false)), DENIED);
    assert_int_equal(held_of(clerk), RIGHTS_ALL);
}

static void attesting_and_signing_stay_apart(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    bool is_apart = false;
    int64_t before = acts_in_the_log();
    assert_int_equal(right_apart(&ctx, &is_apart), OK);
    assert_true(is_apart);
    assert_int_equal(right_need_apart(&ctx, clerk), DENIED);
    assert_string_equal(ctx.failure.code, "accounting.apart");
    assert_int_equal(right_need_apart(&ctx, mayor), OK);
    assert_int_equal(DO(&test, right_set_apart(&ctx, true)), OK);
    assert_int_equal(acts_in_the_log(), before);
    assert_int_equal(DO(&test, right_set_apart(&ctx, false)), OK);
    assert_int_equal(acts_in_the_log(), before + 1);
    assert_int_equal(right_need_apart(&ctx, clerk), OK);
    assert_int_equal(DO(&test, right_set_apart(&ctx, true)), OK);
    assert_int_equal(right_need_apart(&ctx, clerk), DENIED);
}

static void rights_are_given_on_a_page(void **state)
{
    (void)state;
    struct str body;
    char form[200];
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_lacks(body, "/accounting/people");
    assert_lacks(body, "/accounting/services");
    assert_int_equal(test_page(&test, "/accounting/people", NULL, &body), 403);
    snprintf(form, sizeof form, TOKEN "person=%lld&right=16&right=32", (long long)clerk);
    assert_int_equal(test_page(&test, "/accounting/people", form, &body), 403);
    act_as(mayor, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_has(body, "/accounting/people");
    assert_int_equal(test_page(&test, "/accounting/people", form, &body), 303);
    assert_int_equal(held_of(clerk), RIGHT_READ | RIGHT_ORDER | RIGHT_SIGN);
    assert_int_equal(test_page(&test, "/accounting/people?saved=1&f=FINANCES", NULL, &body), 200);
    assert_has(body, "value=\"32\" checked");
    assert_has(body, "Service des finances");
    assert_lacks(body, "Cabinet du maire");
    assert_int_equal(test_page(&test, "/accounting/people?f=personne", NULL, &body), 200);
    assert_lacks(body, "name=\"right\"");
    assert_int_equal(test_page(&test, "/accounting/people/apart", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/people", NULL, &body), 200);
    assert_lacks(body, "value=\"yes\" checked");
    assert_int_equal(test_page(&test, "/accounting/people/apart", TOKEN "apart=yes", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/people", NULL, &body), 200);
    assert_has(body, "value=\"yes\" checked");
}

struct copy {
    struct buf text[RIGHT_ROWS];
};

static void a_town_leaves_with_its_rights(void **state)
{
    (void)state;
    struct copy copy = {0};
    int64_t unit, id, next;
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(ctx.arena);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_SIGN)), OK);
    assert_int_equal(DO(&test, right_set_apart(&ctx, false)), OK);
    assert_int_equal(DO(&test, unit_add(&ctx, STR("ecoles"), STR("\xc3\x89" "coles"), &unit)), OK);
    struct signatory one = {.person = clerk, .unit = unit, .rights = RIGHT_SIGN, .limit = {500000},
                            .since = date_of(2026, 3, 12), .reference = STR("arr\xc3\xaat\xc3\xa9 2026-012")};
    assert_int_equal(DO(&test, signatory_add(&ctx, &one, faults, &id)), OK);
    for (size_t i = 0; i < RIGHT_ROWS; i++) {
        copy.text[i] = BUF_INIT(1 << 20);
        assert_int_equal(export_write(&ctx, &right_rows[i], 0, &copy.text[i], &next), OK);
        assert_int_equal(next, -1);
    }
    tear_down(state);
    test_town_open(&test);
    mayor = test_person(&test, "maire@beauval.example", "Cabinet du maire"); /* other numbers than before */
    clerk = test_person(&test, "finances@beauval.example", "Service des finances");
    act_as(clerk, ROLE_AGENT);
    struct ctx other = test_ctx(&test);
    for (size_t i = 0; i < RIGHT_ROWS; i++) {
        struct str rest = buf_str(&copy.text[i]), piece;
        assert_int_equal(export_piece(&right_rows[i], true, &rest, &piece), OK);
        assert_int_equal(DO(&test, export_take(&other, &right_rows[i], piece)), OK);
        buf_finish(&copy.text[i]);
    }
    assert_int_equal(held_of(clerk), RIGHT_SIGN | RIGHT_READ);
    assert_int_equal(right_need_apart(&other, clerk), OK);
    struct signatory *all;
    size_t count;
    assert_int_equal(signatory_list(&other, &all, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(all[0].person, clerk);
    assert_int_equal(all[0].limit.cents, 500000);
    assert_true(str_eq(all[0].unit_code, STR("ECOLES")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_has_a_right_but_administrators_two, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_given_holds_and_brings_reading, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_administrator_can_be_left_without, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whoever_is_suspended_holds_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mandate_gives_no_more_than_at_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(attesting_and_signing_stay_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rights_are_given_on_a_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_town_leaves_with_its_rights, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
