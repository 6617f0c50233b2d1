/* A budget that recovers tax: credits are charged without it, it is paid beside, and everything agrees. */
#include "service/accounting/spend/spend_parts.h"
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
          "object=Papier&party=" SUPPLIER "&account=637&amount=100&tax=20,01&day=2026-11-02",
          "/accounting/pieces/2?saved=1");
    leads("/accounting/pieces/2/reduce", "amount=50&day=2026-11-03&object=Retour", "/accounting/pieces/3?saved=1");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(credit_lines(&ctx, 3, &lines, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(lines[0].net.cents, 5000);
    assert_in_range(lines[0].tax.cents, 1000, 1001);
    assert_int_equal(cell_of("011").ordered.cents, 5000);
    refuses("/accounting/pieces/2/reduce", "amount=50,01&day=2026-11-03&object=Retour", "50,00");
    holds();
}

/* The tax is paid beside credits, so it has a limit of its own; and nothing is below zero. */
static void a_tax_is_no_way_around_credits(void **state)
{
    (void)state;
    opens_credits();
    recovers();
    confirm_account();
#define DIRECT(amounts) "object=Papier&party=" SUPPLIER "&account=637&" amounts "&day=2026-11-02"
    refuses("/accounting/years/1/2026/order", DIRECT("amount=1&tax=10000"), "0,21");
    refuses("/accounting/years/1/2026/order", DIRECT("amount=100&tax=20,02"), "20,01");
    refuses("/accounting/years/1/2026/order", DIRECT("amount=100&tax=-20"), "\xE2\x88\x92" "20,00");
    refuses("/accounting/years/1/2026/order",
            DIRECT("amount=1000") "&account2=637&amount2=-900", "\xE2\x88\x92" "900,00");
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

static void the_way_stays_while_bills_with_tax_wait(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
#define WITH(number, tax) "party=" SUPPLIER "&number=" number "&issued=2026-11-11&received=2026-11-12&net=100&tax=" tax
    leads(BILL, WITH("F-1", "0"), "/accounting/bills/1?saved=1");
    recovers(); /* without tax both ways are one */
    leads(BILL, WITH("F-2", "20"), "/accounting/bills/2?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    assert_int_equal(send("/accounting/years/1/2026/tax/borne", "", &body), 409);
    assert_true(str_find(body, STR("attendent leur mandat")) != SIZE_MAX);
    leads("/accounting/years/1/2026/tax/recovered", "", "/accounting/years/1/2026?saved=1"); /* as it is */
    leads("/accounting/bills/2/back", "reason=Erreur", "/accounting/bills/2?saved=1");
    leads("/accounting/years/1/2026/tax/borne", "", "/accounting/years/1/2026?saved=1");
}

/* ---- reductions at random ---- */

static uint32_t seed = 1;
static int64_t up_to(int64_t most) /* from 1 */
{
    seed = seed * 1664525 + 1013904223;
    return 1 + (int64_t)(seed >> 8) % most;
}

static const unsigned char *an_id(void)
{
    static unsigned char id[ENTRY_ID_BYTES];
    memset(id, 0, sizeof id);
    id[0] = 0xEE;
    memcpy(id + 1, &commands, sizeof commands);
    commands++;
    return id;
}

static uint64_t a_mandat_of(const struct credit_year *year, struct imputation *lines, size_t count)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    uint64_t sequence;
    struct piece_order order = {.year = year, .lines = lines, .line_count = count, .kind = CHART_REAL,
                                .party = supplier, .object = STR("Achat"), .product = STR(""), .nature = STR(""),
                                .type = STR(""), .day = date_of(2026, 11, 2)};
    assert_int_equal(DO(&test, piece_order_direct(&ctx, &order, an_id(), faults, &sequence)), OK);
    return sequence;
}

/* Takes a random part of each line, until nothing is left; what tax went. */
static struct money reduced_away(uint64_t sequence)
{
    struct ctx ctx = test_ctx(&test);
    struct piece_change change = {.day = date_of(2026, 11, 3), .object = STR("Retour")};
    struct money sum = {0}, *left;
    struct imputation *lines, *taken;
    struct piece piece;
    uint64_t correction;
    size_t count, taken_count;
    for (int times = 0; times < 200; times++) {
        struct faults *faults = faults_new(test.arena);
        assert_int_equal(piece_get(&ctx, sequence, &piece), OK);
        if (piece.remains.cents == 0)
            return sum;
        assert_int_equal(spend_left(&ctx, sequence, &lines, &left, &count), OK);
        struct money parts[8] = {{0}};
        int64_t total = 0;
        for (size_t i = 0; i < count; i++) {
            parts[i].cents = left[i].cents == 0 ? 0 : up_to(4) == 1 ? left[i].cents : up_to(left[i].cents);
            total += parts[i].cents;
        }
        assert_int_equal(count > 1 ? DO(&test, piece_reduce_parts(&ctx, &piece,
                                                                  &(struct piece_parts){lines, left, parts, count},
                                                                  &change, an_id(), faults, &correction))
                                   : DO(&test, piece_reduce(&ctx, &piece, (struct money){total}, &change, an_id(),
                                                            faults, &correction)), OK);
        assert_int_equal(credit_lines(&ctx, correction, &taken, &taken_count), OK);
        for (size_t i = 0; i < taken_count; i++) {
            assert_true(taken[i].tax.cents >= 0);
            sum.cents += taken[i].tax.cents;
        }
    }
    fail();
    return sum;
}

/* However a mandat is taken back, all of its tax goes with it, and not a cent more: lines of one account too, with one
 * rate or another. */
static void no_cent_of_tax_is_lost_in_reductions(void **state)
{
    static const char *const accounts[] = {"60632", "6156"};
    struct credit_year year;
    (void)state;
    opens_credits();
    recovers();
    confirm_account();
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(credit_year(&ctx, budget_id, 2026, &year), OK);
    for (int times = 0; times < 60; times++) {
        struct imputation lines[4];
        size_t count = (size_t)up_to(4);
        struct money tax = {0};
        for (size_t i = 0; i < count; i++) {
            int64_t net = up_to(times % 2 == 0 ? 9 : 100000);
            lines[i] = (struct imputation){.nature = str_of(accounts[up_to(2) - 1]), .function = STR(""),
                                           .operation = STR(""), .level = STR(""), .net = {net},
                                           .tax = {up_to(net / 5 + 1) - 1}};
            tax.cents += lines[i].tax.cents;
        }
        assert_int_equal(reduced_away(a_mandat_of(&year, lines, count)).cents, tax.cents);
    }
    holds();
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
        cmocka_unit_test_setup_teardown(the_way_stays_while_bills_with_tax_wait, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_cent_of_tax_is_lost_in_reductions, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
