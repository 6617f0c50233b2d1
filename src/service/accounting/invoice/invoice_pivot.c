/* The pivot of Chorus Pro: an envelope with one invoice or several, as the AIFE hands them to towns. */
#include "service/accounting/invoice/invoice_reading.h"

static const struct invoice_path head[] = {
    INVOICE_TEXT(invoice, number, "DonneesFacture/Id"),
    INVOICE_TEXT(invoice, frame, "DonneesFacture/Cadre"),
    INVOICE_TEXT(invoice, currency, "DonneesFacture/Devise"),
    INVOICE_TEXT(invoice, origin, "DonneesFacture/IdFactureOrigine"),
    INVOICE_NEED(INVOICE_TAKE_DAY, invoice, issued, "DonneesFacture/DateEmissionFacture"),
    INVOICE_DAY(invoice, received, "DonneesFacture/DateReception"),
    INVOICE_TEXT(invoice, service, "Debiteur/CodeService"),
    INVOICE_TEXT(invoice, contract, "DonneesFacture/Engagement/NumeroMarche"),
    INVOICE_TEXT(invoice, engagement, "DonneesFacture/Engagement/NumeroEngagement"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice, totals[INVOICE_NET], "DonneesFacture/Montants/MontantHT"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice, totals[INVOICE_GROSS], "DonneesFacture/Montants/MontantTTC"),
    INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice, totals[INVOICE_DUE], "DonneesFacture/Montants/MontantNetAPayer"),
    INVOICE_END};
static const struct invoice_path line[] = {INVOICE_TEXT(invoice_line, name, "ReferenceProduit"),
                                           INVOICE_DECIMAL(invoice_line, price, "PrixUnitaire"),
                                           INVOICE_DECIMAL(invoice_line, quantity, "Quantite"),
                                           INVOICE_NEED(INVOICE_TAKE_DECIMAL, invoice_line, amount, "MontantHT"),
                                           INVOICE_DECIMAL(invoice_line, rate, "TauxTVA"),
                                           INVOICE_END};
static const struct invoice_path rate[] = {INVOICE_NEED(INVOICE_TAKE_DECIMAL, invoice_rate, rate, "Taux"),
                                           INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice_rate, base, "BaseHt"),
                                           INVOICE_NEED(INVOICE_TAKE_AMOUNT, invoice_rate, tax, "MontantTVA"),
                                           INVOICE_END};
static const struct invoice_path attachment[] = {INVOICE_TEXT(invoice_attachment, name, "NomPJ"),
                                                 INVOICE_TEXT(invoice_attachment, mime, "MimeTypePJ"),
                                                 INVOICE_TEXT(invoice_attachment, kind, "TypePJ"),
                                                 INVOICE_TEXT(invoice_attachment, address, "IdUnique"),
                                                 INVOICE_END};

/* TypeIdentifiant: 1 SIRET; 2 a VAT number of Europe; others are numbers of elsewhere, or none yet. */
void invoice_take_pivot_party(struct invoice_reading *reading, const struct xml *from, const char *name,
                              struct invoice_party *party)
{
    const struct xml *at;
    const struct xml *element = invoice_find(from, name, &at);
    const struct invoice_text none = {STR(""), at};
    *party = (struct invoice_party){none, none, none, none, none, none, none, none, none, none};
    if (element == NULL)
        return;
    struct invoice_text kind = invoice_take_text(reading, element, "TypeIdentifiant", false);
    struct invoice_text text = invoice_take_text(reading, element, "Identifiant", false);
    bool is_supplier = str_eq(element->name, STR("Fournisseur"));
    party->name = invoice_take_text(reading, element, is_supplier ? "RaisonSociale" : "Nom", false);
    party->country = invoice_take_text(reading, element, "CodePays", false);
    if (str_eq(kind.text, STR("1")))
        party->siret = text;
    else if (str_eq(kind.text, STR("2")))
        party->vat = text;
    else
        party->other = text;
}

