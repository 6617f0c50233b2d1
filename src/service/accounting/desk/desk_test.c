/* The desk of a year, as whoever works on it and whoever may not see it. */
#include "service/accounting/spend/test_spend.h"

static void before_credits_are_opened_it_is_the_list_of_acts(void **state)
{
    struct str body;
    (void)state;
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_has(body, "Actes budg\xC3\xA9taires, en euros");
    opens_credits();
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_has(body, "Beauval, exercice 2026");
    shows("/accounting/acts", "Actes budg\xC3\xA9taires, en euros");
}

/* Whoever has no right sees acts, and neither desk nor amounts of spending. */
static void without_a_right_it_stays_the_list(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_has(body, "Actes budg\xC3\xA9taires, en euros");
    assert_lacks(body, "exercice 2026");
    assert_lacks(body, "Bordereaux \xC3\xA0 signer");
}

#define LATE "party=" SUPPLIER "&number=F-1&issued=2026-06-01&received=2026-06-10&net=10000&tax=0"
#define SOON "party=" SUPPLIER "&number=F-2&issued=2026-11-11&received=2026-11-12&net=100&tax=0"
#define OLDEST "party=" SUPPLIER "&number=F-3&issued=2025-12-01&received=2025-12-02&net=10000&tax=0"

/* The latest first, with what is owed: 10,000.00 at 10.15 % since 2 January 2026, and 40 euros. */
static void the_clock_begins_with_the_latest(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    leads(BILL, SOON, "/accounting/bills/1?saved=1");
    leads(BILL, LATE, "/accounting/bills/2?saved=1");
    leads(BILL, OLDEST, "/accounting/bills/3?saved=1");
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    size_t oldest = str_find(body, STR("/accounting/bills/3")), late = str_find(body, STR("/accounting/bills/2"));
    size_t soon = str_find(body, STR("/accounting/bills/1\""));
    assert_true(oldest < late && late < soon && soon != SIZE_MAX);
    assert_has(body, "19 jours pour payer");
    assert_has(body, "136 jours de retard");  /* due 10 July, told on 23 November */
    assert_has(body, "40,00 € d’indemnité, et des intérêts dont le taux n’est pas connu"); /* of 1 July 2026 */
    assert_has(body, "906,55\xC2\xA0\xE2\x82\xAC d\xE2\x80\x99int\xC3\xA9r\xC3\xAAts et 40,00\xC2\xA0\xE2\x82\xAC");
}

static int set_up_interest(void **state)
{
    has_interest = true;
    int done = set_up(state);
    has_interest = false;
    return done;
}

/* Ordered late, the bill is gone from the clock; what is owed stays until a mandat of interest. */
static void what_a_late_mandat_owes_stays(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=1000&day=2026-01-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-01-05&amount=1000", "/accounting/engagements/2?saved=1");
    leads(BILL, "party=" SUPPLIER "&number=F-9&issued=2026-01-05&received=2026-01-06&net=1000&tax=0&engagement=1",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    /* due 5 February, told on 23 November: 291 days at 10.15 % */
    shows("/accounting", "80,92\xC2\xA0\xE2\x82\xAC d\xE2\x80\x99int\xC3\xA9r\xC3\xAAts et 40,00");
    shows("/accounting/pieces/3", "80,92\xC2\xA0\xE2\x82\xAC d\xE2\x80\x99int\xC3\xA9r\xC3\xAAts et 40,00");
    shows("/accounting/bills/1", "80,92\xC2\xA0\xE2\x82\xAC d\xE2\x80\x99int\xC3\xA9r\xC3\xAAts et 40,00");
    leads("/accounting/years/1/2026/order",
          "object=Int%C3%A9r%C3%AAts&party=" SUPPLIER "&account=6583&amount=120,92&day=2026-11-20",
          "/accounting/pieces/4?saved=1");
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_lacks(body, "80,92");
    assert_int_equal(test_page(&test, "/accounting/pieces/3", NULL, &body), 200);
    assert_lacks(body, "80,92");
}

/* More than the desk looks at: all are counted, and what was not looked at is said. */
static void a_long_list_is_counted_whole(void **state)
{
    enum { BILLS = 201 };
    struct ctx ctx = test_ctx(&test);
    struct str body;
    (void)state;
    opens_credits();
    for (int i = 0; i < BILLS; i++) {
        struct faults *faults = faults_new(test.arena);
        struct bill bill = {.budget = 1, .party = supplier, .number = str_format(test.arena, "N-%d", i),
                            .form = STR(""), .issued = date_of(2026, 6, 1), .received = date_of(2026, 6, 10),
                            .net = {100}, .gross = {100}, .reason = STR(""), .iban = STR(""), .asked = STR(""),
                            .service = STR(""), .origin = STR(""), .file_name = STR(""), .file = STR("")};
        int64_t id;
        assert_int_equal(DO(&test, bill_add(&ctx, &bill, faults, &id)), OK);
    }
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_has(body, ">201<");
    assert_has(body, "200 \xC2\xB7 200 sur 201, les premiers de la liste");
}

static void each_number_leads_to_the_doing(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct party_bank bank = {.iban = STR(IBAN), .bic = STR(""), .holder = STR("PAPETERIE DU LAC"), .source = STR("")};
    struct str body;
    int64_t id;
    (void)state;
    opens_credits();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=1200,50&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/years/1/2026/title",
          "object=Taxe&product=TAXE&party=" SUPPLIER "&account=73111&amount=170&day=2026-11-02",
          "/accounting/pieces/3?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    assert_int_equal(DO(&test, party_bank_add(&ctx, supplier, &bank, faults, &id)), OK);
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_has(body, "1\xE2\x80\xAF" "200,50\xC2\xA0\xE2\x82\xAC, en 1 engagement<");
    assert_has(body, "href=\"/accounting/engagements/2\"");
    assert_has(body, "170,00\xC2\xA0\xE2\x82\xAC, en 1 titre<");
    assert_has(body, "href=\"/accounting/pieces/3\"");
    assert_has(body, "href=\"/accounting/slips/1\"");
    assert_has(body, "href=\"/accounting/parties/1\"");
    assert_has(body, "width=\"15.0%\""); /* 1,200.50 held of the 8,000.00 of chapter 011 */
    leads("/accounting/engagements/2/release", "day=2026-11-03", "/accounting/engagements/2?saved=1");
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_lacks(body, "href=\"/accounting/engagements/2\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(before_credits_are_opened_it_is_the_list_of_acts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_right_it_stays_the_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_clock_begins_with_the_latest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_late_mandat_owes_stays, set_up_interest, tear_down),
        cmocka_unit_test_setup_teardown(a_long_list_is_counted_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_number_leads_to_the_doing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
