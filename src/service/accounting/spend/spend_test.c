/* The year of a town, walked through as a browser does: six forms from an engagement to a signed bordereau, and at each
 * step what is refused. */
#include <stdio.h>

#include "core/test_town.h"
#include "service/accounting/book/book.h"
#include "service/accounting/budget/budget.h"
#include "service/accounting/party/party.h"
#include "service/accounting/right/signatory.h"
#include "service/accounting/spend/slip.h"

#define TOKEN "form_token=" TEST_TOKEN "&"
#define SUPPLIER "55203253400646"
#define IBAN "FR1420041010050500013M02606"

enum { FINDINGS = 1 << 16, WORDS = 1 << 12 };

static struct test_town test;
static int64_t clerk, signer, budget_id, act_id, supplier;
static int commands;

/* ---- a town with a voted budget ---- */

#define FRAME                                                                                                          \
    "<DocumentBudgetaire xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\"><VersionSchema V=\"95\"/>"         \
    "<EnTeteDocBudgetaire><LibelleColl V=\"BEAUVAL\"/><IdColl V=\"21560046100010\"/></EnTeteDocBudgetaire><Budget>"    \
    "<EnTeteBudget><LibelleEtab V=\"Beauval\"/><IdEtab V=\"21560046100010\"/><Nomenclature V=\"M57-M57_A\"/>"          \
    "</EnTeteBudget><BlocBudget><NatDec V=\"01\"/><Exer V=\"2026\"/><ProjetBudget V=\"false\"/>"                       \
    "<DteDec V=\"2026-04-07\"/><NatVote V=\"FcIa\"/><CodTypBud V=\"P\"/></BlocBudget></Budget></DocumentBudgetaire>"

static void add_line(struct ctx *ctx, int64_t place, const char *nature, const char *chapter, int64_t cents)
{
    struct budget_line line = {.place = place, .nature = str_of(nature), .function = STR(""), .operation = STR(""),
                               .chapter = str_of(chapter), .function_chapter = STR(""), .operation_chapter = STR(""),
                               .group_chapter = str_of(chapter), .extra = STR("")};
    line.direction = nature[0] == '7' || nature[0] == '1' ? CHART_RECEIPT : CHART_EXPENSE;
    line.section = nature[0] == '2' || nature[0] == '1' ? CHART_INVESTMENT : CHART_FUNCTIONING;
    line.has[DOCBUDG_VOTED] = true;
    line.amounts[DOCBUDG_VOTED] = (struct money){cents};
    assert_int_equal(budget_line_add(ctx, act_id, &line), OK);
}

static enum status vote(struct ctx *ctx)
{
    int64_t document;
    struct budget_act act = {.label = STR("Beauval"), .siret = STR("21560046100010"), .year = 2026, .kind = STR("01"),
                             .number = STR(""), .nomenclature = STR("M57-M57_A"), .decided = date_of(2026, 4, 7)};
    TRY(budget_document_begin(ctx, STR(FRAME), &document));
    TRY(budget_act_begin(ctx, document, &act, STR("P"), false, &act_id));
    add_line(ctx, 1, "60632", "011", 500000);
    add_line(ctx, 2, "6156", "011", 300000);
    add_line(ctx, 3, "64111", "012", 900000);
    add_line(ctx, 4, "73111", "731", 1700000);
    add_line(ctx, 5, "2183", "21", 400000);
    add_line(ctx, 6, "10222", "10", 400000);
    return budget_document_end(ctx, document);
}

static void delegate(int64_t person, unsigned rights)
{
    struct ctx ctx = test_ctx(&test);
    struct signatory delegation = {.person = person, .rights = rights & ~(unsigned)(RIGHT_READ | RIGHT_PREPARE),
                                   .since = date_of(2026, 1, 1), .is_head = person == signer,
                                   .reference = person == signer ? STR("") : STR("arr\xC3\xAAt\xC3\xA9 2026-12")};
    struct faults *faults = faults_new(test.arena);
    int64_t id;
    assert_int_equal(DO(&test, right_set(&ctx, person, rights)), OK);
    assert_int_equal(DO(&test, signatory_add(&ctx, &delegation, faults, &id)), OK);
}

