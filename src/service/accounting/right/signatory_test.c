#include "core/test_town.h"

#include <stdio.h>

#include "service/accounting/right/signatory.h"
#include "service/accounting/right/unit.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

enum { ARENA = 8 << 20, MAYOR = 1, DEPUTY = 2, SCHOOLS = 7, ROADS = 8 };

static struct test_town test;
static struct arena *arena;
static int64_t person;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    person = test_person(&test, "finances@beauval.example", "Service des finances");
    test_act_as(&test, person, ROLE_ADMINISTRATOR);
    arena = arena_create(ARENA);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    arena_destroy(&arena);
    return 0;
}

/* The mayor signs all; a deputy engages and attests for schools up to 5,000.00 from 12 March 2026 to year's end. */
static size_t some(struct signatory ret_all[3])
{
    ret_all[0] = (struct signatory){.person = MAYOR, .rights = RIGHT_ENGAGE | RIGHT_SIGN, .is_head = true,
                                    .since = date_of(2026, 1, 1), .reference = STR(""), .unit_code = STR("")};
    ret_all[1] = (struct signatory){.person = DEPUTY, .unit = SCHOOLS, .rights = RIGHT_ENGAGE, .limit = {500000},
                                    .since = date_of(2026, 3, 12), .until = date_of(2026, 12, 31),
                                    .reference = STR("2026-012"), .unit_code = STR("ECOLES")};
    ret_all[2] = ret_all[1];
    ret_all[2].limit.cents = 100; /* an older, smaller one beside it */
    return 3;
}

/* "": covered; else the one rule that says why not. */
static struct str refusal_of(struct signatory_act act)
{
    struct signatory all[3];
    size_t count = some(all);
    struct faults *faults = faults_new(arena);
    bool is_covered = signatory_covers(all, count, &act, faults);
    assert_int_equal(faults->found, is_covered ? 0 : 1);
    return is_covered ? STR("") : faults->kept[0].rule;
}

#define assert_refusal(rule, ...)                                                                                      \
    do {                                                                                                               \
        struct str said_ = refusal_of((struct signatory_act){__VA_ARGS__});                                            \
        if (!str_eq(said_, STR(rule)))                                                                                 \
            fail_msg("%.*s instead of %s", STR_ARG(said_), rule);                                                      \
    } while (0)

static void a_delegation_covers_up_to_its_limits(void **state)
{
    (void)state;
    struct date first = date_of(2026, 3, 12), last = date_of(2026, 12, 31), before = {first.days - 1};
    struct date after = {last.days + 1};
    assert_refusal("", DEPUTY, SCHOOLS, RIGHT_ENGAGE, {500000}, first);
    assert_refusal("", DEPUTY, SCHOOLS, RIGHT_ENGAGE, {500000}, last);
    assert_refusal("signatory.limit", DEPUTY, SCHOOLS, RIGHT_ENGAGE, {500001}, first);
    assert_refusal("signatory.day", DEPUTY, SCHOOLS, RIGHT_ENGAGE, {1}, before);
    assert_refusal("signatory.day", DEPUTY, SCHOOLS, RIGHT_ENGAGE, {1}, after);
    assert_refusal("signatory.unit", DEPUTY, ROADS, RIGHT_ENGAGE, {1}, first);
    assert_refusal("signatory.unit", DEPUTY, 0, RIGHT_ENGAGE, {1}, first);
    assert_refusal("signatory.right", DEPUTY, SCHOOLS, RIGHT_SIGN, {1}, first);
    assert_refusal("signatory.none", 3, SCHOOLS, RIGHT_ENGAGE, {1}, first);
    assert_refusal("", MAYOR, ROADS, RIGHT_SIGN, {MONEY_MAX}, after);
    assert_refusal("", MAYOR, 0, RIGHT_ENGAGE, {1}, first);
}

static void a_refusal_names_the_widest_limit(void **state)
{
    (void)state;
    struct signatory all[3];
    size_t count = some(all);
    struct faults *faults = faults_new(arena);
    struct signatory_act act = {DEPUTY, SCHOOLS, RIGHT_ENGAGE, {500001}, date_of(2026, 4, 1)};
    assert_false(signatory_covers(all, count, &act, faults));
    assert_has(faults->kept[0].mend, "5000.01");
    assert_has(faults->kept[0].mend, "5000.00");
}

static enum status add(struct signatory one, struct faults **ret_faults)
{
    struct ctx ctx = test_ctx(&test);
    int64_t id;
    *ret_faults = faults_new(arena);
    return DO(&test, signatory_add(&ctx, &one, *ret_faults, &id));
}

