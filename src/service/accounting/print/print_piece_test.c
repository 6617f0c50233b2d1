/* Mandats, titres and bordereaux on paper, read back by others: pdftotext and pdfinfo (poppler-utils). */
#include "service/accounting/spend/test_spend.h"

#include <time.h>
#include <unistd.h>

#include "document/pdf.h"
#include "document/test_tool.h"
#include "service/accounting/print/print_words.h"
#include "service/accounting/receipt/basis.h"

enum { WORDS_MAX = 400, WHOLE = 500, BUDGET_MS = 1000 };

static struct pdf_fonts *fonts;
static char file[] = "/tmp/parvis-piece-XXXXXX";

static int open_fonts(void **state)
{
    (void)state;
    int fd = mkstemp(file);
    return fd < 0 || close(fd) != 0 || pdf_fonts_open(&fonts) != OK ? -1 : 0;
}

static int close_fonts(void **state)
{
    (void)state;
    pdf_fonts_close(fonts);
    return unlink(file);
}

static int begin(void **state)
{
    int done = set_up(state);
    test.town.fonts = fonts;
    opens_credits();
    confirm_account();
    return done;
}

/* What a reader says of a page of the town, each blank one blank. */
static struct str said_of(const char *path, const char *command)
{
    struct str body;
    struct buf flat BUF_SCOPE = BUF_INIT(TOOL_SAID_MAX);
    tool_need("pdftotext");
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_true(str_starts(body, STR("%PDF-1.")));
    tool_put(file, body);
    for (const char *at = tool_ask(command, file); *at != 0; at++)
        if (*at != ' ' && *at != '\n' && *at != '\f')
            buf_add_byte(&flat, *at);
        else if (flat.len > 0 && flat.at[flat.len - 1] != ' ')
            buf_add_byte(&flat, ' ');
    return str_copy(test.arena, buf_str(&flat));
}

#define TEXT_OF(path) said_of(path, "pdftotext -layout %s -")

static void makes_a_mandat(void)
{
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=1200,50&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=1200,50", "/accounting/engagements/2?saved=1");
    leads(BILL,
          "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&net=1000,42&tax=200,08&engagement=1",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
}

static void a_mandat_says_what_the_law_wants(void **state)
{
    (void)state;
    makes_a_mandat();
    shows("/accounting/pieces/3", "/accounting/pieces/3/piece.pdf");
    struct str said = TEXT_OF("/accounting/pieces/3/piece.pdf");
    assert_has(said, "Mandat n° 1");
    assert_has(said, "Beauval");
    assert_has(said, "21560046100010");
    assert_has(said, "2026");
    assert_has(said, "60632");
    assert_has(said, "PAPETERIE DU LAC");
    assert_has(said, "1 RUE DU LAC, 56000 VANNES");
    assert_has(said, IBAN);
    assert_has(said, "Facture F-1 du 11 novembre 2026");
    assert_has(said, "attesté par Service des finances");
    assert_has(said, "mille deux cents euros et cinquante centimes");
    assert_has(said, "n’est pas encore un ordre");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    said = TEXT_OF("/accounting/pieces/3/piece.pdf");
    assert_has(said, "par Cabinet, ordonnateur");
    assert_has(said, "D1617-23");
    assert_lacks(said, "n’est pas encore un ordre");
}

/* Whoever only reads sees the last figures of an account; whoever has no right sees nothing. */
static void an_account_is_masked_for_who_only_reads(void **state)
{
    struct ctx ctx;
    struct str body;
    (void)state;
    makes_a_mandat();
    int64_t reader = test_person(&test, "elue@beauval.example", "Conseil");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, reader, RIGHT_READ)), OK);
    test_act_as(&test, reader, ROLE_AGENT);
    struct str said = TEXT_OF("/accounting/pieces/3/piece.pdf");
    assert_has(said, "finit par 2606");
    assert_lacks(said, "20041010050500013M");
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, "/accounting/pieces/3/piece.pdf", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/accounting/slips/1/slip.pdf", NULL, &body), 403);
}

static enum status keep_basis(struct ctx *ctx)
{
    TRY(writer_need(test.town.writer, SYNC_FULL));
    return basis_keep(ctx, 2, STR("12 repas à 3,50 €"));
}

static void a_titre_tells_how_to_appeal(void **state)
{
    struct ctx ctx = test_ctx(&test);
    (void)state;
    leads("/accounting/years/1/2026/title",
          "object=Taxe+de+2026&product=TAXE&party=" SUPPLIER "&account=73111&amount=80&day=2026-11-02",
          "/accounting/pieces/2?saved=1");
    assert_has(TEXT_OF("/accounting/pieces/2/piece.pdf"), "Bases de la liquidation Taxe de 2026"); /* its object */
    assert_int_equal(DO(&test, keep_basis(&ctx)), OK);
    struct str said = TEXT_OF("/accounting/pieces/2/piece.pdf");
    assert_has(said, "12 repas à 3,50 €");
    assert_has(said, "Titre de recettes n° 1");
    assert_has(said, "Débiteur");
    assert_has(said, "Bases de la liquidation");
    assert_has(said, "quatre-vingts euros");
    assert_has(said, "deux mois");
    assert_has(said, "tribunal administratif");
    assert_has(said, "L1617-5");
    assert_lacks(said, IBAN);
}

