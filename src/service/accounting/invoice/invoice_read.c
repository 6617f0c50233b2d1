#include "service/accounting/invoice/invoice_reading.h"

static const struct {
    const char *space, *name; /* space NULL: whatever it is */
    enum invoice_form form;
} roots[] = {{NULL, "CPPFacturePivot", INVOICE_PIVOT},
             {NULL, "CPPStatut", INVOICE_STATUSES},
             {"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", "Invoice", INVOICE_UBL},
             {"urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", "CreditNote", INVOICE_UBL},
             {"urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100", "CrossIndustryInvoice", INVOICE_CII}};

enum invoice_form invoice_form_of(const struct xml *root)
{
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (str_eq(root->name, str_of(roots[i].name)) &&
            (roots[i].space == NULL || str_eq(root->space, str_of(roots[i].space))))
            return roots[i].form;
    return INVOICE_NONE;
}

static enum status read_form(struct invoice_reading *reading, struct invoice_file *file)
{
    switch (file->form) {
    case INVOICE_PIVOT:
        return invoice_pivot_read(reading, file);
    case INVOICE_STATUSES:
        return invoice_status_read(reading, file);
    case INVOICE_UBL:
        return invoice_ubl_read(reading, file);
    case INVOICE_CII:
        return invoice_cii_read(reading, file);
    case INVOICE_NONE:
        break;
    }
    invoice_fault(reading->faults, reading->root, "invoice.root", reading->root, reading->root->name,
                  STR("CPPFacturePivot, CPPStatut, Invoice, CreditNote ou CrossIndustryInvoice"));
    return OK;
}

static void refuse_size(struct invoice_reading *reading)
{
    struct buf files BUF_SCOPE = BUF_INIT(16), lines BUF_SCOPE = BUF_INIT(16);
    buf_add_u64(&files, INVOICE_FILE_MAX);
    buf_add_u64(&lines, INVOICE_LINES_MAX);
    invoice_fault(reading->faults, reading->root, "invoice.limit", reading->root, buf_str(&files), buf_str(&lines));
}

enum status invoice_read(struct arena *arena, const struct xml *root, struct invoice_file *ret_file,
                         struct faults *faults)
{
    size_t found = faults->found;
    *ret_file = (struct invoice_file){.form = invoice_form_of(root), .root = root};
    struct invoice_reading reading = {.arena = arena, .faults = faults, .root = root, .form = ret_file->form};
    enum status done = read_form(&reading, ret_file);
    if (done == LIMIT)
        refuse_size(&reading);
    TRY(done);
    return faults->found == found ? OK : INVALID;
}

struct str invoice_supplier(const struct invoice *invoice)
{
    const struct invoice_party *party = &invoice->supplier;
    const struct str names[] = {party->siret.text, party->vat.text, party->siren.text, party->other.text};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].len > 0)
            return names[i];
    return STR("");
}
