/* UBL 2.1, Invoice and CreditNote, with the core fields of EN 16931 (syntax binding CEN/TS 16931-3-2). */
#include "service/accounting/invoice/invoice_reading.h"

#define SUPPLIER "AccountingSupplierParty/Party"
#define CUSTOMER "AccountingCustomerParty/Party"
#define MONEY "LegalMonetaryTotal/"

static const struct invoice_path head[] = {
    INVOICE_TEXT(invoice, number, "ID"),
    INVOICE_NEED(INVOICE_TAKE_DAY, invoice, issued, "IssueDate"),
    INVOICE_TEXT(invoice, currency, "DocumentCurrencyCode"),
    INVOICE_TEXT(invoice, service, "BuyerReference"),
    INVOICE_TEXT(invoice, engagement, "OrderReference/ID"),
    INVOICE_TEXT(invoice, contract, "ContractDocumentReference/ID"),
    INVOICE_TEXT(invoice, origin, "BillingReference/InvoiceDocumentReference/ID"),
    INVOICE_TEXT(invoice, iban, "PaymentMeans/PayeeFinancialAccount/ID"),
    INVOICE_TEXT(invoice, bic, "PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch/ID"),
    INVOICE_TEXT(invoice, supplier.name, SUPPLIER "/PartyLegalEntity/RegistrationName"),
    INVOICE_TEXT(invoice, supplier.country, SUPPLIER "/PostalAddress/Country/IdentificationCode"),
    INVOICE_TEXT(invoice, supplier.street, SUPPLIER "/PostalAddress/StreetName"),
    INVOICE_TEXT(invoice, supplier.street_after, SUPPLIER "/PostalAddress/AdditionalStreetName"),
    INVOICE_TEXT(invoice, supplier.postcode, SUPPLIER "/PostalAddress/PostalZone"),
    INVOICE_TEXT(invoice, supplier.place, SUPPLIER "/PostalAddress/CityName"),
    INVOICE_TEXT(invoice, recipient.name, CUSTOMER "/PartyLegalEntity/RegistrationName"),
    INVOICE_TEXT(invoice, recipient.country, CUSTOMER "/PostalAddress/Country/IdentificationCode"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice, totals[INVOICE_LINES], MONEY "LineExtensionAmount"),
    INVOICE_AMOUNT(invoice, totals[INVOICE_ALLOWANCES], MONEY "AllowanceTotalAmount"),
    INVOICE_AMOUNT(invoice, totals[INVOICE_CHARGES], MONEY "ChargeTotalAmount"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice, totals[INVOICE_NET], MONEY "TaxExclusiveAmount"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice, totals[INVOICE_GROSS], MONEY "TaxInclusiveAmount"),
    INVOICE_AMOUNT(invoice, totals[INVOICE_PAID], MONEY "PrepaidAmount"),
    INVOICE_AMOUNT(invoice, totals[INVOICE_ROUNDING], MONEY "PayableRoundingAmount"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice, totals[INVOICE_DUE], MONEY "PayableAmount"),
    INVOICE_END};
/* Where the two roots differ. */
static const struct invoice_path bill_due[] = {INVOICE_DAY(invoice, due, "DueDate"), INVOICE_END};
static const struct invoice_path credit_due[] = {INVOICE_DAY(invoice, due, "PaymentMeans/PaymentDueDate"), INVOICE_END};
#define LINE(quantity_name)                                                                        \
    {INVOICE_TEXT(invoice_line, name, "Item/Name"),                                                \
     INVOICE_DECIMAL(invoice_line, quantity, quantity_name),                                       \
     INVOICE_DECIMAL(invoice_line, price, "Price/PriceAmount"),                                    \
     INVOICE_DECIMAL(invoice_line, per, "Price/BaseQuantity"),                                     \
     INVOICE_NEED(INVOICE_TAKE_DECIMAL, invoice_line, amount, "LineExtensionAmount"),              \
     INVOICE_DECIMAL(invoice_line, rate, "Item/ClassifiedTaxCategory/Percent"),                    \
     INVOICE_END}
static const struct invoice_path bill_line[] = LINE("InvoicedQuantity");
static const struct invoice_path credit_line[] = LINE("CreditedQuantity");
static const struct invoice_path rate[] = {INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice_rate, base, "TaxableAmount"),
                                           INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice_rate, tax, "TaxAmount"),
                                           INVOICE_DECIMAL(invoice_rate, rate, "TaxCategory/Percent"),
                                           INVOICE_END};
static const struct invoice_path change[] = {
    INVOICE_NEED(INVOICE_TAKE_TEXT, invoice_change, charge, "ChargeIndicator"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice_change, amount, "Amount"),
    INVOICE_DECIMAL(invoice_change, rate, "TaxCategory/Percent"),
    INVOICE_END};
