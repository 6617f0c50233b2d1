/* Results of a year: shared out, taken over, and held against the budgets of a real commune, whose account of 2021 and
 * budget of 2022 lie beside the checkout (E1 to E12 of its oracle). */
#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_result.h"
#include "service/accounting/budget/test_budget.h"

#define CRACH "21560046100010"

static struct budget_total total(enum chart_section section, enum chart_direction direction, int64_t done, int64_t left)
{
    return (struct budget_total){.section = section,
                                 .direction = direction,
                                 .amounts = {[DOCBUDG_DONE] = {done}, [DOCBUDG_LEFT] = {left}}};
}

static struct budget_result result_of(int64_t functioning_surplus, int64_t investment_surplus, int64_t left_expense,
                                      int64_t left_receipt)
{
    const struct budget_total totals[] = {total(CHART_FUNCTIONING, CHART_EXPENSE, 1000, 0),
                                          total(CHART_FUNCTIONING, CHART_RECEIPT, 1000 + functioning_surplus, 0),
                                          total(CHART_INVESTMENT, CHART_EXPENSE, 1000, left_expense),
                                          total(CHART_INVESTMENT, CHART_RECEIPT, 1000 + investment_surplus,
                                                left_receipt)};
    struct budget_result result;
    assert_int_equal(budget_result_of(totals, 4, &result), OK);
    return result;
}

static void a_surplus_covers_what_investment_lacks_first(void **state)
{
    (void)state;
    struct budget_result result = result_of(500, -200, 150, 50);
    assert_int_equal(result.financing.cents, -300);
    assert_int_equal(result.to_1068.cents, 300);
    assert_int_equal(result.to_002.cents, 200);
    result = result_of(300, -200, 150, 50); /* just enough */
    assert_true(result.to_1068.cents == 300 && result.to_002.cents == 0);
    result = result_of(299, -200, 150, 50); /* a cent less than that */
    assert_true(result.to_1068.cents == 299 && result.to_002.cents == 0);
    result = result_of(500, 200, 50, 50); /* nothing is lacking */
    assert_true(result.to_1068.cents == 0 && result.to_002.cents == 500 && result.financing.cents == 200);
    result = result_of(500, 100, 100, 0); /* exactly nothing */
    assert_true(result.to_1068.cents == 0 && result.financing.cents == 0);
    result = result_of(-40, -200, 0, 0); /* a deficit covers nothing, and is reported */
    assert_true(result.to_1068.cents == 0 && result.to_002.cents == -40);
}

static void sums_too_large_are_refused(void **state)
{
    (void)state;
    const struct budget_total totals[] = {total(CHART_INVESTMENT, CHART_RECEIPT, MONEY_MAX, 1)};
    struct budget_result result;
    assert_int_equal(budget_result_of(totals, 1, &result), LIMIT);
}

/* ---- on a town's own ---- */

#define ONE(account, chapter, sense, amounts) \
    "<LigneBudget><Nature V=\"" account "\"/><ContNat V=\"" chapter "\"/><CodRD V=\"" sense "\"/>" \
    amounts "<OpBudg V=\"0\"/></LigneBudget>"
#define ACCOUNT \
    ONE("60611", "011", "D", "<MtPrev V=\"10.00\"/><MtReal V=\"10.00\"/>")                                             \
    ONE("73111", "731", "R", "<MtPrev V=\"10.00\"/><MtReal V=\"35.00\"/>")                                             \
    ONE("2188", "21", "D", "<MtPrev V=\"20.00\"/><MtReal V=\"12.00\"/><MtRAR3112 V=\"7.00\"/>")                        \
    ONE("21838", "21", "D", "<MtReal V=\"0.00\"/><MtRAR3112 V=\"2.00\"/>")                                             \
    ONE("10222", "10", "R", "<MtPrev V=\"20.00\"/><MtReal V=\"9.00\"/><MtRAR3112 V=\"1.00\"/>")

static int64_t amount_of(int64_t act, const char *account, enum chart_direction direction, enum docbudg_amount amount)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines;
    size_t count;
    int64_t sum = 0;
    assert_int_equal(budget_lines(&ctx, act, &lines, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(lines[i].nature, str_of(account)) && lines[i].direction == direction)
            sum += lines[i].amounts[amount].cents;
    return sum;
}

