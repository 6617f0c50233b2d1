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
    refuses(BEFORE, "reference=D&amount-2183=1000,01&day=2027-01-04", "1\xE2\x80\xAF" "000,01");
    refuses(BEFORE, "reference=&amount-2183=1&day=2027-01-04", "d\xC3\xA9lib\xC3\xA9ration");
    refuses(BEFORE, "reference=D&amount-2183=-1&day=2027-01-04", "\xE2\x88\x92" "1,00");
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
    refuses(ENGAGE_NEXT, "object=Papier&party=" SUPPLIER "&account=60632&amount=0,01&day=2027-01-04", "0,01");
    leads(ENGAGE_NEXT, "object=Ecrans&party=" SUPPLIER "&account=2183&amount=1000&day=2027-01-04",
          "/accounting/engagements/4?saved=1");
    refuses(ENGAGE_NEXT, "object=Ecrans&party=" SUPPLIER "&account=2183&amount=0,01&day=2027-01-04", "0,01");
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
    refuses(path, "", "0,01");
    shows(NEXT_PATH, "pas encore vot");
    holds();
}

/* The next budget, voted by article in both sections, is asked to open its credits. */
static void votes_by_article(char *path, size_t size)
{
    struct ctx ctx = test_ctx(&test);
    struct str frame = STR(FRAME);
    size_t vote = str_find(frame, STR("FcIa"));
    keeps_under(draft_of_next(), str_format(ctx.arena, "%.*sFaIa%.*s", (int)vote, frame.at,
                                            STR_ARG(str_after(frame, vote + strlen("FcIa")))));
    snprintf(path, size, "/accounting/acts/%lld/open", (long long)act_id);
}

/* What is used of a chapter has no credits in a budget that has none: it is taken back, and written on articles. */
static void a_budget_at_another_level_tells_the_way_out(void **state)
{
    (void)state;
    char path[64];
    begins();
    confirm_account();
    leads(BEFORE, QUARTER, NEXT_PATH "?saved=1");
    leads(ENGAGE_NEXT, "object=Papier&party=" SUPPLIER "&account=60632&amount=100&day=2027-01-04",
          "/accounting/engagements/3?saved=1");
    leads(NEXT_PATH "/order", "object=Paie&party=" SUPPLIER "&account=6411&amount=250&day=2027-01-04",
          "/accounting/pieces/4?saved=1");
    votes_by_article(path, sizeof path);
    refuses(path, "", "100,00 sont engag");
    refuses(path, "", "(ligne 011, d\xC3\xA9penses de fonctionnement)");
    refuses(path, "", "(ligne 012, d\xC3\xA9penses de fonctionnement)");
    leads("/accounting/engagements/3/release", "day=2027-01-04", "/accounting/engagements/3?saved=1");
    refuses(path, "", "250,00 sont engag");
    leads("/accounting/pieces/4/reduce", "amount=250&day=2027-01-04&object=Autre+niveau",
          "/accounting/pieces/6?saved=1");
    leads(path, "", NEXT_PATH "?saved=1");
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").voted.cents, 0);
    leads(ENGAGE_NEXT, "object=Papier&party=" SUPPLIER "&account=60632&amount=100&day=2027-01-04",
          "/accounting/engagements/8?saved=1");
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "60632").reserved.cents, 10000);
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

/* An act of that kind for 2027 stands voted: a thousand euros more for paper, as much from taxes. */
static void decides(const char *kind)
{
    struct ctx ctx = test_ctx(&test);
    int64_t document;
    struct budget_act act = {.label = STR("Beauval"), .siret = STR(SIRET), .year = 2027, .kind = str_of(kind),
                             .number = STR("1"), .nomenclature = STR("M57-M57_A"),
                             .decided = date_of(2027, 1, 4)};
    writer_job_begin(test.town.writer);
    assert_int_equal(budget_document_begin(&ctx, STR(FRAME), &document), OK);
    assert_int_equal(budget_act_begin(&ctx, document, &act, STR("P"), true, &act_id), OK);
    add_line(&ctx, 1, "60632", "011", 100000, 0);
    add_line(&ctx, 2, "73111", "731", 100000, 0);
    assert_int_equal(test_end(&test, budget_document_end(&ctx, document)), OK);
}

