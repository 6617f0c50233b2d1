/* Every rule of invoices is broken, alone where sums allow it, and what a town knows is looked at. */
#include "service/accounting/invoice/test_invoice.h"

#define ONE "/CPPFacturePivot/CPPFactures/CPPFacturePivotUnitaire"
#define FACTS ONE "/DonneesFacture"
#define UBL_SUMS "/Invoice/LegalMonetaryTotal"
#define CII_END "/CrossIndustryInvoice/SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
#define CII_SUMS CII_END "/SpecifiedTradeSettlementHeaderMonetarySummation"

/* ---- who, when, where to ---- */

static void numbers_and_currencies(void **state)
{
    (void)state;
    becomes("pivot", NULL, CHANGES("<Id>F-2026-1</Id>", "<Id> </Id>"), OK, "invoice.number " FACTS "/Id, ligne 5 = ");
    becomes("pivot", NULL, CHANGES("<Id>F-2026-1</Id>", ""), OK, "invoice.number " FACTS ", ligne 5 = ");
    becomes("pivot", NULL, CHANGES(">EUR<", ">USD<"), OK, "invoice.currency " FACTS "/Devise, ligne 6 = USD");
    becomes("cii", NULL, CHANGES("Code>EUR<", "Code><", "\"EUR\">24", "\"\">24"), OK,
            "invoice.currency " CII_END "/InvoiceCurrencyCode, ligne 15 = ");
}

/* B12. */
static void parties_are_proven(void **state)
{
    (void)state;
    becomes("pivot", NULL, CHANGES("73282932000074", "73282932000075"), OK,
            "invoice.siret " ONE "/Fournisseur/Identifiant, ligne 2 = 73282932000075");
    becomes("pivot", NULL, CHANGES("21560046100010", "2156004610001"), OK,
            "invoice.siret " ONE "/Debiteur/Identifiant, ligne 4 = 2156004610001");
    becomes("ubl", NULL, CHANGES(">732829320<", ">732829321<"), OK,
            "invoice.siren /Invoice/AccountingSupplierParty/Party/PartyLegalEntity/CompanyID, ligne 9 = 732829321");
    becomes("ubl", NULL, CHANGES("FR44732829320", "FR45732829320"), OK,
            "invoice.vat /Invoice/AccountingSupplierParty/Party/PartyTaxScheme/CompanyID, ligne 8 = FR45732829320");
    becomes("ubl", NULL, CHANGES("FR44732829320", "DE45732829320"), OK, "");
    becomes("pivot", NULL, CHANGES("<Identifiant>73282932000074</Identifiant>", ""), OK,
            "invoice.supplier " ONE "/Fournisseur, ligne 2 = ");
    becomes("pivot", NULL, CHANGES("<Identifiant>21560046100010</Identifiant>", ""), OK,
            "invoice.missing " ONE "/Debiteur, ligne 4 = ");
    becomes("pivot", NULL, CHANGES("nt>1</TypeIdentifiant><Identifiant>73282932000074", "nt>4</TypeIdentifiant>"
            "<Identifiant>0123456"), OK, ""); /* RIDET, of New Caledonia */
    becomes("status", NULL, CHANGES("21560046100010", "21560046100011"), OK,
            "invoice.siret /CPPStatut/CPPFactureStatuts/CPPFactureStatutUnitaire/Debiteur/Identifiant, ligne 3 = "
            "21560046100011");
}

/* B13. */
static void accounts_are_proven(void **state)
{
    (void)state;
    static const char *const ibans[] = {"fr1420041010050500013m02606", "FR1420041010050500013M02607",
                                        "FR14 2004 1010 0505 0001 3M02 606", "FR14"};
    for (size_t i = 0; i < sizeof ibans / sizeof *ibans; i++) {
        char wanted[300];
        snprintf(wanted, sizeof wanted, "invoice.iban " ONE "/Fournisseur/ReferenceBancaire/Compte, ligne 3 = %s",
                 ibans[i]);
        becomes("pivot", NULL, CHANGES("FR1420041010050500013M02606", ibans[i]), OK, wanted);
    }
    static const char *const bics[] = {"ABCDFRPPX", "abcdfrpp", "ABCD1RPP", "ABCDFRPPXXXX"};
    for (size_t i = 0; i < sizeof bics / sizeof *bics; i++) {
        char wanted[300];
        snprintf(wanted, sizeof wanted, "invoice.bic /Invoice/PaymentMeans[2]/PayeeFinancialAccount"
                 "/FinancialInstitutionBranch/ID, ligne 13 = %s", bics[i]);
        becomes("ubl", NULL, CHANGES("ABCDFRPPXXX", bics[i]), OK, wanted);
    }
    becomes("ubl", NULL, CHANGES("ABCDFRPPXXX", "A1CDFRP2"), OK, "");
}

