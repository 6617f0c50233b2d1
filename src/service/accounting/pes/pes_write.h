/* A file for the accountant is made of a flow: its bytes, in ISO-8859-1.
 *
 * Invariants: the same flow gives the same bytes; sums, counts of pieces and Ids of bordereaux are computed here. What
 * was written is read back and looked at by every rule before it is given out, so nothing that pes_check refuses
 * leaves. It is never written anew: who signs it puts a signature into these bytes. */
#ifndef SERVICE_ACCOUNTING_PES_PES_WRITE_H
#define SERVICE_ACCOUNTING_PES_PES_WRITE_H

#include "service/accounting/pes/pes.h"
#include "service/accounting/pes/pes_slip.h"

enum { PES_WRITTEN_MAX = XML_BYTES_MAX /* what pes_check reads at most */ };

/* MtCumulAnnuel is `before` of its slip and the slip's own sum, tax included. A flow that is paperless is written as it
 * has to be before it is signed. NULL as context: nothing is known. INVALID, LIMIT: `faults` say why, each at its place
 * in the file; `out` is then of no use. */
MUST_USE enum status pes_write(struct buf *out, const struct pes_flow *flow, const struct pes_context *context,
                               struct faults *faults);
/* The Id of its element, which a signature names: "BD2026-01-12". At most 40 bytes. */
void pes_slip_id(struct buf *out, const struct pes_slip *slip);

#endif