/* Only the budget takes the place of what was opened before it: no decision comes first, or both would stand. */
static void no_other_act_comes_before_the_budget(void **state)
{
    char path[64];
    (void)state;
    begins();
    leads(BEFORE, QUARTER, NEXT_PATH "?saved=1");
    decides("02");
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    refuses(path, "", "budget primitif");
    decides("03");
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    refuses(path, "", "budget primitif");
    votes_as_drafted(draft_of_next());
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").voted.cents, 800000);
    holds();
}

/* Another share, of a later text: the town says it, and it holds here as elsewhere. */
static void the_share_is_that_of_the_day(void **state)
{
    (void)state;
    begins();
    leads("/accounting/figures", "code=quarter.share&since=2027-01-01&value=50&source=Texte",
          "/accounting/figures?saved=1");
    shows(BEFORE, "2\xE2\x80\xAF" "000,00");
    refuses(BEFORE, "reference=D&amount-2183=2000,01&day=2027-01-04", "2\xE2\x80\xAF" "000,01");
    leads(BEFORE, "reference=D&amount-2183=2000&day=2027-01-04", NEXT_PATH "?saved=1");
    holds();
}

/* A year that has no budget yet has all its pages. */
static void its_pages_are_there(void **state)
{
    static const char *const pages[] = {"", "/engagements", "/engage", "/bills", "/bill", "/orders", "/order",
                                        "/titles", "/title", "/slips", "/pairs", "/assets", "/asset", "/assets.csv",
                                        "/patrimoine.csv", "/loans", "/loans.csv", "/remains", "/attach", "/close",
                                        "/account", "/before", "/batches", "/suspense/received", "/regies", "/notice"};
    struct str body;
    char path[64];
    size_t missing = 0;
    (void)state;
    begins();
    leads(BEFORE, QUARTER, NEXT_PATH "?saved=1");
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        snprintf(path, sizeof path, NEXT_PATH "%s", pages[i]);
        int code = test_page(&test, path, NULL, &body);
        if (code == 200)
            continue;
        print_message("%s: %d\n", path, code);
        missing++;
    }
    assert_int_equal(missing, 0);
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_int_equal(test_page(&test, "/accounting?year=2027", NULL, &body), 200);
    assert_int_equal(test_page(&test, "/accounting/years/2/2026/before", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/years/1/2028", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/years/1/9999/before", NULL, &body), 404);
}

/* Who may not prepare opens nothing; nor does anybody on a day outside the year, or for the year after next. */
static void only_who_prepares_opens_and_in_its_year(void **state)
{
    struct ctx ctx;
    struct str body;
    (void)state;
    begins();
    refuses(BEFORE, "reference=D&amount-2183=1&day=2026-12-31", "2026-12-31");
    refuses(BEFORE, "reference=D&amount-2183=1&day=2027-01-05", "2027-01-05"); /* tomorrow */
    refuses(BEFORE, "reference=D&amount-2183=1&day=9999-12-31", "9999-12-31");
    refuses(BEFORE, "reference=D&amount-2183=92233720368547758,07&day=2027-01-04", "");
    refuses(BEFORE, "reference=D\x01&amount-2183=1&day=2027-01-04", "d\xC3\xA9lib\xC3\xA9ration");
    int64_t reader = test_person(&test, "elue@beauval.example", "Conseil");
    as_signer();
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, reader, RIGHTS_ALL & ~(unsigned)RIGHT_PREPARE)), OK);
    test_act_as(&test, reader, ROLE_AGENT);
    assert_int_equal(send(BEFORE, QUARTER, &body), 403);
    assert_int_equal(test_page(&test, BEFORE, NULL, &body), 200);
    assert_lacks(body, "action=\"" BEFORE);
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, BEFORE, NULL, &body), 403);
    as_clerk();
    leads(BEFORE, QUARTER, NEXT_PATH "?saved=1");
    as_signer();
    it_is(2028, 1, 12);
    refuses(NEXT_PATH "/close", "", "avant le vote");
    it_is(2027, 1, 4);
    as_clerk();
    refuses(NEXT_PATH "/before", "reference=D&day=2027-01-04", "2028"); /* it has no budget to begin from */
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_the_law_allows_is_opened_and_no_cent_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_budget_takes_their_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_budget_below_what_was_engaged_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_budget_at_another_level_tells_the_way_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_year_with_its_budget_needs_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_other_act_comes_before_the_budget, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_share_is_that_of_the_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_pages_are_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_who_prepares_opens_and_in_its_year, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
