/* Files of Chorus Pro that others published beside the checkout: each comes in, and says what is truly wrong in it. */
#include "service/accounting/test_shared.h"
#include "service/accounting/invoice/invoice.h"

#define EXAMPLES "chorus_pro/examples/"

enum { ARENA = 64 << 20, OUT_MAX = 1 << 20 };

struct paper {
    struct arena *arena;
    struct buf bytes;
    struct invoice_file file;
    struct faults faults;
    enum status status;
};

static void open_paper(struct paper *paper, const char *path)
{
    struct xml *root;
    struct xml_fault fault;
    *paper = (struct paper){.arena = arena_create(ARENA), .bytes = BUF_INIT(XML_BYTES_MAX)};
    paper->faults.arena = paper->arena;
    assert_true(shared_read(path, &paper->bytes));
    assert_int_equal(xml_read(paper->arena, buf_str(&paper->bytes), &root, &fault), OK);
    paper->status = invoice_read(paper->arena, root, &paper->file, &paper->faults);
    invoice_check(&paper->file, NULL, &paper->faults);
}

static void close_paper(struct paper *paper)
{
    buf_finish(&paper->bytes);
    arena_destroy(&paper->arena);
}

static void has_faults(const struct paper *paper, enum status status, const char *wanted)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    for (size_t i = 0; i < paper->faults.count; i++) {
        const struct fault *fault = &paper->faults.kept[i];
        buf_add_format(&out, "%.*s %.*s = %.*s\n", STR_ARG(fault->rule), STR_ARG(fault->place), STR_ARG(fault->value));
    }
    if (paper->status != status || !str_eq(buf_str(&out), str_of(wanted)))
        fail_msg("%s\n%.*s", status_name(paper->status), STR_ARG(buf_str(&out)));
}

/* Their tax is 0.021 % of 3245, in parts of a cent: no sum that anybody can pay. Their IBAN is made up: its remainder
 * by 97 is 63. */
#define FACTS "/CPPFacturePivot/CPPFactures/CPPFacturePivotUnitaire"
#define STATUS "invoice.siret /CPPStatut/CPPFactureStatuts/CPPFactureStatutUnitaire"
#define MADE_UP                                                                                    \
    STATUS "/Fournisseur/Identifiant, ligne 30 = 00000000169959\n" STATUS "/Debiteur/Identifiant, ligne 36 = "    \
           "00000000169991\n"
#define PARTS(which, gross, due, tax)                                                              \
    "invoice.amount " FACTS which "/DonneesFacture/Montants/MontantTTC, ligne " gross " = 3245.681450\n" \
    "invoice.amount " FACTS which "/DonneesFacture/Montants/MontantNetAPayer, ligne " due " = 3245.681450\n" \
    "invoice.amount " FACTS which "/DonneesFacture/TVAs/TVA/MontantTVA, ligne " tax " = 0.681450\n"
#define ACCOUNT(which, line)                                                                       \
    "invoice.iban " FACTS which "/Fournisseur/ReferenceBancaire/Compte, ligne " line " = FR2420020202260600024M02606\n"

static void single_invoices_are_read(void **state)
{
    (void)state;
    struct paper paper;
    shared_need("invoices of Chorus Pro");
    open_paper(&paper, EXAMPLES "facture_pivot_1221.xml");
    has_faults(&paper, INVALID, PARTS("", "63", "64", "70") ACCOUNT("", "37"));
    const struct invoice *invoice = paper.file.invoices;
    assert_int_equal(paper.file.count, 1);
    assert_true(str_eq(invoice->number.text, STR("AVA20150923")));
    assert_true(str_eq(invoice->supplier.siret.text, STR("32682006500083")));
    assert_true(str_eq(invoice->engagement.text, STR("2412345673")));
    assert_true(str_eq(invoice->service.text, STR("GN5CAFZ069")));
    assert_int_equal(invoice->totals[INVOICE_NET].money.cents, 324500);
    assert_int_equal(invoice->line_count, 2);
    assert_int_equal(invoice->attachment_count, 2);
    close_paper(&paper);
    open_paper(&paper, EXAMPLES "facture_pivot_1223.xml");
    has_faults(&paper, INVALID, PARTS("", "63", "64", "70") ACCOUNT("", "37"));
    close_paper(&paper);
}

/* What is said of its size is so, and it is the zip that Chorus Pro makes. */
static void attachments_are_zips(void **state)
{
    (void)state;
    static const char *const names[] = {EXAMPLES "facture_pivot_1221.xml", EXAMPLES "facture_pivot_1223.xml",
                                        EXAMPLES "CPPFichierFormatPivot_4factures.xml"};
    size_t count = 0;
    shared_need("attachments of Chorus Pro");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct paper paper;
        open_paper(&paper, names[i]);
        for (size_t at = 0; at < paper.file.count; at++)
            for (size_t one = 0; one < paper.file.invoices[at].attachment_count; one++, count++) {
                struct buf out BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
                const struct invoice_attachment *attachment = &paper.file.invoices[at].attachments[one];
                assert_int_equal(invoice_attachment_bytes(attachment, &out), OK);
                assert_int_equal(out.len, attachment->size);
                assert_true(str_starts(buf_str(&out), STR("PK")));
            }
        close_paper(&paper);
    }
    assert_int_equal(count, 9);
}

static void four_invoices_are_read(void **state)
{
    (void)state;
    struct paper paper;
    shared_need("an envelope of Chorus Pro");
    open_paper(&paper, EXAMPLES "CPPFichierFormatPivot_4factures.xml");
    assert_int_equal(paper.file.count, 4);
    has_faults(&paper, INVALID, PARTS("[1]", "63", "64", "70") PARTS("[2]", "156", "157", "163")
               PARTS("[3]", "242", "243", "249") PARTS("[4]", "328", "329", "335")
               ACCOUNT("[1]", "37") ACCOUNT("[2]", "130") ACCOUNT("[3]", "216") ACCOUNT("[4]", "302"));
    close_paper(&paper);
}

/* Their SIRETs are made up. */
static void statuses_are_read(void **state)
{
    (void)state;
    struct paper paper;
    shared_need("statuses of Chorus Pro");
    open_paper(&paper, EXAMPLES "statut_ok_01.xml");
    has_faults(&paper, OK, MADE_UP);
    assert_true(str_eq(paper.file.statuses[0].code.text, STR("07")));
    assert_true(str_eq(paper.file.statuses[0].number.text, STR("Example01")));
    close_paper(&paper);
    open_paper(&paper, EXAMPLES "statut_ko_02.xml");
    has_faults(&paper, OK, MADE_UP);
    assert_true(str_eq(paper.file.statuses[0].code.text, STR("17")));
    close_paper(&paper);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_invoices_are_read),
        cmocka_unit_test(attachments_are_zips),
        cmocka_unit_test(four_invoices_are_read),
        cmocka_unit_test(statuses_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
