/* What the pages of rights have in common: which rights a form ticks. */
#ifndef SERVICE_ACCOUNTING_RIGHT_RIGHT_VIEW_H
#define SERVICE_ACCOUNTING_RIGHT_RIGHT_VIEW_H

#include "core/page.h"
#include "service/accounting/right/right.h"

/* Every `right` of the form; what is no number of a right is none. */
unsigned right_ticked(const struct web_request *request);

#endif
