#include "core/export.h"
#include "service/accounting/budget/budget_change.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_rows.h"
#include "service/accounting/budget/test_budget.h"
#include "service/accounting/right/right.h"

static const char document_2023[] = HEAD("2023", "01") LINES FOOT;

static void a_document_goes_out_as_it_came(void **state)
{
    (void)state;
    int64_t document;
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &document), OK);
    goes_out_as_it_came(str_of(document_2023), document);
}

static void lines_are_summed_where_they_belong(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct budget_total totals[4];
    struct budget_act act;
    struct budget_line *lines;
    int64_t document;
    size_t count;
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &document), OK);
    assert_int_equal(budget_act_named(&ctx, STR("21560046100010"), 2023, STR("bp"), STR_NONE, &act), OK);
    assert_int_equal(budget_act_named(&ctx, STR("21560046100010"), 2022, STR("01"), STR_NONE, &act), NOT_FOUND);
    assert_int_equal(budget_totals(&ctx, act.id, totals, &count), OK);
    assert_int_equal(count, 3);
    assert_int_equal(totals[0].amounts[DOCBUDG_OPEN].cents, 130050);
    assert_int_equal(totals[0].lines, 2);
    assert_int_equal(totals[1].amounts[DOCBUDG_OPEN].cents, 130050);
    assert_int_equal(totals[2].amounts[DOCBUDG_VOTED].cents, -6500);
    assert_int_equal(totals[2].amounts[DOCBUDG_CARRIED].cents, 7000);
    assert_int_equal(budget_lines(&ctx, act.id, &lines, &count), OK);
    assert_int_equal(count, 4);
    assert_true(str_eq(lines[2].group_chapter, STR("70")) && lines[2].chapter.len == 0); /* by the chart */
}

static void an_act_stands_once(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    int64_t one, two;
    struct str frame;
    int64_t acts[DOCBUDG_BUDGETS_MAX];
    size_t count;
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &one), OK);
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &two), CONFLICT);
    assert_int_equal(act_count(), 1);
    assert_int_equal(take(str_of(document_2023), true, SIZE_MAX, &two), OK);
    assert_int_equal(act_count(), 1);
    assert_int_equal(budget_document(&ctx, one, &frame, acts, &count), NOT_FOUND);
    goes_out_as_it_came(str_of(document_2023), two);
    assert_int_equal(take(STR(HEAD("2024", "01") LINES FOOT), false, SIZE_MAX, &two), OK);
    assert_int_equal(act_count(), 2);
}

/* Nobody sees half of one, and the next try sweeps it away. */
static void an_interrupted_import_is_not_there(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    int64_t broken, whole;
    struct str frame;
    int64_t acts[DOCBUDG_BUDGETS_MAX];
    size_t count;
    assert_int_equal(take(str_of(document_2023), false, 2, &broken), OK);
    assert_int_equal(act_count(), 0);
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &whole), OK);
    assert_int_equal(act_count(), 1);
    assert_int_equal(budget_document(&ctx, broken, &frame, acts, &count), NOT_FOUND);
}

static void parcels_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    static const char *const wrong[] = {"", "X{}", "L{}", "A{}", "D{}", "D", "D{\"frame\":\"\",\"replaces\":false}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct budget_coming coming = {0};
        assert_true(DO(&test, budget_parcel_take(&ctx, str_of(wrong[i]), &coming)) != OK);
    }
    struct budget_coming coming;
    assert_int_equal(budget_coming_read(STR("1 x"), &coming), INVALID);
    assert_int_equal(budget_coming_read(STR("1 0 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17"), &coming), LIMIT);
}

