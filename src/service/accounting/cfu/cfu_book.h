/* A cfu_book is the town's part of a year's account as its book makes it: what was voted, issued, attached and left,
 * line by line.
 *
 * Source: CGCT, article L1612-12; the columns are those of an administrative account. Why: the council votes what was
 * ordered, so no sum of it is typed in. Invariants: what is done of a section and direction is what the book has
 * ordered there, with what the budget reported (001, 002), so the results are those of close/result.h; done is issued
 * and attached less cancelled; nothing remains to be done but what the signed list says. Lives in the arena of ctx. */
#ifndef SERVICE_ACCOUNTING_CFU_CFU_BOOK_H
#define SERVICE_ACCOUNTING_CFU_CFU_BOOK_H

#include "service/accounting/budget/budget.h"
#include "service/accounting/spend/credit.h"

enum { CFU_BOOK_TOTALS = 4 };

struct cfu_book_line {
    struct budget_line line; /* DOCBUDG_VOTED, CARRIED, OPEN, DONE and LEFT */
    struct money issued, attached, cancelled;
};

struct cfu_book {
    struct cfu_book_line *lines; /* in the order of budget_lines */
    size_t count;
    bool is_closed;      /* else provisional */
    bool is_list_signed; /* of what remains to be done */
    struct budget_total totals[CFU_BOOK_TOTALS]; /* by section and direction, expenses first */
};

/* LIMIT: more lines than a document has, or a sum above MONEY_MAX. */
MUST_USE enum status cfu_book_read(struct ctx *ctx, const struct credit_year *year, struct cfu_book *ret_book);
/* Credits that were opened and are neither used nor left to be done; below 0 where a line took more than it had. */
MUST_USE enum status cfu_book_unused(const struct budget_line *line, struct money *ret_unused);

/* In a job: its lines become the account of the year (09), a draft that replaces the former one. CONFLICT
 * "accounting.act_there": the account was voted, or came in by a file; "accounting.cfu_book_no_budget". */
MUST_USE enum status cfu_book_keep(struct ctx *ctx, const struct credit_year *year, const struct cfu_book *book,
                                   int64_t *ret_act);
/* The account of that year, made or brought in. NOT_FOUND. */
MUST_USE enum status cfu_book_act(struct ctx *ctx, struct str siret, int32_t year, struct budget_act *ret_act);
/* Does that document say, line by line, what the book says now? */
MUST_USE enum status cfu_book_is_said(struct ctx *ctx, const struct cfu_book *book, int64_t act, bool *ret_is_said);

/* ---- what the accountant's file is compared with ---- */

enum cfu_town { CFU_TOWN_NONE, CFU_TOWN_ACT, CFU_TOWN_BOOK };
/* An account that was voted or brought in, else the book of that year, else nothing: `ret_act` is the first. */
MUST_USE enum status cfu_town_lines(struct ctx *ctx, struct str siret, int32_t year, enum cfu_town *ret_town,
                                    struct budget_act *ret_act, struct budget_line **ret_lines, size_t *ret_count);

#endif
