#include "core/identifier.h"
#include "service/accounting/invoice/invoice_check.h"

enum { BIC_SHORT = 8, BIC_LONG = 11 };

static bool is_among(struct str text, const struct str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(text, list[i]))
            return true;
    return false;
}

/* ---- who ---- */

void invoice_check_party(const struct invoice_file *file, const struct invoice_party *party, struct faults *faults)
{
    const struct xml *root = file->root;
    if (party->siret.text.len > 0 && !siret_is_right(party->siret.text))
        invoice_fault(faults, root, "invoice.siret", party->siret.at, party->siret.text, STR(""));
    if (party->siren.text.len > 0 && !siren_is_right(party->siren.text))
        invoice_fault(faults, root, "invoice.siren", party->siren.at, party->siren.text, STR(""));
    if (str_starts(party->vat.text, STR("FR")) && !vat_is_right(party->vat.text))
        invoice_fault(faults, root, "invoice.vat", party->vat.at, party->vat.text, STR(""));
}

static void check_recipient(const struct invoice_file *file, const struct invoice *invoice,
                            const struct invoice_known *known, struct faults *faults)
{
    const struct invoice_text *siret = &invoice->recipient.siret;
    invoice_check_party(file, &invoice->recipient, faults);
    if (siret->text.len == 0 && invoice->recipient.siren.text.len == 0)
        invoice_fault(faults, file->root, "invoice.missing", siret->at, STR(""), STR("SIRET du destinataire"));
    if (known == NULL)
        return;
    if (siret_is_right(siret->text) && known->sirets != NULL &&
        !is_among(siret->text, known->sirets, known->siret_count))
        invoice_fault(faults, file->root, "invoice.recipient", siret->at, siret->text,
                      known->siret_count > 0 ? known->sirets[0] : STR(""));
    if (invoice->engagement.text.len > 0 && known->engagements != NULL &&
        !is_among(invoice->engagement.text, known->engagements, known->engagement_count))
        invoice_fault(faults, file->root, "invoice.engagement", invoice->engagement.at, invoice->engagement.text,
                      STR(""));
}

/* ---- to which account ---- */

/* ISO 9362: four letters or digits of the bank, two letters of a country, two of the place, three of the branch. */
static bool bic_is_right(struct str bic)
{
    for (size_t i = 0; i < bic.len; i++) {
        bool is_capital = bic.at[i] >= 'A' && bic.at[i] <= 'Z';
        bool may_be_digit = i != 4 && i != 5;
        if (!is_capital && !(may_be_digit && ascii_is_digit(bic.at[i])))
            return false;
    }
    return bic.len == BIC_SHORT || bic.len == BIC_LONG;
}

static void check_account(const struct invoice_file *file, const struct invoice *invoice, struct faults *faults)
{
    if (invoice->iban.text.len > 0 && !iban_is_right(invoice->iban.text))
        invoice_fault(faults, file->root, "invoice.iban", invoice->iban.at, invoice->iban.text, STR(""));
    if (invoice->bic.text.len > 0 && !bic_is_right(invoice->bic.text))
        invoice_fault(faults, file->root, "invoice.bic", invoice->bic.at, invoice->bic.text, STR(""));
}

/* ---- of what day ---- */

/* Is `later` before `earlier`? Days that are not there are in no order. */
static void check_order(const struct invoice_file *file, const char *rule, const struct xml *at, struct date later,
                        struct date earlier, struct faults *faults)
{
    struct buf is BUF_SCOPE = BUF_INIT(16), should BUF_SCOPE = BUF_INIT(16);
    if (later.days == 0 || earlier.days == 0 || later.days >= earlier.days)
        return;
    date_write(&is, later);
    date_write(&should, earlier);
    invoice_fault(faults, file->root, rule, at, buf_str(&is), buf_str(&should));
}

static void check_days(const struct invoice_file *file, const struct invoice *invoice,
                       const struct invoice_known *known, struct faults *faults)
{
    const struct date issued = invoice->issued.date, today = known == NULL ? (struct date){0} : known->today;
    check_order(file, "invoice.due_date", invoice->due.at, invoice->due.date, issued, faults);
    check_order(file, "invoice.received", invoice->received.at, invoice->received.date, issued, faults);
    check_order(file, "invoice.future", invoice->issued.at, today, issued, faults);
}

void invoice_check_identity(const struct invoice_file *file, const struct invoice *invoice,
                            const struct invoice_known *known, struct faults *faults)
{
    if (invoice->number.text.len == 0)
        invoice_fault(faults, file->root, "invoice.number", invoice->number.at, STR(""), STR(""));
    if (!str_eq(invoice->currency.text, STR("EUR")))
        invoice_fault(faults, file->root, "invoice.currency", invoice->currency.at, invoice->currency.text, STR("EUR"));
    if (invoice_supplier(invoice).len == 0)
        invoice_fault(faults, file->root, "invoice.supplier", invoice->supplier.siret.at, STR(""), STR(""));
    invoice_check_party(file, &invoice->supplier, faults);
    check_recipient(file, invoice, known, faults);
    check_account(file, invoice, faults);
    check_days(file, invoice, known, faults);
}
