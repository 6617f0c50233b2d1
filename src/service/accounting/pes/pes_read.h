/* A pes_reading is the walk over a PES_Aller by its fields: what stands where, and whether each value is of
 * its type. */
#ifndef SERVICE_ACCOUNTING_PES_PES_READ_H
#define SERVICE_ACCOUNTING_PES_PES_READ_H

#include "service/accounting/pes/pes_at.h"
#include "service/accounting/pes/pes_table.h"

#define PES_SIGNATURES "http://www.w3.org/2000/09/xmldsig#"

/* The whole file, from its root. `arena` holds the fields. */
MUST_USE enum status pes_read(struct arena *arena, const struct pes_at *root, struct faults *faults);
/* One value in V, of that field. */
void pes_value(struct faults *faults, const struct pes_field *field, const struct pes_at *at, struct str text);
/* Country and two digits in front, at most 34 characters: what the schema asks of one. */
bool pes_iban_has_form(struct str iban);

#endif
