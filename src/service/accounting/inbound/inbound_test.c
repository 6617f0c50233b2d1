/* Invoices by file: what becomes of right ones, wrong ones, and of the same one again. */
#include "service/accounting/inbound/inbound.h"

#include <stdlib.h>

#include "core/conversion.h"
#include "service/accounting/invoice/test_invoice.h"
#include "service/accounting/spend/test_spend.h"

#define INBOUND "/accounting/years/1/2026/inbound"
#define UNKNOWN "73282932000074"
#define OTHER_IBAN "FR7630006000011234567890189"

struct told {
    const char *number, *siret, *engagement, *service, *iban, *origin;
    int net; /* euros; a fifth of it is the tax */
    const char *due; /* NULL: all of it */
};

/* A bill or a credit note as UBL. */
static struct str ubl_of(struct told told)
{
    struct buf out BUF_SCOPE = BUF_INIT(1 << 16);
    bool is_credit = told.origin != NULL;
    const char *root = is_credit ? "CreditNote" : "Invoice";
    int tax = told.net / 5;
    buf_add_format(&out,
                   "<%s xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:%s-2\" xmlns:a=\"urn:oasis:names:"
                   "specification:ubl:schema:xsd:CommonAggregateComponents-2\" xmlns:b=\"urn:oasis:names:specification:"
                   "ubl:schema:xsd:CommonBasicComponents-2\"><b:ID>%s</b:ID><b:IssueDate>2026-11-02</b:IssueDate>"
                   "<b:%sTypeCode>%d</b:%sTypeCode><b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>"
                   "<b:BuyerReference>%s</b:BuyerReference><a:OrderReference><b:ID>%s</b:ID></a:OrderReference>",
                   root, root, told.number, root, is_credit ? 381 : 380, root, told.service == NULL ? "" : told.service,
                   told.engagement == NULL ? "" : told.engagement);
    if (is_credit)
        buf_add_format(&out, "<a:BillingReference><a:InvoiceDocumentReference><b:ID>%s</b:ID>"
                       "</a:InvoiceDocumentReference></a:BillingReference>", told.origin);
    buf_add_format(&out,
                   "<a:AccountingSupplierParty><a:Party><a:PartyIdentification><b:ID schemeID=\"0009\">%s</b:ID>"
                   "</a:PartyIdentification><a:PostalAddress><b:StreetName>2 rue du Port</b:StreetName>"
                   "<b:CityName>Vannes</b:CityName><b:PostalZone>56000</b:PostalZone></a:PostalAddress>"
                   "<a:PartyLegalEntity><b:RegistrationName>Librairie du port et de la rade de Vannes et environs"
                   "</b:RegistrationName></a:PartyLegalEntity></a:Party></a:AccountingSupplierParty>"
                   "<a:AccountingCustomerParty><a:Party><a:PartyIdentification><b:ID schemeID=\"0009\">21560046100010"
                   "</b:ID></a:PartyIdentification></a:Party></a:AccountingCustomerParty>"
                   "<a:PaymentMeans><a:PayeeFinancialAccount><b:ID>%s</b:ID></a:PayeeFinancialAccount>"
                   "</a:PaymentMeans>",
                   told.siret, told.iban == NULL ? IBAN : told.iban);
    buf_add_format(&out,
                   "<a:TaxTotal><b:TaxAmount>%d.00</b:TaxAmount><a:TaxSubtotal><b:TaxableAmount>%d.00</b:TaxableAmount>"
                   "<b:TaxAmount>%d.00</b:TaxAmount><a:TaxCategory><b:Percent>20</b:Percent></a:TaxCategory>"
                   "</a:TaxSubtotal></a:TaxTotal><a:LegalMonetaryTotal><b:LineExtensionAmount>%d.00"
                   "</b:LineExtensionAmount><b:TaxExclusiveAmount>%d.00</b:TaxExclusiveAmount><b:TaxInclusiveAmount>"
                   "%d.00</b:TaxInclusiveAmount>",
                   tax, told.net, tax, told.net, told.net, told.net + tax);
    if (told.due != NULL)
        buf_add_format(&out, "<b:PrepaidAmount>%d.00</b:PrepaidAmount>", told.net + tax - atoi(told.due));
    buf_add_format(&out,
                   "<b:PayableAmount>%d.00</b:PayableAmount></a:LegalMonetaryTotal><a:%sLine><b:ID>1</b:ID>"
                   "<b:LineExtensionAmount>%d.00</b:LineExtensionAmount><a:Item><b:Name>=1+1</b:Name>"
                   "<a:ClassifiedTaxCategory><b:Percent>20</b:Percent></a:ClassifiedTaxCategory></a:Item></a:%sLine>"
                   "</%s>",
                   told.due == NULL ? told.net + tax : atoi(told.due), root, told.net, root, root);
    return str_copy(test.arena, buf_str(&out));
}
#define UBL(...) ubl_of((struct told){__VA_ARGS__})