static enum status add_supplier(struct ctx *ctx)
{
    struct faults *faults = faults_new(test.arena);
    struct party party = {.name = STR("PAPETERIE DU LAC"), .complement = STR(""), .title = STR(""),
                          .first_name = STR(""), .id_kind = STR("01"), .id_number = STR(SUPPLIER),
                          .category = STR("50"), .nature = STR("03"), .street_before = STR(""),
                          .street = STR("1 RUE DU LAC"), .street_after = STR(""), .postcode = STR("56000"),
                          .place = STR("VANNES"), .country = STR(""), .mail = STR(""), .phone = STR("")};
    enum status done = party_add(ctx, &party, faults, &supplier);
    if (done != OK)
        print_message("%.*s\n", STR_ARG(faults->kept[0].mend));
    return done;
}

static int set_up(void **state)
{
    struct ctx ctx;
    (void)state;
    test_town_open(&test);
    commands = 0;
    clerk = test_person(&test, "finances@beauval.example", "Service des finances");
    signer = test_person(&test, "maire@beauval.example", "Cabinet");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    delegate(clerk, RIGHTS_ALL & ~(unsigned)RIGHT_SIGN);
    delegate(signer, RIGHTS_ALL);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, vote(&ctx)), OK);
    assert_int_equal(DO(&test, add_supplier(&ctx)), OK);
    budget_id = 1;
    test_act_as(&test, clerk, ROLE_AGENT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

/* ---- pages ---- */

static void opens_credits(void)
{
    struct str body;
    char path[64];
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    assert_int_equal(test_page(&test, path, TOKEN, &body), 303);
    assert_true(str_eq(body, STR("/accounting/years/1/2026?saved=1")));
}

/* A form with a command of its own; the code, and where it leads or what it says. */
static int send(const char *path, const char *fields, struct str *ret_body)
{
    char form[WORDS];
    snprintf(form, sizeof form, TOKEN "command=%032x&%s", ++commands, fields);
    return test_page(&test, path, form, ret_body);
}

static struct str main_part(struct str body)
{
    size_t at = str_find(body, STR("<main"));
    return at == SIZE_MAX ? body : str_slice(body, at, at + 2500);
}

static void leads(const char *path, const char *fields, const char *to)
{
    struct str body;
    int code = send(path, fields, &body);
    if (code != 303 || !str_eq(body, str_of(to)))
        fail_msg("%s: %d %.*s", path, code, STR_ARG(main_part(body)));
}

static void refuses(const char *path, const char *fields, const char *words)
{
    struct str body;
    int code = send(path, fields, &body);
    if (code != 422 || str_find(body, str_of(words)) == SIZE_MAX)
        fail_msg("%s: %d, without \"%s\": %.*s", path, code, words, STR_ARG(main_part(body)));
}

static void shows(const char *path, const char *words)
{
    struct str body;
    int code = test_page(&test, path, NULL, &body);
    if (code != 200 || str_find(body, str_of(words)) == SIZE_MAX)
        fail_msg("%s: %d, without \"%s\": %.*s", path, code, words, STR_ARG(main_part(body)));
}

static void holds(void)
{
    struct ctx ctx = test_ctx(&test);
    struct book_proof proof;
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    assert_int_equal(book_verify(&ctx, &proof, &findings), OK);
    if (findings.len > 0)
        fail_msg("%.*s", STR_ARG(buf_str(&findings)));
}

static void confirm_account(void)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct party_bank bank = {.iban = STR(IBAN), .bic = STR(""), .holder = STR("PAPETERIE DU LAC"), .source = STR("")};
    int64_t id;
    assert_int_equal(DO(&test, party_bank_add(&ctx, supplier, &bank, faults, &id)), OK);
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, party_bank_confirm(&ctx, id)), OK);
    test_act_as(&test, clerk, ROLE_AGENT);
}

