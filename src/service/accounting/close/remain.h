/* What remains to be done (restes à réaliser) is what a year leaves to the next: expenses of engagements not ordered
 * at its end, and receipts that are certain without a titre; a list that the ordonnateur signs.
 *
 * Source: CGCT, article R2311-11. Invariants: until the list is signed, its expenses are what the book says is still
 * reserved; signing keeps them line by line, and signing again replaces them; a list that no longer says what the
 * book says closes nothing. What a programme bears (AP/CP, AE/CP) goes on in the next year's credits of payment: it
 * stands in the list and is not counted. Of functioning, what was attached to the year (attach.h) is ordered, so not
 * in it. */
#ifndef SERVICE_ACCOUNTING_CLOSE_REMAIN_H
#define SERVICE_ACCOUNTING_CLOSE_REMAIN_H

#include "service/accounting/budget/budget.h"
#include "service/accounting/spend/piece.h"

enum { REMAIN_ENGAGEMENTS_MAX = 2000, REMAIN_PROOF_MAX = 200 };

struct remain {
    int64_t id; /* 0: not kept yet */
    uint64_t engagement; /* 0: a receipt */
    uint32_t number;     /* of the engagement */
    int64_t programme;   /* that bears it; 0: none, it is carried over */
    int64_t party;       /* 0: not known */
    struct imputation line; /* its amount as net */
    struct str party_name, object, proof; /* as read */
};

struct remain_sums {
    struct money amounts[CELL_SECTIONS][CELL_DIRECTIONS]; /* carried over */
};

struct remain_list {
    bool is_signed;
    struct date day;
    struct str signed_by;
    struct instant at;
    struct money expense, receipt; /* carried over */
};

/* What is left of each line of an engagement; their sum is what the book says is left. In the arena. */
MUST_USE enum status remain_lines(struct ctx *ctx, uint64_t engagement, struct imputation **ret_lines,
                                  size_t *ret_count);
/* What is still engaged now, line by line. LIMIT: more than REMAIN_ENGAGEMENTS_MAX engagements. */
MUST_USE enum status remain_open(struct ctx *ctx, const struct credit_year *year, struct remain **ret_remains,
                                 size_t *ret_count);
/* What the signed list says of expenses; or the receipts that were entered. */
MUST_USE enum status remain_kept(struct ctx *ctx, int64_t budget, int32_t year, enum cell_direction direction,
                                 struct remain **ret_remains, size_t *ret_count);
MUST_USE enum status remain_sum(const struct remain *remains, size_t count, enum cell_direction direction,
                                struct remain_sums *sums);

/* A receipt that is certain, with what proves it; one of the same account and object is replaced, and goes where the
 * amount is 0. INVALID: `faults`. CONFLICT "accounting.year_closed". */
MUST_USE enum status remain_receipt(struct ctx *ctx, const struct credit_year *year, struct remain *remain,
                                    struct faults *faults);

MUST_USE enum status remain_list_get(struct ctx *ctx, int64_t budget, int32_t year, struct remain_list *ret_list);
/* Does the signed list say what is engaged now, and the receipts entered? Where there is nothing to list, yes. */
MUST_USE enum status remain_list_is_current(struct ctx *ctx, const struct credit_year *year, bool *ret_is_current);
/* RIGHT_SIGN, and a delegation that covers its sum. INVALID: `faults`: a day before the last of the year, or to come.
 */
MUST_USE enum status remain_sign(struct ctx *ctx, const struct credit_year *year, struct date day,
                                 struct faults *faults);
/* Before an act opens the credits of the year after: what it carries over, with what others did, is what the signed
 * list of the closed year says, or nothing yet (I13). INVALID: `faults` (remain.opened). */
MUST_USE enum status remain_may_open(struct ctx *ctx, const struct budget_act *act, int64_t budget,
                                     struct faults *faults);
/* CONFLICT "accounting.year_closed". */
MUST_USE enum status remain_need_year(struct ctx *ctx, const struct credit_year *year);

#endif
