/* The year of a town, walked through as a browser does: six forms from an engagement to a signed bordereau, and at each
 * step what is refused. */
#include "service/accounting/spend/test_spend.h"
#include "service/accounting/spend/title_least.h"

static void credits_are_opened_at_the_level_of_the_vote(void **state)
{
    struct str body;
    char path[64];
    (void)state;
    opens_credits();
    shows("/accounting/years/1/2026", "8\xE2\x80\xAF" "000,00"); /* 011 by chapter */
    shows("/accounting/years/1/2026", ">2183<");                  /* investment by article */
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    assert_int_equal(test_page(&test, path, TOKEN, &body), 409);
    holds();
}

static enum status amend(struct ctx *ctx)
{
    int64_t document;
    TRY(vote_begin(ctx, "02", "1", &document));
    add_line(ctx, 1, "60632", "011", -100000, 0);
    add_line(ctx, 2, "64111", "012", 100000, 0);
    add_line(ctx, 3, "2183", "21", 0, 50000); /* repeats what another act took over */
    add_line(ctx, 4, "10222", "10", 0, 50000);
    return budget_document_end(ctx, document);
}

/* A decision changes credits by what it votes, and not below what is engaged. */
static void a_decision_moves_credits(void **state)
{
    struct ctx ctx = test_ctx(&test);
    (void)state;
    opens_credits();
    leads(ENGAGE, "object=Papier&account=60632&amount=7000,01&day=2026-11-02", "/accounting/engagements/2?saved=1");
    assert_int_equal(DO(&test, amend(&ctx)), OK);
    char path[64];
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    refuses(path, "", "999,99"); /* a cent is missing */
    leads("/accounting/engagements/2/release", "day=2026-11-03", "/accounting/engagements/2?saved=1");
    opens_credits();
    struct book_cell cell;
    struct cell_key key = {.budget = STR("21560046100010"), .exercise = 2026, .level = STR("011")};
    assert_int_equal(book_cell(&ctx, &key, &cell), OK);
    assert_int_equal(cell.voted.cents, 700000);
    key = (struct cell_key){.budget = STR("21560046100010"), .exercise = 2026, .level = STR("2183"),
                            .section = CELL_INVESTMENT};
    assert_int_equal(book_cell(&ctx, &key, &cell), OK);
    assert_int_equal(cell.voted.cents, 400000);
    holds();
}

static void six_forms_from_an_engagement_to_a_signed_bordereau(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=1200,50&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=1200,50", "/accounting/engagements/2?saved=1");
    leads(BILL,
          "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&net=1000,42&tax=200,08&engagement=1",
          "/accounting/bills/1?saved=1");
    shows("/accounting/bills/1", "19 jours pour payer");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    shows("/accounting/slips/1", "Cabinet");
    shows("/accounting/pieces/3", "1\xE2\x80\xAF" "200,50");
    shows("/accounting/engagements/2", "Sold\xC3\xA9");
    holds();
}