static void takes(struct str bytes, const char *to)
{
    struct str body;
    int code = hands_in(INBOUND, "", "facture.xml", bytes, &body);
    if (code != 303 || !str_eq(body, str_of(to)))
        fail_msg("%d instead of %s: %.*s", code, to, STR_ARG(main_part(body)));
}

static void takes_not(struct str bytes, const char *words)
{
    struct str body;
    int code = hands_in(INBOUND, "", "facture.xml", bytes, &body);
    if (code == 303)
        code = test_page(&test, str_c(test.arena, body), NULL, &body) == 200 ? 422 : 0;
    if (code != 422 || str_find(body, str_of(words)) == SIZE_MAX)
        fail_msg("%d without %s: %.*s", code, words, STR_ARG(main_part(body)));
}

static struct bill the_bill(int64_t id)
{
    struct ctx ctx = test_ctx(&test);
    struct bill bill;
    assert_int_equal(bill_get(&ctx, id, &bill), OK);
    return bill;
}

static size_t bills(void)
{
    struct ctx ctx = test_ctx(&test);
    struct bill *list;
    size_t open, ordered;
    assert_int_equal(bill_list(&ctx, budget_id, BILL_OPEN, &list, &open), OK);
    assert_int_equal(bill_list(&ctx, budget_id, BILL_ORDERED, &list, &ordered), OK);
    return open + ordered;
}

static int64_t parties(void)
{
    struct ctx ctx = test_ctx(&test);
    struct party_found *found;
    size_t count;
    int64_t total;
    assert_int_equal(party_find(&ctx, STR(""), 0, &found, &count, &total), OK);
    return total;
}

/* Files that were read, from the first on; those that were refused are none. */
static size_t files(void)
{
    struct ctx ctx = test_ctx(&test);
    struct inbound_file file;
    size_t read = 0;
    for (int64_t id = 1; inbound_get(&ctx, id, &file) == OK; id++)
        read += file.state == INBOUND_READ;
    return read;
}

static size_t held(int64_t party)
{
    struct ctx ctx = test_ctx(&test);
    struct party_bank *banks;
    size_t count, held = 0;
    assert_int_equal(party_banks(&ctx, party, &banks, &count), OK);
    for (size_t i = 0; i < count; i++)
        held += banks[i].state == BANK_HELD;
    return held;
}

/* ---- right ones ---- */

/* From its file to a mandat: the invoice stands on the engagement whose number it gives. */
static void an_invoice_finds_its_supplier_and_its_engagement(void **state)
{
    struct str file = UBL("F-1", SUPPLIER, "1", .net = 100), body;
    (void)state;
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=120&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    takes(file, "/accounting/bills/1?saved=1");
    refuses("/accounting/bills/1/attest", "day=2026-11-10&amount=120,01", "120");
    leads("/accounting/bills/1/attest", "day=2026-11-10&amount=120", "/accounting/bills/1?saved=1");
    struct bill bill = the_bill(1);
    assert_int_equal(bill.party, supplier);
    assert_int_equal(bill.engagement, 2);
    assert_int_equal(bill.gross.cents, 12000);
    assert_int_equal(bill.tax.cents, 2000);
    assert_true(str_eq(bill.form, STR("ubl")) && str_eq(bill.file_name, STR("facture.xml")));
    assert_int_equal(test_page(&test, "/accounting/bills/1/file", NULL, &body), 200);
    assert_true(str_eq(body, file)); /* byte for byte */
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    holds();
}

