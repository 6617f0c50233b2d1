#include "document/wording.h"
#include "service/accounting/inbound/inbound.h"
#include "service/accounting/invoice/invoice.h"

static const struct shape_field fields[] = {
#define TEXT(name) SHAPE_FIELD(inbound, name, SHAPE_TEXT, 0)
#define NUMBER(name) SHAPE_FIELD(inbound, name, SHAPE_INT, 0)
    TEXT(form), TEXT(number), TEXT(origin), TEXT(name), TEXT(siret), TEXT(siren), TEXT(vat), TEXT(street),
    TEXT(street_after), TEXT(postcode), TEXT(place), TEXT(country), TEXT(to_siret), TEXT(to_siren), TEXT(service),
    TEXT(engagement), TEXT(contract), TEXT(iban), TEXT(bic), NUMBER(issued), NUMBER(received), NUMBER(net),
    NUMBER(tax), NUMBER(gross), SHAPE_FIELD(inbound, is_credit, SHAPE_BOOL, 0),
#undef TEXT
#undef NUMBER
};
const struct shape inbound_shape = SHAPE_OF(inbound, fields);

static struct str form_name(enum invoice_form form)
{
    return form == INVOICE_PIVOT ? STR("pivot") : form == INVOICE_UBL ? STR("ubl") : STR("cii");
}

static int64_t size_of(struct money money)
{
    return money.cents < 0 ? -money.cents : money.cents;
}

static struct str said(struct invoice_text text)
{
    return text.text.len == 0 ? STR("") : str_trim(text.text);
}

static struct inbound inbound_of(enum invoice_form form, const struct invoice *invoice)
{
    const struct invoice_party *from = &invoice->supplier, *to = &invoice->recipient;
    int64_t net = size_of(invoice->totals[INVOICE_NET].money), gross = size_of(invoice->totals[INVOICE_GROSS].money);
    return (struct inbound){.form = form_name(form), .number = said(invoice->number), .origin = said(invoice->origin),
                            .name = said(from->name), .siret = said(from->siret), .siren = said(from->siren),
                            .vat = said(from->vat), .street = said(from->street),
                            .street_after = said(from->street_after), .postcode = said(from->postcode),
                            .place = said(from->place), .country = said(from->country), .to_siret = said(to->siret),
                            .to_siren = said(to->siren), .service = said(invoice->service),
                            .engagement = said(invoice->engagement), .contract = said(invoice->contract),
                            .iban = said(invoice->iban), .bic = said(invoice->bic),
                            .issued = invoice->issued.date.days, .received = invoice->received.date.days, .net = net,
                            .tax = gross - net, .gross = gross, .is_credit = invoice->is_credit};
}

/* Where a part was paid already or the sum was rounded, what is left to pay is not the sum: that is a person's to
 * enter. */
static void check_due(const struct invoice *invoice, struct faults *faults)
{
    struct buf is BUF_SCOPE = BUF_INIT(32), left BUF_SCOPE = BUF_INIT(32);
    if (!invoice->totals[INVOICE_DUE].is_there ||
        size_of(invoice->totals[INVOICE_DUE].money) == size_of(invoice->totals[INVOICE_GROSS].money))
        return;
    money_write(&is, invoice->totals[INVOICE_GROSS].money);
    money_write(&left, invoice->totals[INVOICE_DUE].money);
    fault_add(faults, "inbound.due", invoice->number.text, buf_str(&is), buf_str(&left));
    fault_mark_money(faults);
}

static size_t faults_of_parts(const struct invoice_file *file)
{
    size_t sum = 0;
    for (size_t i = 0; i < file->count; i++)
        sum += file->invoices[i].fault_count;
    return sum;
}

/* INVALID: damaged as a whole; faults of single invoices are theirs. */
static enum status read_file(struct arena *tree, const struct xml *root, struct faults *faults,
                             struct invoice_file *ret_file)
{
    enum status done = invoice_read(tree, root, ret_file, faults);
    if (done != OK && done != INVALID)
        return done;
    if (ret_file->form == INVOICE_STATUSES)
        fault_add(faults, "invoice.root", STR(""), root->name,
                  STR("CPPFacturePivot, Invoice, CreditNote ou CrossIndustryInvoice"));
    bool is_whole = ret_file->count > 0 && faults->found == faults_of_parts(ret_file);
    return is_whole ? OK : INVALID;
}

enum status inbound_read(struct arena *tree, struct str bytes, struct faults *faults, struct inbound **ret_invoices,
                         size_t *ret_count, size_t *ret_refused)
{
    struct xml *root;
    struct xml_fault fault = {0};
    struct invoice_file file;
    size_t count = 0;
    enum status done = xml_read(tree, bytes, &root, &fault);
    if (done != OK && fault.what != NULL)
        fault_add(faults, "xml.read", str_format(faults->arena, "ligne %u", fault.line), str_of(fault.what), STR(""));
    TRY(done);
    TRY(read_file(tree, root, faults, &file));
    struct inbound *invoices = arena_array(tree, struct inbound, file.count);
    if (invoices == NULL)
        return LIMIT;
    for (size_t i = 0; i < file.count; i++) {
        size_t found = faults->found;
        invoice_check_one(&file, i, NULL, faults);
        if (faults->found == found)
            check_due(&file.invoices[i], faults);
        if (faults->found == found && file.invoices[i].fault_count == 0)
            invoices[count++] = inbound_of(file.form, &file.invoices[i]);
    }
    *ret_invoices = invoices;
    *ret_count = count;
    *ret_refused = file.count - count;
    return OK;
}

void inbound_refuse_end(int64_t end, struct faults *faults)
{
    static const char *const rules[WORDING_ENDS] = {
        [WORDING_EMPTY] = "inbound.empty",         [WORDING_UNKNOWN] = "inbound.damaged",
        [WORDING_LOCKED] = "inbound.locked",       [WORDING_DAMAGED] = "inbound.damaged",
        [WORDING_TOO_LARGE] = "inbound.too_large", [WORDING_TOO_MUCH] = "inbound.too_large",
        [WORDING_BUSY] = "inbound.busy",
    };
    const char *rule = end >= 0 && end < WORDING_ENDS ? rules[end] : NULL;
    fault_add(faults, rule == NULL ? "inbound.broken" : rule, STR("factur-x.xml"), STR(""), STR(""));
}