/* The words of the rule that refuses, each at its limit. */
static void each_refusal_says_its_rule_and_leaves_nothing(void **state)
{
    (void)state;
    opens_credits();
    refuses(ENGAGE, "object=Papier&account=60632&amount=8000,01&day=2026-11-02",
            "8\xE2\x80\xAF" "000,00"); /* one cent above */
    /* true of an act that opens credits as well: it may take away what is engaged */
    refuses(ENGAGE, "object=Papier&account=60632&amount=8000,01&day=2026-11-02",
            "faites-y voter plus de cr\xC3\xA9" "dits");
    refuses(ENGAGE, "object=Papier&account=60632&amount=-1&day=2026-11-02", "\xE2\x88\x92" "1,00");        /* B27 */
    refuses(ENGAGE, "object=Papier&account=99999&amount=1&day=2026-11-02", "99999");         /* B10 */
    refuses(ENGAGE, "object=Papier&account=73111&amount=1&day=2026-11-02", "73111");         /* a receipt's account */
    refuses(ENGAGE, "object=Papier&account=60632&amount=1&day=2026-12-25", "2026-12-25");    /* still to come */
    refuses(ENGAGE, "object=&account=60632&amount=1&day=2026-11-02", "160 octets");
    refuses(ENGAGE, "object=Papier&account=60632&amount=1&day=2026-11-02&party=Personne", "Aucun tiers");
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=8000&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    refuses(ENGAGE, "object=Encore&account=6156&amount=0,01&day=2026-11-02", "0,00"); /* the same chapter */
    refuses("/accounting/engagements/2/attest", "day=2026-11-10&amount=8000,01", "8\xE2\x80\xAF" "000,00");
    refuses("/accounting/engagements/2/attest", "day=2026-11-24&amount=1", "2026-11-24"); /* tomorrow */
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=100", "/accounting/engagements/2?saved=1");
#define BILL_OF(number, net) "party=" SUPPLIER "&number=" number "&issued=2026-11-11&received=2026-11-12&tax=0&net=" net
    leads(BILL, BILL_OF("F-1", "100") "&engagement=1", "/accounting/bills/1?saved=1");
    refuses(BILL, BILL_OF("F-1", "100"), "F-1"); /* the same again */
    refuses(BILL, BILL_OF("F-2", "-100"), "\xE2\x88\x92" "100,00");
    refuses(BILL, BILL_OF("F-2", "1") "&engagement=7", "Aucun engagement");
    leads(BILL, BILL_OF("F-2", "0,01"), "/accounting/bills/2?saved=1");
    refuses("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "IBAN"); /* none is confirmed */
    confirm_account();
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    leads("/accounting/bills/2/match", "engagement=1", "/accounting/bills/2?saved=1");
    refuses("/accounting/bills/2/order", "day=2026-11-20&object=Papier", "100,01"); /* a cent above what was done */
    refuses("/accounting/years/1/2026/slip", "", "cinq cents");
    refuses("/accounting/years/1/2026/slip", "piece=3&piece=3", "d\xC3\xA9j\xC3\xA0");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    refuses("/accounting/years/1/2026/slip", "piece=3", "d\xC3\xA9j\xC3\xA0");
    holds();
}

/* ---- corrections, titres, who may ---- */

static void a_piece_is_corrected_by_another(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    leads("/accounting/years/1/2026/order", "object=Contrat&party=" SUPPLIER "&account=637&amount=300&day=2026-11-02",
          "/accounting/pieces/2?saved=1");
    refuses("/accounting/pieces/2/reduce", "amount=300,01&day=2026-11-03&object=Erreur", "300,00");
    leads("/accounting/pieces/2/reduce", "amount=100&day=2026-11-03&object=Erreur", "/accounting/pieces/3?saved=1");
    refuses("/accounting/pieces/2/reduce", "amount=200,01&day=2026-11-03&object=Erreur", "200,00");
    leads("/accounting/pieces/2/reduce", "amount=200&day=2026-11-03&object=Erreur", "/accounting/pieces/4?saved=1");
    refuses("/accounting/years/1/2026/slip", "piece=2&piece=3", "corrections"); /* not in one bordereau */
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=3&piece=4", "/accounting/slips/2?saved=1");
    shows("/accounting/years/1/2026", "8\xE2\x80\xAF" "000,00"); /* all of it is available again */
    holds();
}

static void titres_pass_what_was_forecast_and_name_who_owes(void **state)
{
    (void)state;
    opens_credits();
    refuses("/accounting/years/1/2026/title", "object=Loyer&product=LOYE&account=73111&amount=1&day=2026-11-02",
            "d\xC3\xA9""biteur");
    leads("/accounting/years/1/2026/title",
          "object=Taxe&product=TAXE&party=" SUPPLIER "&account=73111&amount=17000,01&day=2026-11-02",
          "/accounting/pieces/2?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
    shows("/accounting/slips/1", "Bordereau de titres");
    holds();
}

/* Below 15 euros nothing is asked (L1611-5, D1611-1), but a tax is; in 2017 it was 5 until April. */
static void titres_begin_at_the_least_amount(void **state)
{
    struct money least;
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    opens_credits();
#define TITLE_OF(amount) "object=Loyer&product=LOYE&party=" SUPPLIER "&day=2026-11-02&account=752&amount=" amount
    refuses("/accounting/years/1/2026/title", TITLE_OF("14,99"), "moins de 15,00");
    refuses("/accounting/years/1/2026/title", TITLE_OF("7") "&account2=7067&amount2=7,99", "moins de 15,00");
    leads("/accounting/years/1/2026/title", TITLE_OF("15"), "/accounting/pieces/2?saved=1");
    leads("/accounting/years/1/2026/title", TITLE_OF("7") "&account2=7067&amount2=8", "/accounting/pieces/3?saved=1");
    leads("/accounting/years/1/2026/title", "object=Taxe&product=TAXE&party=" SUPPLIER
          "&day=2026-11-02&account=73111&amount=1", "/accounting/pieces/4?saved=1");
    assert_int_equal(title_least(&ctx, STR("752"), date_of(2017, 4, 9), faults, &least), OK);
    assert_int_equal(least.cents, 500);
    assert_int_equal(title_least(&ctx, STR("752"), date_of(2017, 4, 10), faults, &least), OK);
    assert_int_equal(least.cents, 1500);
    assert_int_equal(title_least(&ctx, STR("73111"), date_of(2026, 11, 2), faults, &least), OK);
    assert_int_equal(least.cents, 0);
    holds();
}

/* Lines of the budget alone, and expenses that are engaged first. */
static void what_is_not_executed_has_no_mandat_and_no_titre(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    static const char *const alone[] = {"001", "002", "021", "024"};
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) {
        char form[WORDS];
        snprintf(form, sizeof form,
                 "object=Report&product=TAXE&party=" SUPPLIER "&account=%s&amount=100&day=2026-11-02",
                 alone[i]);
        refuses("/accounting/years/1/2026/title", form, "existe qu\xE2\x80\x99" "au budget");
    }
    refuses("/accounting/years/1/2026/order",
            "object=Papier&party=" SUPPLIER "&account=60632&amount=10&day=2026-11-02",
            "s\xE2\x80\x99" "engage d\xE2\x80\x99" "abord");
    holds();
}

static void a_form_that_comes_twice_acts_once(void **state)
{
    struct str body;
    static const char form[] = TOKEN "command=000000000000000000000000000000aa&object=Contrat&party=" SUPPLIER
                                     "&account=637&amount=300&day=2026-11-02";
    (void)state;
    opens_credits();
    confirm_account();
    for (int i = 0; i < 2; i++) {
        assert_int_equal(test_page(&test, "/accounting/years/1/2026/order", form, &body), 303);
        assert_true(str_eq(body, STR("/accounting/pieces/2?saved=1")));
    }
    holds();
}

/* Who attested does not sign (I11); who has no right does nothing; who reads alone sees no form. */
static void each_does_what_is_theirs(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=100&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=100", "/accounting/engagements/2?saved=1");
    test_act_as(&test, clerk, ROLE_AGENT);
    leads(BILL, BILL_OF("F-1", "100") "&engagement=1", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    assert_int_equal(send("/accounting/slips/1/sign", "", &body), 403); /* the clerk has no right to sign */
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    assert_int_equal(send("/accounting/slips/1/sign", "", &body), 422); /* and the signer attested */
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, "/accounting/years/1/2026", NULL, &body), 403);
    assert_int_equal(send(ENGAGE, "object=Papier&account=60632&amount=1&day=2026-11-02", &body), 403);
    holds();
}

