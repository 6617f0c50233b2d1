/* A month's pay handed over as another service does: by accounting.h alone. */
#include "service/accounting/accounting.h"
#include "service/accounting/receipt/test_receipt.h"

#define OURS STR("21560046100010")
enum { FILE_MAX = 1 << 20 };

static const struct accounting_pay_line staff_lines[] = {
    {STR_INIT("6411"), STR_INIT(""), {250000}}, {STR_INIT("6413"), STR_INIT(""), {100000}}};
static const struct accounting_pay_line office_lines[] = {
    {STR_INIT("6411"), STR_INIT(""), {50000}}, {STR_INIT("6450"), STR_INIT(""), {120000}}};

/* Net pay to the staff; what is withheld and the employer's part to an organism. */
struct month {
    struct accounting_payee payees[3];
    struct accounting_pay pay;
};

static struct month a_month(unsigned char command)
{
    return (struct month){
        .payees = {{.party = STR(""), .object = STR("Paie de novembre 2026"), .amount = {350000}, .lines = staff_lines,
                    .line_count = 2},
                   {.party = STR(SUPPLIER), .object = STR("URSSAF, novembre 2026"), .amount = {170000},
                    .lines = office_lines, .line_count = 2}},
        .pay = {.budget = OURS, .year = 2026, .day = date_of(2026, 11, 20), .command = {command}, .gross = {400000},
                .employer = {120000}, .payee_count = 2}};
}

static struct accounting_answer answer;

static enum status hand_over(struct month *month)
{
    struct ctx ctx = test_ctx(&test);
    month->pay.payees = month->payees;
    return DO(&test, accounting_pay(&ctx, &month->pay, &answer));
}

static void is_refused(struct month *month, const char *rule)
{
    struct ctx ctx = test_ctx(&test);
    struct piece *pieces;
    size_t count;
    enum status done = hand_over(month);
    if (done == OK || answer.fault_count == 0 || !str_eq(answer.faults[0].rule, str_of(rule)))
        fail_msg("%s: %d, %.*s", rule, done, STR_ARG(answer.fault_count > 0 ? answer.faults[0].rule : STR("")));
    assert_int_equal(answer.made_count, 0);
    assert_int_equal(piece_list(&ctx, 1, 2026, false, PIECES_ALL, &pieces, &count), OK);
    assert_int_equal(count, 0); /* all of it or nothing */
}

static void a_month_becomes_mandats(void **state)
{
    struct ctx ctx;
    struct piece piece;
    (void)state;
    opens_credits();
    confirm_account();
    struct month month = a_month(7);
    assert_int_equal(hand_over(&month), OK);
    assert_int_equal(answer.made_count, 2);
    assert_int_equal(answer.made[0].amount.cents, 350000);
    assert_int_equal(answer.made[0].number, 1);
    ctx = test_ctx(&test);
    assert_int_equal(piece_get(&ctx, answer.made[0].sequence, &piece), OK);
    assert_int_equal(piece.party, 0);
    assert_true(str_eq(piece.nature, STR("11")));
    assert_int_equal(piece_get(&ctx, answer.made[1].sequence, &piece), OK);
    assert_int_equal(piece.party, supplier);
    /* the same command again: the same pieces, and none more */
    uint64_t first = answer.made[0].sequence;
    assert_int_equal(hand_over(&month), OK);
    assert_int_equal(answer.made_count, 2);
    assert_true(answer.made[0].sequence == first);
    holds();
}

