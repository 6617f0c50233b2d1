/* Credits moved by delegation: within the rate voted, to the cent, and what is in force after it. */
#include "service/accounting/budget/budget_transfer.h"
#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_force.h"
#include "service/accounting/budget/test_budget.h"

#define SIRET "21560046100010"
#define ONE(account, chapter, sense, amounts) \
    "<LigneBudget><Nature V=\"" account "\"/><ContNat V=\"" chapter "\"/><CodRD V=\"" sense "\"/>" \
    amounts "<OpBudg V=\"0\"/></LigneBudget>"
/* Real expenses of functioning without 002: 1 000, 75 may be moved; of investment without what was carried: 400, 30. */
#define VOTED \
    ONE("60611", "011", "D", "<MtPrev V=\"400.00\"/><CredOuv V=\"400.00\"/>") \
    ONE("6411", "012", "D", "<MtPrev V=\"500.00\"/><CredOuv V=\"500.00\"/>") \
    ONE("65748", "65", "D", "<MtPrev V=\"100.00\"/><CredOuv V=\"100.00\"/>") \
    ONE("002", "002", "D", "<MtPrev V=\"10.00\"/><CredOuv V=\"10.00\"/>") \
    ONE("73111", "731", "R", "<MtPrev V=\"1010.00\"/><CredOuv V=\"1010.00\"/>") \
    ONE("2188", "21", "D", "<MtRARPrec V=\"50.00\"/><MtPrev V=\"380.00\"/><CredOuv V=\"430.00\"/>") \
    ONE("2051", "20", "D", "<MtPrev V=\"20.00\"/><CredOuv V=\"20.00\"/>") \
    ONE("10222", "10", "R", "<MtPrev V=\"450.00\"/><CredOuv V=\"450.00\"/>")

static struct budget_act primitive;
static struct faults *faults;

static void bring_in(int64_t rate)
{
    struct ctx ctx = test_ctx(&test);
    int64_t document;
    assert_int_equal(take(STR(HEAD("2023", "01") VOTED FOOT), false, SIZE_MAX, &document), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(budget_act_named(&ctx, STR(SIRET), 2023, STR("BP"), STR_NONE, &primitive), OK);
    if (rate > 0)
        assert_int_equal(DO(&test, budget_rate_set(&ctx, &primitive, rate)), OK);
}

static struct budget_line line_of(const char *account)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines, none = {.place = 0};
    size_t count;
    assert_int_equal(budget_in_force(&ctx, STR(SIRET), 2023, &lines, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(lines[i].nature, str_of(account)))
            return lines[i];
    return none;
}

static int64_t open_of(const char *account)
{
    return line_of(account).amounts[DOCBUDG_OPEN].cents;
}

static enum status move_on(const char *from, const char *to, int64_t cents, struct date day, const char *reason)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_line lines[] = {line_of(from), line_of(to)};
    struct budget_transfer_wish wish = {.from = lines[0].place > 0 ? &lines[0] : NULL,
                                        .to = lines[1].place > 0 ? &lines[1] : NULL,
                                        .amount = {cents},
                                        .day = day,
                                        .reason = str_of(reason)};
    int64_t act;
    faults = arena_new(arena, struct faults);
    faults->arena = arena;
    return DO(&test, budget_transfer_make(&ctx, &primitive, &wish, faults, &act));
}

static enum status move(const char *from, const char *to, int64_t cents)
{
    return move_on(from, to, cents, date_of(2023, 6, 1), "Hausse des prix");
}

static bool is_told(const char *rule)
{
    for (size_t i = 0; i < faults->count; i++)
        if (str_eq(faults->kept[i].rule, str_of(rule)))
            return true;
    return false;
}

static void exactly_the_limit_is_moved_and_a_cent_more_is_not(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct budget_transfer *transfers;
    struct fungible_section sections[TRANSFER_SECTIONS];
    size_t count;
    bring_in(750);
    assert_int_equal(budget_transfer_sections(&ctx, &primitive, sections), OK);
    assert_int_equal(sections[CHART_FUNCTIONING].real.cents, 100000);
    assert_int_equal(sections[CHART_INVESTMENT].real.cents, 40000);
    assert_int_equal(move("60611", "65748", 7501), INVALID);
    assert_true(is_told("fungible.limit"));
    assert_int_equal(move("60611", "65748", 7500), OK);
    assert_int_equal(open_of("60611"), 32500);
    assert_int_equal(open_of("65748"), 17500);
    assert_int_equal(move("65748", "60611", 1), INVALID); /* back again counts too */
    assert_int_equal(move("2188", "2051", 3000), OK);     /* the other section has a limit of its own */
    assert_int_equal(move("2188", "2051", 1), INVALID);
    assert_int_equal(budget_transfers(&ctx, STR(SIRET), 2023, &transfers, &count), OK);
    assert_int_equal(count, 2);
    assert_true(str_eq(transfers[0].number, STR("1")) && str_eq(transfers[1].number, STR("2")));
    assert_true(transfers[0].told.days == 0 && str_eq(transfers[0].reason, STR("Hausse des prix")));
}