/* An account that says it is a RIB, as old files have, is no IBAN. */
static void take_account(struct invoice_reading *reading, struct invoice *invoice)
{
    const struct xml *nearest;
    const struct xml *bank = invoice_find(invoice->at, "Fournisseur/ReferenceBancaire", &nearest);
    invoice->iban = invoice->bic = (struct invoice_text){STR(""), nearest};
    if (bank != NULL && !str_eq(xml_attribute(bank, "Type"), STR("RIB")))
        invoice->iban = invoice_take_text(reading, bank, "Compte", false);
}

static void look_at_attachments(struct invoice_reading *reading, struct invoice *invoice)
{
    const struct xml *at = xml_child(invoice->at, "PJ");
    for (size_t i = 0; i < invoice->attachment_count; i++, at = xml_next(at, "PJ")) {
        struct invoice_attachment *one = &invoice->attachments[i];
        one->content = xml_child(at, "Contenu");
        one->size = invoice_content_size(one->content);
        if (one->size == 0 && one->address.text.len == 0)
            invoice_fault(reading->faults, reading->root, "invoice.attachment", at, one->name.text, STR(""));
    }
}

static enum status read_parts(struct invoice_reading *reading, struct invoice *invoice)
{
    const struct xml *nearest;
    const struct xml *lines = invoice_find(invoice->at, "DonneesFacture/Lignes", &nearest);
    const struct xml *rates = invoice_find(invoice->at, "DonneesFacture/TVAs", &nearest);
    invoice->lines = invoice_take_all(reading, lines, "Ligne", line, sizeof *invoice->lines, INVOICE_LINES_MAX,
                                      &invoice->line_count);
    invoice->rates = invoice_take_all(reading, rates, "TVA", rate, sizeof *invoice->rates, INVOICE_PARTS_MAX,
                                      &invoice->rate_count);
    invoice->attachments = invoice_take_all(reading, invoice->at, "PJ", attachment, sizeof *invoice->attachments,
                                            INVOICE_PARTS_MAX, &invoice->attachment_count);
    return invoice->lines == NULL || invoice->rates == NULL || invoice->attachments == NULL ? LIMIT : OK;
}

static enum status read_invoice(struct invoice_reading *reading, struct invoice *invoice)
{
    size_t found = reading->faults->found;
    invoice_take(reading, invoice->at, head, invoice);
    invoice_take_kind(reading, invoice->at, "DonneesFacture/Type", invoice);
    invoice_take_pivot_party(reading, invoice->at, "Fournisseur", &invoice->supplier);
    invoice_take_pivot_party(reading, invoice->at, "Debiteur", &invoice->recipient);
    take_account(reading, invoice);
    TRY(read_parts(reading, invoice));
    invoice->is_whole = reading->faults->found == found;
    look_at_attachments(reading, invoice);
    invoice->fault_count = reading->faults->found - found;
    return OK;
}

/* A file that was cut and mended may have fewer than it says. */
void invoice_check_count(struct invoice_reading *reading, const struct xml *list, const char *attribute, size_t count)
{
    struct str said = xml_attribute(list, attribute);
    struct buf wanted BUF_SCOPE = BUF_INIT(32);
    buf_add_u64(&wanted, count);
    if (said.len > 0 && !str_eq(said, buf_str(&wanted)))
        invoice_fault(reading->faults, reading->root, "invoice.count", list, said, buf_str(&wanted));
}

static const struct invoice_path nothing[] = {INVOICE_END};

enum status invoice_pivot_read(struct invoice_reading *reading, struct invoice_file *file)
{
    static const char name[] = "CPPFacturePivotUnitaire";
    const struct xml *list = xml_child(reading->root, "CPPFactures");
    file->invoices = invoice_take_all(reading, list, name, nothing, sizeof *file->invoices, INVOICE_FILE_MAX,
                                      &file->count);
    if (file->invoices == NULL)
        return LIMIT;
    if (file->count == 0)
        invoice_fault(reading->faults, reading->root, "invoice.missing", list != NULL ? list : reading->root, STR(""),
                      STR("CPPFacturePivotUnitaire"));
    invoice_check_count(reading, list, "Compteur", file->count);
    const struct xml *at = xml_child(list, name);
    for (size_t i = 0; i < file->count; i++, at = xml_next(at, name)) {
        file->invoices[i].at = at;
        TRY(read_invoice(reading, &file->invoices[i]));
    }
    return OK;
}
