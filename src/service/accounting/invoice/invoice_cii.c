/* UN/CEFACT CrossIndustryInvoice D16B, as Factur-X embeds it in a PDF, with the core fields of EN 16931 (syntax binding
 * CEN/TS 16931-3-3). Its profiles MINIMUM and BASIC WL have no lines. */
#include "service/accounting/invoice/invoice_reading.h"

#define DEAL "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement"
#define SETTLEMENT "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
#define MEANS SETTLEMENT "/SpecifiedTradeSettlementPaymentMeans"
#define MONEY SETTLEMENT "/SpecifiedTradeSettlementHeaderMonetarySummation"
#define LINE_DEAL "SpecifiedLineTradeAgreement/NetPriceProductTradePrice"
#define LINE_END "SpecifiedLineTradeSettlement"

static const struct invoice_path head[] = {
    INVOICE_TEXT(invoice, number, "ExchangedDocument/ID"),
    INVOICE_NEED(INVOICE_TAKE_DAY, invoice, issued, "ExchangedDocument/IssueDateTime/DateTimeString"),
    INVOICE_DAY(invoice, due, SETTLEMENT "/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString"),
    INVOICE_TEXT(invoice, currency, SETTLEMENT "/InvoiceCurrencyCode"),
    INVOICE_TEXT(invoice, origin, SETTLEMENT "/InvoiceReferencedDocument/IssuerAssignedID"),
    INVOICE_TEXT(invoice, service, DEAL "/BuyerReference"),
    INVOICE_TEXT(invoice, engagement, DEAL "/BuyerOrderReferencedDocument/IssuerAssignedID"),
    INVOICE_TEXT(invoice, contract, DEAL "/ContractReferencedDocument/IssuerAssignedID"),
    INVOICE_TEXT(invoice, iban, MEANS "/PayeePartyCreditorFinancialAccount/IBANID"),
    INVOICE_TEXT(invoice, bic, MEANS "/PayeeSpecifiedCreditorFinancialInstitution/BICID"),
    INVOICE_TEXT(invoice, supplier.name, DEAL "/SellerTradeParty/Name"),
    INVOICE_TEXT(invoice, supplier.country, DEAL "/SellerTradeParty/PostalTradeAddress/CountryID"),
    INVOICE_TEXT(invoice, supplier.street, DEAL "/SellerTradeParty/PostalTradeAddress/LineOne"),
    INVOICE_TEXT(invoice, supplier.street_after, DEAL "/SellerTradeParty/PostalTradeAddress/LineTwo"),
    INVOICE_TEXT(invoice, supplier.postcode, DEAL "/SellerTradeParty/PostalTradeAddress/PostcodeCode"),
    INVOICE_TEXT(invoice, supplier.place, DEAL "/SellerTradeParty/PostalTradeAddress/CityName"),
    INVOICE_TEXT(invoice, recipient.name, DEAL "/BuyerTradeParty/Name"),
    INVOICE_TEXT(invoice, recipient.country, DEAL "/BuyerTradeParty/PostalTradeAddress/CountryID"),
    INVOICE_AMOUNT(invoice, totals[INVOICE_LINES], MONEY "/LineTotalAmount"),
    INVOICE_AMOUNT(invoice, totals[INVOICE_ALLOWANCES], MONEY "/AllowanceTotalAmount"),
    INVOICE_AMOUNT(invoice, totals[INVOICE_CHARGES], MONEY "/ChargeTotalAmount"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice, totals[INVOICE_NET], MONEY "/TaxBasisTotalAmount"),
    INVOICE_AMOUNT(invoice, totals[INVOICE_ROUNDING], MONEY "/RoundingAmount"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice, totals[INVOICE_GROSS], MONEY "/GrandTotalAmount"),
    INVOICE_AMOUNT(invoice, totals[INVOICE_PAID], MONEY "/TotalPrepaidAmount"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice, totals[INVOICE_DUE], MONEY "/DuePayableAmount"),
    INVOICE_END};
static const struct invoice_path line[] = {
    INVOICE_TEXT(invoice_line, name, "SpecifiedTradeProduct/Name"),
    INVOICE_DECIMAL(invoice_line, quantity, "SpecifiedLineTradeDelivery/BilledQuantity"),
    INVOICE_DECIMAL(invoice_line, price, LINE_DEAL "/ChargeAmount"),
    INVOICE_DECIMAL(invoice_line, per, LINE_DEAL "/BasisQuantity"),
    INVOICE_NEED(INVOICE_TAKE_DECIMAL, invoice_line, amount,
                 LINE_END "/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"),
    INVOICE_DECIMAL(invoice_line, rate, LINE_END "/ApplicableTradeTax/RateApplicablePercent"),
    INVOICE_END};
static const struct invoice_path rate[] = {INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice_rate, base, "BasisAmount"),
                                           INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice_rate, tax, "CalculatedAmount"),
                                           INVOICE_DECIMAL(invoice_rate, rate, "RateApplicablePercent"),
                                           INVOICE_END};