/* B9. */
static void days_are_in_order(void **state)
{
    (void)state;
    becomes("ubl", NULL, CHANGES("2026-04-01", "2026-03-02"), OK, "");
    becomes("ubl", NULL, CHANGES("2026-04-01", "2026-03-01"), OK,
            "invoice.due_date /Invoice/DueDate, ligne 2 = 2026-03-01");
    becomes("pivot", NULL, CHANGES("2026-03-03", "2026-03-02"), OK, "");
    becomes("pivot", NULL, CHANGES("2026-03-03", "2026-03-01"), OK,
            "invoice.received " FACTS "/DateReception, ligne 6 = 2026-03-01");
    const struct invoice_known day = {.today = date_of(2026, 3, 2)}, before = {.today = date_of(2026, 3, 1)};
    becomes("pivot", &day, NOTHING, OK, "");
    becomes("pivot", &before, NOTHING, OK, "invoice.future " FACTS "/DateEmissionFacture, ligne 5 = 2026-03-01");
}

/* ---- sums ---- */

#define TAXED                                                                                      \
    "<a:ApplicableTradeTax><a:CalculatedAmount>24.00</a:CalculatedAmount><a:TypeCode>VAT</a:TypeCode>" \
    "<a:BasisAmount>120.00</a:BasisAmount><a:CategoryCode>S</a:CategoryCode>"                       \
    "<a:RateApplicablePercent>20.00</a:RateApplicablePercent></a:ApplicableTradeTax>"
#define EXEMPT                                                                                     \
    "<a:ApplicableTradeTax><a:CalculatedAmount>0.00</a:CalculatedAmount><a:TypeCode>VAT</a:TypeCode>" \
    "<a:ExemptionReason>Timbres</a:ExemptionReason><a:BasisAmount>60.00</a:BasisAmount>"            \
    "<a:CategoryCode>E</a:CategoryCode><a:RateApplicablePercent>0.00</a:RateApplicablePercent></a:ApplicableTradeTax>"
#define NO_RATES TAXED, "", EXEMPT, ""

/* As in the profile BASIC WL and MINIMUM of Factur-X, sums may lack their parts. */
static void what_is_not_said_is_not_summed(void **state)
{
    (void)state;
    becomes("cii", NULL, CHANGES(NO_RATES), OK, "");
    becomes("pivot", NULL, CHANGES("<Lignes>", "<LignesNon>", "</Lignes>", "</LignesNon>"), OK, "");
    becomes("pivot", NULL, CHANGES("<TVAs>", "<TVAsNon>", "</TVAs>", "</TVAsNon>"), OK, "");
}

static void sums_without_tax(void **state)
{
    (void)state;
    becomes("cii", NULL, CHANGES(NO_RATES, ">125.00<", ">125.01<"), OK,
            "invoice.lines " CII_SUMS "/LineTotalAmount, ligne 21 = 185.00");
    becomes("cii", NULL, CHANGES(NO_RATES, "<a:ActualAmount>5.00<", "<a:ActualAmount>6.00<"), OK,
            "invoice.allowances " CII_SUMS "/AllowanceTotalAmount, ligne 21 = 5.00");
    becomes("cii", NULL, CHANGES(NO_RATES, "<a:SpecifiedTradePaymentTerms>", "<a:SpecifiedTradeAllowanceCharge>"
            "<a:ChargeIndicator><u:Indicator>true</u:Indicator></a:ChargeIndicator>"
            "<a:ActualAmount>1.00</a:ActualAmount></a:SpecifiedTradeAllowanceCharge><a:SpecifiedTradePaymentTerms>"),
            OK, "invoice.charges " CII_SUMS ", ligne 21 = 0.00");
    becomes("cii", NULL, CHANGES(NO_RATES, ">180.00<", ">181.00<", ">204.00<", ">205.00<", ">200.00<", ">201.00<"), OK,
            "invoice.net " CII_SUMS "/TaxBasisTotalAmount, ligne 21 = 181.00");
    becomes("pivot", NULL, CHANGES("<TVAs>", "<TVAsNon>", "</TVAs>", "</TVAsNon>", ">60.000000<", ">60.004999<"),
            OK, "");
    becomes("pivot", NULL, CHANGES("<TVAs>", "<TVAsNon>", "</TVAs>", "</TVAsNon>", ">60.000000<", ">60.005<"), OK,
            "invoice.net " FACTS "/Montants/MontantHT, ligne 7 = 185.00");
}

