/* Lines pasted from a spreadsheet; and own resources, which keep a primitive budget from being voted. */
#include "service/accounting/budget/budget_paste.h"
#include "service/accounting/budget/test_budget.h"
#include "service/accounting/lang.h"

#define ONE(account, chapter, sense, amounts) \
    "<LigneBudget><Nature V=\"" account "\"/><ContNat V=\"" chapter "\"/><CodRD V=\"" sense "\"/>" \
    amounts "<OpBudg V=\"0\"/></LigneBudget>"
#define VOTED \
    ONE("60611", "011", "D", "<MtPrev V=\"10.00\"/><CredOuv V=\"10.00\"/>") \
    ONE("73111", "731", "R", "<MtPrev V=\"10.00\"/><CredOuv V=\"10.00\"/>")

static enum status read(const char *text, struct budget_pasted **rows, size_t *count, struct budget_paste_fault *fault)
{
    return budget_paste_read(arena, LANGUAGE_FR, str_of(text), rows, count, fault);
}

static void lines_are_read_as_spreadsheets_give_them(void **state)
{
    (void)state;
    struct budget_pasted *rows;
    struct budget_paste_fault fault;
    size_t count;
    assert_int_equal(read("60611;020;1 200,50\r\n\r\n 60612\t\t3\n60613;4", &rows, &count, &fault), OK);
    assert_int_equal(count, 3);
    assert_true(str_eq(rows[0].account, STR("60611")) && str_eq(rows[0].function, STR("020")));
    assert_int_equal(rows[0].amount.cents, 120050);
    assert_true(rows[1].line == 3 && rows[1].function.len == 0 && rows[1].amount.cents == 300);
    assert_true(str_eq(rows[2].account, STR("60613")) && rows[2].amount.cents == 400);
}

static void lines_that_cannot_be_read_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t line;
        enum text_key why;
    } wrong[] = {{"60611;020;1\n60612;020;douze", 2, T_accounting_amount_wrong},
                 {"60611", 1, T_accounting_paste_columns},
                 {"60611;020;1;2;3", 1, T_accounting_paste_columns},
                 {";020;1", 1, T_accounting_paste_columns},
                 {"60611;02000000000000000;1", 1, T_accounting_paste_columns},
                 {"60611111111111111;020;1", 1, T_accounting_paste_columns},
                 {"compte;fonction;montant", 1, T_accounting_amount_wrong},
                 {"", 0, T_accounting_paste_empty},
                 {" \n\n", 0, T_accounting_paste_empty}};
    struct budget_pasted *rows;
    struct budget_paste_fault fault;
    size_t count;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(read(wrong[i].text, &rows, &count, &fault), INVALID);
        assert_int_equal(fault.line, wrong[i].line);
        assert_int_equal(fault.why, wrong[i].why);
    }
}

static void so_many_lines_and_no_more(void **state)
{
    (void)state;
    struct budget_pasted *rows;
    struct budget_paste_fault fault;
    struct buf text BUF_SCOPE = BUF_INIT(1 << 16);
    size_t count;
    for (int i = 0; i < BUDGET_PASTE_MAX; i++)
        buf_add_format(&text, "%d;1\n", 600000 + i);
    assert_int_equal(budget_paste_read(arena, LANGUAGE_FR, buf_str(&text), &rows, &count, &fault), OK);
    assert_int_equal(count, BUDGET_PASTE_MAX);
    buf_add_c(&text, "60611;1");
    assert_int_equal(budget_paste_read(arena, LANGUAGE_FR, buf_str(&text), &rows, &count, &fault), LIMIT);
    assert_int_equal(fault.why, T_accounting_paste_many);
}

static int64_t voted_of(int64_t act, const char *account, const char *function)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines;
    size_t count;
    assert_int_equal(budget_lines(&ctx, act, &lines, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(lines[i].nature, str_of(account)) && str_eq(lines[i].function, str_of(function)))
            return lines[i].amounts[DOCBUDG_VOTED].cents;
    return -1;
}

