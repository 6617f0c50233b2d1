/* Decisions on credits that are open: what is engaged is not taken, and what is decided and the book are one. */
#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_force.h"
#include "service/accounting/budget/budget_transfer.h"
#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/spend/test_spend.h"

#define SIRET "21560046100010"
static struct faults *faults;

static int begins(void **state)
{
    struct ctx ctx;
    (void)set_up(state);
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, chart_taken_decide(&ctx, STR("M57-M57_A"), 2026, 2024)), OK);
    test_act_as(&test, clerk, ROLE_AGENT);
    return 0;
}

static struct budget_act act_of(int64_t id)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act act;
    assert_int_equal(budget_act(&ctx, id, &act), OK);
    return act;
}

static bool is_told(const char *rule, const char *place)
{
    for (size_t i = 0; i < faults->count; i++)
        if (str_eq(faults->kept[i].rule, str_of(rule)) && str_find(faults->kept[i].place, str_of(place)) != SIZE_MAX)
            return true;
    return false;
}

static int64_t available_of(const char *level, enum cell_section section)
{
    struct ctx ctx = test_ctx(&test);
    struct book_cell cell;
    struct cell_key key = {.budget = STR(SIRET), .level = str_of(level), .exercise = 2026, .section = section,
                           .direction = CELL_EXPENSE};
    assert_int_equal(book_cell(&ctx, &key, &cell), OK);
    return cell.available.cents;
}

/* ---- an amending decision ---- */

static void set(int64_t id, const char *account, int64_t cents)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act draft = act_of(id);
    struct budget_line *lines;
    size_t count;
    assert_int_equal(budget_lines(&ctx, id, &lines, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(lines[i].nature, str_of(account)))
            assert_int_equal(DO(&test, budget_draft_set(&ctx, &draft, lines[i].place, (struct money){cents})), OK);
}

static int64_t amends(void)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act of = act_of(act_id);
    int64_t id;
    assert_int_equal(DO(&test, budget_amend_begin(&ctx, &of, STR(DOCBUDG_AMENDING), &id)), OK);
    return id;
}

/* As a page does: it tells why, and its job is committed. */
static enum status votes_on(int64_t id, struct date day)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act draft = act_of(id);
    enum status done;
    faults = faults_new(test.arena);
    assert_int_equal(DO(&test, (done = budget_draft_vote(&ctx, &draft, day, faults), OK)), OK);
    for (size_t i = 0; i < faults->count; i++)
        print_message("%.*s %.*s\n", STR_ARG(faults->kept[i].rule), STR_ARG(faults->kept[i].place));
    return done;
}

static enum status votes(int64_t id)
{
    return votes_on(id, date_of(2026, 11, 20));
}

static void a_decision_takes_no_credit_that_is_engaged(void **state)
{
    struct str body;
    char path[64];
    (void)state;
    opens_credits();
    leads(ENGAGE, "object=Bureau&party=" SUPPLIER "&account=2183&amount=3900&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    int64_t one = amends();
    set(one, "2183", -10001);
    set(one, "10222", -10001);
    assert_int_equal(votes(one), INVALID);
    assert_true(is_told("budget.engaged", "article 2183, dépenses d’investissement"));
    assert_true(str_find(faults->kept[0].mend, STR("100.01")) != SIZE_MAX);
    assert_true(str_find(faults->kept[0].mend, STR("100.00")) != SIZE_MAX);
    assert_true(act_of(one).is_draft);
    set(one, "2183", -10000); /* to the last cent that is free */
    set(one, "10222", -10000);
    assert_int_equal(votes(one), OK);
    assert_int_equal(available_of("2183", CELL_INVESTMENT), 10000); /* until it is opened, of which two pages tell */
    snprintf(path, sizeof path, "/accounting/acts/%lld", (long long)one);
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_has(body, "Actes votés dont les crédits ne sont pas ouverts");
    assert_true(str_find(body, str_of(path)) != SIZE_MAX);
    shows("/accounting/years/1/2026/close", "Actes votés dont les crédits ne sont pas ouverts");
    act_id = one;
    opens_credits();
    assert_int_equal(available_of("2183", CELL_INVESTMENT), 0);
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_lacks(body, "dont les crédits ne sont pas ouverts");
    assert_int_equal(test_page(&test, "/accounting/years/1/2026/close", NULL, &body), 200);
    assert_lacks(body, "dont les crédits ne sont pas ouverts");
    holds();
}

/* Two accounts of one chapter: no level changes, and there is nothing to open. */
static void what_changes_no_level_has_nothing_to_open(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    int64_t one = amends();
    set(one, "60632", -100000);
    set(one, "6156", 100000);
    assert_int_equal(votes(one), OK);
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_lacks(body, "dont les crédits ne sont pas ouverts");
}

/* Whatever else keeps the book from opening it keeps it a draft. */
static void what_the_book_would_refuse_is_not_voted(void **state)
{
    (void)state;
    opens_credits();
    int64_t one = amends();
    set(one, "60632", 100);
    set(one, "73111", 100);
    assert_int_equal(votes_on(one, date_of(2026, 12, 24)), INVALID); /* we are in November */
    assert_true(is_told("engine.future", ""));
    assert_true(act_of(one).is_draft);
    assert_int_equal(votes(one), OK);
}

/* ---- a transfer ---- */

static enum status moves(const char *from, const char *to, int64_t cents)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act primitive;
    struct budget_line *lines;
    struct budget_transfer_wish wish = {.amount = {cents}, .day = date_of(2026, 11, 20), .reason = STR("Hausse")};
    size_t count;
    int64_t id;
    enum status done;
    faults = faults_new(test.arena);
    assert_int_equal(budget_act_named(&ctx, STR(SIRET), 2026, STR("BP"), STR_NONE, &primitive), OK);
    assert_int_equal(budget_in_force(&ctx, STR(SIRET), 2026, &lines, &count), OK);
    for (size_t i = 0; i < count; i++) {
        if (str_eq(lines[i].nature, str_of(from)))
            wish.from = &lines[i];
        if (str_eq(lines[i].nature, str_of(to)))
            wish.to = &lines[i];
    }
    assert_int_equal(DO(&test, (done = budget_transfer_make(&ctx, &primitive, &wish, faults, &id), OK)), OK);
    return done;
}

