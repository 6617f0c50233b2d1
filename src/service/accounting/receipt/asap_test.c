/* A notice is printed once its bordereau is signed, with everything it has to say. */
#include <unistd.h>

#include "document/test_tool.h"
#include "service/accounting/receipt/asap.h"
#include "service/accounting/spend/slip_file.h"
#include "service/accounting/spend/test_spend.h"
#include "service/accounting/spend/voucher.h"

#define WORDS_PAGE "/accounting/years/1/2026/notice"
#define SAID                                                                                                           \
    "desk=Accueil, 02 97 00 00 00&pay_to=Service de gestion comptable de Vannes&online=www.payfip.gouv.fr"            \
    "&online_code=012345&court=le tribunal administratif de Rennes"
#define TITLE "/accounting/years/1/2026/title"

static void a_signed_titre(void)
{
    opens_credits();
    leads(TITLE, "object=Loyer de novembre&party=" SUPPLIER "&account=752&amount=450&day=2026-11-20&product=LOYE",
          "/accounting/pieces/2?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
}

static void sign_it(void)
{
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    test_act_as(&test, clerk, ROLE_AGENT);
}

static void lacks(const char *words)
{
    struct str body;
    assert_int_equal(test_page(&test, "/accounting/pieces/2/notice.pdf", NULL, &body), 422);
    if (str_find(body, str_of(words)) == SIZE_MAX)
        fail_msg("without \"%s\": %.*s", words, STR_ARG(main_part(body)));
}

static void what_is_missing_is_said(void **state)
{
    struct str body;
    (void)state;
    a_signed_titre();
    lacks("faites-le signer");
    sign_it();
    lacks("comment payer");
    refuses(WORDS_PAGE, "desk=&pay_to=X&court=Y", "Il faut qui r\xC3\xA9pond");
    refuses(WORDS_PAGE, "desk=A&pay_to=X&court=Y&online=www.payfip.gouv.fr", "vont ensemble");
    leads(WORDS_PAGE, SAID, WORDS_PAGE "?saved=1");
    shows(WORDS_PAGE, "tribunal administratif de Rennes");
    leads("/accounting/pieces/2/reduce", "amount=10&day=2026-11-21&object=Erreur", "/accounting/pieces/3?saved=1");
    assert_int_equal(test_page(&test, "/accounting/pieces/3/notice.pdf", NULL, &body), 422);
}

static struct pdf_fonts *fonts;
static char where[] = "/tmp/parvis-notice-XXXXXX";

static int open_fonts(void **state)
{
    (void)state;
    int fd = mkstemp(where);
    return fd < 0 || close(fd) != 0 || pdf_fonts_open(&fonts) != OK ? -1 : 0;
}

static int close_fonts(void **state)
{
    (void)state;
    pdf_fonts_close(fonts);
    return unlink(where);
}

static struct str text_of_pdf(struct str bytes)
{
    tool_put(where, bytes);
    return str_of(tool_ask("pdftotext -layout %s -", where));
}

static void it_says_all_that_the_law_asks(void **state)
{
    struct str body;
    (void)state;
    tool_need("pdftotext");
    test.town.fonts = fonts;
    a_signed_titre();
    sign_it();
    leads(WORDS_PAGE, SAID, WORDS_PAGE "?saved=1");
    assert_int_equal(test_page(&test, "/accounting/pieces/2/notice.pdf", NULL, &body), 200);
    assert_true(str_starts(body, STR("%PDF-")));
    struct str text = text_of_pdf(body);
    static const char *const says[] = {"Avis des sommes", "PAPETERIE DU LAC", "56000 VANNES", "Loyer de novembre",
                                       "450,00", "Cabinet", "ordonnateur", "Vannes", "www.payfip.gouv.fr", "012345",
                                       "2026-1", "L1617-5", "tribunal administratif de Rennes", "deux mois"};
    for (size_t i = 0; i < sizeof says / sizeof *says; i++)
        if (str_find(text, str_of(says[i])) == SIZE_MAX)
            fail_msg("without \"%s\": %.*s", says[i], STR_ARG(text));
    shows("/accounting/slips/1/notices", "/accounting/slips/1/notices/1");
    assert_int_equal(test_page(&test, "/accounting/slips/1/notices/1", NULL, &body), 200);
    assert_true(str_starts(body, STR("%PDF-")));
    assert_int_equal(test_page(&test, "/accounting/slips/1/notices/2", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/slips/1/notices/0", NULL, &body), 404);
    test.town.fonts = NULL;
}

/* A document of type 006, which another program made, asks the DGFiP to print and post the notice (R43). */
static void the_dgfip_is_asked_by_its_document(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(1 << 20);
    struct faults *faults = faults_new(test.arena);
    struct ctx ctx;
    struct piece piece;
    struct slip slip;
    (void)state;
    a_signed_titre();
    ctx = test_ctx(&test);
    assert_int_equal(piece_get(&ctx, 2, &piece), OK);
    struct voucher notice = {.name = STR("asap.xml"), .type = STR("006"), .about = STR("Avis")};
    assert_int_equal(DO(&test, voucher_add(&ctx, &piece, &notice, STR("<PES_Facture/>"), faults)), OK);
    sign_it();
    ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    assert_int_equal(slip_file_write(&ctx, &slip, &file, faults), OK);
    assert_has(buf_str(&file), "<Edition V=\"01\"/>");
    assert_has(buf_str(&file), "<PJRef>");
    assert_has(buf_str(&file), "<TypePJ V=\"006\"/>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_missing_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_says_all_that_the_law_asks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_dgfip_is_asked_by_its_document, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
