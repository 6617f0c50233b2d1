/* A programme over several years (AP/CP): engagements keep to what is authorised, mandats to the credits of their year,
 * in the commit of each; and the page that shows it. */
#include "service/accounting/close/test_close.h"
#include "service/accounting/budget/budget_programme_use.h"
#include "service/accounting/close/close_proof.h"

#define PROGRAMMES "/accounting/programmes"
#define SCHOOL "budget=21560046100010&kind=1&number=AP-1&title=Ecole&day=2026-04-07"
#define CLEANING "budget=21560046100010&kind=0&number=AE-1&title=Entretien&day=2026-04-07"

static void proves(void)
{
    struct ctx ctx = test_ctx(&test);
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    holds();
    assert_int_equal(close_verify(&ctx, &findings), OK);
    if (findings.len > 0)
        fail_msg("%.*s", STR_ARG(buf_str(&findings)));
}

/* 3 000,00 in all, of which 1 000,00 in 2026. */
static void a_programme_is_voted(void)
{
    opens_credits();
    confirm_account();
    leads(PROGRAMMES, SCHOOL "&amount=3000&years=2026;1000%0A2027;2000", PROGRAMMES);
    leads(PROGRAMMES, CLEANING "&amount=500&years=2026;500", PROGRAMMES);
}

#define COMPUTERS "object=Ordinateurs&party=" SUPPLIER "&account=2183&day=2026-11-02&programme=AP-1"

static void engagements_keep_to_what_is_authorised(void **state)
{
    (void)state;
    a_programme_is_voted();
    shows(ENGAGE, "AP-1");
    refuses(ENGAGE, COMPUTERS "&amount=3000,01&slice=3000,01", "3\xE2\x80\xAF" "000,01");
    leads(ENGAGE, COMPUTERS "&amount=2500&slice=2500", "/accounting/engagements/2?saved=1");
    refuses(ENGAGE, COMPUTERS "&amount=500,01&slice=500,01", "3\xE2\x80\xAF" "000,01");
    leads(ENGAGE, COMPUTERS "&amount=500&slice=500", "/accounting/engagements/3?saved=1");
    refuses(ENGAGE, COMPUTERS "&amount=0,01&slice=0,01", "3\xE2\x80\xAF" "000,01");
    leads("/accounting/engagements/3/release", "day=2026-11-03", "/accounting/engagements/3?saved=1");
    /* what was released is free again */
    leads(ENGAGE, COMPUTERS "&amount=500&slice=500", "/accounting/engagements/5?saved=1");
    refuses(ENGAGE, "object=Papier&account=60632&amount=1&slice=1&day=2026-11-02&programme=AP-1", "section");
    refuses(ENGAGE, "object=Papier&account=60632&amount=1&slice=1&day=2026-11-02&programme=AP-9", "Aucun programme");
    leads(ENGAGE, "object=Menage&account=6156&amount=500&slice=500&day=2026-11-02&programme=AE-1",
          "/accounting/engagements/6?saved=1");
    refuses(ENGAGE, "object=Menage&account=6156&amount=0,01&slice=0,01&day=2026-11-02&programme=AE-1", "500,01");
    shows("/accounting/engagements/5", "href=\"/accounting/programmes/1\"");
    shows("/accounting/programmes/1", "3\xE2\x80\xAF" "000,00");
    proves();
}

static void mandats_keep_to_the_credits_of_their_year(void **state)
{
    (void)state;
    a_programme_is_voted();
    leads(ENGAGE, COMPUTERS "&amount=2500&slice=2500", "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=2500", "/accounting/engagements/2?saved=1");
#define INVOICE(number, net) \
    "party=" SUPPLIER "&number=" number "&issued=2026-11-11&received=2026-11-12&tax=0&net=" net "&engagement=1"
    leads(BILL, INVOICE("F-1", "1000,01"), "/accounting/bills/1?saved=1");
    refuses("/accounting/bills/1/order", "day=2026-11-20&object=Lot", "1\xE2\x80\xAF" "000,01");
    leads(BILL, INVOICE("F-2", "900"), "/accounting/bills/2?saved=1");
    leads("/accounting/bills/2/order", "day=2026-11-20&object=Lot", "/accounting/pieces/3?saved=1");
    leads(BILL, INVOICE("F-3", "100,01"), "/accounting/bills/3?saved=1");
    refuses("/accounting/bills/3/order", "day=2026-11-20&object=Lot", "1\xE2\x80\xAF" "000,01");
    leads("/accounting/pieces/3/reduce", "amount=0,01&day=2026-11-21&object=Erreur", "/accounting/pieces/4?saved=1");
    leads("/accounting/bills/3/order", "day=2026-11-20&object=Lot", "/accounting/pieces/5?saved=1");
    shows("/accounting/programmes/1", "1\xE2\x80\xAF" "000,00");
    proves();
}