static int set_up_without_address(void **state)
{
    has_no_address = true;
    int done = set_up(state);
    has_no_address = false;
    return done;
}

static void whom_the_accountant_could_not_find_is_not_ordered(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    refuses("/accounting/years/1/2026/order", "object=Contrat&party=" SUPPLIER "&account=637&amount=3&day=2026-11-02",
            "L\xE2\x80\x99" "adresse de PAPETERIE DU LAC");
    refuses("/accounting/years/1/2026/title",
            "object=Taxe&product=TAXE&party=" SUPPLIER "&account=73111&amount=1&day=2026-11-02",
            "L\xE2\x80\x99" "adresse de PAPETERIE DU LAC");
    holds();
}

/* The delay stops once, and begins anew when the papers come. */
/* Received on 12 November, its delay ends on 12 December. */
static void a_delay_that_is_over_is_not_interrupted(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    leads(BILL, "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&net=100&tax=20",
          "/accounting/bills/1?saved=1");
    shows("/accounting/bills/1", "id=\"interrupt\"");
    test.now = instant_of_date(date_of(2026, 12, 14));
    test.now.ms += INT64_C(36000000); /* ten o'clock */
    assert_int_equal(test_page(&test, "/accounting/bills/1", NULL, &body), 200);
    assert_int_equal(str_find(body, STR("id=\"interrupt\"")), SIZE_MAX);
    assert_int_equal(str_find(body, STR("id=\"complete\"")), SIZE_MAX);
    assert_true(str_find(body, STR("id=\"back\"")) != SIZE_MAX);
    refuses("/accounting/bills/1/interrupt", "day=2026-12-14&reason=Il+manque+le+bon", "2026-12-12");
}

