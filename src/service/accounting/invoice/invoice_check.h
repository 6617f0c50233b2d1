/* The parts of invoice_check, one noun each. */
#ifndef SERVICE_ACCOUNTING_INVOICE_INVOICE_CHECK_H
#define SERVICE_ACCOUNTING_INVOICE_INVOICE_CHECK_H

#include "service/accounting/invoice/invoice_fault.h"

/* Who asks whom, of what day, under which number, to which account. `known` may be NULL. */
void invoice_check_identity(const struct invoice_file *file, const struct invoice *invoice,
                            const struct invoice_known *known, struct faults *faults);
void invoice_check_party(const struct invoice_file *file, const struct invoice_party *party, struct faults *faults);
/* What sums must be, of an invoice that is whole. */
void invoice_check_sums(const struct invoice_file *file, const struct invoice *invoice, struct faults *faults);

#endif