static void tax_by_rate(void **state)
{
    (void)state;
    becomes("ubl", NULL, CHANGES("5.00</b:Amount><a:TaxCategory><b:ID>S</b:ID><b:Percent>20<",
            "5.00</b:Amount><a:TaxCategory><b:ID>S</b:ID><b:Percent>5.5<"), OK,
            "invoice.base /Invoice/TaxTotal/TaxSubtotal[1]/TaxableAmount, ligne 17 = 120.00; "
            "invoice.base /Invoice/TaxTotal/TaxSubtotal[2]/TaxableAmount, ligne 18 = 70.00");
    becomes("pivot", NULL, CHANGES("<TauxTVA>20</TauxTVA>", "", "<BaseHt>60<", "<BaseHt>61<", ">3.30<", ">3.36<",
            "TTC>213.300000<", "TTC>213.360000<", "Payer>213.300000<", "Payer>213.360000<"), OK,
            "invoice.bases " FACTS "/Montants/MontantHT, ligne 7 = 185.00"); /* 61 by 5.5 % is 3.355 */
    becomes("pivot", NULL, CHANGES(">3.30<", ">3.31<", "TTC>213.300000<", "TTC>213.310000<", "Payer>213.300000<",
            "Payer>213.310000<"), OK, "invoice.rate " FACTS "/TVAs/TVA[2]/MontantTVA, ligne 9 = 3.31");
    becomes("ubl", NULL, CHANGES(">27.85<", ">27.86<", ">217.85<", ">217.86<", ">200.00<", ">200.01<"), OK,
            "invoice.tax /Invoice/TaxTotal/TaxAmount, ligne 16 = 27.86");
}

static void what_is_to_be_paid(void **state)
{
    (void)state;
    becomes("ubl", NULL, CHANGES(">217.85<", ">217.86<", ">200.00<", ">200.01<"), OK,
            "invoice.gross " UBL_SUMS "/TaxInclusiveAmount, ligne 20 = 217.86");
    becomes("ubl", NULL, CHANGES(">200.00<", ">200.01<"), OK,
            "invoice.due " UBL_SUMS "/PayableAmount, ligne 21 = 200.01");
    becomes("pivot", NULL, CHANGES("Payer>213.300000<", "Payer>0<"), OK, "");
    becomes("pivot", NULL, CHANGES("Payer>213.300000<", "Payer>213.31<"), OK,
            "invoice.due " FACTS "/Montants/MontantNetAPayer, ligne 7 = 213.31");
    becomes("pivot", NULL, CHANGES("Payer>213.300000<", "Payer>-0.01<"), OK,
            "invoice.due " FACTS "/Montants/MontantNetAPayer, ligne 7 = -0.01");
}

#define NEGATIVE                                                                                   \
    "<MontantHT>185", "<MontantHT>-185", "TTC>213", "TTC>-213", "Payer>213", "Payer>-213", "<BaseHt>125", \
    "<BaseHt>-125", "<MontantTVA>25", "<MontantTVA>-25", "<BaseHt>60", "<BaseHt>-60", "<MontantTVA>3.30", \
    "<MontantTVA>-3.30", "<MontantHT>125", "<MontantHT>-125", "<MontantHT>60", "<MontantHT>-60"

static void credit_notes_go_one_way(void **state)
{
    (void)state;
    becomes("pivot", NULL, CHANGES("<Type>380<", "<Type>381<"), OK, "");
    becomes("pivot", NULL, CHANGES("<Type>380<", "<Type>381<", NEGATIVE), OK, "");
    becomes("pivot", NULL, CHANGES(NEGATIVE), OK, "invoice.negative " FACTS "/Montants/MontantTTC, ligne 7 = -213.30");
    becomes("credit", NULL, CHANGES("<b:PayableAmount>24.00<", "<b:PrepaidAmount>30.00</b:PrepaidAmount>"
            "<b:PayableAmount>-6.00<"), OK,
            "invoice.sign /CreditNote/LegalMonetaryTotal/PayableAmount, ligne 8 = -6.00");
}

/* B28. */
static void sums_have_an_end(void **state)
{
    (void)state;
    becomes("pivot", NULL, CHANGES("<TauxTVA>20</TauxTVA>", "", "<BaseHt>125.000000<", "<BaseHt>999999999999.99<",
            ">25.000000<", ">200000000000.00<", "<BaseHt>60<", "<BaseHt>999999999999.99<", ">3.30<",
            ">55000000000.00<", "TTC>213.300000<", "TTC>255000000185.00<", "Payer>213.300000<",
            "Payer>255000000185.00<"), OK, "invoice.large " FACTS "/Montants/MontantHT, ligne 7 = 999999999999.99");
}

/* ---- what a town knows ---- */

