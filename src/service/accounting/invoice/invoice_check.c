#include "service/accounting/invoice/invoice_check.h"

static bool is_same(const struct invoice *one, struct str supplier, struct str number)
{
    return number.len > 0 && str_eq(one->number.text, number) && str_eq(invoice_supplier(one), supplier);
}

static bool was_seen(const struct invoice *invoice, const struct invoice_known *known)
{
    for (size_t i = 0; known != NULL && known->seen != NULL && i < known->seen_count; i++)
        if (is_same(invoice, known->seen[i].supplier, known->seen[i].number))
            return true;
    return false;
}

static void check_twice(const struct invoice_file *file, size_t place, const struct invoice_known *known,
                        struct faults *faults)
{
    const struct invoice *invoice = &file->invoices[place];
    bool is_twice = was_seen(invoice, known);
    for (size_t i = 0; i < place && !is_twice; i++)
        is_twice = is_same(invoice, invoice_supplier(&file->invoices[i]), file->invoices[i].number.text);
    if (is_twice)
        invoice_fault(faults, file->root, "invoice.twice", invoice->number.at, invoice->number.text,
                      invoice_supplier(invoice));
}

void invoice_check_one(const struct invoice_file *file, size_t place, const struct invoice_known *known,
                       struct faults *faults)
{
    invoice_check_identity(file, &file->invoices[place], known, faults);
    check_twice(file, place, known, faults);
    if (file->invoices[place].is_whole)
        invoice_check_sums(file, &file->invoices[place], faults);
}

void invoice_check(const struct invoice_file *file, const struct invoice_known *known, struct faults *faults)
{
    for (size_t i = 0; i < file->count; i++)
        invoice_check_one(file, i, known, faults);
    for (size_t i = 0; i < file->status_count; i++) {
        invoice_check_party(file, &file->statuses[i].supplier, faults);
        invoice_check_party(file, &file->statuses[i].recipient, faults);
    }
}