static int64_t programme_engaged(void)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_programme_use use;
    assert_int_equal(budget_programme_use(&ctx, 1, &use), OK);
    return use.engaged.cents;
}

static struct book_cell computers_of(int32_t year)
{
    return cell_of(year, CELL_INVESTMENT, CELL_EXPENSE, "2183");
}

/* The programme is reserved whole, the credits of the year by what they are to bear; the rest is freed with it. */
static void the_year_bears_its_slice_alone(void **state)
{
    (void)state;
    a_programme_is_voted();
    shows(ENGAGE, "name=\"slice\"");
    refuses(ENGAGE, COMPUTERS "&amount=2500", "donnez les deux");
    refuses(ENGAGE, COMPUTERS "&amount=2500&slice=0", "donnez les deux");
    refuses(ENGAGE, "object=Papier&account=60632&amount=1&slice=1&day=2026-11-02", "donnez les deux");
    refuses(ENGAGE, COMPUTERS "&amount=2500&slice=2500,01", "porteraient 2\xE2\x80\xAF" "500,01");
    leads(ENGAGE, COMPUTERS "&amount=2500&slice=1000", "/accounting/engagements/2?saved=1");
    assert_int_equal(computers_of(2026).reserved.cents, 100000);
    assert_int_equal(programme_engaged(), 250000);
    shows("/accounting/engagements/2", "1\xE2\x80\xAF" "500,00");
    refuses(ENGAGE, COMPUTERS "&amount=500,01&slice=1", "3\xE2\x80\xAF" "000,01");
    proves();
    leads("/accounting/engagements/2/release", "day=2026-11-03", "/accounting/engagements/2?saved=1");
    assert_int_equal(computers_of(2026).reserved.cents, 0);
    assert_int_equal(programme_engaged(), 0);
    leads(ENGAGE, COMPUTERS "&amount=3000&slice=0,01", "/accounting/engagements/4?saved=1");
    proves();
}

/* Two lines: the year bears the first as far as its slice goes. */
static void a_slice_goes_through_the_lines(void **state)
{
    (void)state;
    a_programme_is_voted();
    leads(ENGAGE, COMPUTERS "&amount=600&account2=2183&function2=&amount2=900&slice=1000",
          "/accounting/engagements/2?saved=1");
    struct ctx ctx = test_ctx(&test);
    struct imputation *now, *later;
    size_t now_count, later_count;
    assert_int_equal(credit_lines(&ctx, 2, &now, &now_count), OK);
    assert_int_equal(slice_rest(&ctx, 2, &later, &later_count), OK);
    assert_int_equal(now_count, 2);
    assert_int_equal(now[1].net.cents, 40000);
    assert_int_equal(later_count, 1);
    assert_int_equal(later[0].net.cents, 50000);
    proves();
}

/* No authorisation is for staff, nor for subsidies to private bodies. */
static void staff_is_engaged_year_by_year(void **state)
{
    (void)state;
    a_programme_is_voted();
    refuses(ENGAGE, "object=Paie&account=6413&amount=10&slice=10&day=2026-11-02&programme=AE-1", "frais de personnel");
    refuses(ENGAGE, "object=Aide&account=65748&amount=10&slice=10&day=2026-11-02&programme=AE-1",
            "organisme priv\xC3\xA9");
}

