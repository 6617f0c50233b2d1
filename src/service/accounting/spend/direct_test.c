/* Mandats without an engagement: of accounts that take one, whoever asks; and who wrote one does not sign it. */
#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/test_spend.h"

static enum status order_on(const char *account, bool is_settled)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(ctx.arena);
    struct credit_year year;
    struct imputation line = {.nature = str_of(account), .function = STR(""), .operation = STR(""), .net = {100}};
    struct piece_order order = {.year = &year, .lines = &line, .line_count = 1, .kind = CHART_REAL, .party = supplier,
                                .nature = STR(""), .type = STR(""), .object = STR("Achat"),
                                .day = date_of(2026, 11, 2), .is_settled = is_settled};
    unsigned char id[ENTRY_ID_BYTES];
    uint64_t sequence;
    book_id_of(str_format(ctx.arena, "%s %d", account, is_settled), id);
    assert_int_equal(credit_year(&ctx, budget_id, 2026, &year), OK);
    enum status done = DO(&test, piece_order_direct(&ctx, &order, id, faults, &sequence));
    if (done == INVALID)
        assert_true(str_eq(faults->kept[0].rule, STR("piece.direct")));
    return done;
}

/* The rule is not the form's: no caller passes it by. */
static void an_account_that_is_engaged_first_has_no_direct_mandat(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    assert_int_equal(order_on("60632", false), INVALID);
    assert_int_equal(order_on("60632", true), OK); /* the accountant has paid it already */
    assert_int_equal(order_on("637", false), OK);
    refuses("/accounting/years/1/2026/order", "object=Papier&party=" SUPPLIER "&account=60632&amount=1&day=2026-11-02",
            "60632");
    holds();
}

static void who_wrote_a_direct_mandat_does_not_sign_it(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/years/1/2026/order", "object=Taxe&party=" SUPPLIER "&account=637&amount=10&day=2026-11-20",
          "/accounting/pieces/2?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
    refuses("/accounting/slips/1/sign", "", "sans engagement");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set_apart(&ctx, false)), OK);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    holds();
}

/* A titre pays nothing: whoever wrote it may sign. */
static void who_wrote_a_titre_may_sign_it(void **state)
{
    (void)state;
    opens_credits();
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/years/1/2026/title",
          "object=Loyer&party=" SUPPLIER "&account=73111&amount=100&product=LOYE&day=2026-11-20",
          "/accounting/pieces/2?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_account_that_is_engaged_first_has_no_direct_mandat, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_wrote_a_direct_mandat_does_not_sign_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_wrote_a_titre_may_sign_it, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