static void assert_refused(struct signatory one, struct str rule)
{
    struct faults *faults;
    assert_int_equal(add(one, &faults), INVALID);
    assert_int_equal(faults->count, 1);
    assert_true(str_eq(faults->kept[0].rule, rule));
}

static void what_is_entered_is_looked_at(void **state)
{
    (void)state;
    struct faults *faults;
    char reference[SIGNATORY_REFERENCE_MAX + 2];
    memset(reference, 'a', sizeof reference);
    struct signatory right = {.person = person, .rights = RIGHT_SIGN, .since = date_of(2026, 1, 1),
                              .reference = {reference, SIGNATORY_REFERENCE_MAX}};
    struct signatory wrong = right;
    wrong.rights = 0;
    assert_refused(wrong, STR("signatory.rights"));
    wrong.rights = RIGHT_SIGN | RIGHT_READ; /* reading is not signed for */
    assert_refused(wrong, STR("signatory.rights"));
    wrong = right;
    wrong.reference = STR("");
    assert_refused(wrong, STR("signatory.reference"));
    wrong.reference = (struct str){reference, SIGNATORY_REFERENCE_MAX + 1};
    assert_refused(wrong, STR("signatory.reference"));
    wrong = right;
    wrong.limit.cents = -1;
    assert_refused(wrong, STR("signatory.amount"));
    wrong.limit.cents = MONEY_MAX + 1;
    assert_refused(wrong, STR("signatory.amount"));
    wrong = right;
    wrong.until = (struct date){right.since.days - 1};
    assert_refused(wrong, STR("signatory.days"));
    wrong = right;
    wrong.since = (struct date){0};
    assert_refused(wrong, STR("signatory.days"));
    wrong = right;
    wrong.unit = 99;
    assert_int_equal(add(wrong, &faults), NOT_FOUND);
    wrong = right;
    wrong.person = 99;
    assert_int_equal(add(wrong, &faults), NOT_FOUND);
    right.limit.cents = MONEY_MAX;
    right.until = right.since;
    assert_int_equal(add(right, &faults), OK);
}

static void there_is_one_mayor_at_a_time(void **state)
{
    (void)state;
    struct faults *faults;
    struct signatory head = {.person = person, .rights = RIGHT_SIGN, .since = date_of(2026, 3, 20), .is_head = true,
                             .until = date_of(2026, 6, 30), .reference = STR("")};
    assert_int_equal(add(head, &faults), OK);
    head.since = head.until; /* the same day */
    head.until = (struct date){0};
    assert_refused(head, STR("signatory.head"));
    head.since.days++;
    assert_int_equal(add(head, &faults), OK);
}

static void one_is_ended_and_never_prolonged(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(arena);
    struct signatory one = {.person = person, .rights = RIGHT_SIGN, .since = date_of(2026, 1, 1),
                            .reference = STR("2026-001")};
    struct signatory_act act = {person, 0, RIGHT_SIGN, {100}, date_of(2026, 7, 1)};
    int64_t id;
    assert_int_equal(signatory_may(&ctx, &act, faults), DENIED);
    assert_int_equal(DO(&test, signatory_add(&ctx, &one, faults, &id)), OK);
    assert_int_equal(signatory_may(&ctx, &act, faults), OK);
    faults->found = faults->count = 0;
    assert_int_equal(DO(&test, signatory_end(&ctx, id, date_of(2025, 12, 31), faults)), INVALID);
    assert_int_equal(DO(&test, signatory_end(&ctx, id + 1, date_of(2026, 6, 30), faults)), NOT_FOUND);
    assert_int_equal(DO(&test, signatory_end(&ctx, id, date_of(2026, 6, 30), faults)), OK);
    assert_int_equal(signatory_may(&ctx, &act, faults), DENIED);
    assert_string_equal(ctx.failure.code, "accounting.signatory");
    act.day = date_of(2026, 6, 30);
    assert_int_equal(signatory_may(&ctx, &act, faults), DENIED); /* months later, whatever day is written on the act */
    struct instant now = ctx.now;
    ctx.now = (struct instant){INT64_C(1782813600000)}; /* 2026-06-30T10:00:00Z */
    assert_int_equal(signatory_may(&ctx, &act, faults), OK);
    ctx.now = now;
    assert_int_equal(DO(&test, signatory_end(&ctx, id, date_of(2026, 7, 1), faults)), INVALID);
    assert_int_equal(DO(&test, signatory_end(&ctx, id, date_of(2026, 6, 29), faults)), OK);
    assert_int_equal(signatory_may(&ctx, &act, faults), DENIED);
}

