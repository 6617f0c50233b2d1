#include "service/staff/test_staff.h"

#include "base/seeded.h"
#include "service/staff/total/staff_total.h"

enum { ROUNDS = 20000, CELLS = 6, MOST = 12 };

/* What whoever knows the sum and all that is shown can reckon: the hidden cells together, never one of them. */
static void what_is_hidden_cannot_be_reckoned(void **state)
{
    (void)state;
    struct seeded seeded = {7};
    for (int round = 0; round < ROUNDS; round++) {
        struct staff_total_cell cells[CELLS] = {0}, all = {.agents = 0};
        int64_t shown = 0, hidden = 0, small = 0;
        for (size_t i = 0; i < CELLS; i++) {
            cells[i].agents = (int64_t)seeded_below(&seeded, MOST);
            all.agents += cells[i].agents;
            small += cells[i].agents > 0 && cells[i].agents < STAFF_TOTAL_LEAST;
        }
        staff_total_hide(&all, cells, CELLS);
        for (size_t i = 0; i < CELLS; i++) {
            hidden += cells[i].is_hidden;
            shown += cells[i].is_hidden ? 0 : cells[i].agents;
            if (!cells[i].is_hidden)
                assert_true(cells[i].agents == 0 || cells[i].agents >= STAFF_TOTAL_LEAST);
        }
        assert_int_equal(all.is_hidden, all.agents < STAFF_TOTAL_LEAST);
        if (small == 0 && !all.is_hidden)
            assert_int_equal(hidden, 0); /* nothing is hidden in vain */
        if (hidden > 0 && !all.is_hidden)
            assert_true(all.agents - shown >= STAFF_TOTAL_LEAST && (hidden > 1 || shown == 0));
    }
}

static void hiding_takes_the_smallest_along(void **state)
{
    (void)state;
    struct staff_total_cell all = {.agents = 40};
    struct staff_total_cell cells[] = {{.agents = 20}, {.agents = 3}, {.agents = 7}, {.agents = 10}, {.agents = 0}};
    staff_total_hide(&all, cells, 5);
    assert_false(cells[0].is_hidden || cells[3].is_hidden || cells[4].is_hidden);
    assert_true(cells[1].is_hidden && cells[2].is_hidden);
}

static void the_page_is_for_elected_members(void **state)
{
    (void)state;
    struct str body;
    int64_t elected = test_person(&test, "elus@beauval.example", "Élus");
    for (int i = 1; i <= 6; i++)
        (void)staff_test_agent(str_format(test.arena, "AG%04d", i).at);
    test_act_as(&test, elected, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/staff/totals", NULL, &body), 403);
    staff_test_give(elected, STAFF_MAY_TOTAL);
    test_act_as(&test, elected, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/staff/totals", NULL, &body), 200);
    assert_has(body, "31 décembre 2025");
    assert_has(body, "<td class=\"r num\">6</td>");
    assert_lacks(body, "AG0001");
    assert_int_equal(test_page(&test, "/staff/agents", NULL, &body), 403);
}

static void fewer_than_five_are_not_told(void **state)
{
    (void)state;
    struct str body;
    for (int i = 1; i <= 4; i++)
        (void)staff_test_agent(str_format(test.arena, "AG%04d", i).at);
    assert_int_equal(test_page(&test, "/staff/totals", NULL, &body), 200);
    assert_lacks(body, ">4<");
    assert_has(body, "masqué");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_hidden_cannot_be_reckoned),
        cmocka_unit_test(hiding_takes_the_smallest_along),
        cmocka_unit_test_setup_teardown(the_page_is_for_elected_members, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(fewer_than_five_are_not_told, staff_test_open, staff_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
