/* What pages show of loans, and read. */
#ifndef SERVICE_ACCOUNTING_DEBT_LOAN_VIEW_H
#define SERVICE_ACCOUNTING_DEBT_LOAN_VIEW_H

#include "service/accounting/debt/loan.h"
#include "service/accounting/spend/spend_view.h"

/* Instalments due until the end of this month and not ordered: their sum as a fact, each in a table. */
MUST_USE enum status loan_due_table(struct spend_view *view, const struct credit_year *year);

/* Its page in that year, and what follows. */
struct str loan_path(struct ctx *ctx, const struct credit_year *year, int64_t loan, const char *rest);
/* "3,475" of millionths, and back: at most four decimals of a percent. */
struct str loan_rate_words(struct ctx *ctx, int64_t rate);
MUST_USE enum status loan_read_rate(struct str text, int64_t *ret_rate);
/* INVALID, with the sentence: the form of a loan is not filled in right. */
MUST_USE enum status loan_wrong(struct ctx *ctx);

#endif