static void pages_show_each_line(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_true(has(body, "TOTEM"));
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &document), OK);
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_true(has(body, "/accounting/acts/1") && has(body, "Eau &amp; d\xc3\xa9" "chets"));
    assert_int_equal(test_page(&test, "/accounting/acts/1", NULL, &body), 200);
    assert_true(has(body, "60611") && has(body, "211") && has(body, "id=\"df-011\"") && has(body, "Chapitre") == false);
    assert_true(has(body, ",50</td>"));
    assert_int_equal(test_page(&test, "/accounting/acts/2", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/acts/x", NULL, &body), 404);
}

#define LINE(account, cents)                                                                                           \
    {.group_chapter = STR_INIT("011"), .nature = STR_INIT(account), .function = STR_INIT(""),                          \
     .operation = STR_INIT(""), .has = {[DOCBUDG_OPEN] = true}, .amounts = {[DOCBUDG_OPEN] = {cents}}}

static void changes_are_told_line_by_line(void **state)
{
    (void)state;
    static const struct budget_line before[] = {LINE("606", 100), LINE("607", 5), LINE("608", 30), LINE("608", 12)};
    static const struct budget_line after[] = {LINE("605", 1), LINE("606", 100), LINE("608", 40), LINE("609", 0)};
    struct budget_change *changes;
    size_t count;
    assert_int_equal(budget_changes(arena, before, 4, after, 4, &changes, &count), OK);
    assert_int_equal(count, 3);
    assert_true(!changes[0].was && changes[0].is && changes[0].after.cents == 1);
    assert_true(changes[1].was && !changes[1].is && changes[1].before.cents == 5);
    assert_true(changes[2].before.cents == 42 && changes[2].after.cents == 40);
    assert_int_equal(budget_changes(arena, before, 4, before, 4, &changes, &count), OK);
    assert_int_equal(count, 0);
    assert_int_equal(budget_changes(arena, NULL, 0, after, 4, &changes, &count), OK);
    assert_int_equal(count, 3);
}

static void two_acts_are_compared_on_a_page(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &document), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1/changes", NULL, &body), 200);
    assert_false(has(body, "<select"));
    assert_int_equal(take(STR(HEAD("2024", "01") FOOT), false, SIZE_MAX, &document), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/2/changes", NULL, &body), 200);
    assert_true(has(body, "<select") && has(body, "60611 020"));
    assert_int_equal(test_page(&test, "/accounting/acts/2/changes?with=1", NULL, &body), 200);
    assert_true(has(body, "60611 020"));
    assert_int_equal(test_page(&test, "/accounting/acts/2/changes?with=9", NULL, &body), 404);
}

static void lines_are_given_as_csv(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &document), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1/lines.csv", NULL, &body), 200);
    assert_true(has(body, "Section,CodRD,OpBudg,ContNat,Nature,"));
    assert_true(has(body, "F,D,0,011,60611,") && has(body, ",020,,90.00,0.00,0.00,100.00,100.00,0.00,0.00\r\n"));
    assert_true(has(body, ",12,0.00,70.00,0.00,-65.00,5.00,0.00,0.00\r\n"));
}

static void amounts_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        enum language language;
        const char *text;
        int64_t cents;
    } rows[] = {{LANGUAGE_FR, "12 400", 1240000},
                {LANGUAGE_FR, " 12400,5 ", 1240050},
                {LANGUAGE_FR, "1\xE2\x80\xAF" "234,56", 123456},
                {LANGUAGE_FR, "\xE2\x88\x92" "3", -300},
                {LANGUAGE_FR, "1\xC2\xA0" "000.10", 100010},
                {LANGUAGE_EN, "12,400.50", 1240050},
                {LANGUAGE_EN, "1,000,000", 100000000}};
    static const char *const wrong[] = {"", "x", "12,345", "1e5", "1,2,3", "-0", "9999999999999", "12 400 euros",
                                        "11111111111111111111111111111111111111111"};
    struct money money;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(budget_amount_read(rows[i].language, str_of(rows[i].text), &money), OK);
        assert_int_equal(money.cents, rows[i].cents);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_true(budget_amount_read(LANGUAGE_FR, str_of(wrong[i]), &money) != OK);
}

