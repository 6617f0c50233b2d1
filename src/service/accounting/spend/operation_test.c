/* Operations of equipment that are voted have credits of their own; accounts that the budget has by function alone bear
 * one. */
#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/spend/test_spend.h"

#define BY_OPERATION                                                                                                   \
    "<DocumentBudgetaire xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\"><VersionSchema V=\"95\"/>"         \
    "<EnTeteDocBudgetaire><LibelleColl V=\"BEAUVAL\"/><IdColl V=\"21560046100010\"/><IdPost V=\"056025\"/>"            \
    "</EnTeteDocBudgetaire><Budget>"                                                                                   \
    "<EnTeteBudget><LibelleEtab V=\"Beauval\"/><IdEtab V=\"21560046100010\"/><CodColl V=\"520\"/>"                     \
    "<CodBud V=\"00\"/><Nomenclature V=\"M57-M57_A\"/></EnTeteBudget><BlocBudget><NatDec V=\"02\"/><NumDec V=\"1\"/>"  \
    "<Exer V=\"2026\"/><ProjetBudget V=\"false\"/>"                                                                    \
    "<DteDec V=\"2026-05-05\"/><NatVote V=\"FcIc\"/><OpeEquip V=\"true\"/><CodTypBud V=\"P\"/></BlocBudget></Budget>"  \
    "</DocumentBudgetaire>"

static enum status add(struct ctx *ctx, int64_t place, const char *function, const char *operation, int64_t cents)
{
    bool has_operation = operation[0] != '\0';
    struct budget_line line = {.place = place, .nature = str_of(has_operation ? "2183" : "60612"),
                               .function = str_of(function), .operation = str_of(operation),
                               .chapter = STR(""), .function_chapter = STR(""), .operation_chapter = str_of(operation),
                               .group_chapter = str_of(has_operation ? "21" : "011"), .extra = STR(""),
                               .direction = CHART_EXPENSE,
                               .section = has_operation ? CHART_INVESTMENT : CHART_FUNCTIONING};
    line.has[DOCBUDG_VOTED] = true;
    line.amounts[DOCBUDG_VOTED] = (struct money){cents};
    return budget_line_add(ctx, act_id, &line);
}

static enum status decide(struct ctx *ctx)
{
    struct budget_act act = {.label = STR("Beauval"), .siret = STR("21560046100010"), .year = 2026, .kind = STR("02"),
                             .number = STR("1"), .nomenclature = STR("M57-M57_A"), .decided = date_of(2026, 5, 5)};
    int64_t document;
    TRY(budget_document_begin(ctx, STR(BY_OPERATION), &document));
    TRY(budget_act_begin(ctx, document, &act, STR("P"), false, &act_id));
    TRY(add(ctx, 1, "", "100", 9600000));
    TRY(add(ctx, 2, "", "107", 8800000));
    TRY(add(ctx, 3, "020", "", 100000));
    TRY(add(ctx, 4, "213", "", 100000));
    add_line(ctx, 5, "73111", "731", 200000, 0);
    add_line(ctx, 6, "10222", "10", 18400000, 0);
    return budget_document_end(ctx, document);
}

static int set_up_by_operation(void **state)
{
    (void)set_up(state);
    opens_credits();
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, decide(&ctx)), OK);
    opens_credits();
    return 0;
}

static void an_operation_is_never_spent_above_its_own_credits(void **state)
{
    (void)state;
#define OPERATION(number, amount)                                                                                      \
    "object=Serveurs&party=" SUPPLIER "&account=2183&operation=" number "&amount=" amount "&day=2026-11-02"
    shows("/accounting/years/1/2026", "op100");
    shows(ENGAGE, "id=\"engage-operation\"");
    refuses(ENGAGE, OPERATION("100", "96000,01"), "96\xE2\x80\xAF" "000,00");
    refuses(ENGAGE, OPERATION("999", "1"), "0,00");
    leads(ENGAGE, OPERATION("100", "96000"), "/accounting/engagements/3?saved=1");
    refuses(ENGAGE, OPERATION("100", "0,01"), "(opération 100, dépenses d’investissement)");
    leads(ENGAGE, OPERATION("107", "88000"), "/accounting/engagements/4?saved=1");
    /* What is of no operation keeps the credits of its chapter. */
    refuses(ENGAGE, OPERATION("", "4000,01"), "4\xE2\x80\xAF" "000,00");
    leads(ENGAGE, OPERATION("", "4000"), "/accounting/engagements/5?saved=1");
    refuses(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&operation=100&amount=1&day=2026-11-02",
            "investissement");
    holds();
}

