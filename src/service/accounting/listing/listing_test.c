/* Lists as CSV, as whoever reads their page and whoever may not. */
#include <time.h>

#include "service/accounting/listing/listing.h"
#include "service/accounting/spend/test_spend.h"

#define YEAR "/accounting/years/1/2026"

static void spends(void)
{
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=%3DHYPERLINK(1)&reference=M-7&party=" SUPPLIER "&account=60632&amount=1234,56&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=1234,56", "/accounting/engagements/2?saved=1");
    leads(BILL,
          "party=" SUPPLIER "&number=F-2026-7&issued=2026-11-11&received=2026-11-12&net=1234,56&tax=0&engagement=1",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier,+%22fin%22", "/accounting/pieces/3?saved=1");
    leads(YEAR "/title", "object=Loyer&product=LOYE&party=" SUPPLIER "&account=73111&amount=170&day=2026-11-02",
          "/accounting/pieces/4?saved=1");
    leads("/accounting/pieces/4/reduce", "amount=20&day=2026-11-03&object=Erreur", "/accounting/pieces/5?saved=1");
    leads(YEAR "/slip", "piece=3", "/accounting/slips/1?saved=1");
}

static void is(const char *path, const char *csv)
{
    struct str body;
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    if (!str_eq(body, str_of(csv)))
        fail_msg("%s: %.*s", path, STR_ARG(body));
}

#define ENGAGEMENTS "Num\xC3\xA9ro,Date,Objet,Tiers,Nom du service,R\xC3\xA9" "f\xC3\xA9rence du march\xC3\xA9 ou " \
                    "de la commande,Montant,Reste \xC3\xA0 mandater\r\n"
#define PIECES "Num\xC3\xA9ro,Date,Tiers,Objet,Montant,Apr\xC3\xA8s corrections,Corrige la pi\xC3\xA8" "ce," \
               "\xC3\x80 payer au plus tard le,Engagement,Facture,Bordereau,\xC3\x89tat\r\n"

static void each_list_is_a_file(void **state)
{
    (void)state;
    spends();
    is(YEAR "/engagements.csv",
       ENGAGEMENTS "1,2026-11-02,'=HYPERLINK(1),PAPETERIE DU LAC,,M-7,1234.56,0.00\r\n");
    is(YEAR "/bills.csv",
       "Facture,Date de la facture,Re\xC3\xA7ue le,Tiers,Engagement,Montant HT,TVA,Montant TTC,\xC3\x89tat\r\n"
       "F-2026-7,2026-11-11,2026-11-12,PAPETERIE DU LAC,1,1234.56,0.00,1234.56,Mandat\xC3\xA9" "e\r\n");
    is(YEAR "/orders.csv", PIECES "1,2026-11-20,PAPETERIE DU LAC,\"Papier, \"\"fin\"\"\",1234.56,1234.56,,2026-12-12,"
                                  "1,F-2026-7,1,Chez l\xE2\x80\x99ordonnateur\r\n");
    is(YEAR "/titles.csv", PIECES "1,2026-11-02,PAPETERIE DU LAC,Loyer,170.00,150.00,,,,,,Hors bordereau\r\n"
                                  "2,2026-11-03,PAPETERIE DU LAC,Erreur,20.00,,1,,,,,Hors bordereau\r\n");
    is(YEAR "/slips.csv", "Bordereau,Num\xC3\xA9ro,Date,Pi\xC3\xA8" "ces,Montant,Sign\xC3\xA9 par,\xC3\x89tat\r\n"
                          "Mandats,1,2026-11-23,1,1234.56,,\xC3\x80 signer\r\n");
    is("/accounting/parties.csv",
       "Nom ou raison sociale,Pr\xC3\xA9nom,Nature de l\xE2\x80\x99identifiant,Identifiant,Num\xC3\xA9ro et voie,"
       "Code postal,Ville,Courriel,T\xC3\xA9l\xC3\xA9phone,Compte bancaire,\xC3\x89tat\r\n"
       "PAPETERIE DU LAC,,SIRET," SUPPLIER ",1 RUE DU LAC,56000,VANNES,,,Confirm\xC3\xA9,\r\n");
}

/* What comes after 5,000 rows is another file, and one that begins after the last is heads alone. */
static void a_file_may_begin_further_on(void **state)
{
    (void)state;
    spends();
    is(YEAR "/titles.csv?from=1", PIECES "2,2026-11-03,PAPETERIE DU LAC,Erreur,20.00,,1,,,,,Hors bordereau\r\n");
    is(YEAR "/engagements.csv?from=1", ENGAGEMENTS);
}

static void its_page_has_a_link(void **state)
{
    (void)state;
    opens_credits();
    shows(YEAR "/engagements", "href=\"/accounting/years/1/2026/engagements.csv\"");
    shows(YEAR "/bills", "href=\"/accounting/years/1/2026/bills.csv\"");
    shows(YEAR "/orders", "href=\"/accounting/years/1/2026/orders.csv\"");
    shows(YEAR "/titles", "href=\"/accounting/years/1/2026/titles.csv\"");
    shows(YEAR "/slips", "href=\"/accounting/years/1/2026/slips.csv\"");
    shows("/accounting/parties", "href=\"/accounting/parties.csv\"");
    shows("/accounting/parties", "T\xC3\xA9l\xC3\xA9" "charger en CSV");
}

static void who_may_not_read_gets_none(void **state)
{
    static const char *const paths[] = {YEAR "/engagements.csv", YEAR "/bills.csv", YEAR "/orders.csv",
                                        YEAR "/titles.csv",      YEAR "/slips.csv", "/accounting/parties.csv"};
    struct str body;
    (void)state;
    spends();
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        assert_int_equal(test_page(&test, paths[i], NULL, &body), 403);
        assert_lacks(body, "PAPETERIE");
    }
}

