/* Documents beside a mandat: which are expected, handed in, sent in the bordereau's file, answered. */
#include "service/accounting/spend/voucher.h"

#include "base/base64.h"
#include "service/accounting/spend/test_slip.h"
#include "service/accounting/spend/voucher_sql.h"

#define PIECE "/accounting/pieces/3"
#define PDF STR("%PDF-1.7 a decision")

/* A mandat with an invoice by hand, the town's first piece. */
static void a_mandat(void)
{
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=120&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=120", "/accounting/engagements/2?saved=1");
    leads(BILL, "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&net=100&tax=20&engagement=1",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", PIECE "?saved=1");
}

static int hands(const char *about, const char *type, const char *name, struct str bytes, struct str *ret_body)
{
    char fields[WORDS];
    snprintf(fields, sizeof fields, "about=%s&type=%s", about, type);
    return hands_in(PIECE "/vouchers", fields, name, bytes, ret_body);
}

static void takes(const char *about, const char *name)
{
    struct str body;
    int code = hands(about, "003", name, PDF, &body);
    if (code != 303)
        fail_msg("%s: %d %.*s", name, code, STR_ARG(main_part(body)));
}

static void takes_not(const char *about, const char *type, const char *name, struct str bytes, const char *words)
{
    struct str body;
    int code = hands(about, type, name, bytes, &body);
    if (code != 422 || str_find(body, str_of(words)) == SIZE_MAX)
        fail_msg("%s: %d without %s: %.*s", name, code, words, STR_ARG(main_part(body)));
}

static struct piece the_piece(void)
{
    struct ctx ctx = test_ctx(&test);
    struct piece piece;
    assert_int_equal(piece_get(&ctx, 3, &piece), OK);
    return piece;
}

static size_t how_many(void)
{
    struct ctx ctx = test_ctx(&test);
    struct voucher *vouchers;
    size_t count;
    assert_int_equal(voucher_list(&ctx, 3, &vouchers, &count), OK);
    return count;
}

/* ---- which ---- */

static void wants(const char *nature, struct date day, const char *wanted)
{
    struct ctx ctx = test_ctx(&test);
    struct imputation line = {.nature = str_of(nature)};
    struct str kinds[VOUCHER_WANTED_MAX];
    size_t count;
    assert_int_equal(voucher_wanted(&ctx, &line, 1, day, kinds, &count), OK);
    assert_int_equal(count, wanted[0] == 0 ? 0 : 1);
    if (count > 0 && !str_eq(kinds[0], str_of(wanted)))
        fail_msg("%s: %.*s", nature, STR_ARG(kinds[0]));
}

/* The longest account of the table counts, within the days of its row. */
static void each_kind_of_expense_has_its_documents(void **state)
{
    struct date day = date_of(2026, 11, 20);
    (void)state;
    wants("60632", day, "Facture");
    wants("6251", day, "État de frais");
    wants("6218", day, "État liquidatif");
    wants("64111", day, "État de paie");
    wants("65748", day, "Délibération");
    wants("20421", day, "Délibération");
    wants("2031", day, "Facture");
    wants("1641", day, "Tableau d’amortissement");
    wants("739211", day, "");
    wants("60632", date_of(2022, 9, 30), "");
    wants("60632", date_of(2022, 10, 1), "Facture");
}

static void what_lacks_is_told_before_the_bordereau(void **state)
{
    struct str kinds[VOUCHER_WANTED_MAX];
    struct ctx ctx;
    size_t count;
    (void)state;
    a_mandat(); /* its invoice was entered by hand: no file */
    ctx = test_ctx(&test);
    struct piece piece = the_piece();
    assert_int_equal(voucher_missing(&ctx, &piece, kinds, &count), OK);
    assert_int_equal(count, 1);
    shows(PIECE, "Pièces manquantes");
    shows("/accounting/years/1/2026/orders", "n’a pas tous les documents attendus");
    takes("facture", "facture.pdf");
    ctx = test_ctx(&test);
    assert_int_equal(voucher_missing(&ctx, &piece, kinds, &count), OK);
    assert_int_equal(count, 0);
    struct str body;
    assert_int_equal(test_page(&test, "/accounting/years/1/2026/orders", NULL, &body), 200);
    assert_true(str_find(body, STR("documents attendus")) == SIZE_MAX);
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1"); /* told, never forced */
}

/* ---- handed in ---- */

static void a_document_is_handed_in_and_taken_away(void **state)
{
    struct str body;
    (void)state;
    a_mandat();
    takes("Facture", "facture.pdf");
    takes("Bon de commande", "commande.PDF");
    assert_int_equal(how_many(), 2);
    assert_int_equal(test_page(&test, "/accounting/vouchers/2", NULL, &body), 200);
    assert_true(str_eq(body, PDF));
    refuses(PIECE "/vouchers/drop", "number=3", "numéro");
    leads(PIECE "/vouchers/drop", "number=1", PIECE "?saved=1");
    assert_int_equal(how_many(), 1);
    shows(PIECE, "commande.PDF");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, 0)), OK);
    assert_int_equal(test_page(&test, "/accounting/vouchers/2", NULL, &body), 403); /* not for everybody */
}

