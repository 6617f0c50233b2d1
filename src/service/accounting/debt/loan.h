/* A loan is a debt of a town: its contract, what falls due when, and which instalments were ordered.
 *
 * Invariants: the bank's own schedule, where it was taken over, is the one that counts, and its capital sums to what
 * was borrowed; else the one that is computed (debt.h). An instalment is ordered once, by a direct mandat of its
 * capital (1641) and its interest (66111); one whose mandat was cancelled whole, in its exercise or of a closed one, is
 * due again. Whoever calls has asked for RIGHT_READ; changes ask for RIGHT_PREPARE,
 * mandats as spend/piece.h says. */
#ifndef SERVICE_ACCOUNTING_DEBT_LOAN_H
#define SERVICE_ACCOUNTING_DEBT_LOAN_H

#include "service/accounting/debt/debt.h"
#include "service/accounting/spend/piece.h"

enum {
    LOAN_TEXT_MAX = 60,   /* bytes */
    LOAN_NUMBER_MAX = 24, /* IdEmpruntOrdo of PES V2; some were taken in before that was so */
    LOANS_MAX = 200,
    LOAN_FILE_MAX = 256 << 10,
};

struct loan {
    int64_t id, budget, lender;
    struct str number, label;
    struct str lender_name; /* as read */
    struct debt terms;
    struct date signed_on;
};

struct loan_due {
    struct date due;
    struct money capital, interest, left; /* left: after it */
    uint64_t piece;                       /* 0: not ordered, or its mandat was cancelled whole: */
    bool was_ordered;
    struct money ordered;                 /* what is left of its mandat */
    bool differs;                         /* from what is computed: */
    struct money own_capital, own_interest;
};

struct loan_schedule {
    struct loan_due *dues; /* arena */
    size_t count;
    bool is_bank; /* the bank's */
};

/* What a year is about. */
struct loan_year {
    struct money capital, interest; /* due in it */
    struct money before, left;      /* capital left on 1 January and on 31 December */
    struct money accrued;           /* interest run on 31 December and not due yet (ICNE), by days */
};

/* INVALID: `faults` says why: loan.words, loan.lender, loan.twice, debt.*. */
MUST_USE enum status loan_add(struct ctx *ctx, const struct loan *loan, struct faults *faults, int64_t *ret_id);
/* NOT_FOUND. */
MUST_USE enum status loan_get(struct ctx *ctx, int64_t id, struct loan *ret_loan);
MUST_USE enum status loan_list(struct ctx *ctx, int64_t budget, struct loan **ret_loans, size_t *ret_count);
MUST_USE enum status loan_schedule(struct ctx *ctx, const struct loan *loan, struct faults *faults,
                                   struct loan_schedule *ret_schedule);
/* To be ordered in that year: due in it and not ordered, or of a year before and its mandat was cancelled. */
bool loan_is_due(const struct loan_due *due, int32_t year);
struct loan_year loan_year(const struct loan *loan, const struct loan_schedule *schedule, int32_t year);

/* CSV: due; interest; capital. Instead of the one before. INVALID: loan.file, loan.order, loan.sum, loan.started. */
MUST_USE enum status loan_take_bank(struct ctx *ctx, const struct loan *loan, struct str csv, struct faults *faults);
/* The direct mandat of one instalment, from 1, to be ordered in that year. INVALID: loan.place, loan.repaid, and as
 * piece_order_direct. */
MUST_USE enum status loan_pay(struct ctx *ctx, const struct credit_year *year, const struct loan *loan, size_t place,
                              struct date day, const unsigned char id[ENTRY_ID_BYTES], struct faults *faults,
                              uint64_t *ret_piece);

/* ---- a rate that is revised ---- */

struct loan_rate {
    struct date since; /* of the instalments due from that day on */
    int64_t rate;      /* as struct debt */
};
/* By day. */
MUST_USE enum status loan_rates(struct ctx *ctx, const struct loan *loan, struct loan_rate **ret_rates,
                                size_t *ret_count);
/* As computed, with its rates. */
MUST_USE enum status loan_own_schedule(struct ctx *ctx, const struct loan *loan, struct faults *faults,
                                       struct debt_schedule *ret_schedule);
/* Instead of that of the same day. INVALID: loan.banked, loan.revised, loan.over, debt.rate. */
MUST_USE enum status loan_rate_add(struct ctx *ctx, const struct loan *loan, const struct loan_rate *rate,
                                   struct faults *faults);

/* ---- interest run at the year's end (ICNE) ---- */

struct loan_accrued {
    size_t count, done;  /* loans that have some; of these, attached */
    struct money to_do;
};
MUST_USE enum status loan_accrued_of(struct ctx *ctx, const struct credit_year *year,
                                     struct loan_accrued *ret_accrued);
/* One attaching mandat (TypPce 10) on 66112 for each, of 31 December, or none. INVALID: loan.unrun, loan.accrued, or
 * the book's own. */
MUST_USE enum status loan_accrue(struct ctx *ctx, const struct credit_year *year, struct faults *faults);
/* Those of the year before, of which nothing was taken back: their sum; reversed as ../close/attach.h says, all or
 * none. INVALID: loan.unreversed. */
MUST_USE enum status loan_unreversed(struct ctx *ctx, const struct credit_year *year, struct money *ret_sum);
MUST_USE enum status loan_reverse(struct ctx *ctx, const struct credit_year *year, struct date day,
                                  struct faults *faults);

#endif
