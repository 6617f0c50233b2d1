/* Letters that banks take in a SEPA file: those of the basic Latin set of the European Payments Council (EPC217-08). */
#ifndef SERVICE_PAYROLL_TRANSFER_TRANSFER_LETTERS_H
#define SERVICE_PAYROLL_TRANSFER_TRANSFER_LETTERS_H

#include "base/buf.h"

/* Appends a text in these letters; accents fall away. INVALID: it is empty, longer than `most`, or a letter has none
 * that stands for it. */
MUST_USE enum status transfer_letters(struct buf *out, struct str utf8, size_t most);
/* The same for an identifier, which neither begins nor ends with '/', nor has two of them in a row. */
MUST_USE enum status transfer_identifier(struct buf *out, struct str utf8, size_t most);

#endif
