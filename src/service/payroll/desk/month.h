/* What pages of one month have in common: "/payroll/months/2026-03/...". */
#ifndef SERVICE_PAYROLL_DESK_MONTH_H
#define SERVICE_PAYROLL_DESK_MONTH_H

#include "service/payroll/run/payrun.h"
#include "service/payroll/view/panel.h"

struct str month_path(struct ctx *ctx, struct date month, const char *rest);
/* The month in the address. DENIED: none of `rights`; NOT_FOUND: no month. */
MUST_USE enum status month_asked(struct ctx *ctx, const struct web_request *request, unsigned rights,
                                 struct date *ret_month);
/* `title` takes {month}, or {of_month}. */
MUST_USE enum status month_begin(struct panel *panel, struct ctx *ctx, const struct web_request *request,
                                 struct date month, enum text_key title);
/* Why an agent's pay could not be made, in words. */
struct str month_field_words(struct ctx *ctx, struct str field);

/* What somebody has to look at before approving: net below 0 or above gross, tax above all there is, a net that moved
 * by much, an agent who was paid last month and is not (month_alert.c). */
MUST_USE enum status month_add_alerts(struct panel *panel, const payrun_row *run);
/* What can be taken away from an approved month. */
void month_add_links(struct panel *panel, struct date month);

#endif