/* ---- a long one ---- */

/* Mandats from..to, in one job. */
static enum status fill(struct ctx *ctx, size_t from, size_t to)
{
    struct credit_year year;
    uint64_t sequence;
    TRY(credit_year(ctx, 1, 2026, &year));
    for (size_t i = from; i < to; i++) {
        struct imputation line = {.nature = STR("6156"), .function = STR(""), .operation = STR(""), .net = {1}};
        struct piece_order order = {.year = &year, .lines = &line, .line_count = 1, .kind = CHART_REAL,
                                    .party = supplier, .nature = STR(""), .type = STR(""),
                                    .object = str_format(ctx->arena, "Contrat de la semaine num\xC3\xA9ro %zu", i),
                                    .day = date_of(2026, 11, 2), .is_pay = true};
        unsigned char id[ENTRY_ID_BYTES] = {1};
        memcpy(id + 1, &i, sizeof i);
        TRY(piece_order_direct(ctx, &order, id, faults_new(ctx->arena), &sequence));
    }
    return OK;
}

/* All are there, in two files, and the page leads to both; the time of the first is printed. */
static void a_long_list_is_two_files(void **state)
{
    enum { PIECES_THERE = LISTING_ROWS + 1, PORTION = 500 };
    struct str body;
    (void)state;
    opens_credits();
    confirm_account();
    for (size_t done = 0; done < PIECES_THERE; done += PORTION) {
        struct ctx ctx = test_ctx(&test);
        struct arena *portion ARENA_SCOPE = arena_create(256 << 20);
        ctx.arena = portion;
        assert_int_equal(DO(&test, fill(&ctx, done, done + PORTION < PIECES_THERE ? done + PORTION : PIECES_THERE)),
                         OK);
    }
    shows(YEAR "/orders", "href=\"/accounting/years/1/2026/orders.csv?from=5000\"");
    clock_t before = clock();
    assert_int_equal(test_page(&test, YEAR "/orders.csv", NULL, &body), 200);
    print_message("%d mandats: %.1f ms\n", LISTING_ROWS, (double)(clock() - before) * 1000 / CLOCKS_PER_SEC);
    assert_has(body, "\r\n5000,2026-11-02");
    assert_lacks(body, "\r\n5001,2026-11-02");
    assert_int_equal(test_page(&test, YEAR "/orders.csv?from=5000", NULL, &body), 200);
    assert_has(body, "\xC3\x89tat\r\n5001,2026-11-02");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_list_is_a_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_may_begin_further_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_page_has_a_link, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_may_not_read_gets_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_list_is_two_files, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
