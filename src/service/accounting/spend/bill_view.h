/* The page of a bill by its parts: for the list, and for whoever acts on one and has to say why it was not done. */
#ifndef SERVICE_ACCOUNTING_SPEND_BILL_VIEW_H
#define SERVICE_ACCOUNTING_SPEND_BILL_VIEW_H

#include "service/accounting/spend/bill.h"
#include "service/accounting/spend/spend_view.h"

struct str bill_path(struct ctx *ctx, int64_t id, const char *rest);
enum text_key bill_state_name(enum bill_state state);
/* "12 days left", "3 days late", "interrupted"; and whether it is bad news. */
struct str bill_clock(struct ctx *ctx, const struct bill *bill, struct faults *faults, enum spend_mood *ret_mood);

MUST_USE enum status bill_page(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                               const struct bill *bill, const struct faults *faults);
/* The one that the address names, for whoever may read. */
MUST_USE enum status bill_asked(struct ctx *ctx, const struct web_request *request, struct bill *ret_bill);
/* A bill is of a budget; its year is that of its engagement, else the newest of the budget. */
MUST_USE enum status bill_year(struct ctx *ctx, const struct bill *bill, struct credit_year *ret_year);

typedef enum status bill_deed(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                              struct faults *faults);
/* Does it with the bill of the address, and shows its page. */
MUST_USE enum status bill_act(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                              bill_deed *deed);

/* Forms of a bill with its engagement (bill_order_page.c). */
MUST_USE enum status bill_attest_form(struct spend_view *view, const struct bill *bill);
MUST_USE enum status bill_order_form(struct spend_view *view, const struct bill *bill);

#endif