#define ENGAGE "/accounting/years/1/2026/engage"
#define BILL "/accounting/years/1/2026/bill"

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
    refuses(ENGAGE, "object=Papier&account=60632&amount=8000,01&day=2026-11-02", "8000.00"); /* one cent above */
    refuses(ENGAGE, "object=Papier&account=60632&amount=-1&day=2026-11-02", "-1.00");        /* B27 */
    refuses(ENGAGE, "object=Papier&account=99999&amount=1&day=2026-11-02", "99999");         /* B10 */
    refuses(ENGAGE, "object=Papier&account=73111&amount=1&day=2026-11-02", "73111");         /* a receipt's account */
    refuses(ENGAGE, "object=Papier&account=60632&amount=1&day=2026-12-25", "2026-12-25");    /* still to come */
    refuses(ENGAGE, "object=&account=60632&amount=1&day=2026-11-02", "160 octets");
    refuses(ENGAGE, "object=Papier&account=60632&amount=1&day=2026-11-02&party=Personne", "Aucun tiers");
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=8000&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    refuses(ENGAGE, "object=Encore&account=6156&amount=0,01&day=2026-11-02", "0.00"); /* the same chapter */
    refuses("/accounting/engagements/2/attest", "day=2026-11-10&amount=8000,01", "8000.00");
    refuses("/accounting/engagements/2/attest", "day=2026-11-24&amount=1", "2026-11-24"); /* tomorrow */
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=100", "/accounting/engagements/2?saved=1");
#define BILL_OF(number, net) "party=" SUPPLIER "&number=" number "&issued=2026-11-11&received=2026-11-12&tax=0&net=" net
    leads(BILL, BILL_OF("F-1", "100") "&engagement=1", "/accounting/bills/1?saved=1");
    refuses(BILL, BILL_OF("F-1", "100"), "F-1"); /* the same again */
    refuses(BILL, BILL_OF("F-2", "-100"), "-100.00");
    refuses(BILL, BILL_OF("F-2", "1") "&engagement=7", "Aucun engagement");
    leads(BILL, BILL_OF("F-2", "0,01"), "/accounting/bills/2?saved=1");
    refuses("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "IBAN"); /* none is confirmed */
    confirm_account();
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    leads("/accounting/bills/2/match", "engagement=1", "/accounting/bills/2?saved=1");
    refuses("/accounting/bills/2/order", "day=2026-11-20&object=Papier", "100.01"); /* a cent above what was done */
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
    leads("/accounting/years/1/2026/order", "object=Contrat&party=" SUPPLIER "&account=6156&amount=300&day=2026-11-02",
          "/accounting/pieces/2?saved=1");
    refuses("/accounting/pieces/2/reduce", "amount=300,01&day=2026-11-03&object=Erreur", "300.00");
    leads("/accounting/pieces/2/reduce", "amount=100&day=2026-11-03&object=Erreur", "/accounting/pieces/3?saved=1");
    refuses("/accounting/pieces/2/reduce", "amount=200,01&day=2026-11-03&object=Erreur", "200.00");
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
    refuses("/accounting/years/1/2026/title", "object=Loyer&account=73111&amount=1&day=2026-11-02",
            "d\xC3\xA9""biteur");
    leads("/accounting/years/1/2026/title",
          "object=Taxe&party=" SUPPLIER "&account=73111&amount=17000,01&day=2026-11-02",
          "/accounting/pieces/2?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
    shows("/accounting/slips/1", "Bordereau de titres");
    holds();
}

static void a_form_that_comes_twice_acts_once(void **state)
{
    struct str body;
    static const char form[] = TOKEN "command=000000000000000000000000000000aa&object=Contrat&party=" SUPPLIER
                                     "&account=6156&amount=300&day=2026-11-02";
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

/* The delay stops once, and begins anew when the papers come. */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(credits_are_opened_at_the_level_of_the_vote, set_up, tear_down),
        cmocka_unit_test_setup_teardown(six_forms_from_an_engagement_to_a_signed_bordereau, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_refusal_says_its_rule_and_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_piece_is_corrected_by_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(titres_pass_what_was_forecast_and_name_who_owes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_form_that_comes_twice_acts_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_does_what_is_theirs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_payment_clock_is_interrupted_once, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
