/* A régie is whoever of the town takes money in, or pays small sums, under the accountant's eye: a swimming pool, a
 * library.
 *
 * Source: CGCT R1617-1 to R1617-18, cited from memory; PES V2, NatPce 05 and IdRegie. Invariants: takings are entered
 * day by day, by kind and means; the month's titre has all takings of that month that no titre has, so none is in two;
 * one whose titre is cancelled is free again. Cash and cheques that are held are what was taken less what was handed
 * over, each of them apart: the ceiling of what is held counts both, that of cash (numéraire) cash alone. A taking is
 * never erased: an entry of the same amount undoes it, with its reason. An advance is a ceiling here: what is
 * paid out of it is a mandat by hand. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_REGIE_H
#define SERVICE_ACCOUNTING_RECEIPT_REGIE_H

#include "service/accounting/spend/piece.h"

enum regie_kind { REGIE_NO_KIND, REGIE_RECEIPTS, REGIE_ADVANCE, REGIE_BOTH, REGIE_KINDS };
enum regie_means { REGIE_NO_MEANS, REGIE_CASH, REGIE_CHEQUE, REGIE_CARD, REGIE_ONLINE, REGIE_MEANS };
enum {
    REGIE_CODE_MAX = 10, /* characters: IdRegie */
    REGIE_TEXT_MAX = 100, /* bytes */
    REGIE_DAYS_MAX = 366,
    REGIE_LIST_MAX = 200,
    REGIE_LINES_MAX = 300,
};

struct regie {
    int64_t id, budget;
    struct str code, name, act, holder, deputy;
    enum regie_kind kind;
    struct date act_day, ended; /* ended 0: it goes on */
    struct money cash_limit, coin_limit, advance_limit; /* of all that is held, of cash alone; 0: none */
    int32_t deposit_days;                   /* 0: not said */
    int64_t party;
    struct str party_name; /* as read */
    struct str nature, function, product;
};

/* INVALID: `faults` says why (regie.code, regie.name, regie.act, regie.limit, regie.days, regie.income). CONFLICT: a
 * fault says that the budget has that code (regie.there). */
MUST_USE enum status regie_add(struct ctx *ctx, const struct credit_year *year, const struct regie *regie,
                               struct faults *faults, int64_t *ret_id);
/* Its last day. INVALID: before its act. */
MUST_USE enum status regie_end(struct ctx *ctx, const struct regie *regie, struct date last, struct faults *faults);
/* NOT_FOUND. */
MUST_USE enum status regie_get(struct ctx *ctx, int64_t id, struct regie *ret_regie);
MUST_USE enum status regie_list(struct ctx *ctx, int64_t budget, struct regie **ret_all, size_t *ret_count);

struct regie_taking {
    int64_t id, undoes; /* undoes: the taking it undoes; 0 */
    bool is_undone;
    struct date day;
    struct str kind, reason;
    enum regie_means means;
    struct money amount; /* below 0: it undoes another */
    uint64_t sequence; /* of the titre that has it; 0: none */
    uint32_t number;   /* of it */
};
/* INVALID: regie.taking (kind, means, amount), regie.day (before its act, after its last day, or to come). */
MUST_USE enum status regie_take(struct ctx *ctx, const struct regie *regie, const struct regie_taking *taking,
                                struct faults *faults);
/* A taking that was noted by mistake. INVALID: regie.undo (there is none of that number, or it is undone),
 * regie.undo_titled, regie.undo_reason, regie.undo_held (it was handed over). */
MUST_USE enum status regie_undo(struct ctx *ctx, const struct regie *regie, int64_t taking, struct str reason,
                                struct faults *faults);
struct regie_deposit {
    struct date day;
    struct money amount, cash; /* cash: of the amount; below 0: not said, cash goes first */
    struct str reference;
};
/* INVALID: regie.deposit: more than what is held; regie.deposit_cash: of either; regie.day. */
MUST_USE enum status regie_hand_over(struct ctx *ctx, const struct regie *regie, const struct regie_deposit *deposit,
                                     struct faults *faults);
/* Of the calendar month of that day, by day. */
MUST_USE enum status regie_takings(struct ctx *ctx, int64_t regie, struct date month, struct regie_taking **ret_all,
                                   size_t *ret_count);
MUST_USE enum status regie_deposits(struct ctx *ctx, int64_t regie, struct date month,
                                    struct regie_deposit **ret_all, size_t *ret_count);

/* How it stands on a day. */
struct regie_state {
    struct money held;         /* cash and cheques */
    struct money cash;         /* of it, cash */
    struct date since;         /* the first taking that is held; 0: nothing is */
    struct date due;           /* the last day to hand it over; 0: none */
    bool is_late, is_above;    /* of the day; of the ceiling of what is held */
    bool is_coin_above;        /* of the ceiling of cash */
    struct money untitled;     /* takings that no titre has */
    struct date untitled_from; /* the first of them; 0 */
};
MUST_USE enum status regie_state(struct ctx *ctx, const struct regie *regie, struct date day,
                                 struct regie_state *ret_state);

/* The titre of all takings of the month of `day` that none has: NatPce 05. INVALID: regie.nothing, and what piece_title
 * says. */
MUST_USE enum status regie_title(struct ctx *ctx, const struct regie *regie, const struct credit_year *year,
                                 struct date month, struct date day, const unsigned char id[ENTRY_ID_BYTES],
                                 struct faults *faults, uint64_t *ret_sequence);
/* Whose takings a piece has. NOT_FOUND: none's. */
MUST_USE enum status regie_of_piece(struct ctx *ctx, uint64_t sequence, struct regie *ret_regie);

#endif
