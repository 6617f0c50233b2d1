/* A year begins before its budget is voted: what may be opened, what is refused, and the budget that follows. */
#include "service/accounting/close/test_close.h"

#define BEFORE YEAR_PATH "/before"
#define ENGAGE_NEXT NEXT_PATH "/engage"
#define QUARTER "reference=D+2026-61&amount-2183=1000&day=2027-01-04"

/* 2026 has 8 000,00 on 011, 9 000,00 on 012 and 4 000,00 on 2183, of which a quarter is 1 000,00. */
static void begins(void)
{
    opens_credits();
    it_is(2027, 1, 4);
}

static void what_the_law_allows_is_opened_and_no_cent_more(void **state)
{
    (void)state;
    struct str body;
    begins();
    shows(YEAR_PATH, BEFORE);
    shows(BEFORE, "17\xE2\x80\xAF" "000,00"); /* functioning */
    shows(BEFORE, "1\xE2\x80\xAF" "000,00");  /* the quarter */
    refuses(BEFORE, "reference=D&amount-2183=1000,01&day=2027-01-04", "1000.01");
    refuses(BEFORE, "reference=&amount-2183=1&day=2027-01-04", "d\xC3\xA9lib\xC3\xA9ration");
    refuses(BEFORE, "reference=D&amount-2183=-1&day=2027-01-04", "-1.00");
    refuses(BEFORE, "reference=D&amount-2183=x&day=2027-01-04", "montant");
    refuses(BEFORE, "reference=D&amount-2183=1&day=", "date");
    assert_int_equal(test_page(&test, NEXT_PATH, NULL, &body), 404); /* what is refused opens nothing */
    leads(BEFORE, QUARTER, NEXT_PATH "?saved=1");
    shows(NEXT_PATH, "pas encore vot");
    refuses(BEFORE, QUARTER, "2027"); /* once */
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").voted.cents, 800000);
    assert_int_equal(cell_of(2027, CELL_INVESTMENT, CELL_EXPENSE, "2183").voted.cents, 100000);
    leads(ENGAGE_NEXT, "object=Papier&party=" SUPPLIER "&account=60632&amount=8000&day=2027-01-04",
          "/accounting/engagements/3?saved=1");
    refuses(ENGAGE_NEXT, "object=Papier&party=" SUPPLIER "&account=60632&amount=0,01&day=2027-01-04", "0.01");
    leads(ENGAGE_NEXT, "object=Ecrans&party=" SUPPLIER "&account=2183&amount=1000&day=2027-01-04",
          "/accounting/engagements/4?saved=1");
    refuses(ENGAGE_NEXT, "object=Ecrans&party=" SUPPLIER "&account=2183&amount=0,01&day=2027-01-04", "0.01");
    holds();
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

static void the_budget_takes_their_place(void **state)
{
    (void)state;
    begins();
    leads(BEFORE, QUARTER, NEXT_PATH "?saved=1");
    leads(ENGAGE_NEXT, "object=Papier&party=" SUPPLIER "&account=60632&amount=8000&day=2027-01-04",
          "/accounting/engagements/3?saved=1");
    votes_as_drafted(draft_of_next());
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").voted.cents, 800000);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").reserved.cents, 800000);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "012").voted.cents, 900000);
    assert_int_equal(cell_of(2027, CELL_INVESTMENT, CELL_EXPENSE, "2183").voted.cents, 400000);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_RECEIPT, "731").voted.cents, 1700000);
    holds();
}

static int64_t place_of(int64_t draft, const char *account)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines;
    size_t count;
    assert_int_equal(budget_lines(&ctx, draft, &lines, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(lines[i].nature, str_of(account)))
            return lines[i].place;
    fail();
    return 0;
}

/* A cent goes from paper to wages: 7 999,99 on 011. */
static int64_t draft_with_less_paper(void)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act act;
    int64_t id = draft_of_next();
    assert_int_equal(budget_act(&ctx, id, &act), OK);
    assert_int_equal(DO(&test, budget_draft_set(&ctx, &act, place_of(id, "60632"), (struct money){499999})), OK);
    assert_int_equal(DO(&test, budget_draft_set(&ctx, &act, place_of(id, "64111"), (struct money){900001})), OK);
    return id;
}

/* What was engaged before the vote has its credits in the budget, or the budget's are not opened. */
static void a_budget_below_what_was_engaged_is_refused(void **state)
{
    (void)state;
    char path[64];
    begins();
    leads(BEFORE, QUARTER, NEXT_PATH "?saved=1");
    leads(ENGAGE_NEXT, "object=Papier&party=" SUPPLIER "&account=60632&amount=8000&day=2027-01-04",
          "/accounting/engagements/3?saved=1");
    keeps_as_drafted(draft_with_less_paper());
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    refuses(path, "", "0.01");
    shows(NEXT_PATH, "pas encore vot");
    holds();
}

static void a_year_with_its_budget_needs_none(void **state)
{
    (void)state;
    begins();
    votes_as_drafted(draft_of_next());
    refuses(BEFORE, QUARTER, "2027");
    as_signer();
    shows(BEFORE, "d\xC3\xA9j\xC3\xA0 des cr\xC3\xA9" "dits");
    shows(BEFORE, "href=\"/accounting/years/1/2027\"");
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_the_law_allows_is_opened_and_no_cent_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_budget_takes_their_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_budget_below_what_was_engaged_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_year_with_its_budget_needs_none, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
