/* A budget that recovers tax: credits are charged without it, it is paid beside, and everything agrees. */
#include "service/accounting/spend/test_slip.h"

static void recovers(void)
{
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/years/1/2026/tax/recovered", "", "/accounting/years/1/2026?saved=1");
    test_act_as(&test, clerk, ROLE_AGENT);
}

static struct book_cell cell_of(const char *level)
{
    struct ctx ctx = test_ctx(&test);
    struct book_cell cell;
    struct cell_key key = {.budget = STR("21560046100010"), .exercise = 2026, .level = str_of(level)};
    assert_int_equal(book_cell(&ctx, &key, &cell), OK);
    return cell;
}

/* 1,000.42 without tax is engaged, 200.08 of tax comes with the bill. */
static void a_bill_is_charged_without_its_tax(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct slip slip;
    (void)state;
    opens_credits();
    recovers();
    shows("/accounting/years/1/2026", "hors taxe");
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=1000,42&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=1000,42", "/accounting/engagements/2?saved=1");
    leads(BILL,
          "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&net=1000,42&tax=200,08&engagement=1",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    shows("/accounting/pieces/3", "1\xE2\x80\xAF" "200,50");
    assert_int_equal(cell_of("011").ordered.cents, 100042);
    assert_int_equal(cell_of("011").reserved.cents, 0);
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    assert_int_equal(slip.net.cents, 100042);
    assert_int_equal(slip.tax.cents, 20008);
    the_file(&slip, &file);
    assert_true(str_find(buf_str(&file), STR("<MtBordHT V=\"1000.42\"/><MtBordTVA V=\"200.08\"/>")) != SIZE_MAX);
    assert_true(str_find(buf_str(&file), STR("<MtHT V=\"1000.42\"/><MtTVA V=\"200.08\"/>")) != SIZE_MAX);
    holds();
}

/* Half of a mandat goes back with half of its tax, by the cent that is due to it. */
static void a_reduction_takes_its_share_of_the_tax(void **state)
{
    struct imputation *lines;
    size_t count;
    (void)state;
    opens_credits();
    recovers();
    confirm_account();
    leads("/accounting/years/1/2026/order",
          "object=Papier&party=" SUPPLIER "&account=60632&amount=100&tax=20,01&day=2026-11-02",
          "/accounting/pieces/2?saved=1");
    leads("/accounting/pieces/2/reduce", "amount=50&day=2026-11-03&object=Retour", "/accounting/pieces/3?saved=1");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(credit_lines(&ctx, 3, &lines, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(lines[0].net.cents, 5000);
    assert_in_range(lines[0].tax.cents, 1000, 1001);
    assert_int_equal(cell_of("011").ordered.cents, 5000);
    refuses("/accounting/pieces/2/reduce", "amount=50,01&day=2026-11-03&object=Retour", "50.00");
    holds();
}

/* The tax is paid beside credits, so it has a limit of its own; and nothing is below zero. */
static void a_tax_is_no_way_around_credits(void **state)
{
    (void)state;
    opens_credits();
    recovers();
    confirm_account();
#define DIRECT(amounts) "object=Papier&party=" SUPPLIER "&account=60632&" amounts "&day=2026-11-02"
    refuses("/accounting/years/1/2026/order", DIRECT("amount=1&tax=10000"), "0.21");
    refuses("/accounting/years/1/2026/order", DIRECT("amount=100&tax=20,02"), "20.01");
    refuses("/accounting/years/1/2026/order", DIRECT("amount=100&tax=-20"), "-20.00");
    refuses("/accounting/years/1/2026/order",
            DIRECT("amount=1000") "&account2=6156&amount2=-900", "-900.00");
    leads("/accounting/years/1/2026/order", DIRECT("amount=100&tax=20"), "/accounting/pieces/2?saved=1");
    holds();
}

/* A line each of two accounts: taxes sum up to that of the whole. */
static void lines_share_the_tax_to_the_cent(void **state)
{
    (void)state;
    struct imputation lines[3] = {{.net = {3333}}, {.net = {3333}}, {.net = {3334}}};
    assert_int_equal(credit_share_tax(lines, 3, (struct money){2000}), OK);
    assert_int_equal(lines[0].tax.cents + lines[1].tax.cents + lines[2].tax.cents, 2000);
    assert_in_range(lines[2].tax.cents, 666, 668);
    assert_int_equal(credit_sum(lines, 3).cents, 12000);
    assert_int_equal(credit_charge(lines, 3).cents, 10000);
}

/* An agent does not say it; an administrator does, and takes it back: what was ordered meanwhile stays as it is. */
static void an_administrator_says_so(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    assert_int_equal(send("/accounting/years/1/2026/tax/recovered", "", &body), 403);
    recovers();
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/years/1/2026/tax/borne", "", "/accounting/years/1/2026?saved=1");
    assert_int_equal(test_page(&test, "/accounting/years/1/2026", NULL, &body), 200);
    assert_lacks(body, "crédits hors taxe");
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_bill_is_charged_without_its_tax, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reduction_takes_its_share_of_the_tax, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tax_is_no_way_around_credits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lines_share_the_tax_to_the_cent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_administrator_says_so, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
