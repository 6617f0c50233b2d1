/* Bills: the day of their own service, their delay, mandats of parts of them, and what becomes of a cancelled one. */
#include "service/accounting/spend/test_slip.h"

#include "service/accounting/spend/voucher.h"

#define ORDER(day) "day=" day "&object=Papier"

static void engages(const char *amount)
{
    char fields[WORDS];
    snprintf(fields, sizeof fields, "object=Papier&party=" SUPPLIER "&account=60632&amount=%s&day=2026-11-01", amount);
    leads(ENGAGE, fields, "/accounting/engagements/2?saved=1");
}

/* A bill of that number and sum, received that day of November, on the first engagement. */
static void comes(const char *number, const char *amounts, int day, const char *to)
{
    char fields[WORDS];
    snprintf(fields, sizeof fields,
             "party=" SUPPLIER "&number=%s&issued=2026-11-01&received=2026-11-%02d&%s&engagement=1", number, day,
             amounts);
    leads(BILL, fields, to);
}

static struct bill the_bill(int64_t id)
{
    struct ctx ctx = test_ctx(&test);
    struct bill bill;
    assert_int_equal(bill_get(&ctx, id, &bill), OK);
    return bill;
}

static struct piece the_piece(uint64_t sequence)
{
    struct ctx ctx = test_ctx(&test);
    struct piece piece;
    assert_int_equal(piece_get(&ctx, sequence, &piece), OK);
    return piece;
}

/* ---- the delay ---- */

static void is_done(int64_t id, int day)
{
    struct ctx ctx = test_ctx(&test);
    struct bill bill = the_bill(id);
    struct date done;
    assert_int_equal(bill_done(&ctx, &bill, &done), OK);
    assert_int_equal(done.days, day == 0 ? 0 : date_of(2026, 11, day).days);
}

/* What was attested for one bill moves no other's delay: not in the lists, not on the desk, not in the mandat. */
static void each_bill_has_its_own_service_done(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    engages("300");
    comes("F-1", "net=100&tax=0", 2, "/accounting/bills/1?saved=1");
    comes("F-2", "net=200&tax=0", 3, "/accounting/bills/2?saved=1");
    is_done(1, 0);
    leads("/accounting/bills/2/attest", "day=2026-11-20&amount=200", "/accounting/bills/2?saved=1");
    is_done(1, 0);
    is_done(2, 20);
    shows("/accounting/bills/1", "9 jours pour payer");   /* 30 from the 2nd */
    shows("/accounting/bills/2", "27 jours pour payer");  /* 30 from the 20th */
    shows("/accounting/years/1/2026/bills", "9 jours pour payer");
    shows("/accounting/years/1/2026/bills", "27 jours pour payer");
    shows("/accounting?year=2026", "27 jours pour payer");
    shows("/accounting?year=2026", "9 jours pour payer");
    leads("/accounting/bills/1/order", ORDER("2026-11-21"), "/accounting/pieces/3?saved=1");
    leads("/accounting/bills/2/attest", "day=2026-11-22&amount=100", "/accounting/bills/2?saved=1");
    leads("/accounting/bills/2/order", ORDER("2026-11-22"), "/accounting/pieces/4?saved=1");
    assert_int_equal(the_piece(3).due.days, date_of(2026, 12, 2).days);
    assert_int_equal(the_piece(3).done.days, 0);
    assert_int_equal(the_piece(4).due.days, date_of(2026, 12, 20).days);
    assert_int_equal(the_piece(4).done.days, date_of(2026, 11, 20).days);
    holds();
}

/* What was attested for none goes to mandats, then to the bills that wait, the longest received first. */
static void what_was_done_goes_to_bills_in_their_order(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    engages("400");
    comes("F-2", "net=200&tax=0", 9, "/accounting/bills/1?saved=1");
    comes("F-1", "net=100&tax=0", 8, "/accounting/bills/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-20&amount=200", "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=100", "/accounting/engagements/2?saved=1");
    is_done(2, 10);
    is_done(1, 20);
    comes("F-0", "net=100&tax=0", 7, "/accounting/bills/3?saved=1"); /* came before, and was entered later */
    is_done(3, 10);
    is_done(2, 20);
    is_done(1, 20);
    leads("/accounting/bills/2/order", ORDER("2026-11-21"), "/accounting/pieces/3?saved=1");
    is_done(2, 10); /* ordered first */
    is_done(3, 20);
    assert_int_equal(the_piece(3).done.days, date_of(2026, 11, 20).days); /* as it was when it was ordered */
}