static void the_same_file_adds_nothing(void **state)
{
    struct str file = UBL("F-1", SUPPLIER, .net = 100);
    (void)state;
    opens_credits();
    takes(file, "/accounting/bills/1?saved=1");
    takes(file, "/accounting/bills/1?again=1");
    takes(UBL("F-1", SUPPLIER, .net = 200), "/accounting/bills/1?again=1"); /* number and day are what counts */
    takes(UBL("F-1", UNKNOWN, .net = 100), "/accounting/bills/2?saved=1");  /* another supplier’s own number */
    shows("/accounting/bills/1?again=1", "rien n’a été ajouté");
    assert_int_equal(bills(), 2);
    assert_int_equal(files(), 3);
    assert_int_equal(the_bill(1).gross.cents, 12000);
}

#define BRANCH "55203253400653" /* another establishment of SUPPLIER */

/* What makes it the same: who sent it, its number, its year; nothing else. */
static void the_same_invoice_of_another_day_or_establishment_adds_nothing(void **state)
{
    int64_t known;
    (void)state;
    opens_credits();
    takes(UBL("F-2026/01", SUPPLIER, .net = 100), "/accounting/bills/1?saved=1");
    known = parties();
    takes(UBL("f - 2026-01", BRANCH, .net = 100), "/accounting/bills/1?again=1");
    assert_int_equal(parties(), known);
    refuses(BILL, "party=" SUPPLIER "&number=F-2026.01&issued=2026-11-03&received=2026-11-04&net=100&tax=0",
            "c’est la facture F-2026/01 du 2026-11-02");
    refuses(BILL, "party=" SUPPLIER "&number=F-2026/01&issued=2026-01-01&received=2026-11-04&net=100&tax=0",
            "F-2026/01 du 2026-11-02");
    leads(BILL, "party=" SUPPLIER "&number=F-2026/01&issued=2025-12-31&received=2026-11-04&net=100&tax=0",
          "/accounting/bills/2?saved=1"); /* of another year */
    leads(BILL, "party=" SUPPLIER "&number=F-2026/011&issued=2026-11-02&received=2026-11-04&net=100&tax=0",
          "/accounting/bills/3?saved=1");
    takes(UBL("F-2026/01", UNKNOWN, .net = 100), "/accounting/bills/4?saved=1"); /* another company's */
}

/* Nobody pays what was sent back: it may come again, corrected; its own file adds nothing all the same. */
static void what_was_sent_back_may_come_again(void **state)
{
    struct str file = UBL("F-1", SUPPLIER, .net = 100);
    (void)state;
    opens_credits();
    takes(file, "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/back", "reason=Sans+bon+de+commande", "/accounting/bills/1?saved=1");
    takes(file, "/accounting/bills/1?again=1");
    leads(BILL, "party=" SUPPLIER "&number=F-1&issued=2026-11-05&received=2026-11-06&net=100&tax=20",
          "/accounting/bills/2?saved=1");
    refuses(BILL, "party=" SUPPLIER "&number=F-1&issued=2026-11-06&received=2026-11-06&net=100&tax=20",
            "F-1 du 2026-11-05");
}

