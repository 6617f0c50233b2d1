/* The page of one bordereau, for those who act on it. */
#ifndef SERVICE_ACCOUNTING_SPEND_SLIP_VIEW_H
#define SERVICE_ACCOUNTING_SPEND_SLIP_VIEW_H

#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/spend_view.h"

/* "Bordereau de mandats 3"; what its pieces come to. */
struct str slip_name(struct ctx *ctx, const struct slip *slip);
enum text_key slip_state_name(enum slip_state state);
struct str slip_sum(struct ctx *ctx, const struct slip *slip);
/* With what was not done; NULL: nothing was asked. */
MUST_USE enum status slip_page(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                               const struct slip *slip, const struct faults *faults);

#endif