static void what_the_law_forbids_is_refused(void **state)
{
    (void)state;
    bring_in(750);
    assert_int_equal(move("6411", "65748", 100), INVALID);
    assert_true(is_told("fungible.staff"));
    assert_int_equal(move("60611", "6411", 100), INVALID);
    assert_true(is_told("fungible.staff"));
    assert_int_equal(move("60611", "2188", 100), INVALID);
    assert_true(is_told("fungible.section"));
    assert_int_equal(move("60611", "60611", 100), INVALID);
    assert_true(is_told("fungible.same"));
    assert_int_equal(move("60611", "65748", 0), INVALID);
    assert_true(is_told("fungible.amount"));
    assert_int_equal(move("2051", "2188", 2001), INVALID);
    assert_true(is_told("fungible.credit") && !is_told("fungible.limit"));
    assert_int_equal(move("2051", "2188", 2000), OK); /* to the last cent of the line */
}

static void what_is_no_wish_is_refused(void **state)
{
    (void)state;
    static char reason[BUDGET_REASON_MAX + 2];
    memset(reason, 'x', BUDGET_REASON_MAX + 1);
    bring_in(750);
    assert_int_equal(move("60611", "73111", 1), INVALID); /* a receipt */
    assert_int_equal(move("002", "60611", 1), INVALID);   /* what was reported */
    assert_int_equal(move("60611", "99999", 1), INVALID);
    assert_int_equal(move_on("60611", "65748", 1, date_of(2023, 6, 1), ""), INVALID);
    assert_int_equal(move_on("60611", "65748", 1, date_of(2023, 6, 1), reason), INVALID);
    reason[BUDGET_REASON_MAX] = 0;
    assert_int_equal(move_on("60611", "65748", 1, date_of(2022, 12, 31), "Trop tôt"), INVALID);
    assert_int_equal(move_on("60611", "65748", 1, date_of(2024, 1, 22), "Trop tard"), INVALID);
    assert_int_equal(open_of("60611"), 40000);
    assert_int_equal(move_on("60611", "65748", 1, date_of(2023, 6, 1), reason), OK);
}

static void the_rate_is_recorded_once_and_within_the_law(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    int64_t rate;
    bring_in(0);
    assert_int_equal(move("60611", "65748", 1), INVALID); /* nothing was allowed */
    assert_int_equal(faults->found, 0);
    assert_int_equal(DO(&test, budget_rate_set(&ctx, &primitive, 751)), INVALID);
    assert_int_equal(DO(&test, budget_rate_set(&ctx, &primitive, -1)), INVALID);
    assert_int_equal(budget_rate(&ctx, STR(SIRET), 2023, &rate), NOT_FOUND);
    assert_int_equal(DO(&test, budget_rate_set(&ctx, &primitive, 750)), OK);
    assert_int_equal(DO(&test, budget_rate_set(&ctx, &primitive, 100)), CONFLICT);
    assert_int_equal(budget_rate(&ctx, STR(SIRET), 2023, &rate), OK);
    assert_int_equal(rate, 750);
    assert_int_equal(budget_rate(&ctx, STR(SIRET), 2024, &rate), NOT_FOUND);
}