/* The tree that readers of screens follow: headings in their order, tables whose heads are heads. */
static void what_is_printed_can_be_listened_to(void **state)
{
    (void)state;
    makes_a_mandat();
    struct str said = said_of("/accounting/pieces/3/piece.pdf", "pdfinfo -struct %s");
    assert_has(said, "H1");
    assert_has(said, "Table");
    assert_has(said, "TH");
    assert_has(said, "LI");
    assert_has(said_of("/accounting/pieces/3/piece.pdf", "pdfinfo %s"), "Tagged: yes");
}

static int64_t us(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static void makes_a_whole_slip(void)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct credit_year year;
    uint64_t *pieces = arena_array(test.arena, uint64_t, WHOLE);
    char to[64];
    int64_t id;
    for (size_t i = 0; i < WHOLE; i++) {
        snprintf(to, sizeof to, "/accounting/pieces/%zu?saved=1", i + 3);
        leads("/accounting/years/1/2026/order",
              "object=Contrat+de+la+semaine&party=" SUPPLIER "&account=637&amount=1,25&day=2026-11-02", to);
        pieces[i] = i + 3;
    }
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    assert_int_equal(DO(&test, slip_make(&ctx, &year, false, pieces, WHOLE, date_of(2026, 11, 3), faults, &id)), OK);
}

static void a_bordereau_tells_what_the_year_came_to(void **state)
{
    struct str body;
    (void)state;
    leads("/accounting/years/1/2026/order", "object=Contrat&party=" SUPPLIER "&account=637&amount=100&day=2026-11-02",
          "/accounting/pieces/2?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
    makes_a_whole_slip();
    int64_t from = us();
    assert_int_equal(test_page(&test, "/accounting/slips/2/slip.pdf", NULL, &body), 200);
    int64_t took = us() - from;
    print_message("bordereau of %d mandats as PDF: %lld us\n", WHOLE, (long long)took);
    assert_true(took < (int64_t)BUDGET_MS * 1000);
    struct str said = TEXT_OF("/accounting/slips/2/slip.pdf");
    assert_has(said, "Bordereau de mandats n° 2");
    assert_has(said, "625,00"); /* its pieces */
    assert_has(said, "725,00"); /* and the one before */
    assert_has(said, "six cent vingt-cinq euros");
    assert_has(said, "Nom, qualité, date et signature");
    assert_has(said, " 501 ");  /* the last mandat */
}

static void amounts_are_said_in_words(void **state)
{
    static const struct {
        int64_t cents;
        const char *words;
    } cases[] = {{0, "zéro euro"},
                 {1, "zéro euro et un centime"},
                 {100, "un euro"},
                 {2100, "vingt et un euros"},
                 {7100, "soixante et onze euros"},
                 {8000, "quatre-vingts euros"},
                 {8100, "quatre-vingt-un euros"},
                 {9180, "quatre-vingt-onze euros et quatre-vingts centimes"},
                 {20000, "deux cents euros"},
                 {20100, "deux cent un euros"},
                 {100000, "mille euros"},
                 {8000000, "quatre-vingt mille euros"},
                 {20000000, "deux cent mille euros"},
                 {100000000, "un million d’euros"},
                 {20000008000, "deux cents millions quatre-vingts euros"},
                 {-1200, "moins douze euros"},
                 {MONEY_MAX, "neuf cent quatre-vingt-dix-neuf milliards neuf cent quatre-vingt-dix-neuf millions neuf "
                             "cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf euros et "
                             "quatre-vingt-dix-neuf centimes"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf words BUF_SCOPE = BUF_INIT(WORDS_MAX);
        print_words(&words, (struct money){cases[i].cents});
        if (!str_eq(buf_str(&words), str_of(cases[i].words)))
            fail_msg("%s: %.*s", cases[i].words, STR_ARG(buf_str(&words)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_mandat_says_what_the_law_wants, begin, tear_down),
        cmocka_unit_test_setup_teardown(an_account_is_masked_for_who_only_reads, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_titre_tells_how_to_appeal, begin, tear_down),
        cmocka_unit_test_setup_teardown(what_is_printed_can_be_listened_to, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_bordereau_tells_what_the_year_came_to, begin, tear_down),
        cmocka_unit_test(amounts_are_said_in_words),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
