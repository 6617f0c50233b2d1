/* A budget_draft is an act while it is prepared: next year's primitive budget, with the lines of an act of the year
 * before; or a decision that amends a voted one (budget_amend.h). Amounts change until the council votes.
 *
 * Invariants: a draft alone is changed; credits open are what is voted and what was carried over; voting looks at the
 * whole document as the State would get it (docbudg_check), and a fault there keeps it a draft; so does what the book
 * of the year could not open (budget_opening.h). Whoever calls has checked the permission: routes do. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_DRAFT_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_DRAFT_H

#include "service/accounting/budget/budget.h"

/* Lines start with what was voted the year before, results (001, 002, 1068) with 0; accounts that the chart of the new
 * year no longer has are left out. CONFLICT "accounting.act_there": that year has its primitive budget; INVALID
 * "accounting.no_draft": out of that document none can be made (a CFU, an amending decision). */
MUST_USE enum status budget_draft_begin(struct ctx *ctx, const struct budget_act *from, int64_t *ret_act);
/* CONFLICT "accounting.voted": it is no draft; "accounting.cfu_book_made": it is an account; INVALID
 * "accounting.below_zero". */
MUST_USE enum status budget_draft_set(struct ctx *ctx, const struct budget_act *act, int64_t place,
                                      struct money amount);
/* What a line is of; operation: of equipment (opération d’équipement), which bears investment expenses alone. */
struct budget_at {
    enum chart_section section;
    enum chart_direction direction;
    struct str account, function, operation; /* the last two "" for none */
};
enum { BUDGET_OPERATION_MAX = 10 /* letters and digits */ };
/* May a line be of that operation? One of none may. */
bool budget_may_be_of_operation(const struct budget_at *at);
/* A line of no place yet, with the chapter its chart gives it, or that of its operation. INVALID: the chart (NULL:
 * none) has no account of that code in that section and direction, or no such function; or no operation bears it. */
MUST_USE enum status budget_line_new(const struct chart *chart, const struct budget_at *at, struct money amount,
                                     struct budget_line *ret_line);
/* INVALID "accounting.account": the chart has none of that code in that section and direction, or no such function;
 * "accounting.operation"; CONFLICT "accounting.voted". A line stands once in an amending act, and one of an operation
 * in any: one that is there takes the amount. With a line of an operation the act says that operations are voted. */
MUST_USE enum status budget_draft_add(struct ctx *ctx, const struct budget_act *act, const struct budget_at *at,
                                      struct money amount);
/* A line of another act as one of a draft: what was open before, and what is proposed; under its section's marker. */
void budget_line_renew(struct budget_line *line, struct money previous, struct money amount);
/* A line as one of a draft that says nothing yet, under its section's marker. INVALID: it is of no section. */
MUST_USE enum status budget_draft_blank(struct budget_line *line);
/* The document says that results were taken over. CONFLICT "accounting.voted". */
MUST_USE enum status budget_draft_reported(struct ctx *ctx, const struct budget_act *act);
/* The whole document as the State would get it, decided that day. INVALID: `faults`. */
MUST_USE enum status budget_draft_check(struct ctx *ctx, const struct budget_act *act, struct date day,
                                        struct faults *faults);
/* OK: voted that day. INVALID: `faults` says why not. CONFLICT "accounting.voted";
 * "accounting.cfu_book_open": the account of a year that is not closed. */
MUST_USE enum status budget_draft_vote(struct ctx *ctx, const struct budget_act *act, struct date day,
                                       struct faults *faults);
/* It never was. CONFLICT "accounting.voted". */
MUST_USE enum status budget_draft_drop(struct ctx *ctx, const struct budget_act *act);

/* "12 400", "12400,50", "−3" as people write amounts; in English "12,400.50", where a comma parts thousands. INVALID,
 * LIMIT as money_parse. */
MUST_USE enum status budget_amount_read(enum language language, struct str text, struct money *ret_money);
/* A day as people write it: 12/03/2026 or 2026-03-12. INVALID. */
MUST_USE enum status budget_day_read(struct str text, struct date *ret_day);

#endif
