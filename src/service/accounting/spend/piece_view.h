/* The page of a mandat or titre, for whoever acts on one and has to say why it was not done; and its parts that are
 * elsewhere. */
#ifndef SERVICE_ACCOUNTING_SPEND_PIECE_VIEW_H
#define SERVICE_ACCOUNTING_SPEND_PIECE_VIEW_H

#include "service/accounting/spend/piece.h"
#include "service/accounting/spend/spend_view.h"

MUST_USE enum status piece_page(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                const struct piece *piece, const struct faults *faults);
/* The one that the address names, for whoever may read. */
MUST_USE enum status piece_asked(struct ctx *ctx, const struct web_request *request, struct piece *ret_piece);

/* Documents that go along (voucher_page.c): what the accountant misses as a fact, the table, the forms. */
MUST_USE enum status piece_voucher_facts(struct spend_view *view, const struct piece *piece);
MUST_USE enum status piece_voucher_actions(struct spend_view *view, const struct piece *piece, unsigned rights);
MUST_USE enum status piece_voucher_table(struct spend_view *view, const struct piece *piece);

#endif