static void a_town_knows_its_own(void **state)
{
    (void)state;
    static const struct str own[] = {STR_INIT("21560046100085"), STR_INIT("21560046100010")};
    static const struct str orders[] = {STR_INIT("B26-16"), STR_INIT("B26-17")};
    const struct invoice_known all = {.sirets = own, .engagements = orders, .siret_count = 2, .engagement_count = 2};
    const struct invoice_known other = {.sirets = own, .siret_count = 1};
    const struct invoice_known order = {.engagements = orders, .engagement_count = 1};
    becomes("pivot", &all, NOTHING, OK, "");
    becomes("cii", &all, NOTHING, OK, "");
    becomes("pivot", &other, NOTHING, OK, "invoice.recipient " ONE "/Debiteur/Identifiant, ligne 4 = 21560046100010");
    becomes("pivot", &order, NOTHING, OK,
            "invoice.engagement " FACTS "/Engagement/NumeroEngagement, ligne 10 = B26-17");
    becomes("pivot", &order, CHANGES("<NumeroEngagement>B26-17</NumeroEngagement>", ""), OK, "");
}

static void an_invoice_comes_once(void **state)
{
    (void)state;
    static const struct invoice_seen seen[] = {{STR_INIT("21560046100010"), STR_INIT("F-2026-1")},
                                               {STR_INIT("73282932000074"), STR_INIT("F-2026-1")}};
    const struct invoice_known both = {.seen = seen, .seen_count = 2}, another = {.seen = seen, .seen_count = 1};
    becomes("pivot", &both, NOTHING, OK, "invoice.twice " FACTS "/Id, ligne 5 = F-2026-1");
    becomes("pivot", &another, NOTHING, OK, "");
    becomes("ubl", &both, NOTHING, OK, "");
}

/* The same in one file, and another supplier's under the same number. */
static void an_invoice_comes_once_in_a_file(void **state)
{
    (void)state;
    struct buf bytes BUF_SCOPE = BUF_INIT(SHEET_BYTES), file BUF_SCOPE = BUF_INIT(SHEET_BYTES);
    struct buf said BUF_SCOPE = BUF_INIT(SHEET_BYTES);
    sheet_load("pivot", &bytes);
    size_t from = str_find(buf_str(&bytes), STR("<CPPFacturePivotUnitaire"));
    size_t to = str_find(buf_str(&bytes), STR("</CPPFactures>"));
    struct str one = str_slice(buf_str(&bytes), from, to);
    buf_add_literal(&file, "<CPPFacturePivot><CPPFactures Compteur=\"3\">");
    buf_add(&file, one);
    size_t at = str_find(one, STR("73282932000074"));
    buf_add(&file, str_slice(one, 0, at));
    buf_add_literal(&file, "35600000000048");
    buf_add(&file, str_after(one, at + 14));
    buf_add(&file, one);
    buf_add_literal(&file, "</CPPFactures></CPPFacturePivot>");
    struct sheet sheet = sheet_of(buf_str(&file), NULL);
    assert_int_equal(sheet.file.count, 3);
    if (!str_eq(sheet_say(&sheet, &said), STR("invoice.twice /CPPFacturePivot/CPPFactures/CPPFacturePivotUnitaire[3]"
                                              "/DonneesFacture/Id, ligne 33 = F-2026-1")))
        fail_msg("%.*s", STR_ARG(buf_str(&said)));
    arena_destroy(&sheet.arena);
}

static void a_fault_says_how_to_mend_it(void **state)
{
    (void)state;
    struct buf bytes BUF_SCOPE = BUF_INIT(SHEET_BYTES);
    sheet_load("ubl", &bytes);
    sheet_change(&bytes, ">200.00<", ">200.01<");
    struct sheet sheet = sheet_of(buf_str(&bytes), NULL);
    assert_true(str_eq(sheet.faults->kept[0].mend,
                       STR("Le net à payer est de 200.01, et il reste 200.00 à payer au plus. "
                           "Demandez au fournisseur de corriger le montant faux.")));
    arena_destroy(&sheet.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_currencies),
        cmocka_unit_test(parties_are_proven),
        cmocka_unit_test(accounts_are_proven),
        cmocka_unit_test(days_are_in_order),
        cmocka_unit_test(what_is_not_said_is_not_summed),
        cmocka_unit_test(sums_without_tax),
        cmocka_unit_test(tax_by_rate),
        cmocka_unit_test(what_is_to_be_paid),
        cmocka_unit_test(credit_notes_go_one_way),
        cmocka_unit_test(sums_have_an_end),
        cmocka_unit_test(a_town_knows_its_own),
        cmocka_unit_test(an_invoice_comes_once),
        cmocka_unit_test(an_invoice_comes_once_in_a_file),
        cmocka_unit_test(a_fault_says_how_to_mend_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