/* Who prepares is one question, who administers another. */
static void preparing_asks_for_its_right(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &document), OK);
    assert_int_equal(DO(&test, right_set(&ctx, test.actor.person, RIGHTS_ALL & ~RIGHT_PREPARE)), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1", NULL, &body), 200);
    assert_lacks(body, "/accounting/acts/1/prepare");
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 403);
    assert_int_equal(test_page(&test, "/accounting/acts/1/amend", TOKEN "kind=02", &body), 403);
    assert_int_equal(DO(&test, right_set(&ctx, test.actor.person, RIGHT_PREPARE)), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1", NULL, &body), 200);
    assert_has(body, "/accounting/acts/1/prepare");
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", NULL, &body), 200);
    assert_int_equal(DO(&test, right_set(&ctx, test.actor.person, RIGHT_READ)), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR); /* whom the right was taken from */
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2024-04-04", &body), 403);
    assert_int_equal(test_page(&test, "/accounting/acts/2/drop", TOKEN, &body), 403);
}

/* From last year's act to a vote, as an administrator does it on the pages. */
static void next_year_is_prepared_and_voted(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    struct ctx ctx = test_ctx(&test);
    struct budget_act act;
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &document), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 403);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
    assert_true(str_eq(body, STR("/accounting/acts/2/edit")));
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 409); /* it is there */
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", NULL, &body), 200);
    assert_true(has(body, "60611") && has(body, "name=\"l1\"") && has(body, "name=\"l2\""));
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit?part=di", NULL, &body), 200);
    assert_true(has(body, "2188"));
    assert_int_equal(test_page(&test, "/accounting/acts/1/edit", NULL, &body), 409);
    /* 1 300,50 voted on both sides; now 20 more are spent, and investment has -65 without a receipt. */
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", TOKEN "part=df&l1=120,00&l2=douze", &body), 422);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", TOKEN "part=df&l1=120,00&l2=1+200,50", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit?part=df&saved=1", NULL, &body), 200);
    assert_true(has(body, "120,00"));
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2024-04-04", &body), 422);
    assert_true(has(body, "role=\"alert\""));
    assert_int_equal(budget_act(&ctx, 2, &act), OK);
    assert_true(act.is_draft);
    assert_int_equal(test_page(&test, "/accounting/acts/2/add", TOKEN "part=rf&account=70311&amount=20", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/add", TOKEN "part=rf&account=60611&amount=20", &body), 422);
    assert_int_equal(test_page(&test, "/accounting/acts/2/add", TOKEN "part=di&account=2188&amount=65", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=hier", &body), 422);
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2024-04-04", &body), 303);
    assert_int_equal(budget_act(&ctx, 2, &act), OK);
    assert_false(act.is_draft);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", TOKEN "part=df&l1=1", &body), 409);
    assert_int_equal(test_page(&test, "/accounting/acts/2/drop", TOKEN, &body), 409);
}

/* 2025 has no chart in the program: nothing is voted before the town decides, and then every page says by what. */
static void a_year_without_chart_is_voted_by_decision(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    struct ctx ctx = test_ctx(&test);
    struct budget_act act;
    static const char lines[] = HEAD("2024", "01")
        "<LigneBudget><Nature V=\"60611\"/><ContNat V=\"011\"/><CodRD V=\"D\"/><MtPrev V=\"5.00\"/>"
        "<CredOuv V=\"5.00\"/><OpBudg V=\"0\"/></LigneBudget>"
        "<LigneBudget><Nature V=\"73111\"/><ContNat V=\"731\"/><CodRD V=\"R\"/><MtPrev V=\"5.00\"/>"
        "<CredOuv V=\"5.00\"/><OpBudg V=\"0\"/></LigneBudget>" FOOT;
    assert_int_equal(take(str_of(lines), false, SIZE_MAX, &document), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", NULL, &body), 200);
    assert_false(has(body, "repris de"));
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2025-04-04", &body), 422);
    assert_int_equal(test_page(&test, "/accounting/charts/taken", TOKEN "from=M57-M57_A+2024&year=2025", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", NULL, &body), 200);
    assert_true(has(body, "repris de 2024"));
    assert_int_equal(test_page(&test, "/accounting/acts/2/add", TOKEN "part=df&account=60612&amount=0", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2025-04-04", &body), 303);
    assert_int_equal(budget_act(&ctx, 2, &act), OK);
    assert_false(act.is_draft);
    static const char *const pages[] = {"/accounting/acts/2", "/accounting/acts/2/changes"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        assert_int_equal(test_page(&test, pages[i], NULL, &body), 200);
        assert_true(has(body, "repris de 2024"));
    }
    assert_int_equal(test_page(&test, "/accounting/acts/1", NULL, &body), 200);
    assert_false(has(body, "repris de 2024")); /* 2024 has its own */
}

static void a_draft_can_be_dropped(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &document), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
    assert_int_equal(act_count(), 2);
    assert_int_equal(test_page(&test, "/accounting/acts/2/drop", TOKEN, &body), 303);
    assert_int_equal(act_count(), 1);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
}

struct copy {
    struct buf text[BUDGET_ROWS];
};

static void a_town_leaves_with_its_budgets(void **state)
{
    (void)state;
    struct copy copy = {0};
    int64_t document, next;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(take(str_of(document_2023), false, SIZE_MAX, &document), OK);
    for (size_t i = 0; i < BUDGET_ROWS; i++) {
        copy.text[i] = BUF_INIT(1 << 20);
        assert_int_equal(export_write(&ctx, &budget_rows[i], 0, &copy.text[i], &next), OK);
        assert_int_equal(next, -1);
    }
    tear_down(state);
    set_up(state);
    struct ctx other = test_ctx(&test);
    for (size_t i = 0; i < BUDGET_ROWS; i++) {
        struct str rest = buf_str(&copy.text[i]), piece;
        assert_int_equal(export_piece(&budget_rows[i], true, &rest, &piece), OK);
        assert_int_equal(DO(&test, export_take(&other, &budget_rows[i], piece)), OK);
        buf_finish(&copy.text[i]);
    }
    goes_out_as_it_came(str_of(document_2023), document);
    assert_int_equal(act_count(), 1);
}

static void real_documents_go_out_as_they_came(void **state)
{
    (void)state;
    static const char *const files[] = {"totem/crach_BP2022_principal/totem.xml",
                                        "totem/crach_CA2021_principal/totem.xml",
                                        "totem/crach_DM2_2021_principal/totem.xml",
                                        "totem/crach_lotissement_BP2022/totem.xml",
                                        "totem/crach_lotissement_DM1_2022/totem.xml",
                                        "totem/mohon_CFU2023_M57A/totem.xml", "totem/doc-budg-simple.xml"};
    shared_need("real_documents_go_out_as_they_came");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
        int64_t document;
        arena_reset(arena);
        assert_true(shared_read(files[i], &bytes));
        assert_int_equal(take(buf_str(&bytes), false, SIZE_MAX, &document), OK);
        goes_out_as_it_came(buf_str(&bytes), document);
    }
    assert_int_equal(act_count(), sizeof files / sizeof *files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_document_goes_out_as_it_came, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lines_are_summed_where_they_belong, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_act_stands_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_interrupted_import_is_not_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parcels_that_do_not_fit_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_show_each_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(changes_are_told_line_by_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_acts_are_compared_on_a_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lines_are_given_as_csv, set_up, tear_down),
        cmocka_unit_test_setup_teardown(amounts_are_read_as_people_write_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(preparing_asks_for_its_right, set_up, tear_down),
        cmocka_unit_test_setup_teardown(next_year_is_prepared_and_voted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_year_without_chart_is_voted_by_decision, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_draft_can_be_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_town_leaves_with_its_budgets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(real_documents_go_out_as_they_came, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