/* It goes to the accountant: transfers of the staff are in a file of their own. */
static void the_file_passes_every_rule(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct faults *faults = faults_new(test.arena);
    struct slip slip;
    (void)state;
    opens_credits();
    confirm_account();
    struct month month = a_month(7);
    assert_int_equal(hand_over(&month), OK);
    leads("/accounting/years/1/2026/slip", "piece=2&piece=3", "/accounting/slips/1?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    assert_int_equal(slip_file_write(&ctx, &slip, &file, faults), OK);
    assert_has(buf_str(&file), "<NatPce V=\"11\"/>");
    assert_has(buf_str(&file), "<ModRegl V=\"04\"/>");
    assert_has(buf_str(&file), "<ModRegl V=\"03\"/>");
    assert_has(buf_str(&file), "<MtBordHT V=\"5200.00\"/>");
}

static void the_schema_takes_its_file(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    struct month month = a_month(7);
    assert_int_equal(hand_over(&month), OK);
    leads("/accounting/years/1/2026/slip", "piece=2&piece=3", "/accounting/slips/1?saved=1");
    sign_slip("/accounting/slips/1");
    schema_takes(file_of(1));
}

static void what_does_not_add_up_is_refused(void **state)
{
    struct month month;
    (void)state;
    opens_credits();
    confirm_account();
    month = a_month(1);
    month.pay.employer.cents++; /* one cent */
    is_refused(&month, "pay.balance");
    month = a_month(1);
    month.payees[1].amount.cents--;
    is_refused(&month, "pay.balance");
    month = a_month(1);
    month.pay.payee_count = 0;
    is_refused(&month, "pay.payee");
    month = a_month(1);
    month.payees[0].line_count = 0;
    is_refused(&month, "pay.payee");
    month = a_month(1);
    month.payees[1].party = STR("73282932000074");
    is_refused(&month, "pay.party");
    static const struct accounting_pay_line paper[] = {{STR_INIT("60632"), STR_INIT(""), {170000}}};
    month = a_month(1);
    month.payees[1].lines = paper;
    month.payees[1].line_count = 1;
    is_refused(&month, "pay.chapter");
    static const struct accounting_pay_line nothing[] = {{STR_INIT("64999"), STR_INIT(""), {170000}}};
    month.payees[1].lines = nothing;
    is_refused(&month, "docbudg.account");
    static const struct accounting_pay_line less[] = {{STR_INIT("6411"), STR_INIT(""), {170001}},
                                                      {STR_INIT("6450"), STR_INIT(""), {-1}}};
    month.payees[1].lines = less;
    month.payees[1].line_count = 2;
    is_refused(&month, "pay.payee");
}

/* The second creditor is what the credits do not cover: the first one's mandat is undone with it. */
static void credits_cover_all_of_it_or_none(void **state)
{
    static struct accounting_pay_line much[1];
    (void)state;
    opens_credits();
    confirm_account();
    struct month month = a_month(1);
    much[0] = (struct accounting_pay_line){STR("6411"), STR(""), {900000 - 350000 + 1}};
    month.payees[1].lines = much;
    month.payees[1].line_count = 1;
    month.payees[1].amount = much[0].amount;
    month.pay.employer.cents = 900000 + 1 - 400000;
    is_refused(&month, "engine.available");
    much[0].amount.cents--; /* to the cent */
    month.payees[1].amount = much[0].amount;
    month.pay.employer.cents--;
    assert_int_equal(hand_over(&month), OK);
    holds();
}

static void another_month_of_the_same_command_is_refused(void **state)
{
    static const struct accounting_pay_line more[] = {{STR_INIT("6411"), STR_INIT(""), {350001}}};
    (void)state;
    opens_credits();
    confirm_account();
    struct month month = a_month(1);
    assert_int_equal(hand_over(&month), OK);
    month.payees[0].lines = more;
    month.payees[0].line_count = 1;
    month.payees[0].amount.cents = 350001;
    month.pay.gross.cents++;
    assert_int_equal(hand_over(&month), CONFLICT);
    holds();
}

/* What the town keeps of pay: a titre beside the mandats. */
static void what_is_kept_becomes_a_titre(void **state)
{
    static const struct accounting_pay_line meals[] = {{STR_INIT("6479"), STR_INIT(""), {4200}}};
    (void)state;
    opens_credits();
    confirm_account();
    struct month month = a_month(1);
    month.payees[2] = (struct accounting_payee){.party = STR(SUPPLIER), .object = STR("Titres restaurant, retenues"),
                                                .amount = {4200}, .lines = meals, .line_count = 1, .is_receipt = true,
                                                .product = STR("PAIE")};
    month.pay.payee_count = 3;
    assert_int_equal(hand_over(&month), OK);
    assert_int_equal(answer.made_count, 3);
    assert_true(answer.made[2].is_receipt);
    holds();
}

/* More lines than a mandat has room for. */
static void many_lines_are_several_mandats(void **state)
{
    static struct accounting_pay_line lines[IMPUTATIONS_MAX + 1];
    (void)state;
    opens_credits();
    for (size_t i = 0; i <= IMPUTATIONS_MAX; i++)
        lines[i] = (struct accounting_pay_line){STR("6411"), STR(""), {100}};
    struct month month = a_month(1);
    month.payees[0].lines = lines;
    month.payees[0].line_count = IMPUTATIONS_MAX + 1;
    month.payees[0].amount.cents = month.pay.gross.cents = 100 * (IMPUTATIONS_MAX + 1);
    month.pay.employer.cents = 0;
    month.pay.payee_count = 1;
    assert_int_equal(hand_over(&month), OK);
    assert_int_equal(answer.made_count, 2);
    assert_int_equal(hand_over(&month), OK);
    assert_int_equal(answer.made_count, 2);
}

static void who_may_not_order_pays_nobody(void **state)
{
    struct ctx ctx;
    (void)state;
    opens_credits();
    confirm_account();
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ)), OK);
    struct month month = a_month(1);
    assert_int_equal(hand_over(&month), DENIED);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHTS_ALL & ~(unsigned)RIGHT_SIGN)), OK);
    month.pay.year = 2031;
    assert_int_equal(hand_over(&month), NOT_FOUND);
    month.pay.year = 2026;
    month.pay.budget = STR("21560046100028");
    assert_int_equal(hand_over(&month), NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_becomes_mandats, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_file_passes_every_rule, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_schema_takes_its_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_does_not_add_up_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(credits_cover_all_of_it_or_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_month_of_the_same_command_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_kept_becomes_a_titre, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_lines_are_several_mandats, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_may_not_order_pays_nobody, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