/* B21, B22, B4: names that are ways, names without an end, nothing, too much. */
static void what_is_no_document_is_refused(void **state)
{
    (void)state;
    a_mandat();
    takes_not("Facture", "003", "facture", PDF, "nom d’un fichier");
    takes_not("Facture", "003", "facture.exe", PDF, "nom d’un fichier");
    takes_not("Facture", "003", ".pdf", PDF, "nom d’un fichier");
    takes_not("Facture", "002", "facture.pdf", PDF, "liste propose");
    takes_not("Facture", "001", "facture.pdf", PDF, "liste propose");
    takes_not("", "003", "facture.pdf", PDF, "nature");
    takes_not("Facture", "003", "facture.pdf", STR(""), "5");
    struct buf large BUF_SCOPE = BUF_INIT(VOUCHER_MAX + 1);
    memset(buf_reserve(&large, VOUCHER_MAX + 1), 'x', VOUCHER_MAX + 1);
    buf_grew(&large, VOUCHER_MAX + 1);
    takes_not("Facture", "003", "facture.pdf", buf_str(&large), "5");
    assert_int_equal(how_many(), 0);
    struct str body, fits = {large.at, VOUCHER_MAX};
    assert_int_equal(hands("Facture", "003", "facture.pdf", fits, &body), 303);
    assert_int_equal(hands("Facture", "003", "facture2.pdf", fits, &body), 303);
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1"); /* 10 MB, the most */
}

static void a_bordereau_takes_so_much_and_no_more(void **state)
{
    struct str body;
    (void)state;
    a_mandat();
    struct buf large BUF_SCOPE = BUF_INIT(VOUCHER_MAX);
    memset(buf_reserve(&large, VOUCHER_MAX), 'x', VOUCHER_MAX);
    buf_grew(&large, VOUCHER_MAX);
    assert_int_equal(hands("Facture", "003", "a.pdf", buf_str(&large), &body), 303);
    assert_int_equal(hands("Facture", "003", "b.pdf", buf_str(&large), &body), 303);
    takes("Facture", "c.pdf");
    refuses("/accounting/years/1/2026/slip", "piece=3", "Faites-en deux");
}

static enum status join(struct ctx *ctx, const char *name)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_voucher_add(ctx->db, (struct sql_voucher_add){.piece = 3, .name = str_of(name), .type = STR("003"),
                                                             .bytes = STR("x"), .about = STR("Facture")});
}

/* The limit holds for what comes after the bordereau was made, up to its signature. */
static void a_bordereau_that_was_made_takes_no_more_either(void **state)
{
    struct str body, large, fits;
    struct ctx ctx;
    (void)state;
    a_mandat();
    struct buf bytes BUF_SCOPE = BUF_INIT(VOUCHER_MAX);
    memset(buf_reserve(&bytes, VOUCHER_MAX), 'x', VOUCHER_MAX);
    buf_grew(&bytes, VOUCHER_MAX);
    large = buf_str(&bytes);
    assert_int_equal(hands("Facture", "003", "a.pdf", large, &body), 303);
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    takes("Facture", "b.pdf");
    takes_not("Facture", "003", "c.pdf", large, "feraient 11 Mo, et un flux en prend 10");
    fits = str_slice(large, 0, VOUCHER_MAX - PDF.len); /* the last byte there is */
    assert_int_equal(hands("Facture", "003", "c.pdf", fits, &body), 303);
    takes_not("Facture", "003", "d.pdf", STR("x"), "feraient 11 Mo");
    assert_int_equal(how_many(), 3);
    /* as one that was joined before there was that limit */
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, join(&ctx, "d.pdf")), OK);
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    refuses("/accounting/slips/1/sign", "", "feraient 11 Mo");
    leads(PIECE "/vouchers/drop", "number=4", PIECE "?saved=1");
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
}