static void results_are_taken_over_on_the_page(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    assert_int_equal(take(STR(HEAD("2023", "09") ACCOUNT FOOT), false, SIZE_MAX, &document), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/acts/1/results", TOKEN, &body), 409);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", NULL, &body), 200);
    assert_true(has(body, "/accounting/acts/2/results") && has(body, "1068") && has(body, "11,00"));
    for (int again = 0; again < 2; again++) { /* a second time changes nothing */
        assert_int_equal(test_page(&test, "/accounting/acts/2/results", TOKEN, &body), 303);
        assert_int_equal(amount_of(2, "001", CHART_EXPENSE, DOCBUDG_VOTED), 300);
        assert_int_equal(amount_of(2, "1068", CHART_RECEIPT, DOCBUDG_VOTED), 1100);
        assert_int_equal(amount_of(2, "002", CHART_RECEIPT, DOCBUDG_VOTED), 1400);
        assert_int_equal(amount_of(2, "2188", CHART_EXPENSE, DOCBUDG_CARRIED), 700);
        assert_int_equal(amount_of(2, "2188", CHART_EXPENSE, DOCBUDG_OPEN), 2700);
        assert_int_equal(amount_of(2, "21838", CHART_EXPENSE, DOCBUDG_CARRIED), 200);
        assert_int_equal(amount_of(2, "10222", CHART_RECEIPT, DOCBUDG_CARRIED), 100);
    }
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit?part=di", NULL, &body), 200);
    assert_true(has(body, "Reports") && has(body, "7,00"));
}

static void without_an_account_there_is_nothing_to_take_over(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    assert_int_equal(take(STR(HEAD("2023", "01") ACCOUNT FOOT), false, SIZE_MAX, &document), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", NULL, &body), 200);
    assert_true(has(body, "Ni compte administratif"));
    assert_int_equal(test_page(&test, "/accounting/acts/2/results", TOKEN, &body), 404);
}

/* ---- on real files ---- */

static void bring_in(const char *path)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    int64_t document;
    assert_true(shared_read(path, &bytes));
    assert_int_equal(take(buf_str(&bytes), false, SIZE_MAX, &document), OK);
}

static int64_t act_named(const char *siret, int32_t year, const char *kind)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act act;
    assert_int_equal(budget_act_named(&ctx, str_of(siret), year, str_of(kind), STR_NONE, &act), OK);
    return act.id;
}