static void the_payment_clock_is_interrupted_once(void **state)
{
    (void)state;
    opens_credits();
    leads(BILL, BILL_OF("F-1", "100"), "/accounting/bills/1?saved=1");
    shows("/accounting/bills/1", "19 jours pour payer");
    /* before it came */
    refuses("/accounting/bills/1/interrupt", "day=2026-11-01&reason=Il+manque+le+bon", "2026-11-01");
    leads("/accounting/bills/1/interrupt", "day=2026-11-14&reason=Il+manque+le+bon", "/accounting/bills/1?saved=1");
    shows("/accounting/bills/1", "en attente de pi\xC3\xA8""ces");
    refuses("/accounting/bills/1/interrupt", "day=2026-11-15&reason=Encore", "2026-11-14");
    leads("/accounting/bills/1/complete", "day=2026-11-20", "/accounting/bills/1?saved=1");
    shows("/accounting/bills/1", "jours pour payer");
    leads("/accounting/bills/1/back", "reason=Ce+n+est+pas+pour+nous", "/accounting/bills/1?saved=1");
    shows("/accounting/bills/1", "Renvoy\xC3\xA9""e");
    struct str body;
    assert_int_equal(send("/accounting/bills/1/back", "reason=Encore", &body), 409);
}

#define OTHER "73282932000074"

static enum status add_other(struct ctx *ctx)
{
    struct faults *faults = faults_new(test.arena);
    struct party party = {.name = STR("IMPRIMERIE DU PORT"), .complement = STR(""), .title = STR(""),
                          .first_name = STR(""), .id_kind = STR("01"), .id_number = STR(OTHER),
                          .category = STR("50"), .nature = STR("03"), .street_before = STR(""),
                          .street = STR("2 QUAI DU PORT"), .street_after = STR(""), .postcode = STR("56000"),
                          .place = STR("VANNES"), .country = STR(""), .mail = STR(""), .phone = STR("")};
    int64_t id;
    return party_add(ctx, &party, faults, &id);
}

/* What was engaged and attested for one supplier pays no other. */
static void a_bill_is_paid_on_its_own_suppliers_engagement(void **state)
{
    struct ctx ctx = test_ctx(&test);
    (void)state;
    opens_credits();
    confirm_account();
    assert_int_equal(DO(&test, add_other(&ctx)), OK);
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=100&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=100", "/accounting/engagements/2?saved=1");
    leads(BILL, "party=" OTHER "&number=F-1&issued=2026-11-11&received=2026-11-12&net=100&tax=0&engagement=1",
          "/accounting/bills/1?saved=1");
    refuses("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "PAPETERIE DU LAC");
    holds();
}

/* An attestation given by mistake stays, and is taken back by an entry beside it while it is not ordered. */
static void an_attestation_is_withdrawn_while_it_is_not_ordered(void **state)
{
    struct ctx ctx;
    struct engagement engagement;
    struct str body;
    (void)state;
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=1000&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=400", "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-12&amount=300", "/accounting/engagements/2?saved=1");
    refuses("/accounting/engagements/2/withdraw", "attest=2&reason=", "pourquoi");
    refuses("/accounting/engagements/2/withdraw", "attest=9&reason=Erreur", "attestation n\xC2\xB0 9");
    leads("/accounting/engagements/2/withdraw", "attest=2&reason=Livraison rendue",
          "/accounting/engagements/2?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(engagement_get(&ctx, 2, &engagement), OK);
    assert_int_equal(engagement.attested.cents, 40000);
    shows("/accounting/engagements/2", "Livraison rendue");
    refuses("/accounting/engagements/2/withdraw", "attest=2&reason=Encore", "attestation n\xC2\xB0 2");
    refuses("/accounting/engagements/2/withdraw", "attest=3&reason=Encore", "attestation n\xC2\xB0 3");
    leads(BILL, "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&tax=0&net=1&engagement=1",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    refuses("/accounting/engagements/2/withdraw", "attest=1&reason=Trop tard", "399,00");
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ)), OK);
    assert_int_equal(send("/accounting/engagements/2/withdraw", "attest=1&reason=X", &body), 403);
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(credits_are_opened_at_the_level_of_the_vote, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_decision_moves_credits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(six_forms_from_an_engagement_to_a_signed_bordereau, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_refusal_says_its_rule_and_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_piece_is_corrected_by_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(titres_pass_what_was_forecast_and_name_who_owes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(titres_begin_at_the_least_amount, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_executed_has_no_mandat_and_no_titre, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_form_that_comes_twice_acts_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_does_what_is_theirs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whom_the_accountant_could_not_find_is_not_ordered, set_up_without_address,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_bill_is_paid_on_its_own_suppliers_engagement, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_delay_that_is_over_is_not_interrupted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_payment_clock_is_interrupted_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_attestation_is_withdrawn_while_it_is_not_ordered, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