static void twenty_and_no_more(void **state)
{
    char name[32];
    (void)state;
    a_mandat();
    for (int i = 0; i < VOUCHERS_MAX; i++) {
        snprintf(name, sizeof name, "p%d.pdf", i);
        takes("Facture", name);
    }
    takes_not("Facture", "003", "p21.pdf", PDF, "Vingt");
}

/* ---- it goes out ---- */

/* The invoice's own file, and one that was handed in: in the file of the bordereau, by every rule of PES. */
static void they_go_out_with_the_bordereau(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct str body;
    (void)state;
    a_mandat();
    takes("Facture", "facture.pdf");
    takes("Délibération", "délibération.pdf");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    takes("Bon", "bon.pdf"); /* until it is signed */
    leads(PIECE "/vouchers/drop", "number=3", PIECE "?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    struct ctx ctx = test_ctx(&test);
    struct slip slip;
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    the_file(&slip, &file); /* pes_write looks by every rule */
    struct str said = buf_str(&file);
    assert_true(str_find(said, STR("<IdUnique V=\"PJ21560046100010N1\"/>")) != SIZE_MAX);
    assert_true(str_find(said, STR("<NomPJ V=\"facture.pdf\"/><TypePJ V=\"003\"/><Description V=\"Facture\"/>")) !=
                SIZE_MAX);
    assert_true(str_find(said, STR("<Domaine V=\"01\"/><Exercice V=\"2026\"/><TypeObjet V=\"01\"/>"
                                   "<Identifiant V=\"1\"/>")) != SIZE_MAX);
    assert_true(str_find(said, STR("PJ21560046100010N3")) == SIZE_MAX);
    assert_int_equal(hands("Facture", "003", "late.pdf", PDF, &body), 409); /* signed is signed */
    assert_int_equal(send(PIECE "/vouchers/drop", "number=1", &body), 409);
    assert_int_equal(how_many(), 2);
    struct buf signed_one BUF_SCOPE = BUF_INIT(FILE_MAX);
    sign(said, &signed_one);
    assert_int_equal(give_back(&slip, buf_str(&signed_one)), OK);
}

static void the_file_of_an_invoice_goes_along_by_itself(void **state)
{
    static const char ubl[] =
        "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\" xmlns:a=\"urn:oasis:names:"
        "specification:ubl:schema:xsd:CommonAggregateComponents-2\" xmlns:b=\"urn:oasis:names:specification:ubl:schema:"
        "xsd:CommonBasicComponents-2\"><b:ID>F-1</b:ID><b:IssueDate>2026-11-02</b:IssueDate><b:InvoiceTypeCode>380"
        "</b:InvoiceTypeCode><b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode><a:OrderReference><b:ID>1</b:ID>"
        "</a:OrderReference><a:AccountingSupplierParty><a:Party><a:PartyIdentification><b:ID schemeID=\"0009\">"
        SUPPLIER "</b:ID></a:PartyIdentification></a:Party></a:AccountingSupplierParty>"
        "<a:AccountingCustomerParty><a:Party>"
        "<a:PartyIdentification><b:ID schemeID=\"0009\">21560046100010</b:ID></a:PartyIdentification></a:Party>"
        "</a:AccountingCustomerParty><a:LegalMonetaryTotal><b:LineExtensionAmount>120.00</b:LineExtensionAmount>"
        "<b:TaxExclusiveAmount>120.00</b:TaxExclusiveAmount><b:TaxInclusiveAmount>120.00</b:TaxInclusiveAmount>"
        "<b:PayableAmount>120.00</b:PayableAmount></a:LegalMonetaryTotal><a:InvoiceLine><b:LineExtensionAmount>120.00"
        "</b:LineExtensionAmount></a:InvoiceLine></Invoice>";
    struct str body;
    (void)state;
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=120&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    int code = hands_in("/accounting/years/1/2026/inbound", "", "facture", str_of(ubl), &body);
    if (code != 303)
        fail_msg("%d %.*s", code, STR_ARG(main_part(body)));
    leads("/accounting/bills/1/attest", "day=2026-11-10&amount=120", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", PIECE "?saved=1");
    shows(PIECE, "facture.xml"); /* which came without an end to its name */
    struct ctx ctx = test_ctx(&test);
    struct piece piece = the_piece();
    struct str kinds[VOUCHER_WANTED_MAX];
    size_t count;
    assert_int_equal(voucher_missing(&ctx, &piece, kinds, &count), OK);
    assert_int_equal(count, 0);
    assert_int_equal(test_page(&test, "/accounting/vouchers/1", NULL, &body), 200);
    assert_true(str_eq(body, str_of(ubl)));
}

/* ---- and is answered ---- */

#define ELEMENT(domain, state, who, more)                                                                              \
    "<ElementACQUIT><DomaineAck V=\"" domain "\"/><EtatAck V=\"" state "\"/>" who more "</ElementACQUIT>"
#define ACQUIT(file, elements)                                                                                         \
    "<n:PES_ACQUIT xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2\"><Enveloppe><Parametres>"     \
    "<Version V=\"2\"/><TypFic V=\"PESALR2\"/><NomFic V=\"" file "\"/></Parametres></Enveloppe><EnTetePES>"           \
    "<DteStr V=\"2026-11-25\"/></EnTetePES><ACQUIT>"                                                                  \
    elements "</ACQUIT></n:PES_ACQUIT>"
#define SLIP_OF "<NumBord V=\"1\"/><ExerciceBord V=\"2026\"/>"
#define OURS "PESALR2_21560046100010_2026_D01_00001"

static void answered(const char *text, size_t changes)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct slip_taken taken;
    assert_int_equal(DO(&test, slip_return_take(&ctx, str_of(text), faults, &taken)), OK);
    assert_int_equal(taken.taken, changes);
}

/* The bordereau refused and its document accepted, or the other way round. */
static void a_document_is_answered_apart_from_its_bordereau(void **state)
{
    struct ctx ctx;
    struct slip slip;
    struct voucher *vouchers;
    size_t count;
    (void)state;
    a_mandat();
    takes("Facture", "facture.pdf");
    takes("Bon", "bon.pdf");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX), signed_one BUF_SCOPE = BUF_INIT(FILE_MAX);
    the_file(&slip, &file);
    sign(buf_str(&file), &signed_one);
    assert_int_equal(give_back(&slip, buf_str(&signed_one)), OK);
    static const char said[] =
        ACQUIT(OURS, ELEMENT("5", "0", SLIP_OF,
                             "<Erreur><NumAnoAck V=\"1963\"/><LibelleAnoAck V=\"Domiciliation\"/></Erreur>")
                         ELEMENT("4", "1", "<IdUnique V=\"PJ21560046100010N1\"/>", "")
                             ELEMENT("4", "0", "<IdUnique V=\"PJ21560046100010N2\"/>",
                                     "<Erreur><NumAnoAck V=\"44\"/><LibelleAnoAck V=\"Illisible\"/></Erreur>")
                                 ELEMENT("4", "0", "<IdUnique V=\"PJ21560046100028N1\"/>", ""));
    answered(said, 3);
    answered(said, 0); /* the same again */
    ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    assert_int_equal(slip.state, SLIP_REFUSED);
    assert_true(str_eq(slip.answer, STR("1963 Domiciliation"))); /* of the bordereau alone */
    assert_int_equal(voucher_list(&ctx, 3, &vouchers, &count), OK);
    assert_int_equal(vouchers[0].state, VOUCHER_ACCEPTED); /* not touched by another town's */
    assert_int_equal(vouchers[1].state, VOUCHER_REFUSED);
    assert_true(str_eq(vouchers[1].said, STR("44 Illisible")));
    shows(PIECE, "refusée : 44 Illisible");
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(each_kind_of_expense_has_its_documents),
        CASE(what_lacks_is_told_before_the_bordereau),
        CASE(a_document_is_handed_in_and_taken_away),
        CASE(what_is_no_document_is_refused),
        CASE(a_bordereau_takes_so_much_and_no_more),
        CASE(a_bordereau_that_was_made_takes_no_more_either),
        CASE(twenty_and_no_more),
        CASE(they_go_out_with_the_bordereau),
        CASE(the_file_of_an_invoice_goes_along_by_itself),
        CASE(a_document_is_answered_apart_from_its_bordereau),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
