/* Faults of invoices, with the way to the element that is wrong, in the names of the file's own form. */
#ifndef SERVICE_ACCOUNTING_INVOICE_INVOICE_FAULT_H
#define SERVICE_ACCOUNTING_INVOICE_INVOICE_FAULT_H

#include "service/accounting/invoice/invoice.h"

/* What stands at that element of the tree breaks that rule of rules.csv. */
void invoice_fault(struct faults *faults, const struct xml *root, const char *rule, const struct xml *at,
                   struct str value, struct str wanted);
/* The same, where value and what is wanted are amounts. */
void invoice_fault_money(struct faults *faults, const struct xml *root, const char *rule, const struct xml *at,
                         struct money value, struct money wanted);

#endif