static void codes_of_services_are_unique(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    int64_t id, other;
    unit_row unit;
    char name[UNIT_NAME_MAX + 1];
    memset(name, 'x', sizeof name);
    struct str longest = {name, UNIT_NAME_MAX};
    assert_int_equal(DO(&test, unit_add(&ctx, STR(" ecoles "), longest, &id)), OK);
    assert_int_equal(unit_by_code(&ctx, STR("ECOLES"), &unit), OK);
    assert_int_equal(unit.id, id);
    assert_int_equal(DO(&test, unit_add(&ctx, STR("Ecoles"), STR("Autre"), &other)), CONFLICT);
    assert_int_equal(DO(&test, unit_add(&ctx, STR("A234567890B234567890"), STR("20"), &other)), OK);
    assert_int_equal(DO(&test, unit_add(&ctx, STR("A234567890B2345678901"), STR("21"), &other)), INVALID);
    assert_int_equal(DO(&test, unit_add(&ctx, STR("\xc3\x89" "COLES"), STR("x"), &other)), INVALID);
    assert_int_equal(DO(&test, unit_add(&ctx, STR(""), STR("x"), &other)), INVALID);
    assert_int_equal(DO(&test, unit_add(&ctx, STR("B"), STR(" "), &other)), INVALID);
    assert_int_equal(DO(&test, unit_add(&ctx, STR("B"), (struct str){name, UNIT_NAME_MAX + 1}, &other)), INVALID);
    assert_int_equal(DO(&test, unit_set(&ctx, id, STR(""), true)), INVALID);
    assert_int_equal(DO(&test, unit_set(&ctx, id, STR("Vie scolaire"), false)), OK);
    assert_int_equal(unit_get(&ctx, id, &unit), OK);
    assert_true(str_eq(unit.name, STR("Vie scolaire")) && unit.is_active == 0);
    assert_int_equal(DO(&test, unit_set(&ctx, 99, STR("x"), true)), NOT_FOUND);
}

static void services_and_signatories_are_kept_on_a_page(void **state)
{
    (void)state;
    struct str body;
    char form[400];
    assert_int_equal(test_page(&test, "/accounting/services", NULL, &body), 200);
    assert_int_equal(test_page(&test, "/accounting/services/add", TOKEN "code=EC%2FO&name=x", &body), 422);
    assert_has(body, "value=\"EC/O\"");
    assert_int_equal(test_page(&test, "/accounting/services/add", TOKEN "code=ECOLES&name=Vie+scolaire", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/services/add", TOKEN "code=ecoles&name=Autre", &body), 422);
    static const char entered[] = TOKEN "person=%lld&unit=1&right=4&limit=5+000%%2C50&since=2026-03-12&reference=%s";
    snprintf(form, sizeof form, entered, (long long)person, "");
    assert_int_equal(test_page(&test, "/accounting/services/signatory", form, &body), 422); /* without an arrêté */
    assert_has(body, "value=\"5 000,50\"");
    assert_has(body, "value=\"4\" checked");
    assert_int_equal(test_page(&test, "/accounting/services/signatory", TOKEN "person=&right=4", &body), 422);
    snprintf(form, sizeof form, entered, (long long)person, "2026-012");
    assert_int_equal(test_page(&test, "/accounting/services/signatory", form, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/services?saved=1", NULL, &body), 200);
    assert_has(body, "2026-012");
    assert_has(body, "000,50</td>");
    assert_has(body, ">Vie scolaire</td>");
    assert_int_equal(test_page(&test, "/accounting/services/end", TOKEN "signatory=1&day=2026-99-01", &body), 422);
    assert_int_equal(test_page(&test, "/accounting/services/end", TOKEN "signatory=1&day=2026-11-01", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/services/unit", TOKEN "unit=1&name=Enfance", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/services", NULL, &body), 200);
    assert_lacks(body, "action=\"/accounting/services/end\""); /* it is over */
    assert_has(body, "value=\"Enfance\"");
    test_act_as(&test, person, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/accounting/services", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/accounting/services/add", TOKEN "code=B&name=B", &body), 403);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, person, RIGHT_READ)), OK);
    assert_int_equal(test_page(&test, "/accounting/services", NULL, &body), 200);
    assert_lacks(body, "<form method=\"post\" action=\"/accounting");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_delegation_covers_up_to_its_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_refusal_names_the_widest_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_entered_is_looked_at, set_up, tear_down),
        cmocka_unit_test_setup_teardown(there_is_one_mayor_at_a_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_is_ended_and_never_prolonged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(codes_of_services_are_unique, set_up, tear_down),
        cmocka_unit_test_setup_teardown(services_and_signatories_are_kept_on_a_page, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