static const struct invoice_path change[] = {
    INVOICE_NEED(INVOICE_TAKE_TEXT, invoice_change, charge, "ChargeIndicator/Indicator"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice_change, amount, "ActualAmount"),
    INVOICE_DECIMAL(invoice_change, rate, "CategoryTradeTax/RateApplicablePercent"),
    INVOICE_END};
static const struct invoice_path attachment[] = {INVOICE_TEXT(invoice_attachment, name, "IssuerAssignedID"),
                                                 INVOICE_TEXT(invoice_attachment, address, "URIID"),
                                                 INVOICE_END};

static void take_party(struct invoice_reading *reading, const struct xml *from, const char *path,
                       struct invoice_party *party)
{
    const struct xml *at;
    const struct xml *element = invoice_find(from, path, &at);
    const struct invoice_text none = {STR(""), at};
    party->siret = party->siren = party->vat = party->other = none;
    if (element == NULL)
        return;
    invoice_take_identifiers(reading, element, "GlobalID", party);
    invoice_take_identifiers(reading, element, "SpecifiedLegalOrganization/ID", party);
    invoice_take_identifiers(reading, element, "ID", party);
    for (const struct xml *tax = xml_child(element, "SpecifiedTaxRegistration"); tax != NULL;
         tax = xml_next(tax, "SpecifiedTaxRegistration"))
        if (str_eq(xml_attribute(xml_child(tax, "ID"), "schemeID"), STR("VA")))
            party->vat = invoice_take_text(reading, tax, "ID", false);
}

static bool is_in(const struct xml *amount, struct str currency)
{
    struct str said = xml_attribute(amount, "currencyID");
    return said.len == 0 || str_eq(said, currency);
}

/* It may be there twice, in the currency of the accounts too (BT-111): the one of the invoice is meant, or one that
 * names no currency. */
static void take_tax_total(struct invoice_reading *reading, struct invoice *invoice)
{
    const struct xml *nearest, *sums = invoice_find(invoice->at, MONEY, &nearest);
    invoice->totals[INVOICE_TAX].at = nearest;
    const struct xml *at = sums == NULL ? NULL : xml_child(sums, "TaxTotalAmount");
    for (; at != NULL; at = xml_next(at, "TaxTotalAmount"))
        if (is_in(at, invoice->currency.text)) {
            const struct invoice_text text = {xml_text(reading->arena, at), at};
            invoice_take_amount(reading, &text, &invoice->totals[INVOICE_TAX]);
            return;
        }
}

static void finish_attachments(struct invoice *invoice, const struct xml *deal)
{
    const struct xml *at = deal == NULL ? NULL : xml_child(deal, "AdditionalReferencedDocument");
    for (size_t i = 0; i < invoice->attachment_count; i++, at = xml_next(at, "AdditionalReferencedDocument")) {
        struct invoice_attachment *one = &invoice->attachments[i];
        one->content = xml_child(at, "AttachmentBinaryObject");
        one->size = invoice_content_size(one->content);
        invoice_name_attachment(one);
    }
}

static enum status read_parts(struct invoice_reading *reading, struct invoice *invoice)
{
    const struct xml *nearest, *trade = xml_child(invoice->at, "SupplyChainTradeTransaction");
    const struct xml *settlement = invoice_find(invoice->at, SETTLEMENT, &nearest);
    const struct xml *deal = invoice_find(invoice->at, DEAL, &nearest);
    invoice->lines = invoice_take_all(reading, trade, "IncludedSupplyChainTradeLineItem", line, sizeof *invoice->lines,
                                      INVOICE_LINES_MAX, &invoice->line_count);
    invoice->rates = invoice_take_all(reading, settlement, "ApplicableTradeTax", rate, sizeof *invoice->rates,
                                      INVOICE_PARTS_MAX, &invoice->rate_count);
    invoice->changes = invoice_take_all(reading, settlement, "SpecifiedTradeAllowanceCharge", change,
                                        sizeof *invoice->changes, INVOICE_PARTS_MAX, &invoice->change_count);
    invoice->attachments = invoice_take_all(reading, deal, "AdditionalReferencedDocument", attachment,
                                            sizeof *invoice->attachments, INVOICE_PARTS_MAX,
                                            &invoice->attachment_count);
    finish_attachments(invoice, deal);
    bool is_full = invoice->lines == NULL || invoice->rates == NULL || invoice->changes == NULL;
    return is_full || invoice->attachments == NULL ? LIMIT : OK;
}

enum status invoice_cii_read(struct invoice_reading *reading, struct invoice_file *file)
{
    size_t found = reading->faults->found;
    struct invoice *invoice = file->invoices = arena_new(reading->arena, struct invoice);
    if (invoice == NULL)
        return LIMIT;
    file->count = 1;
    invoice->at = reading->root;
    invoice_take(reading, invoice->at, head, invoice);
    invoice_take_kind(reading, invoice->at, "ExchangedDocument/TypeCode", invoice);
    take_party(reading, invoice->at, DEAL "/SellerTradeParty", &invoice->supplier);
    take_party(reading, invoice->at, DEAL "/BuyerTradeParty", &invoice->recipient);
    take_tax_total(reading, invoice);
    TRY(read_parts(reading, invoice));
    invoice->is_whole = reading->faults->found == found;
    invoice->fault_count = reading->faults->found - found;
    return OK;
}