/* What came of it once stays, whatever becomes of the same file the next time: here nobody has that SIRET any more. */
static void a_file_that_bills_point_to_keeps_its_bytes(void **state)
{
    struct str file = UBL("F-1", SUPPLIER, .net = 100), body;
    struct ctx ctx;
    struct party party;
    struct faults *faults = faults_new(test.arena);
    (void)state;
    opens_credits();
    takes(file, "/accounting/bills/1?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(party_get(&ctx, supplier, &party), OK);
    party.id_number = STR(UNKNOWN);
    assert_int_equal(DO(&test, party_change(&ctx, &party, faults)), OK);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ | RIGHT_ENGAGE)), OK); /* and adds no party */
    assert_int_equal(hands_in(INBOUND, "", "facture.xml", file, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/bills/1/file", NULL, &body), 200);
    assert_true(str_eq(body, file));
    assert_int_equal(files(), 1);
    assert_int_equal(the_bill(1).inbound, 1);
    shows("/accounting/bills/1", "facture.xml");
    struct inbound_line *lines;
    size_t count;
    assert_int_equal(inbound_lines(&ctx, 1, &lines, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(lines[0].bill, 1);
}

/* A supplier nobody knew: a third party, and its account held for a second person. */
static void an_unknown_supplier_is_added_and_its_account_held(void **state)
{
    struct ctx ctx;
    struct party party;
    struct party_bank *banks;
    size_t count;
    (void)state;
    opens_credits();
    takes(UBL("F-9", UNKNOWN, .iban = OTHER_IBAN, .net = 100), "/accounting/bills/1?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(party_get(&ctx, the_bill(1).party, &party), OK);
    assert_true(str_eq(party.id_number, STR(UNKNOWN)) && str_eq(party.street, STR("2 rue du Port")));
    assert_true(str_eq(party.name, STR("Librairie du port et de la rade de")));
    assert_true(str_eq(party.complement, STR("Vannes et environs")));
    assert_int_equal(party_banks(&ctx, party.id, &banks, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(banks[0].state, BANK_HELD);
    assert_int_equal(banks[0].entered_by, clerk);
    assert_true(str_eq(banks[0].source, STR("facture F-9")));
    assert_int_equal(DO(&test, party_bank_confirm(&ctx, banks[0].id)), DENIED); /* by the clerk who brought it */
    shows("/accounting/bills/1", "à confirmer par une seconde personne");
}

/* Another account than the one that is confirmed waits for a second person, and the mandat with it. */
static void another_account_is_held_and_nothing_paid_on_it(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=120&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=120", "/accounting/engagements/2?saved=1");
    takes(UBL("F-1", SUPPLIER, "1", .iban = OTHER_IBAN, .net = 100), "/accounting/bills/1?saved=1");
    assert_int_equal(held(supplier), 1);
    refuses("/accounting/bills/1/order", "day=2026-11-20&object=Papier", OTHER_IBAN);
    takes(UBL("F-2", SUPPLIER, "1", .iban = OTHER_IBAN, .net = 5), "/accounting/bills/2?saved=1");
    assert_int_equal(held(supplier), 1); /* held once */
}

/* ---- the engagement ---- */

static void only_its_own_engagement_takes_it(void **state)
{
    (void)state;
    opens_credits();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=120&day=2026-11-02&reference=B26-17",
          "/accounting/engagements/2?saved=1");
    takes(UBL("F-1", UNKNOWN, "1", .net = 10), "/accounting/bills/1?saved=1");
    assert_int_equal(the_bill(1).engagement, 0);
    shows("/accounting/bills/1", "engagement d’un autre tiers");
    takes(UBL("F-2", SUPPLIER, "99", .net = 10), "/accounting/bills/2?saved=1");
    assert_int_equal(the_bill(2).engagement, 0);
    shows("/accounting/bills/2", "aucun engagement de ce budget");
    takes(UBL("F-3", SUPPLIER, "2026-1", .net = 90), "/accounting/bills/3?saved=1");
    assert_int_equal(the_bill(3).engagement, 2);
    takes(UBL("F-4", SUPPLIER, "B26-17", .net = 10), "/accounting/bills/4?saved=1"); /* 12 of the 12 that are left */
    assert_int_equal(the_bill(4).engagement, 2);
    takes(UBL("F-5", SUPPLIER, "1", .net = 5), "/accounting/bills/5?saved=1"); /* those that wait take the rest */
    assert_int_equal(the_bill(5).engagement, 0);
    shows("/accounting/bills/5", "la facture dépasse ce qui en reste");
    shows("/accounting/bills/5", "id=\"match\"");
}

static void another_service_is_told(void **state)
{
    (void)state;
    opens_credits();
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/services/add", "code=ECOLES&name=Ecoles", "/accounting/services?saved=1");
    leads("/accounting/services/add", "code=VOIRIE&name=Voirie", "/accounting/services?saved=1");
    test_act_as(&test, clerk, ROLE_AGENT);
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=120&day=2026-11-02&unit=ECOLES",
          "/accounting/engagements/2?saved=1");
    takes(UBL("F-1", SUPPLIER, "1", "VOIRIE", .net = 10), "/accounting/bills/1?saved=1");
    shows("/accounting/bills/1", "engagement d’un autre service");
    takes(UBL("F-2", SUPPLIER, "1", "ECOLES", .net = 10), "/accounting/bills/2?saved=1");
    assert_int_equal(the_bill(2).engagement, 2);
    takes(UBL("F-3", SUPPLIER, "1", "AILLEURS", .net = 10), "/accounting/bills/3?saved=1"); /* no service of ours */
    assert_int_equal(the_bill(3).engagement, 2);
}

/* ---- credit notes ---- */

static void a_credit_note_reduces_the_mandat_of_its_invoice(void **state)
{
    struct ctx ctx;
    struct piece piece;
    (void)state;
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=120&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=120", "/accounting/engagements/2?saved=1");
    takes(UBL("F-1", SUPPLIER, "1", .net = 100), "/accounting/bills/1?saved=1");
    takes(UBL("A-1", SUPPLIER, "1", .net = 25, .origin = "F-1"), "/accounting/bills/2?saved=1");
    assert_true(the_bill(2).is_credit);
    shows("/accounting/bills/2", "n’est pas mandatée ici");
    refuses("/accounting/bills/2/order", "day=2026-11-20&object=Avoir", "est un avoir");
    refuses("/accounting/bills/2/deduct", "day=2026-11-20&object=Avoir", "n’est pas mandatée ici");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    leads("/accounting/bills/2/deduct", "day=2026-11-21&object=Avoir+A-1", "/accounting/bills/2?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(piece_get(&ctx, 3, &piece), OK);
    assert_int_equal(piece.remains.cents, 9000);
    assert_int_equal(the_bill(2).state, BILL_ORDERED);
    struct str body;
    assert_int_equal(send("/accounting/bills/2/deduct", "day=2026-11-21&object=Avoir", &body), 409); /* once */
    holds();
}

static void a_credit_note_above_its_mandat_is_refused(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=120&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=120", "/accounting/engagements/2?saved=1");
    takes(UBL("F-1", SUPPLIER, "1", .net = 100), "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    takes(UBL("A-1", SUPPLIER, .net = 105, .origin = "F-1"), "/accounting/bills/2?saved=1");
    refuses("/accounting/bills/2/deduct", "day=2026-11-21&object=Avoir", "120");
    assert_int_equal(the_bill(2).state, BILL_OPEN);
}

/* ---- wrong ones ---- */

/* B1, B2, B4 to B9, B12, B13 and B24 of what is handed in: refused in French, and nothing stays. */
static void bad_files_leave_nothing(void **state)
{
    static const struct {
        const char *from, *to, *words;
    } changes[] = {
        {"100.00</b:TaxExclusive", "1e5</b:TaxExclusive", "centimes entiers"},
        {"100.00</b:TaxExclusive", "100,00</b:TaxExclusive", "centimes entiers"},
        {"100.00</b:TaxExclusive", "-0.00</b:TaxExclusive", "centimes entiers"},
        {"100.00</b:TaxExclusive", "100.001</b:TaxExclusive", "centimes entiers"},
        {"100.00</b:TaxExclusive", "123456789012345.00</b:TaxExclusive", "centimes entiers"},
        {"100.00</b:TaxExclusive", "110.00</b:TaxExclusive", "Demandez au fournisseur"},
        {"2026-11-02", "2026-15-02", "pas un jour du calendrier"},
        {"2026-11-02", "2026-02-29", "pas un jour du calendrier"},
        {"2026-11-02", "2027-11-02", "ni avant sa date"},
        {SUPPLIER, "5520325340064", "SIRET"},
        {SUPPLIER, "55203253400647", "SIRET"},
        {IBAN, "fr1420041010050500013M02606", "IBAN"},
        {IBAN, "FR1420041010050500013M02607", "IBAN"},
        {"21560046100010", "73282932000074", "aucun budget de la commune"},
        {"EUR", "USD", "euros"},
        {"<b:ID>F-1</b:ID>", "<b:ID></b:ID>", "num"},
        {"</Invoice>", "", "lisible"},
        {"<Invoice", "<!DOCTYPE a [<!ENTITY b \"c\">]><Invoice", "lisible"},
        {"<Invoice", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\xFF<Invoice", "lisible"},
    };
    (void)state;
    opens_credits();
    int64_t before = parties();
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct buf bytes BUF_SCOPE = BUF_INIT(SHEET_BYTES);
        buf_add(&bytes, UBL("F-1", SUPPLIER, .net = 100));
        sheet_change(&bytes, changes[i].from, changes[i].to);
        takes_not(buf_str(&bytes), changes[i].words);
    }
    takes_not(UBL("F-1", SUPPLIER, .net = 100, .due = "70"), "restent à payer");
    takes_not(STR("code,libelle\r\n=1+1,2\r\n"), "lisible");
    takes_not(STR("<CPPStatut/>"), "pas une facture connue");
    takes_not(STR(""), "abîmé");
    assert_int_equal(bills(), 0);
    assert_int_equal(parties(), before);
    assert_int_equal(files(), 0);
}

static void a_file_above_the_limit_is_refused(void **state)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(INBOUND_FILE_MAX + 1);
    (void)state;
    opens_credits();
    struct str file = UBL("F-1", SUPPLIER, .net = 100);
    buf_add(&bytes, file);
    memset(buf_reserve(&bytes, INBOUND_FILE_MAX + 1 - file.len), ' ', INBOUND_FILE_MAX + 1 - file.len);
    buf_grew(&bytes, INBOUND_FILE_MAX + 1 - file.len);
    takes_not(buf_str(&bytes), "trop grand");
    struct str fits = {bytes.at, INBOUND_FILE_MAX};
    takes(fits, "/accounting/bills/1?saved=1");
}

/* What a label says is a text, wherever it goes. */
static void labels_are_texts(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    takes(UBL("&apos;); DROP TABLE accounting_bill; --", SUPPLIER, "&lt;script&gt;", .net = 10),
          "/accounting/bills/1?saved=1");
    assert_int_equal(test_page(&test, "/accounting/bills/1", NULL, &body), 200);
    assert_true(str_find(body, STR("<script>")) == SIZE_MAX);
    assert_true(str_find(body, STR("DROP TABLE accounting_bill")) != SIZE_MAX);
}

/* ---- several in one file ---- */

/* The pivot with its invoice twice, under two numbers; the second with another SIRET. */
static struct str two_in_a_pivot(const char *siret)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(SHEET_BYTES), one BUF_SCOPE = BUF_INIT(SHEET_BYTES);
    sheet_load("pivot", &bytes);
    struct str whole = buf_str(&bytes);
    size_t from = str_find(whole, STR("<CPPFacturePivotUnitaire")), end = str_find(whole, STR("</CPPFactures>"));
    buf_add(&one, str_slice(whole, from, end));
    sheet_change(&one, ">F-2026-1<", ">F-2026-7<");
    sheet_change(&one, UNKNOWN, siret);
    struct str both = str_format(test.arena, "%.*s%.*s%.*s", STR_ARG(str_slice(whole, 0, end)),
                                 STR_ARG(buf_str(&one)), STR_ARG(str_after(whole, end)));
    buf_clear(&bytes);
    buf_add(&bytes, both);
    sheet_change(&bytes, "Compteur=\"1\"", "Compteur=\"2\"");
    return str_copy(test.arena, buf_str(&bytes));
}

static void each_invoice_of_a_pivot_is_taken(void **state)
{
    struct str body, file = two_in_a_pivot(SUPPLIER);
    (void)state;
    opens_credits();
    takes(file, "/accounting/inbound/1");
    shows("/accounting/inbound/1", "F-2026-7");
    assert_int_equal(bills(), 2);
    assert_int_equal(files(), 1);
    struct bill bill = the_bill(1);
    assert_int_equal(bill.received.days, date_of(2026, 3, 3).days); /* deposited with Chorus Pro */
    assert_int_equal(bill.gross.cents, 21330);
    assert_int_equal(test_page(&test, "/accounting/bills/2/file", NULL, &body), 200);
    assert_true(str_eq(body, file));
    takes(file, "/accounting/inbound/1");
    shows("/accounting/inbound/1", "déjà là");
    assert_int_equal(bills(), 2);
}

static void a_wrong_one_does_not_stop_the_others(void **state)
{
    (void)state;
    opens_credits();
    takes(two_in_a_pivot("55203253400647"), "/accounting/inbound/1");
    assert_int_equal(bills(), 1);
    shows("/accounting/inbound/1", "non prise");
    shows("/accounting/inbound/1", "saisissez-la à la main");
    shows("/accounting/inbound/1", "CPPFacturePivotUnitaire[2]");
}

/* ---- PDF ---- */

static void convert(int64_t end, struct str words)
{
    struct ctx ctx = test_ctx(&test);
    struct conversion conversion = {.end = end, .title = STR(""), .words = words};
    ctx.actor = (struct actor){.address = STR(""), .name = STR("")}; /* as the role tells it */
    assert_int_equal(DO(&test, given.take(&ctx, given.row, &conversion)), OK);
}

static void a_pdf_waits_for_its_data(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    assert_int_equal(hands_in(INBOUND, "", "facture.pdf", STR("%PDF-1.7 whole"), &body), 303);
    assert_true(str_eq(body, STR("/accounting/inbound/1")));
    assert_int_equal(given.kind, CONVERSION_INVOICE);
    shows("/accounting/inbound/1", "en cours de lecture");
    convert(WORDING_DONE, UBL("F-1", UNKNOWN, .net = 100));
    assert_int_equal(test_page(&test, "/accounting/inbound/1", NULL, &body), 303);
    assert_true(str_eq(body, STR("/accounting/bills/1?saved=1")));
    assert_int_equal(test_page(&test, "/accounting/bills/1/file", NULL, &body), 200);
    assert_true(str_eq(body, STR("%PDF-1.7 whole"))); /* the PDF, not its data */
    struct ctx ctx = test_ctx(&test);
    struct party_bank *banks;
    size_t count;
    assert_int_equal(party_banks(&ctx, the_bill(1).party, &banks, &count), OK);
    assert_int_equal(banks[0].entered_by, clerk); /* though nobody acts when the role answers */
    assert_int_equal(hands_in(INBOUND, "", "facture.pdf", STR("%PDF-1.7 whole"), &body), 303); /* read before */
    assert_true(str_eq(body, STR("/accounting/bills/1?saved=1")) && str_is_absent(given.document));
}

static void a_pdf_without_data_is_told(void **state)
{
    static const struct {
        enum wording_end end;
        const char *words;
    } ends[] = {{WORDING_EMPTY, "ne porte pas de données"},
                {WORDING_LOCKED, "mot de passe"},
                {WORDING_DAMAGED, "abîmé"},
                {WORDING_TOO_MUCH, "trop grand"},
                {WORDING_BUSY, "dans quelques minutes"},
                {WORDING_BROKEN, "interrompue"}};
    struct str body;
    char path[64];
    (void)state;
    opens_credits();
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        assert_int_equal(hands_in(INBOUND, "", "facture.pdf", STR("%PDF-1.7 bare"), &body), 303);
        snprintf(path, sizeof path, "/accounting/inbound/%zu", i + 1);
        convert(ends[i].end, STR(""));
        shows(path, ends[i].words);
    }
    assert_int_equal(files(), 0);
    assert_int_equal(hands_in(INBOUND, "", "facture.pdf", STR("%PDF-1.7 bare"), &body), 303);
    convert(WORDING_DONE, STR("<html/>"));
    shows("/accounting/inbound/7", "pas une facture connue");
    assert_int_equal(bills(), 0);
}

/* ---- who may ---- */

static void whoever_only_engages_adds_no_supplier(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ | RIGHT_ENGAGE)), OK);
    takes(UBL("F-1", SUPPLIER, .net = 100), "/accounting/bills/1?saved=1");
    takes(UBL("F-2", UNKNOWN, .net = 100), "/accounting/inbound/2");
    shows("/accounting/inbound/2", "pas encore un tiers");
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ)), OK);
    assert_int_equal(hands_in(INBOUND, "", "f.xml", UBL("F-3", SUPPLIER, .net = 1), &body), 403);
    assert_int_equal(bills(), 1);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(an_invoice_finds_its_supplier_and_its_engagement),
        CASE(the_same_file_adds_nothing),
        CASE(the_same_invoice_of_another_day_or_establishment_adds_nothing),
        CASE(what_was_sent_back_may_come_again),
        CASE(a_file_that_bills_point_to_keeps_its_bytes),
        CASE(an_unknown_supplier_is_added_and_its_account_held),
        CASE(another_account_is_held_and_nothing_paid_on_it),
        CASE(only_its_own_engagement_takes_it),
        CASE(another_service_is_told),
        CASE(a_credit_note_reduces_the_mandat_of_its_invoice),
        CASE(a_credit_note_above_its_mandat_is_refused),
        CASE(bad_files_leave_nothing),
        CASE(a_file_above_the_limit_is_refused),
        CASE(labels_are_texts),
        CASE(each_invoice_of_a_pivot_is_taken),
        CASE(a_wrong_one_does_not_stop_the_others),
        CASE(a_pdf_waits_for_its_data),
        CASE(a_pdf_without_data_is_told),
        CASE(whoever_only_engages_adds_no_supplier),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