static void an_account_by_function_bears_one(void **state)
{
    (void)state;
    refuses(ENGAGE, "object=Gaz&party=" SUPPLIER "&account=60612&amount=10&day=2026-11-02", "020, 213");
    leads(ENGAGE, "object=Gaz&party=" SUPPLIER "&account=60612&function=213&amount=10&day=2026-11-02",
          "/accounting/engagements/3?saved=1");
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=10&day=2026-11-02",
          "/accounting/engagements/4?saved=1");
    holds();
}

static void takes_over_the_chart(void)
{
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, chart_taken_decide(&ctx, STR("M57-M57_A"), 2026, 2024)), OK);
    test_act_as(&test, clerk, ROLE_AGENT);
}

static struct book_cell equipment_of(const char *level)
{
    struct ctx ctx = test_ctx(&test);
    struct cell_key key = {.budget = STR("21560046100010"), .exercise = 2026, .level = str_of(level),
                           .section = CELL_INVESTMENT, .direction = CELL_EXPENSE};
    struct book_cell cell;
    assert_int_equal(book_cell(&ctx, &key, &cell), OK);
    return cell;
}

/* A clerk writes a line for an operation in the grid, or pastes it; once it is voted and opened its credits are its
 * own. */
static void a_line_for_an_operation_is_written_in_the_grid(void **state)
{
    (void)state;
    opens_credits();
    takes_over_the_chart();
#define DRAFT "/accounting/acts/2"
    leads("/accounting/acts/1/amend", "kind=02", DRAFT "/edit");
    shows(DRAFT "/edit?part=di", "name=\"operation\"");
    refuses(DRAFT "/add", "part=df&account=60632&operation=12&amount=1",
            "op\xC3\xA9ration d\xE2\x80\x99\xC3\xA9quipement");
    refuses(DRAFT "/add", "part=di&account=2183&operation=1-2&amount=1",
            "op\xC3\xA9ration d\xE2\x80\x99\xC3\xA9quipement");
    leads(DRAFT "/add", "part=di&account=2183&operation=12&amount=400", DRAFT "/edit?part=di&saved=1");
    leads(DRAFT "/add", "part=di&account=2183&operation=12&amount=500", DRAFT "/edit?part=di&saved=1");
    leads(DRAFT "/paste", "part=di&lines=2182%3B%3B12%3B100%0A2188%3B%3B13%3B200", DRAFT "/edit?part=di&saved=1");
    leads(DRAFT "/add", "part=ri&account=10222&amount=800", DRAFT "/edit?part=ri&saved=1");
    shows(DRAFT "/edit?part=di", "op\xC3\xA9ration 12");
    leads(DRAFT "/vote", "day=2026-05-05", DRAFT);
    leads(DRAFT "/open", "", "/accounting/years/1/2026?saved=1");
    assert_int_equal(equipment_of("op12").voted.cents, 60000);
    assert_int_equal(equipment_of("op13").voted.cents, 20000);
    leads(ENGAGE, OPERATION("12", "600"), "/accounting/engagements/3?saved=1");
    refuses(ENGAGE, OPERATION("12", "0,01"), "0,00");
    holds();
}

static void the_page_says_which_chart_serves(void **state)
{
    (void)state;
    opens_credits();
    shows("/accounting/years/1/2026", "Plan de comptes de 2024, sans d\xC3\xA9" "cision");
    shows(ENGAGE, "sans d\xC3\xA9" "cision");
    takes_over_the_chart();
    shows("/accounting/years/1/2026", "Plan de comptes repris de 2024");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_operation_is_never_spent_above_its_own_credits, set_up_by_operation,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_account_by_function_bears_one, set_up_by_operation, tear_down),
        cmocka_unit_test_setup_teardown(a_line_for_an_operation_is_written_in_the_grid, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_says_which_chart_serves, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
