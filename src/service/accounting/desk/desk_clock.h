/* The payment clock of the desk: bills to deal with, the most urgent first, and what is owed for late ones. */
#ifndef SERVICE_ACCOUNTING_DESK_DESK_CLOCK_H
#define SERVICE_ACCOUNTING_DESK_DESK_CLOCK_H

#include "service/accounting/spend/spend_view.h"

MUST_USE enum status desk_clock(struct spend_view *view, const struct credit_year *year);
/* "3", or that there is nothing. */
struct str desk_count(struct ctx *ctx, size_t count);
/* "200 of 340, the first of the list"; "" where all were looked at. */
struct str desk_some(struct ctx *ctx, size_t count, size_t total);

#endif