static const struct invoice_path attachment[] = {
    INVOICE_TEXT(invoice_attachment, name, "ID"),
    INVOICE_TEXT(invoice_attachment, address, "Attachment/ExternalReference/URI"),
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
    invoice_take_identifiers(reading, element, "PartyIdentification/ID", party);
    invoice_take_identifiers(reading, element, "PartyLegalEntity/CompanyID", party);
    if (party->name.text.len == 0)
        party->name = invoice_take_text(reading, element, "PartyName/Name", false);
    for (const struct xml *tax = xml_child(element, "PartyTaxScheme"); tax != NULL;
         tax = xml_next(tax, "PartyTaxScheme"))
        if (str_eq(invoice_take_text(reading, tax, "TaxScheme/ID", false).text, STR("VAT")))
            party->vat = invoice_take_text(reading, tax, "CompanyID", false);
}

/* The total in the currency of the invoice has the rates; another may say it in that of the accounts (BT-111). */
static const struct xml *tax_of(const struct xml *root)
{
    const struct xml *first = xml_child(root, "TaxTotal");
    for (const struct xml *at = first; at != NULL; at = xml_next(at, "TaxTotal"))
        if (xml_child(at, "TaxSubtotal") != NULL)
            return at;
    return first;
}

static void finish_attachments(struct invoice *invoice)
{
    const struct xml *nearest, *at = xml_child(invoice->at, "AdditionalDocumentReference");
    for (size_t i = 0; i < invoice->attachment_count; i++, at = xml_next(at, "AdditionalDocumentReference")) {
        struct invoice_attachment *one = &invoice->attachments[i];
        one->content = invoice_find(at, "Attachment/EmbeddedDocumentBinaryObject", &nearest);
        one->size = invoice_content_size(one->content);
        invoice_name_attachment(one);
    }
}

static enum status read_parts(struct invoice_reading *reading, struct invoice *invoice)
{
    static const struct invoice_path tax_total[] = {INVOICE_AMOUNT(invoice, totals[INVOICE_TAX], "TaxAmount"),
                                                    INVOICE_END};
    bool is_credit = str_eq(reading->root->name, STR("CreditNote"));
    const struct xml *tax = tax_of(invoice->at);
    invoice->totals[INVOICE_TAX].at = invoice->at;
    if (tax != NULL)
        invoice_take(reading, tax, tax_total, invoice);
    invoice->lines = invoice_take_all(reading, invoice->at, is_credit ? "CreditNoteLine" : "InvoiceLine",
                                      is_credit ? credit_line : bill_line, sizeof *invoice->lines, INVOICE_LINES_MAX,
                                      &invoice->line_count);
    invoice->rates = invoice_take_all(reading, tax, "TaxSubtotal", rate, sizeof *invoice->rates, INVOICE_PARTS_MAX,
                                      &invoice->rate_count);
    invoice->changes = invoice_take_all(reading, invoice->at, "AllowanceCharge", change, sizeof *invoice->changes,
                                        INVOICE_PARTS_MAX, &invoice->change_count);
    invoice->attachments = invoice_take_all(reading, invoice->at, "AdditionalDocumentReference", attachment,
                                            sizeof *invoice->attachments, INVOICE_PARTS_MAX,
                                            &invoice->attachment_count);
    bool is_full = invoice->lines == NULL || invoice->rates == NULL || invoice->changes == NULL;
    return is_full || invoice->attachments == NULL ? LIMIT : OK;
}

enum status invoice_ubl_read(struct invoice_reading *reading, struct invoice_file *file)
{
    bool is_credit = str_eq(reading->root->name, STR("CreditNote"));
    size_t found = reading->faults->found;
    struct invoice *invoice = file->invoices = arena_new(reading->arena, struct invoice);
    if (invoice == NULL)
        return LIMIT;
    file->count = 1;
    invoice->at = reading->root;
    invoice_take(reading, invoice->at, head, invoice);
    invoice_take(reading, invoice->at, is_credit ? credit_due : bill_due, invoice);
    invoice_take_kind(reading, invoice->at, is_credit ? "CreditNoteTypeCode" : "InvoiceTypeCode", invoice);
    take_party(reading, invoice->at, SUPPLIER, &invoice->supplier);
    take_party(reading, invoice->at, CUSTOMER, &invoice->recipient);
    TRY(read_parts(reading, invoice));
    finish_attachments(invoice);
    invoice->is_whole = reading->faults->found == found;
    invoice->fault_count = reading->faults->found - found;
    return OK;
}
