/* Programmes over several years: recorded whole, revised, shown by year. */
#include "service/accounting/budget/budget_programme.h"
#include "service/accounting/budget/test_budget.h"

#define SIRET "21560046100010"

static struct faults *faults;

static void bring_in(void)
{
    int64_t document;
    assert_int_equal(take(STR(HEAD("2023", "01") FOOT), false, SIZE_MAX, &document), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
}

static enum status record(struct budget_programme programme, const char *years)
{
    struct ctx ctx = test_ctx(&test);
    faults = arena_new(arena, struct faults);
    faults->arena = arena;
    if (programme.siret.len == 0)
        programme.siret = STR(SIRET);
    if (budget_programme_years_read(arena, LANGUAGE_FR, str_of(years), &programme.years, &programme.count) != OK)
        return INVALID;
    return DO(&test, budget_programme_record(&ctx, &programme, faults));
}

static struct budget_programme school(int64_t authorised)
{
    return (struct budget_programme){.siret = STR(""),
                                     .number = STR("2023-01"),
                                     .title = STR("École"),
                                     .section = CHART_INVESTMENT,
                                     .authorised = {authorised},
                                     .decided = date_of(2023, 4, 4)};
}

static void the_years_make_up_the_whole(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct budget_programme *programmes;
    size_t count;
    bring_in();
    assert_int_equal(record(school(10001), "2023;40\n2024;60"), INVALID); /* a cent is not spread */
    assert_int_equal(faults->found, 1);
    assert_true(str_eq(faults->kept[0].rule, STR("programme.sum")));
    assert_int_equal(record(school(9999), "2023;40\n2024;60"), INVALID);
    assert_int_equal(record(school(10000), "2024\t60\r\n\n2023;40"), OK);
    assert_int_equal(budget_programmes(&ctx, &programmes, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(programmes->count, 2);
    assert_true(programmes->years[0].year == 2023 && programmes->years[0].credit.cents == 4000);
    assert_true(programmes->years[1].year == 2024 && programmes->years[1].credit.cents == 6000);
}

static void recorded_again_it_is_revised(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct budget_programme *programmes;
    size_t count;
    bring_in();
    assert_int_equal(record(school(10000), "2023;40\n2024;60"), OK);
    assert_int_equal(record(school(15000), "2023;40\n2024;60\n2025;50"), OK);
    assert_int_equal(record(school(15000), "2023;40"), INVALID); /* and stays as it was */
    assert_int_equal(budget_programmes(&ctx, &programmes, &count), OK);
    assert_int_equal(count, 1);
    assert_true(programmes->authorised.cents == 15000 && programmes->count == 3);
}

static void what_is_no_programme_is_refused(void **state)
{
    (void)state;
    static char years[2000];
    struct budget_programme programme = school(10000);
    bring_in();
    programme.number = STR("");
    assert_int_equal(record(programme, "2023;100"), INVALID);
    programme = school(10000);
    programme.title = STR("");
    assert_int_equal(record(programme, "2023;100"), INVALID);
    assert_int_equal(record(school(10000), ""), INVALID);
    assert_int_equal(record(school(10000), "2023;50\n2023;50"), INVALID); /* a year twice */
    assert_int_equal(record(school(10000), "2023"), INVALID);
    assert_int_equal(record(school(10000), "deux;100"), INVALID);
    assert_int_equal(record(school(10000), "1989;100"), INVALID);
    assert_int_equal(record(school(10000), "2023;cent"), INVALID);
    assert_int_equal(record(school(10000), "2023;-100\n2024;200"), INVALID);
    assert_true(str_eq(faults->kept[0].rule, STR("programme.negative")));
    size_t length = 0;
    for (int i = 0; i <= BUDGET_PROGRAMME_YEARS_MAX; i++)
        length += (size_t)snprintf(years + length, sizeof years - length, "%d;1\n", 2000 + i);
    assert_int_equal(record(school((BUDGET_PROGRAMME_YEARS_MAX + 1) * 100), years), INVALID);
    programme = school(10000);
    programme.siret = STR("21560046100028");
    assert_int_equal(record(programme, "2023;100"), NOT_FOUND);
    programme = school(10000);
    assert_int_equal(record(programme, "2023;100"), OK);
}

static void programmes_are_recorded_on_a_page(void **state)
{
    (void)state;
    struct str body;
    const char *page = "/accounting/programmes";
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_false(has(body, "<form method=\"post\" action=\"/accounting/programmes"));
    bring_in();
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_true(has(body, "Aucune autorisation") && has(body, SIRET));
#define WISH(rest) TOKEN "budget=" SIRET "&kind=1&number=7&title=Halle&day=2023-04-04&" rest
    assert_int_equal(test_page(&test, page, WISH("amount=100&years=2023%3B99"), &body), 422);
    assert_true(has(body, "role=\"alert\"") && has(body, "2023;99</textarea>"));
    assert_int_equal(test_page(&test, page, WISH("amount=x&years=2023%3B99"), &body), 422);
    assert_int_equal(test_page(&test, page, WISH("amount=100&years=2023"), &body), 422);
    assert_int_equal(test_page(&test, page, WISH("amount=100&years=2023%3B40%0A2025%3B60"), &body), 303);
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_true(has(body, "Halle") && has(body, "2025</th>") && has(body, "60,00") && !has(body, "2024</th>"));
    test_act_as(&test, test.actor.person, ROLE_AGENT);
    assert_int_equal(test_page(&test, page, WISH("amount=100&years=2023%3B100"), &body), 403);
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_false(has(body, "<select"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_years_make_up_the_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recorded_again_it_is_revised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_programme_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(programmes_are_recorded_on_a_page, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