static int64_t sum_of(int64_t act, enum chart_section section, enum chart_direction direction,
                      enum docbudg_amount amount)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_total totals[4];
    size_t count;
    assert_int_equal(budget_totals(&ctx, act, totals, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (totals[i].section == section && totals[i].direction == direction)
            return totals[i].amounts[amount].cents;
    return 0;
}

static void the_account_of_2021_opens_the_budget_of_2022(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct budget_total totals[4];
    struct budget_result result;
    size_t count;
    shared_need("the_account_of_2021_opens_the_budget_of_2022");
    bring_in("totem/crach_CA2021_principal/totem.xml");
    bring_in("totem/crach_BP2022_principal/totem.xml");
    int64_t account = act_named(CRACH, 2021, "CA"), budget = act_named(CRACH, 2022, "BP");
    assert_int_equal(budget_totals(&ctx, account, totals, &count), OK);
    assert_int_equal(budget_result_of(totals, count, &result), OK);
    /* E1 */
    assert_int_equal(result.balance[CHART_FUNCTIONING].cents, 151140425);
    assert_int_equal(amount_of(budget, "1068", CHART_RECEIPT, DOCBUDG_VOTED) +
                         amount_of(budget, "002", CHART_RECEIPT, DOCBUDG_VOTED), 151140425);
    assert_int_equal(result.to_1068.cents + result.to_002.cents, 151140425);
    /* E2 */
    assert_int_equal(result.balance[CHART_INVESTMENT].cents, 18273654);
    assert_int_equal(amount_of(budget, "001", CHART_RECEIPT, DOCBUDG_VOTED), 18273654);
    /* E3, E4 */
    assert_int_equal(result.remaining[CHART_INVESTMENT][CHART_EXPENSE].cents, 38550358);
    assert_int_equal(result.remaining[CHART_INVESTMENT][CHART_RECEIPT].cents, 12383960);
    assert_int_equal(sum_of(budget, CHART_INVESTMENT, CHART_EXPENSE, DOCBUDG_CARRIED), 38550358);
    assert_int_equal(sum_of(budget, CHART_INVESTMENT, CHART_RECEIPT, DOCBUDG_CARRIED), 12383960);
    /* E5 to E7 */
    assert_int_equal(sum_of(budget, CHART_INVESTMENT, CHART_EXPENSE, DOCBUDG_VOTED) + 38550358, 364862849);
    for (enum chart_direction direction = CHART_EXPENSE; direction <= CHART_RECEIPT; direction++) {
        assert_int_equal(sum_of(budget, CHART_INVESTMENT, direction, DOCBUDG_OPEN), 364862849);
        assert_int_equal(sum_of(budget, CHART_FUNCTIONING, direction, DOCBUDG_OPEN), 355259900);
    }
    /* E8, E9: in the budget, and in the account as voted */
    assert_int_equal(amount_of(budget, "023", CHART_EXPENSE, DOCBUDG_VOTED),
                     amount_of(budget, "021", CHART_RECEIPT, DOCBUDG_VOTED));
    assert_int_equal(amount_of(account, "023", CHART_EXPENSE, DOCBUDG_VOTED),
                     amount_of(account, "021", CHART_RECEIPT, DOCBUDG_VOTED));
    /* E10 */
    assert_int_equal(result.financing.cents, -7892744);
    assert_int_equal(result.to_1068.cents, 7892744);
    assert_true(amount_of(budget, "1068", CHART_RECEIPT, DOCBUDG_VOTED) >= result.to_1068.cents);
}

/* Taken over from the account, each line carries over what the real budget says of it. */
static void what_remained_is_carried_over_as_the_real_budget_does(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct budget_line *real;
    struct budget_act primitive, draft;
    size_t count, seen = 0;
    int64_t id;
    shared_need("what_remained_is_carried_over_as_the_real_budget_does");
    bring_in("totem/crach_CA2021_principal/totem.xml");
    bring_in("totem/crach_BP2022_principal/totem.xml");
    assert_int_equal(budget_act(&ctx, act_named(CRACH, 2022, "BP"), &primitive), OK);
    assert_int_equal(DO(&test, budget_amend_begin(&ctx, &primitive, STR("03"), &id)), OK);
    assert_int_equal(budget_act(&ctx, id, &draft), OK);
    assert_int_equal(DO(&test, budget_result_take(&ctx, &draft)), OK);
    assert_int_equal(sum_of(id, CHART_INVESTMENT, CHART_EXPENSE, DOCBUDG_CARRIED), 38550358);
    assert_int_equal(sum_of(id, CHART_INVESTMENT, CHART_RECEIPT, DOCBUDG_CARRIED), 12383960);
    assert_int_equal(budget_lines(&ctx, primitive.id, &real, &count), OK);
    for (size_t i = 0; i < count; i++) {
        char account[32];
        snprintf(account, sizeof account, "%.*s", STR_ARG(real[i].nature));
        assert_int_equal(amount_of(id, account, real[i].direction, DOCBUDG_CARRIED),
                         amount_of(primitive.id, account, real[i].direction, DOCBUDG_CARRIED));
        seen += real[i].amounts[DOCBUDG_CARRIED].cents != 0;
    }
    assert_true(seen > 10);
}

/* E11: order operations are even in every document. E12: and so are the credits of the CFU. */
static void order_operations_are_even_in_every_real_document(void **state)
{
    (void)state;
    static const char *const files[] = {"totem/crach_BP2022_principal/totem.xml",
                                        "totem/crach_CA2021_principal/totem.xml",
                                        "totem/crach_DM2_2021_principal/totem.xml",
                                        "totem/crach_lotissement_BP2022/totem.xml",
                                        "totem/crach_lotissement_DM1_2022/totem.xml",
                                        "totem/mohon_CFU2023_M57A/totem.xml"};
    struct ctx ctx = test_ctx(&test);
    struct budget_act *acts;
    size_t act_total;
    shared_need("order_operations_are_even_in_every_real_document");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        bring_in(files[i]);
    assert_int_equal(budget_acts(&ctx, &acts, &act_total), OK);
    assert_int_equal(act_total, sizeof files / sizeof *files);
    for (size_t i = 0; i < act_total; i++) {
        bool is_cfu = str_eq(acts[i].kind, STR("10"));
        enum docbudg_amount amount = is_cfu ? DOCBUDG_OPEN : DOCBUDG_VOTED;
        struct budget_line *lines;
        size_t count;
        int64_t order = 0, done = 0, all = 0, credits = 0;
        assert_int_equal(budget_lines(&ctx, acts[i].id, &lines, &count), OK);
        for (size_t j = 0; j < count; j++) {
            int64_t sign = lines[j].direction == CHART_EXPENSE ? -1 : 1;
            order += lines[j].kind == CHART_REAL ? 0 : sign * lines[j].amounts[amount].cents;
            done += lines[j].kind == CHART_REAL ? 0 : sign * lines[j].amounts[DOCBUDG_DONE].cents;
            all += sign * lines[j].amounts[amount].cents;
            credits += sign > 0 ? lines[j].amounts[amount].cents : 0;
        }
        assert_int_equal(order, 0);
        if (is_cfu) {
            assert_int_equal(done, 0);
            assert_int_equal(all, 0);
            assert_int_equal(credits, 331270203);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_surplus_covers_what_investment_lacks_first),
        cmocka_unit_test(sums_too_large_are_refused),
        cmocka_unit_test_setup_teardown(results_are_taken_over_on_the_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_an_account_there_is_nothing_to_take_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_account_of_2021_opens_the_budget_of_2022, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_remained_is_carried_over_as_the_real_budget_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(order_operations_are_even_in_every_real_document, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
