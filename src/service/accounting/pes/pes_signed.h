/* A file for the accountant, signed: one signature in each bordereau, over that bordereau alone.
 *
 * Why here and not in pes_check: a signature is over the bytes as they are, blanks included, so it is looked at in a
 * tree of its own (xml_read_exact). Invariants: what pes_sign gives out was looked at as pes_signed_check looks at
 * it; not a byte outside the signatures is another. */
#ifndef SERVICE_ACCOUNTING_PES_PES_SIGNED_H
#define SERVICE_ACCOUNTING_PES_PES_SIGNED_H

#include "document/sign.h"
#include "service/accounting/pes/pes.h"

/* Appends the file with each bordereau signed. INVALID: faults say why: a rule is broken, it has a signature already,
 * it does not say that it will be signed (R06), or the certificate is not valid `now`. LIMIT: there is too much. */
MUST_USE enum status pes_sign(struct buf *out, struct str file, const struct sign_key *key, struct instant now,
                              struct faults *faults);

/* Each signature of a file (root of xml_read_exact) that is not right is a fault: sign.broken, sign.forged, sign.other,
 * sign.untimely, sign.unknown. How many there are is R06's and R07's; whom a certificate belongs to is not looked at.
 * LIMIT: a fault says so. */
MUST_USE enum status pes_signed_check(struct arena *arena, const struct xml *root, struct faults *faults);
/* Does a file that somebody brought back signed say what `own` says, signatures, blanks and prefixes apart? CONFLICT:
 * it does not, and `ret_where` says where it first differs. INVALID, LIMIT: one of them cannot be read. */
MUST_USE enum status pes_signed_compare(struct str file, struct str own, struct buf *ret_where);
/* Is there a signature anywhere in it? */
bool pes_is_signed(const struct xml *root);

#endif
