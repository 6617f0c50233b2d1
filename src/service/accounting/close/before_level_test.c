/* Credits of before the vote were recorded at a level, and the budget is voted at another. */
#include "service/accounting/close/test_close.h"

#define BEFORE YEAR_PATH "/before"
#define ENGAGE_NEXT NEXT_PATH "/engage"
#define QUARTER "reference=D+2026-61&amount-2183=1000&day=2027-01-04"

/* By chapter: 8 000,00 on 011, of which 5 000,00 on 60632, and 9 000,00 on 012. */
static void begins(void)
{
    opens_credits();
    it_is(2027, 1, 4);
    leads(BEFORE, QUARTER, NEXT_PATH "?saved=1");
}

static int64_t draft_of_next(void)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act from;
    int64_t id;
    assert_int_equal(budget_act_named(&ctx, STR(SIRET), 2026, STR("01"), STR_NONE, &from), OK);
    assert_int_equal(DO(&test, budget_draft_begin(&ctx, &from, &id)), OK);
    return id;
}

/* The frame of test_spend, functioning voted by article. */
static struct str frame_by_article(void)
{
    char *frame = arena_alloc(test.arena, sizeof FRAME);
    assert_non_null(frame);
    memcpy(frame, FRAME, sizeof FRAME);
    char *vote = strstr(frame, "FcIa");
    assert_non_null(vote);
    vote[1] = 'a';
    return str_of(frame);
}

/* What was recorded by chapter goes whole, and the articles stand in its place. */
static void a_vote_at_another_level_leaves_nothing_of_before(void **state)
{
    char path[64];
    (void)state;
    begins();
    leads(ENGAGE_NEXT, "object=Ecrans&party=" SUPPLIER "&account=2183&amount=1000&day=2027-01-04",
          "/accounting/engagements/3?saved=1");
    keeps_under(draft_of_next(), frame_by_article());
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    leads(path, "", NEXT_PATH "?saved=1");
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").voted.cents, 0);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "012").voted.cents, 0);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "60632").voted.cents, 500000);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "64111").voted.cents, 900000);
    assert_int_equal(cell_of(2027, CELL_INVESTMENT, CELL_EXPENSE, "2183").reserved.cents, 100000);
    refuses(ENGAGE_NEXT, "object=Papier&party=" SUPPLIER "&account=60632&amount=5000,01&day=2027-01-04", "000,01");
    leads(ENGAGE_NEXT, "object=Papier&party=" SUPPLIER "&account=60632&amount=5000&day=2027-01-04",
          "/accounting/engagements/5?saved=1");
    holds();
}

/* What is engaged on a chapter stands in the way of a vote by article, which opens nothing until it is released. */
static void what_is_engaged_at_another_level_stands_in_its_way(void **state)
{
    char path[64];
    (void)state;
    begins();
    leads(ENGAGE_NEXT, "object=Papier&party=" SUPPLIER "&account=60632&amount=0,01&day=2027-01-04",
          "/accounting/engagements/3?saved=1");
    keeps_under(draft_of_next(), frame_by_article());
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    refuses(path, "", "0,01 sont engag");
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").voted.cents, 800000);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "60632").voted.cents, 0);
    shows(NEXT_PATH, "pas encore vot");
    leads("/accounting/engagements/3/release", "amount=0,01&day=2027-01-04", "/accounting/engagements/3?saved=1");
    leads(path, "", NEXT_PATH "?saved=1");
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "60632").voted.cents, 500000);
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_vote_at_another_level_leaves_nothing_of_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_engaged_at_another_level_stands_in_its_way, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
