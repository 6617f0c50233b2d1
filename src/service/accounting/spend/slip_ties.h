/* Ties: which asset of the inventory, or which loan, a line of a piece is of (LiensIdent of PES V2). */
#ifndef SERVICE_ACCOUNTING_SPEND_SLIP_TIES_H
#define SERVICE_ACCOUNTING_SPEND_SLIP_TIES_H

#include "service/accounting/pes/pes_slip.h"
#include "service/accounting/spend/piece.h"

struct slip_charged {
    struct str account; /* 28183 of 2183 */
    struct pes_ties ties;
};

struct slip_ties {
    struct pes_ties ties;
    struct str nature; /* the only account whose lines have it; "": any */
    bool is_any;       /* is there something to tell? */
    struct slip_charged *charged; /* of depreciation: the assets */
    size_t charged_count;
};

/* A mandat of the inventory (NatPce 03) names the asset that came from it, an operation of order that of its sale, a
 * mandat of a loan its contract. Depreciation names the only asset that it charges; of several, a line on 28 whose
 * account is of one alone names that one: LiensIdent takes one asset a line. Stands once the bordereau is signed.
 * Numbers too long for their field are left out. */
MUST_USE enum status slip_ties_of(struct ctx *ctx, const struct piece *piece, struct slip_ties *ret_ties);
/* NULL: that line has none. */
const struct pes_ties *slip_ties_on(const struct slip_ties *ties, const struct imputation *line);

#endif
