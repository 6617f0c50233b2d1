/* Decisions that amend a voted budget: begun from what is in force, balanced, never below zero, voted, added up. */
#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_force.h"
#include "service/accounting/budget/test_budget.h"

#define SIRET "21560046100010"
#define ONE(account, chapter, sense, amounts) \
    "<LigneBudget><Nature V=\"" account "\"/><ContNat V=\"" chapter "\"/><CodRD V=\"" sense "\"/>" \
    amounts "<OpBudg V=\"0\"/></LigneBudget>"
/* 1 500 of functioning; 350 of investment, of which 50 were carried over. */
#define VOTED \
    ONE("60611", "011", "D", "<MtPrev V=\"1000.00\"/><CredOuv V=\"1000.00\"/>")                                        \
    ONE("6411", "012", "D", "<MtPrev V=\"500.00\"/>")                                                                 \
    ONE("73111", "731", "R", "<MtPrev V=\"1500.00\"/><CredOuv V=\"1500.00\"/>")                                        \
    ONE("2188", "21", "D", "<MtRARPrec V=\"50.00\"/><MtPrev V=\"300.00\"/><CredOuv V=\"350.00\"/>")                    \
    ONE("10222", "10", "R", "<MtPrev V=\"350.00\"/><CredOuv V=\"350.00\"/>")

static void bring_in(const char *document)
{
    int64_t id;
    assert_int_equal(take(str_of(document), false, SIZE_MAX, &id), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
}

static struct budget_act act_of(int64_t id)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act act;
    assert_int_equal(budget_act(&ctx, id, &act), OK);
    return act;
}

static enum status begin(int64_t of, const char *kind, int64_t *ret_act)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act act = act_of(of);
    return DO(&test, budget_amend_begin(&ctx, &act, str_of(kind), ret_act));
}

/* What is in force of an account, in cents; -1: it has no line. */
static int64_t force_of(const char *account)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines;
    size_t count;
    assert_int_equal(budget_in_force(&ctx, STR(SIRET), 2023, &lines, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(lines[i].nature, str_of(account)))
            return lines[i].amounts[DOCBUDG_OPEN].cents;
    return -1;
}

static struct budget_line line_of(int64_t act, const char *account)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines, none = {.place = 0};
    size_t count;
    assert_int_equal(budget_lines(&ctx, act, &lines, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(lines[i].nature, str_of(account)))
            return lines[i];
    return none;
}

static enum status set(int64_t act, const char *account, int64_t cents)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act draft = act_of(act);
    return DO(&test, budget_draft_set(&ctx, &draft, line_of(act, account).place, (struct money){cents}));
}

static enum status vote(int64_t act, struct faults **ret_faults)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act draft = act_of(act);
    struct faults *faults = arena_new(arena, struct faults);
    faults->arena = arena;
    *ret_faults = faults;
    enum status done = DO(&test, budget_draft_vote(&ctx, &draft, date_of(2023, 9, 28), faults));
    for (size_t i = 0; i < faults->count; i++)
        print_message("%.*s %.*s\n", STR_ARG(faults->kept[i].rule), STR_ARG(faults->kept[i].place));
    return done;
}

static bool is_told(const struct faults *faults, const char *rule)
{
    for (size_t i = 0; i < faults->count; i++)
        if (str_eq(faults->kept[i].rule, str_of(rule)))
            return true;
    return false;
}

static void what_is_in_force_is_all_that_was_voted(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines;
    struct faults *faults;
    size_t count;
    int64_t one;
    bring_in(HEAD("2023", "01") VOTED FOOT);
    assert_int_equal(force_of("60611"), 100000);
    assert_int_equal(force_of("6411"), 50000); /* a file may say no CredOuv */
    assert_int_equal(force_of("2188"), 35000);  /* what was carried over is open too */
    assert_int_equal(begin(1, "02", &one), OK);
    assert_int_equal(set(one, "60611", -20000), OK);
    assert_int_equal(set(one, "6411", 20000), OK);
    assert_int_equal(force_of("60611"), 100000); /* a draft opens nothing */
    assert_int_equal(vote(one, &faults), OK);
    assert_int_equal(force_of("60611"), 80000);
    assert_int_equal(force_of("6411"), 70000);
    assert_int_equal(force_of("2188"), 35000); /* not carried over twice */
    assert_int_equal(budget_in_force(&ctx, STR(SIRET), 2023, &lines, &count), OK);
    for (size_t i = 1; i < count; i++)
        assert_true(!budget_line_is(&lines[i - 1], &lines[i]) && lines[i].place == (int64_t)i + 1);
    assert_int_equal(budget_in_force(&ctx, STR(SIRET), 2022, &lines, &count), OK);
    assert_int_equal(count, 0);
}