static void a_draft_begins_from_what_a_transfer_left(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines;
    size_t count;
    int64_t draft, seen = 0;
    bring_in(750);
    assert_int_equal(DO(&test, budget_amend_begin(&ctx, &primitive, STR("02"), &draft)), OK);
    assert_int_equal(move("60611", "65748", 5000), OK);
    assert_int_equal(budget_lines(&ctx, draft, &lines, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(lines[i].nature, STR("60611")))
            seen = lines[i].amounts[DOCBUDG_PREVIOUS].cents;
    assert_int_equal(seen, 35000);
    struct budget_act act;
    assert_int_equal(budget_act(&ctx, draft, &act), OK);
    assert_int_equal(DO(&test, budget_transfer_make(&ctx, &act, &(struct budget_transfer_wish){.from = NULL}, faults,
                                                    &draft)), CONFLICT); /* of a primitive budget alone */
}

static void transfers_are_decided_and_told_on_a_page(void **state)
{
    (void)state;
    struct str body;
    bring_in(0);
    const char *page = "/accounting/acts/1/transfers";
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_true(has(body, "permis aucun virement") && has(body, "/accounting/acts/1/rate"));
    assert_int_equal(test_page(&test, "/accounting/acts/1/rate", TOKEN "rate=7,51", &body), 422);
    assert_int_equal(test_page(&test, "/accounting/acts/1/rate", TOKEN "rate=beaucoup", &body), 422);
    assert_int_equal(test_page(&test, "/accounting/acts/1/rate", TOKEN "rate=7,5", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/1/rate", TOKEN "rate=7,5", &body), 409);
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_true(has(body, "7,50") && has(body, "75,00") && has(body, "0/011/60611//"));
    assert_false(has(body, "0/012/6411//") || has(body, "0/002/002//"));
#define WISH(amount, day) \
    TOKEN "from=0/011/60611//&to=0/65/65748//&amount=" amount "&day=" day "&reason=Hausse"
    assert_int_equal(test_page(&test, page, WISH("75,01", "2023-06-01"), &body), 422);
    assert_true(has(body, "role=\"alert\"") && has(body, "75,01") && !has(body, "75.01") && has(body,
        "value=\"Hausse\""));
    assert_int_equal(test_page(&test, page, WISH("x", "2023-06-01"), &body), 422);
    assert_int_equal(test_page(&test, page, WISH("1", "hier"), &body), 422);
    assert_int_equal(test_page(&test, page, TOKEN "from=0/012/6411//&to=0/65/65748//&amount=1&day=2023-06-01&reason=R",
                               &body), 422);
    assert_true(has(body, "charges de personnel") || has(body, "dépenses de personnel"));
    assert_int_equal(test_page(&test, page, WISH("75", "2023-06-01"), &body), 303);
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_true(has(body, "prochaine séance") && has(body, "/accounting/acts/2") && has(body, "Hausse"));
    assert_int_equal(test_page(&test, "/accounting/acts/1/told", TOKEN "day=hier", &body), 422);
    assert_int_equal(test_page(&test, "/accounting/acts/1/told", TOKEN "day=2023-06-28", &body), 303);
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_true(has(body, "28 juin 2023") && !has(body, "prochaine séance"));
    assert_int_equal(test_page(&test, "/accounting/acts/2", NULL, &body), 200); /* an act as others are */
    assert_true(has(body, "Virement de crédits 1"));
    assert_int_equal(test_page(&test, "/accounting/acts/2/transfers", NULL, &body), 409);
    test_act_as(&test, test.actor.person, ROLE_AGENT);
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_false(has(body, "<select"));
    assert_int_equal(test_page(&test, page, WISH("1", "2023-06-01"), &body), 403);
    assert_int_equal(test_page(&test, "/accounting/acts/1/rate", TOKEN "rate=1", &body), 403);
    assert_int_equal(test_page(&test, "/accounting/acts/1/told", TOKEN "day=2023-06-28", &body), 403);
}

static void the_rate_is_voted_with_the_budget(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct str body;
    struct budget_act act;
    int64_t rate;
    bring_in(0);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/paste", TOKEN "part=rf&lines=73111%3B1000", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2024-04-04&rate=8", &body), 422);
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2024-04-04&rate=sept", &body), 422);
    assert_int_equal(budget_act(&ctx, 2, &act), OK);
    assert_true(act.is_draft);
    assert_int_equal(test_page(&test, "/accounting/acts/2/vote", TOKEN "day=2024-04-04&rate=5", &body), 303);
    assert_int_equal(budget_rate(&ctx, STR(SIRET), 2024, &rate), OK);
    assert_int_equal(rate, 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(exactly_the_limit_is_moved_and_a_cent_more_is_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_law_forbids_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_wish_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_rate_is_recorded_once_and_within_the_law, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_draft_begins_from_what_a_transfer_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(transfers_are_decided_and_told_on_a_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_rate_is_voted_with_the_budget, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