/* Revised, a programme still bears what was done; and it can be raised. */
static void a_revision_bears_what_was_done(void **state)
{
    (void)state;
    a_programme_is_voted();
    leads(ENGAGE, COMPUTERS "&amount=2500&slice=2500", "/accounting/engagements/2?saved=1");
    refuses(PROGRAMMES, SCHOOL "&amount=2499,99&years=2026;1000%0A2027;1499,99", "2\xE2\x80\xAF" "499,99");
    leads(PROGRAMMES, SCHOOL "&amount=2500&years=2026;500%0A2027;2000", PROGRAMMES);
    refuses(ENGAGE, COMPUTERS "&amount=0,01&slice=0,01", "2\xE2\x80\xAF" "500,01");
    leads(PROGRAMMES, SCHOOL "&amount=4000&years=2026;2000%0A2027;2000", PROGRAMMES);
    leads(ENGAGE, COMPUTERS "&amount=1500&slice=1500", "/accounting/engagements/3?saved=1");
    proves();
}

/* What a programme bears is no report of credits, and goes on in the next year on its credits of payment. */
static void a_programme_goes_over_the_end_of_the_year(void **state)
{
    (void)state;
    a_programme_is_voted();
    leads(ENGAGE, COMPUTERS "&amount=2500&slice=2500", "/accounting/engagements/2?saved=1");
    leads(ENGAGE, "object=Bureau&party=" SUPPLIER "&account=2183&day=2026-11-02&amount=70",
          "/accounting/engagements/3?saved=1");
    it_is(2027, 1, 12);
    shows(YEAR_PATH "/remains", "Port\xC3\xA9" "es par un programme");
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1");
    as_clerk();
    int64_t draft = next_draft();
    assert_int_equal(carried_of(draft, CHART_INVESTMENT, CHART_EXPENSE), 7000);
    votes_as_drafted(draft);
    leads(YEAR_PATH "/close/again", "", YEAR_PATH "/close?saved=1");
    assert_int_equal(cell_of(2027, CELL_INVESTMENT, CELL_EXPENSE, "2183").reserved.cents, 257000);
    struct ctx ctx = test_ctx(&test);
    struct budget_programme_use use;
    assert_int_equal(budget_programme_use(&ctx, 1, &use), OK);
    assert_int_equal(use.engaged.cents, 250000);
    proves();
}

/* Next year's credits of payment (2 000,00) bear what was left of the slice, and of the rest as much as they can; what
 * they cannot goes on waiting. */
static void the_rest_is_reserved_when_the_next_year_opens(void **state)
{
    (void)state;
    a_programme_is_voted();
    leads(ENGAGE, COMPUTERS "&amount=2900&slice=1000", "/accounting/engagements/2?saved=1");
    it_is(2027, 1, 12);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1");
    as_clerk();
    votes_as_drafted(next_draft());
    shows(YEAR_PATH "/close", "/close/again");
    leads(YEAR_PATH "/close/again", "", YEAR_PATH "/close?saved=1");
    assert_int_equal(computers_of(2027).reserved.cents, 200000);
    assert_int_equal(programme_engaged(), 290000);
    proves();
    leads(YEAR_PATH "/close/again", "", YEAR_PATH "/close?saved=1");
    assert_int_equal(computers_of(2027).reserved.cents, 200000);
    assert_int_equal(programme_engaged(), 290000);
    proves();
}

static enum status forge(struct ctx *ctx)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return budget_programme_use_it(ctx, 2, 1);
}

/* The proof sees a use that no rule allowed. */
static void a_use_that_was_forged_is_found(void **state)
{
    (void)state;
    struct ctx ctx;
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    a_programme_is_voted();
    leads(ENGAGE, "object=Bureau&party=" SUPPLIER "&account=2183&day=2026-11-02&amount=3000,01",
          "/accounting/engagements/2?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, forge(&ctx)), OK);
    assert_int_equal(close_verify(&ctx, &findings), OK);
    assert_true(str_find(buf_str(&findings), STR("programme AP-1: programme.engaged 3000.01")) != SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(engagements_keep_to_what_is_authorised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mandats_keep_to_the_credits_of_their_year, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_year_bears_its_slice_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_slice_goes_through_the_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(staff_is_engaged_year_by_year, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_rest_is_reserved_when_the_next_year_opens, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_revision_bears_what_was_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_programme_goes_over_the_end_of_the_year, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_use_that_was_forged_is_found, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
