/* A budget voted by function: credits are of chapters of functions, and what is charged goes to the one of its
 * function. */
#include "service/accounting/spend/test_spend.h"

#define BY_FUNCTION(vote)                                                                                              \
    "<DocumentBudgetaire xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\"><VersionSchema V=\"95\"/>"         \
    "<EnTeteDocBudgetaire><LibelleColl V=\"BEAUVAL\"/><IdColl V=\"21560046100010\"/><IdPost V=\"056025\"/>"            \
    "</EnTeteDocBudgetaire><Budget>"                                                                                   \
    "<EnTeteBudget><LibelleEtab V=\"Beauval\"/><IdEtab V=\"21560046100036\"/><CodColl V=\"520\"/>"                     \
    "<CodBud V=\"00\"/><Nomenclature V=\"M57-M57_D\"/></EnTeteBudget><BlocBudget><NatDec V=\"01\"/>"                   \
    "<Exer V=\"2026\"/><ProjetBudget V=\"false\"/><DteDec V=\"2026-04-07\"/><NatVote V=\"" vote "\"/>"                 \
    "<NatFonc V=\"2\"/><CodTypBud V=\"P\"/></BlocBudget></Budget></DocumentBudgetaire>"

static bool is_by_article;

static void add(struct ctx *ctx, int64_t place, const char *nature, const char *function, const char *chapter,
                int64_t cents)
{
    bool is_receipt = nature[0] == '7' || nature[0] == '1', is_investment = nature[0] == '2' || nature[0] == '1';
    struct budget_line line = {.place = place, .nature = str_of(nature), .function = str_of(function),
                               .operation = STR(""), .chapter = STR(""), .function_chapter = str_of(chapter),
                               .operation_chapter = STR(""), .group_chapter = STR("011"), .extra = STR(""),
                               .direction = is_receipt ? CHART_RECEIPT : CHART_EXPENSE,
                               .section = is_investment ? CHART_INVESTMENT : CHART_FUNCTIONING,
                               .has = {[DOCBUDG_VOTED] = true}, .amounts = {[DOCBUDG_VOTED] = {cents}}};
    assert_int_equal(budget_line_add(ctx, act_id, &line), OK);
}

static enum status vote_by_function(struct ctx *ctx)
{
    struct budget_act act = {.label = STR("Beauval"), .siret = STR("21560046100036"), .year = 2026, .kind = STR("01"),
                             .number = STR(""), .nomenclature = STR("M57-M57_D"), .decided = date_of(2026, 4, 7)};
    int64_t document;
    TRY(budget_document_begin(ctx, is_by_article ? STR(BY_FUNCTION("FaIa")) : STR(BY_FUNCTION("FcIc")), &document));
    TRY(budget_act_begin(ctx, document, &act, STR("P"), false, &act_id));
    add(ctx, 1, "60632", "213", "932", 500000);
    add(ctx, 2, "60632", "020", "930", 300000);
    add(ctx, 3, "66111", "", "943", 100000);
    add(ctx, 4, "73111", "", "940", 900000);
    add(ctx, 5, "21838", "213", "902", 400000);
    add(ctx, 6, "10222", "", "922", 400000);
    return budget_document_end(ctx, document);
}

static int set_up_by_function(void **state)
{
    struct str body;
    (void)set_up(state);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, vote_by_function(&ctx)), OK);
    assert_int_equal(send("/accounting/acts/2/open", "", &body), 303);
    assert_true(str_eq(body, STR("/accounting/years/2/2026?saved=1")));
    confirm_account();
    return 0;
}

static int set_up_by_article(void **state)
{
    is_by_article = true;
    int done = set_up_by_function(state);
    is_by_article = false;
    return done;
}

static int64_t reserved_of(const char *level, enum cell_section section)
{
    struct ctx ctx = test_ctx(&test);
    struct cell_key key = {.budget = STR("21560046100036"), .exercise = 2026, .level = str_of(level),
                           .section = section, .direction = CELL_EXPENSE};
    struct book_cell cell;
    assert_int_equal(book_cell(&ctx, &key, &cell), OK);
    return cell.reserved.cents + cell.ordered.cents;
}

#define HERE "/accounting/years/2/2026"
#define PAPER(function, amount)                                                                                        \
    "object=Papier&party=" SUPPLIER "&account=60632&function=" function "&amount=" amount "&day=2026-11-02"

static void credits_are_of_chapters_of_functions(void **state)
{
    (void)state;
    shows(HERE, "932");
    refuses(HERE "/engage", PAPER("", "1"), "020, 213"); /* which one nobody said */
    refuses(HERE "/engage", PAPER("213", "5000,01"), "5\xE2\x80\xAF" "000,00");
    leads(HERE "/engage", PAPER("213", "3000"), "/accounting/engagements/2?saved=1");
    leads(HERE "/engage", PAPER("211", "2000"), "/accounting/engagements/3?saved=1"); /* of the same chapter */
    refuses(HERE "/engage", PAPER("212", "0,01"), "(ligne 932, dépenses de fonctionnement) : il en reste 0,00");
    leads(HERE "/engage", PAPER("020", "3000"), "/accounting/engagements/4?saved=1");
    assert_int_equal(reserved_of("932", CELL_FUNCTIONING), 500000);
    assert_int_equal(reserved_of("930", CELL_FUNCTIONING), 300000);
    leads(HERE "/engage", "object=Poste&party=" SUPPLIER "&account=21838&amount=10&day=2026-11-02",
          "/accounting/engagements/5?saved=1");
    assert_int_equal(reserved_of("902", CELL_INVESTMENT), 1000);
    holds();
}

/* What has no function is counted where the budget counts it; an account that has neither is refused. */
static void what_has_no_function_is_where_the_budget_has_it(void **state)
{
    (void)state;
    leads(HERE "/order", "object=Interets&party=" SUPPLIER "&account=66111&amount=100&day=2026-11-02",
          "/accounting/pieces/2?saved=1");
    assert_int_equal(reserved_of("943", CELL_FUNCTIONING), 10000);
    refuses(HERE "/order", "object=Taxe&party=" SUPPLIER "&account=637&amount=1&day=2026-11-02",
            "par fonction");
    holds();
}

/* From the engagement to its mandat on the same chapter. */
static void a_mandat_is_of_the_chapter_of_its_engagement(void **state)
{
    (void)state;
    leads(HERE "/engage", PAPER("213", "100"), "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=100", "/accounting/engagements/2?saved=1");
    leads(HERE "/bill",
          "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&tax=0&net=100&engagement=1",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    assert_int_equal(reserved_of("932", CELL_FUNCTIONING), 10000);
    holds();
}

static void articles_are_of_functions_too(void **state)
{
    (void)state;
    leads(HERE "/engage", PAPER("213", "5000"), "/accounting/engagements/2?saved=1");
    refuses(HERE "/engage", PAPER("211", "0,01"), "ligne 932, fonction 211, dépenses de fonctionnement");
    assert_int_equal(reserved_of("932-213", CELL_FUNCTIONING), 500000);
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(credits_are_of_chapters_of_functions, set_up_by_function, tear_down),
        cmocka_unit_test_setup_teardown(what_has_no_function_is_where_the_budget_has_it, set_up_by_function, tear_down),
        cmocka_unit_test_setup_teardown(a_mandat_is_of_the_chapter_of_its_engagement, set_up_by_function, tear_down),
        cmocka_unit_test_setup_teardown(articles_are_of_functions_too, set_up_by_article, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