static void begin_draft(void)
{
    struct str body;
    int64_t document;
    assert_int_equal(take(STR(HEAD("2023", "01") VOTED FOOT), false, SIZE_MAX, &document), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
}

static void all_lines_are_taken_or_none(void **state)
{
    (void)state;
    struct str body;
    begin_draft();
    const char *paste = "/accounting/acts/2/paste";
    assert_int_equal(test_page(&test, paste, TOKEN "part=df&lines=60611%3B%3B25%0D%0A60612%3B020%3B7,50", &body), 303);
    assert_int_equal(voted_of(2, "60611", ""), 2500);
    assert_int_equal(voted_of(2, "60612", "020"), 750);
    static const char *const wrong[] = {
        TOKEN "part=df&lines=60611%3B%3B99%0A99999%3B%3B1",      /* no such account */
        TOKEN "part=df&lines=60611%3B%3B99%0A60613%3B999999%3B1", /* nor function */
        TOKEN "part=df&lines=60611%3B%3B99%0A73111%3B%3B1",      /* a receipt */
        TOKEN "part=df&lines=60611%3B%3B99%0A60611%3B%3B1",      /* twice */
        TOKEN "part=df&lines=60611%3B%3B99%0Ax", TOKEN "part=df&lines=", TOKEN "part=df"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(test_page(&test, paste, wrong[i], &body), 422);
        assert_true(has(body, "role=\"alert\""));
        assert_int_equal(voted_of(2, "60611", ""), 2500);
    }
    assert_int_equal(test_page(&test, paste, wrong[0], &body), 422);
    assert_true(has(body, "La ligne 2") && has(body, "99999;;1</textarea>")); /* to be mended */
    assert_int_equal(test_page(&test, "/accounting/acts/1/paste", TOKEN "part=df&lines=60611%3B1", &body), 409);
    test_act_as(&test, test.actor.person, ROLE_AGENT);
    assert_int_equal(test_page(&test, paste, TOKEN "part=df&lines=60611%3B1", &body), 403);
}

static void a_cut_below_zero_is_not_pasted(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    assert_int_equal(take(STR(HEAD("2023", "01") VOTED FOOT), false, SIZE_MAX, &document), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/acts/1/amend", TOKEN "kind=02", &body), 303);
    const char *paste = "/accounting/acts/2/paste";
    assert_int_equal(test_page(&test, paste, TOKEN "part=df&lines=60612;1%0A60611%3B-10,01", &body), 422);
    assert_int_equal(voted_of(2, "60612", ""), -1);
    assert_int_equal(test_page(&test, paste, TOKEN "part=df&lines=60611%3B-10", &body), 303);
    assert_int_equal(voted_of(2, "60611", ""), -1000);
}

/* 100 to repay, 99,99 of its own: not voted; a cent more: voted. */
static void capital_that_is_not_covered_is_not_voted(void **state)
{
    (void)state;
    struct str body;
    begin_draft();
    const char *paste = "/accounting/acts/2/paste";
    assert_int_equal(test_page(&test, paste, TOKEN "part=di&lines=1641%3B100", &body), 303);
    assert_int_equal(test_page(&test, paste, TOKEN "part=ri&lines=10222%3B99,99%0A1321%3B0,01", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", NULL, &body), 200);
    assert_true(has(body, "Capital des emprunts") && has(body, "manque 0,01"));
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2024-04-04", &body), 422);
    assert_true(has(body, "Les ressources propres de l"));
    assert_int_equal(test_page(&test, paste, TOKEN "part=ri&lines=10222%3B100%0A1321%3B0", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/edit", NULL, &body), 200);
    assert_true(has(body, "Le capital est couvert"));
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2024-04-04", &body), 303);
}

/* In force: 100 to repay, 100 of its own. A decision that borrows to repay more is not voted; own receipts mend it. */
static void a_decision_leaves_capital_covered(void **state)
{
    (void)state;
    struct str body;
    begin_draft();
    const char *paste = "/accounting/acts/2/paste";
    assert_int_equal(test_page(&test, paste, TOKEN "part=di&lines=1641%3B100", &body), 303);
    assert_int_equal(test_page(&test, paste, TOKEN "part=ri&lines=10222%3B100", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2024-04-04", &body), 303);
    static const char *const kinds[] = {TOKEN "kind=02", TOKEN "kind=03"};
    for (int i = 0; i < 2; i++) {
        char edit[64], vote[64], lines[64];
        snprintf(edit, sizeof edit, "/accounting/acts/%d/edit", i + 3);
        snprintf(vote, sizeof vote, "/accounting/acts/%d/vote", i + 3);
        snprintf(lines, sizeof lines, "/accounting/acts/%d/paste", i + 3);
        assert_int_equal(test_page(&test, "/accounting/acts/2/amend", kinds[i], &body), 303);
        assert_true(str_eq(body, str_of(edit)));
        assert_int_equal(test_page(&test, lines, TOKEN "part=di&lines=1641%3B50", &body), 303);
        assert_int_equal(test_page(&test, lines, TOKEN "part=ri&lines=1641%3B50", &body), 303);
        assert_int_equal(test_page(&test, edit, NULL, &body), 200);
        assert_true(has(body, "Capital des emprunts") && has(body, "manque 50,00"));
        assert_int_equal(test_page(&test, vote, TOKEN "day=2024-06-04", &body), 422);
        assert_true(has(body, "Les ressources propres de l"));
        assert_int_equal(test_page(&test, lines, TOKEN "part=ri&lines=1641%3B0%0A10222%3B50", &body), 303);
        assert_int_equal(test_page(&test, vote, TOKEN "day=2024-06-04", &body), 303);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_are_read_as_spreadsheets_give_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lines_that_cannot_be_read_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(so_many_lines_and_no_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_lines_are_taken_or_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cut_below_zero_is_not_pasted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(capital_that_is_not_covered_is_not_voted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_decision_leaves_capital_covered, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
