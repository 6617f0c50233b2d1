/* Values are read strictly, whatever a schema would take. */
#include "service/accounting/invoice/test_invoice.h"

#define ONE "/CPPFacturePivot/CPPFactures/CPPFacturePivotUnitaire"
#define FACTS ONE "/DonneesFacture"

/* B8. Chorus Pro writes whole cents with six decimals; no other file does. */
static void amounts_are_whole_cents(void **state)
{
    (void)state;
    static const char *const amounts[] = {"1e5",  "1,00", "-0.00",           "213.304000", "213.3000000", ".30",
                                          "+1",   "213.", "999999999999999", "-0.000000",  "0x10",        "1 000"};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        char to[100], wanted[300];
        snprintf(to, sizeof to, "<MontantTTC>%s<", amounts[i]);
        snprintf(wanted, sizeof wanted, "invoice.amount " FACTS "/Montants/MontantTTC, ligne 7 = %s", amounts[i]);
        becomes("pivot", NULL, CHANGES("<MontantTTC>213.300000<", to), INVALID, wanted);
    }
    becomes("pivot", NULL, CHANGES("<MontantTTC>213.300000<", "<MontantTTC> 213.3 <"), OK, "");
    becomes("ubl", NULL, CHANGES(">217.85<", ">217.850<"), INVALID,
            "invoice.amount /Invoice/LegalMonetaryTotal/TaxInclusiveAmount, ligne 20 = 217.850");
}

static void numbers_are_decimals(void **state)
{
    (void)state;
    static const char *const decimals[] = {"1e1", "10,0", "-0", "10.123456789", ".", "-", "--1", "x",
                                           "100000000000000000000", "92233720368.54775808"};
    for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++) {
        char to[100], wanted[300];
        snprintf(to, sizeof to, "<Quantite>%s<", decimals[i]);
        snprintf(wanted, sizeof wanted, "invoice.decimal " FACTS "/Lignes/Ligne[1]/Quantite, ligne 11 = %s",
                 decimals[i]);
        becomes("pivot", NULL, CHANGES("<Quantite>10<", to), INVALID, wanted);
    }
    becomes("pivot", NULL, CHANGES("<Quantite>10<", "<Quantite>-10.123456780000<"), OK, "");
    becomes("pivot", NULL, CHANGES("<Quantite>10<", "<Quantite>64.<"), OK, "");
    becomes("pivot", NULL, CHANGES("<Quantite>10<", "<Quantite>.5<"), OK, "");
    becomes("pivot", NULL, CHANGES("<Quantite>10<", "<Quantite>92233720368.54775807<"), OK, "");
}

/* B9. */
static void days_exist(void **state)
{
    (void)state;
    becomes("pivot", NULL, CHANGES("re>2026-03-02<", "re>2026-15-02<"), INVALID,
            "invoice.date " FACTS "/DateEmissionFacture, ligne 5 = 2026-15-02");
    becomes("pivot", NULL, CHANGES("re>2026-03-02<", "re>2026-02-29<"), INVALID,
            "invoice.date " FACTS "/DateEmissionFacture, ligne 5 = 2026-02-29");
    becomes("cii", NULL, CHANGES(">20260401<", ">20260431<"), INVALID,
            "invoice.date /CrossIndustryInvoice/SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
            "/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString, ligne 20 = 20260431");
    becomes("cii", NULL, CHANGES(">20260302<", ">2026-03-02<"), INVALID,
            "invoice.date /CrossIndustryInvoice/ExchangedDocument/IssueDateTime/DateTimeString, ligne 2 = 2026-03-02");
    becomes("status", NULL, CHANGES("10:00:00.000", "25:00:00.000"), INVALID,
            "invoice.date /CPPStatut/CPPFactureStatuts/CPPFactureStatutUnitaire/DonneesStatut/Horodatage, ligne 4 = "
            "2026-03-20T25:00:00.000+01:00");
}

/* B7: what a budget says in V, an invoice says between two tags. */
static void what_is_missing_is_named(void **state)
{
    (void)state;
    becomes("pivot", NULL, CHANGES("<MontantHT>185.000000</MontantHT>", "<MontantHT/>"), INVALID,
            "invoice.missing " FACTS "/Montants/MontantHT, ligne 7 = ");
    becomes("pivot", NULL, CHANGES("<MontantHT>185.000000</MontantHT>", ""), INVALID,
            "invoice.missing " FACTS "/Montants, ligne 7 = ");
    becomes("pivot", NULL, CHANGES("<Type>380</Type>", ""), INVALID, "invoice.missing " FACTS ", ligne 5 = ");
    becomes("status", NULL, CHANGES("<IdFacture>F-2026-1</IdFacture>", ""), INVALID,
            "invoice.missing /CPPStatut/CPPFactureStatuts/CPPFactureStatutUnitaire/DonneesStatut, ligne 4 = ");
    struct sheet none = sheet_of(STR("<CPPFacturePivot/>"), NULL);
    assert_int_equal(none.status, INVALID);
    assert_true(str_eq(none.faults->kept[0].rule, STR("invoice.missing")));
    arena_destroy(&none.arena);
}

static void kinds_are_of_the_list(void **state)
{
    (void)state;
    becomes("pivot", NULL, CHANGES("<Type>380<", "<Type>384<"), INVALID, "invoice.kind " FACTS "/Type, ligne 5 = 384");
    becomes("cii", NULL, CHANGES(">380<", ">384<"), OK, "");
    becomes("cii", NULL, CHANGES(">380<", ">999<"), INVALID,
            "invoice.kind /CrossIndustryInvoice/ExchangedDocument/TypeCode, ligne 2 = 999");
    becomes("cii", NULL, CHANGES(">380<", ">0 38<"), INVALID,
            "invoice.kind /CrossIndustryInvoice/ExchangedDocument/TypeCode, ligne 2 = 0 38");
    becomes("ubl", NULL, CHANGES(">380<", ">381<"), INVALID, "invoice.kind /Invoice/InvoiceTypeCode, ligne 2 = 381");
    becomes("credit", NULL, CHANGES(">381<", ">380<"), INVALID,
            "invoice.kind /CreditNote/CreditNoteTypeCode, ligne 2 = 380");
    becomes("status", NULL, CHANGES(">08<", ">42<"), INVALID,
            "invoice.status /CPPStatut/CPPFactureStatuts/CPPFactureStatutUnitaire/DonneesStatut/IdStatut, ligne 4 = "
            "42");
    becomes("status_file", NULL, CHANGES(">93<", ">08<"), INVALID,
            "invoice.status /CPPStatut/CPPFluxStatuts/CPPFluxStatutUnitaire/DonneesStatut/IdStatut, ligne 2 = 08");
}

static void a_file_has_as_many_as_it_says(void **state)
{
    (void)state;
    becomes("pivot", NULL, CHANGES("Compteur=\"1\"", "Compteur=\"2\""), INVALID,
            "invoice.count /CPPFacturePivot/CPPFactures, ligne 1 = 2");
    becomes("pivot", NULL, CHANGES(" Compteur=\"1\"", ""), OK, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_whole_cents),
        cmocka_unit_test(numbers_are_decimals),
        cmocka_unit_test(days_exist),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(kinds_are_of_the_list),
        cmocka_unit_test(a_file_has_as_many_as_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