static void nothing_is_ordered_while_the_delay_is_interrupted(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    engages("100");
    comes("F-1", "net=100&tax=0", 12, "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/attest", "day=2026-11-10&amount=100", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/interrupt", "day=2026-11-14&reason=Il+manque+le+bon", "/accounting/bills/1?saved=1");
    refuses("/accounting/bills/1/order", ORDER("2026-11-20"), "interrompu depuis le 2026-11-14");
    leads("/accounting/bills/1/complete", "day=2026-11-18", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", ORDER("2026-11-20"), "/accounting/pieces/3?saved=1");
    assert_int_equal(the_piece(3).due.days, date_of(2026, 12, 18).days);
    holds();
}

/* ---- in parts ---- */

/* 5 % are held back as a guarantee: the bill waits for its rest, and never gives more than it is. */
static void a_bill_is_ordered_in_parts(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct slip slip;
    (void)state;
    opens_credits();
    confirm_account();
    engages("2000");
    comes("F-1", "net=1000&tax=200", 12, "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/attest", "day=2026-11-10&amount=1200", "/accounting/bills/1?saved=1");
    refuses("/accounting/bills/1/order", ORDER("2026-11-20") "&amount=1200,01", "1\xE2\x80\xAF" "200,00");
    refuses("/accounting/bills/1/order", ORDER("2026-11-20") "&amount=-1", "\xE2\x88\x92" "1,00");
    refuses("/accounting/bills/1/order", ORDER("2026-11-20") "&amount=0", "imputation");
    leads("/accounting/bills/1/order", ORDER("2026-11-20") "&amount=1140", "/accounting/pieces/3?saved=1");
    assert_int_equal(the_bill(1).state, BILL_OPEN);
    shows("/accounting/bills/1", "Reste \xC3\xA0 mandater");
    shows("/accounting/bills/1", "60,00");
    shows("/accounting/years/1/2026/bills", "F-1");
    shows("/accounting/bills/1", "/accounting/pieces/3");
    shows("/accounting?year=2026", "<td class=\"r num\">60,00");
    refuses("/accounting/bills/1/interrupt", "day=2026-11-21&reason=Papiers", "déjà mandatée en partie");
    refuses("/accounting/bills/1/back", "reason=Erreur", "déjà mandatée en partie");
    leads("/accounting/engagements/2/attest", "day=2026-11-20&amount=800", "/accounting/engagements/2?saved=1");
    refuses("/accounting/bills/1/order", ORDER("2026-11-21") "&amount=60,01", "60,00");
    leads("/accounting/bills/1/order", ORDER("2026-11-21"), "/accounting/pieces/4?saved=1");
    assert_int_equal(the_piece(4).amount.cents, 6000);
    assert_int_equal(the_bill(1).state, BILL_ORDERED);
    struct str body;
    assert_int_equal(send("/accounting/bills/1/order", ORDER("2026-11-21") "&amount=1", &body), 409);
    leads("/accounting/years/1/2026/slip", "piece=3&piece=4", "/accounting/slips/1?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    assert_int_equal(slip.net.cents, 120000);
    the_file(&slip, &file);
    assert_true(str_find(buf_str(&file), STR("<MtHT V=\"1140.00\"/>")) != SIZE_MAX);
    holds();
}

/* Without tax on credits: parts of the tax come to all of it. */
static void parts_share_the_tax_of_the_bill(void **state)
{
    struct imputation *lines;
    size_t count;
    int64_t tax = 0;
    (void)state;
    opens_credits();
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/years/1/2026/tax/recovered", "", "/accounting/years/1/2026?saved=1");
    test_act_as(&test, clerk, ROLE_AGENT);
    confirm_account();
    engages("1500");
    comes("F-1", "net=1000,42&tax=200,08", 12, "/accounting/bills/1?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=1500", "/accounting/engagements/2?saved=1");
    leads("/accounting/bills/1/order", ORDER("2026-11-20") "&amount=333,33", "/accounting/pieces/3?saved=1");
    leads("/accounting/bills/1/order", ORDER("2026-11-20") "&amount=333,33", "/accounting/pieces/4?saved=1");
    assert_int_equal(the_bill(1).state, BILL_OPEN);
    refuses("/accounting/bills/1/order", ORDER("2026-11-20") "&amount=333,77", "333,76");
    leads("/accounting/bills/1/order", ORDER("2026-11-20"), "/accounting/pieces/5?saved=1");
    assert_int_equal(the_bill(1).state, BILL_ORDERED);
    struct ctx ctx = test_ctx(&test);
    for (uint64_t piece = 3; piece <= 5; piece++) {
        assert_int_equal(credit_lines(&ctx, piece, &lines, &count), OK);
        assert_int_equal(count, 1);
        tax += lines[0].tax.cents;
    }
    assert_int_equal(tax, 20008);
    holds();
}

/* ---- corrected ---- */

/* A mandat that is cancelled whole gives its bill back: it waits again, for another engagement. */
static void a_cancelled_mandat_gives_its_bill_back(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    engages("100");
    comes("F-1", "net=100&tax=0", 12, "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/attest", "day=2026-11-10&amount=100", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", ORDER("2026-11-20"), "/accounting/pieces/3?saved=1");
    leads("/accounting/pieces/3/reduce", "amount=40&day=2026-11-21&object=Erreur", "/accounting/pieces/4?saved=1");
    assert_int_equal(the_bill(1).state, BILL_ORDERED); /* a part does not */
    leads("/accounting/pieces/3/reduce", "amount=60&day=2026-11-21&object=Erreur", "/accounting/pieces/5?saved=1");
    assert_int_equal(the_bill(1).state, BILL_OPEN);
    shows("/accounting/bills/1", "id=\"match\"");
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=100&day=2026-11-21",
          "/accounting/engagements/6?saved=1");
    leads("/accounting/bills/1/match", "engagement=2", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/attest", "day=2026-11-10&amount=100", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", ORDER("2026-11-21"), "/accounting/pieces/7?saved=1");
    assert_int_equal(the_bill(1).state, BILL_ORDERED);
    holds();
}

static enum status add_credit_note(struct ctx *ctx, int64_t cents)
{
    struct faults *faults = faults_new(test.arena);
    int64_t id;
    struct bill bill = {.budget = budget_id, .party = supplier, .number = STR("A-1"), .form = STR(""),
                        .is_credit = true, .issued = date_of(2026, 11, 20), .received = date_of(2026, 11, 20),
                        .net = {cents}, .gross = {cents}, .iban = STR(""), .asked = STR(""), .service = STR(""),
                        .origin = STR("F-1"), .file_name = STR("avoir.pdf"), .file = STR("%PDF-1.7 avoir")};
    return bill_add(ctx, &bill, faults, &id);
}

/* What a credit note takes back is not due any more; its own file goes along with the correction. */
static void a_credit_note_leaves_nothing_to_order(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct voucher *vouchers;
    size_t count;
    (void)state;
    opens_credits();
    confirm_account();
    engages("100");
    comes("F-1", "net=100&tax=0", 12, "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/attest", "day=2026-11-10&amount=100", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", ORDER("2026-11-20"), "/accounting/pieces/3?saved=1");
    assert_int_equal(DO(&test, add_credit_note(&ctx, 10000)), OK);
    leads("/accounting/bills/2/deduct", "day=2026-11-21&object=Avoir", "/accounting/bills/2?saved=1");
    assert_int_equal(the_piece(4).bill, 2);
    assert_int_equal(the_piece(3).remains.cents, 0);
    assert_int_equal(the_bill(1).state, BILL_ORDERED);
    assert_int_equal(the_bill(2).state, BILL_ORDERED);
    ctx = test_ctx(&test);
    assert_int_equal(voucher_list(&ctx, 4, &vouchers, &count), OK);
    assert_int_equal(count, 1);
    assert_true(str_eq(vouchers[0].name, STR("avoir.pdf")));
    holds();
}

/* ---- words ---- */

/* What a clerk pastes goes to the accountant in a file, so a line that is none is refused before it is signed. */
static void words_that_are_no_line_are_refused(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    refuses(ENGAGE, "object=Pap\x01ier&party=" SUPPLIER "&account=60632&amount=10&day=2026-11-01", "objet");
    refuses(ENGAGE, "object=Pap\xE2\x80\xAEier&party=" SUPPLIER "&account=60632&amount=10&day=2026-11-01", "objet");
    engages("100");
    refuses(BILL, "party=" SUPPLIER "&number=F\x01-1&issued=2026-11-01&received=2026-11-02&net=100&tax=0", "num");
    comes("F-1", "net=100&tax=0", 12, "/accounting/bills/1?saved=1");
    refuses("/accounting/engagements/2/attest", "day=2026-11-10&amount=100&note=a\x01", "remarque");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=100", "/accounting/engagements/2?saved=1");
    refuses("/accounting/engagements/2/withdraw", "attest=1&reason=a\x01", "pourquoi");
    refuses("/accounting/bills/1/interrupt", "day=2026-11-14&reason=a\x01", "motif");
    refuses("/accounting/bills/1/back", "reason=a\x01", "motif");
    refuses("/accounting/bills/1/order", "day=2026-11-20&object=Pap\x01ier", "objet");
    leads("/accounting/bills/1/order", ORDER("2026-11-20"), "/accounting/pieces/3?saved=1");
    refuses("/accounting/pieces/3/reduce", "amount=1&day=2026-11-21&object=a\x01", "objet");
    holds();
}

/* ---- who ---- */

/* An attestation is taken back by whoever could give one of that sum that day, for that service. */
static void an_attestation_is_withdrawn_by_who_may_attest(void **state)
{
    struct ctx ctx;
    (void)state;
    opens_credits();
    engages("100");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=100", "/accounting/engagements/2?saved=1");
    int64_t other = test_person(&test, "accueil@beauval.example", "Accueil");
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, other, RIGHT_READ | RIGHT_ATTEST)), OK);
    test_act_as(&test, other, ROLE_AGENT);
    refuses("/accounting/engagements/2/attest", "day=2026-11-10&amount=1", "d\xC3\xA9l\xC3\xA9");
    refuses("/accounting/engagements/2/withdraw", "attest=1&reason=Erreur", "d\xC3\xA9l\xC3\xA9");
    test_act_as(&test, clerk, ROLE_AGENT);
    leads("/accounting/engagements/2/withdraw", "attest=1&reason=Erreur", "/accounting/engagements/2?saved=1");
    refuses("/accounting/engagements/2/withdraw", "attest=1&reason=Erreur", "1");
    refuses("/accounting/engagements/2/withdraw", "attest=2&reason=Erreur", "2");
    holds();
}

/* What is held back as a guarantee is not due, and late for nobody, before it is released; then from that day on. */
static void a_guarantee_waits_for_its_release(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    engages("2000");
    comes("F-1", "net=1000&tax=200", 2, "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/attest", "day=2026-11-02&amount=1200", "/accounting/bills/1?saved=1");
    refuses("/accounting/bills/1/retain", "retained=1200,01", "1\xE2\x80\xAF" "200,00");
    refuses("/accounting/bills/1/retain", "retained=-1", "retenue de garantie");
    refuses("/accounting/bills/1/free", "day=2026-11-20", "retenue de garantie");
    leads("/accounting/bills/1/retain", "retained=60", "/accounting/bills/1?saved=1");
    shows("/accounting/bills/1", "Retenu en garantie");
    shows("/accounting?year=2026", "<td class=\"r num\">1\xE2\x80\xAF" "140,00");
    refuses("/accounting/bills/1/order", ORDER("2026-11-20") "&amount=1140,01", "1\xE2\x80\xAF" "140,00");
    leads("/accounting/bills/1/order", ORDER("2026-11-20"), "/accounting/pieces/3?saved=1");
    assert_int_equal(the_piece(3).amount.cents, 114000);
    assert_int_equal(the_bill(1).state, BILL_ORDERED); /* nothing waits */
    holds();
    test.now.ms += INT64_C(400) * 86400000; /* the year after */
    shows("/accounting/bills/1", "Lib\xC3\xA9rer la retenue");
    leads("/accounting/bills/1/free", "day=2027-12-20", "/accounting/bills/1?saved=1");
    assert_int_equal(the_bill(1).state, BILL_OPEN);
    struct bill bill = the_bill(1);
    struct ctx ctx = test_ctx(&test);
    struct delay delay;
    assert_int_equal(bill_left(&bill).cents, 6000);
    assert_int_equal(bill_delay(&ctx, &bill, faults_new(ctx.arena), &delay), OK);
    assert_int_equal(delay.start.days, date_of(2027, 12, 20).days);
    holds();
}

/* Where tax is recovered, the guarantee is with tax, and its share of it is held back too. */
static void a_guarantee_has_its_share_of_the_tax(void **state)
{
    (void)state;
    struct bill bill = {.net = {100000}, .tax = {20000}, .gross = {120000}, .retained = {6000}};
    assert_int_equal(bill_left(&bill).cents, 114000);
    assert_int_equal(bill_charge_left(&bill, false).cents, 114000);
    assert_int_equal(bill_charge_left(&bill, true).cents, 95000);
    assert_int_equal(bill_tax_left(&bill).cents, 19000);
    bill.freed = date_of(2027, 1, 1);
    assert_int_equal(bill_left(&bill).cents, 120000);
    assert_int_equal(bill_tax_left(&bill).cents, 20000);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(each_bill_has_its_own_service_done),
        CASE(what_was_done_goes_to_bills_in_their_order),
        CASE(nothing_is_ordered_while_the_delay_is_interrupted),
        CASE(a_bill_is_ordered_in_parts),
        CASE(a_guarantee_waits_for_its_release),
        CASE(a_guarantee_has_its_share_of_the_tax),
        CASE(parts_share_the_tax_of_the_bill),
        CASE(a_cancelled_mandat_gives_its_bill_back),
        CASE(a_credit_note_leaves_nothing_to_order),
        CASE(words_that_are_no_line_are_refused),
        CASE(an_attestation_is_withdrawn_by_who_may_attest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