static void decisions_are_numbered_and_one_is_open_at_a_time(void **state)
{
    (void)state;
    struct faults *faults;
    int64_t one, two;
    bring_in(HEAD("2023", "01") VOTED FOOT);
    assert_int_equal(begin(1, "02", &one), OK);
    assert_true(str_eq(act_of(one).number, STR("1")) && act_of(one).is_draft);
    assert_int_equal(line_of(one, "2188").amounts[DOCBUDG_PREVIOUS].cents, 35000);
    assert_int_equal(line_of(one, "2188").amounts[DOCBUDG_VOTED].cents, 0);
    assert_int_equal(begin(1, "02", &two), CONFLICT);
    assert_int_equal(begin(1, "03", &two), CONFLICT);
    assert_int_equal(vote(one, &faults), OK); /* one that changes nothing is lawful */
    assert_int_equal(begin(one, "02", &two), OK);
    assert_true(str_eq(act_of(two).number, STR("2")));
    assert_int_equal(vote(two, &faults), OK);
    assert_int_equal(begin(two, "03", &one), OK);
    assert_true(act_of(one).number.len == 0);
    assert_int_equal(vote(one, &faults), OK);
    assert_int_equal(begin(1, "03", &two), CONFLICT); /* the year has it */
    assert_int_equal(begin(1, "01", &two), INVALID);
}

static void nothing_is_amended_that_is_not_voted(void **state)
{
    (void)state;
    int64_t draft, id;
    bring_in(HEAD("2023", "09") VOTED FOOT);
    assert_int_equal(begin(1, "02", &id), CONFLICT); /* an account alone */
    struct ctx ctx = test_ctx(&test);
    struct budget_act account = act_of(1);
    assert_int_equal(DO(&test, budget_draft_begin(&ctx, &account, &draft)), OK);
    assert_int_equal(begin(draft, "02", &id), CONFLICT); /* a draft alone */
}

static void no_credit_falls_below_zero(void **state)
{
    (void)state;
    struct faults *faults;
    int64_t one;
    bring_in(HEAD("2023", "01") VOTED FOOT);
    assert_int_equal(begin(1, "02", &one), OK);
    assert_int_equal(set(one, "60611", -100001), INVALID);
    assert_int_equal(line_of(one, "60611").amounts[DOCBUDG_VOTED].cents, 0);
    assert_int_equal(set(one, "60611", -100000), OK); /* to the last cent */
    assert_int_equal(set(one, "6411", 100000), OK);
    /* Meanwhile another decision came in that cut the same line: it is looked at again at the vote. */
    struct buf text BUF_SCOPE = BUF_INIT(4096);
    buf_add_c(&text, HEAD("2023", "02") ONE("60611", "011", "D", "<MtPrev V=\"-1.00\"/>")
                         ONE("6411", "012", "D", "<MtPrev V=\"1.00\"/>") FOOT);
    int64_t other;
    assert_int_equal(take(buf_str(&text), false, SIZE_MAX, &other), OK);
    assert_int_equal(vote(one, &faults), INVALID);
    assert_true(is_told(faults, "amending.negative"));
    assert_true(str_find(faults->kept[0].place, STR("60611")) != SIZE_MAX);
    assert_int_equal(set(one, "60611", -99900), OK);
    assert_int_equal(set(one, "6411", 99900), OK);
    assert_int_equal(vote(one, &faults), OK);
    assert_int_equal(force_of("60611"), 0);
}

static void a_decision_is_balanced_by_section(void **state)
{
    (void)state;
    struct faults *faults;
    int64_t one;
    bring_in(HEAD("2023", "01") VOTED FOOT);
    assert_int_equal(begin(1, "02", &one), OK);
    assert_int_equal(set(one, "60611", 1), OK);
    assert_int_equal(vote(one, &faults), INVALID);
    assert_true(is_told(faults, "docbudg.balance"));
    assert_int_equal(set(one, "10222", 1), OK); /* of the other section: that does not help */
    assert_int_equal(vote(one, &faults), INVALID);
    assert_int_equal(set(one, "73111", 1), OK);
    assert_int_equal(vote(one, &faults), OK);
}