static size_t transfers_kept(void)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_transfer *transfers;
    size_t count;
    assert_int_equal(budget_transfers(&ctx, STR(SIRET), 2026, &transfers, &count), OK);
    return count;
}

static enum status decides_more(struct ctx *ctx)
{
    int64_t document;
    const struct budget_line special = {
        .place = 3, .nature = STR("2184"), .function = STR(""), .operation = STR(""), .chapter = STR("21"),
        .function_chapter = STR(""), .operation_chapter = STR(""), .group_chapter = STR("21"),
        .direction = CHART_EXPENSE, .section = CHART_INVESTMENT, .has = {[DOCBUDG_VOTED] = true},
        .amounts = {[DOCBUDG_VOTED] = {5000}}, .extra = STR("<LigneBudget><ArtSpe V=\"true\"/></LigneBudget>")};
    TRY(vote_begin(ctx, "02", "1", &document));
    add_line(ctx, 1, "2188", "21", 100000, 0);
    add_line(ctx, 2, "10222", "10", 105000, 0);
    TRY(budget_line_add(ctx, act_id, &special));
    return budget_document_end(ctx, document);
}

/* Investment is voted by article: no rate was recorded, and within chapter 21 none is asked for. */
static void articles_of_a_chapter_are_moved_outside_the_limit(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct fungible_section sections[TRANSFER_SECTIONS];
    struct budget_act primitive = act_of(act_id);
    (void)state;
    opens_credits();
    assert_int_equal(DO(&test, decides_more(&ctx)), OK);
    opens_credits();
    shows("/accounting/acts/1/transfers", "1/21/2183//");
    assert_int_equal(moves("60632", "6156", 100), INVALID); /* voted by chapter */
    leads(ENGAGE, "object=Bureau&party=" SUPPLIER "&account=2183&amount=1000&day=2026-11-02",
          "/accounting/engagements/3?saved=1");
    assert_int_equal(moves("2183", "2188", 300001), INVALID);
    assert_true(is_told("budget.engaged", "article 2183"));
    assert_int_equal(moves("2183", "2184", 1), INVALID);
    assert_true(is_told("fungible.special", "articles"));
    assert_int_equal(moves("2183", "2188", 300000), OK);
    assert_int_equal(available_of("2183", CELL_INVESTMENT), 0);
    assert_int_equal(available_of("2188", CELL_INVESTMENT), 400000);
    assert_int_equal(transfers_kept(), 1);
    assert_int_equal(budget_transfer_sections(&ctx, &primitive, sections), OK);
    assert_int_equal(sections[CHART_INVESTMENT].moved.cents, 0);
    shows("/accounting/acts/1/transfers", "21 · 2188");
    holds();
}

static enum status decides_first(struct ctx *ctx)
{
    int64_t document;
    TRY(vote_begin(ctx, "02", "1", &document));
    add_line(ctx, 1, "65748", "65", 100000, 0);
    add_line(ctx, 2, "73111", "731", 100000, 0);
    return budget_document_end(ctx, document);
}

/* 011: 8 000 open, of which 7 500 are engaged; 65: 1 000 by a first decision. 7.5 % of 17 000 are 1 275. */
static void begins_to_move(void)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act primitive = act_of(act_id);
    opens_credits();
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    assert_int_equal(DO(&test, budget_rate_set(&ctx, &primitive, 750)), OK);
    assert_int_equal(DO(&test, decides_first(&ctx)), OK);
    opens_credits();
    test_act_as(&test, clerk, ROLE_AGENT);
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=7500&day=2026-11-02",
          "/accounting/engagements/3?saved=1");
}

static void a_transfer_moves_open_credits_at_once_or_not_at_all(void **state)
{
    struct str body;
    (void)state;
    begins_to_move();
    assert_int_equal(moves("6156", "65748", 50001), INVALID);
    assert_true(is_told("budget.engaged", "chapitre 011, dépenses de fonctionnement"));
    assert_int_equal(transfers_kept(), 0);
    assert_int_equal(available_of("011", CELL_FUNCTIONING), 50000);
    assert_int_equal(moves("6156", "65748", 50000), OK);
    assert_int_equal(transfers_kept(), 1);
    assert_int_equal(available_of("011", CELL_FUNCTIONING), 0);
    assert_int_equal(available_of("65", CELL_FUNCTIONING), 150000);
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_lacks(body, "dont les crédits ne sont pas ouverts");
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_decision_takes_no_credit_that_is_engaged, begins, tear_down),
        cmocka_unit_test_setup_teardown(what_changes_no_level_has_nothing_to_open, begins, tear_down),
        cmocka_unit_test_setup_teardown(what_the_book_would_refuse_is_not_voted, begins, tear_down),
        cmocka_unit_test_setup_teardown(articles_of_a_chapter_are_moved_outside_the_limit, begins, tear_down),
        cmocka_unit_test_setup_teardown(a_transfer_moves_open_credits_at_once_or_not_at_all, begins, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
