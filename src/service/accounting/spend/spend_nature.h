/* "nature": what a mandat of a contract is, as the accountant is told (NatPce), where it is not an ordinary one. */
#ifndef SERVICE_ACCOUNTING_SPEND_SPEND_NATURE_H
#define SERVICE_ACCOUNTING_SPEND_SPEND_NATURE_H

#include "service/accounting/spend/spend_view.h"

/* Offers a retention, a last instalment, an advance. */
MUST_USE enum status spend_field_nature(struct spend_view *view, struct spend_page_action *action);
/* "" where nothing stands: by section. INVALID: piece.nature. */
MUST_USE enum status spend_read_nature(const struct web_request *request, struct faults *faults,
                                       struct str *ret_nature);

#endif