static void a_line_that_is_there_is_not_added_again(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines;
    size_t before, count;
    int64_t one;
    bring_in(HEAD("2023", "01") VOTED FOOT);
    assert_int_equal(begin(1, "02", &one), OK);
    struct budget_act act = act_of(one);
    assert_int_equal(budget_lines(&ctx, one, &lines, &before), OK);
#define ADD(account, cents)                                                                                            \
    DO(&test, budget_draft_add(&ctx, &act, &(struct budget_at){CHART_FUNCTIONING, CHART_EXPENSE, STR(account),         \
                                                               STR(""), STR("")},                                     \
                               (struct money){cents}))
    assert_int_equal(ADD("60611", -5000), OK);
    assert_int_equal(ADD("60612", 5000), OK);
    assert_int_equal(ADD("60613", -1), INVALID); /* nothing is voted there */
    assert_int_equal(ADD("60611", -100001), INVALID);
    assert_int_equal(budget_lines(&ctx, one, &lines, &count), OK);
    assert_int_equal(count, before + 1);
    assert_int_equal(line_of(one, "60611").amounts[DOCBUDG_VOTED].cents, -5000);
}

static void a_decision_is_prepared_on_pages(void **state)
{
    (void)state;
    struct str body;
    bring_in(HEAD("2023", "01") VOTED FOOT);
    test_act_as(&test, test.actor.person, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/accounting/acts/1", NULL, &body), 200);
    assert_false(has(body, "/amend\""));
    assert_int_equal(test_page(&test, "/accounting/acts/1/amend", TOKEN "kind=02", &body), 403);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/acts/1", NULL, &body), 200);
    assert_true(has(body, "/accounting/acts/1/amend"));
    assert_int_equal(test_page(&test, "/accounting/acts/1/amend", TOKEN "kind=02", &body), 303);
    assert_true(str_eq(body, STR("/accounting/acts/2/edit")));
    assert_int_equal(test_page(&test, "/accounting/acts/1/amend", TOKEN "kind=02", &body), 409);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", NULL, &body), 200);
    assert_true(has(body, "Voté jusqu") && has(body, "modificative 1") && has(body, "après cette décision"));
    assert_false(has(body, "/results\"")); /* a supplementary budget alone takes results over */
    /* One amount too low, and neither is kept. */
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", TOKEN "part=df&l2=3&l1=-1000,01", &body), 422);
    assert_int_equal(line_of(2, "6411").amounts[DOCBUDG_VOTED].cents, 0);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", TOKEN "part=df&l1=-200&l2=200", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit?part=df", NULL, &body), 200);
    assert_true(has(body, "800,00") && has(body, "700,00"));
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2023-09-28", &body), 303);
    assert_int_equal(force_of("60611"), 80000);
    assert_int_equal(test_page(&test, "/accounting/acts/2/prepare", TOKEN, &body), 422);
}

static void bring_in_file(const char *path)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    int64_t document;
    assert_true(shared_read(path, &bytes));
    assert_int_equal(take(buf_str(&bytes), false, SIZE_MAX, &document), OK);
}

static void what_is_voted_goes_through_the_schema(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = NULL;
    int64_t one;
    need_xmllint("what_is_voted_goes_through_the_schema");
    bring_in_file("totem/crach_BP2022_principal/totem.xml");
    assert_int_equal(begin(1, "02", &one), OK);
    struct budget_act act = act_of(one);
    struct budget_line water = line_of(one, "60611"), food = line_of(one, "60623");
    assert_true(water.place > 0 && food.place > 0);
    assert_int_equal(DO(&test, budget_draft_set(&ctx, &act, water.place, (struct money){-10000})), OK);
    assert_int_equal(DO(&test, budget_draft_set(&ctx, &act, food.place, (struct money){10000})), OK);
    faults = arena_new(arena, struct faults);
    faults->arena = arena;
    assert_int_equal(DO(&test, budget_draft_vote(&ctx, &act, date_of(2022, 9, 28), faults)), OK);
    goes_through_the_schema(act.document);
    assert_int_equal(begin(1, "03", &one), OK);
    act = act_of(one);
    assert_int_equal(DO(&test, budget_draft_vote(&ctx, &act, date_of(2022, 9, 28), faults)), OK);
    goes_through_the_schema(act.document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_in_force_is_all_that_was_voted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(decisions_are_numbered_and_one_is_open_at_a_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_amended_that_is_not_voted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_credit_falls_below_zero, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_decision_is_balanced_by_section, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_line_that_is_there_is_not_added_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_decision_is_prepared_on_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_voted_goes_through_the_schema, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
