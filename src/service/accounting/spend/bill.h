/* A bill is an invoice a town received: matched to an engagement, ordered by mandats or sent back, within a delay.
 *
 * Source: code de la commande publique R2192-10 and following (../delay). Invariants: a supplier's number comes once in
 * a year; its mandats never come to more than it; one that was ordered or sent back stays as it is; the file it came in
 * is kept byte for byte. */
#ifndef SERVICE_ACCOUNTING_SPEND_BILL_H
#define SERVICE_ACCOUNTING_SPEND_BILL_H

#include "service/accounting/delay/delay.h"
#include "service/accounting/spend/engagement.h"

enum { BILL_NUMBER_MAX = 60, BILL_FILE_MAX = 8 << 20, BILL_REASON_MAX = 200 };
enum bill_state { BILL_OPEN, BILL_SENT_BACK, BILL_ORDERED, BILL_STATES };

struct bill {
    int64_t id, budget, party;
    struct str party_name; /* as read */
    struct str number, form;
    bool is_credit;
    struct date issued, received;
    struct money net, tax, gross;
    struct money ordered_charge, ordered_tax; /* by its mandats, as read */
    struct date ordered;                      /* the day of the first of them, as read; days 0 */
    struct money retained; /* as a guarantee (retenue de garantie), with tax */
    struct date freed;     /* from when that is due; days 0: not yet */
    uint64_t engagement; /* 0: not matched yet */
    uint32_t engagement_number; /* as read; 0 */
    enum bill_state state;
    struct str reason;
    struct date notified, completed; /* of an interruption of the delay; days 0 */
    struct str iban;
    struct str asked, service; /* engagement and service in the supplier's words; "" */
    struct str origin;         /* of a credit note: the number of its invoice; "" */
    int64_t inbound;           /* the file it came in (../inbound), which has its bytes; 0: none */
    struct str file_name, file; /* file: when it is made; not read back by lists */
};

/* Its own faults: bill.number, bill.sum, bill.day. INVALID. */
MUST_USE enum status bill_check(struct ctx *ctx, const struct bill *bill, struct faults *faults);
/* In a job. INVALID: `faults` says why (bill.number, bill.sum, bill.day, bill.twice where it came before). */
MUST_USE enum status bill_add(struct ctx *ctx, const struct bill *bill, struct faults *faults, int64_t *ret_id);
/* The bill that this one repeats: of the same supplier (by its party's SIREN, or the one given where its party is not
 * known yet: 0), with the same number but for case, accents, blanks and the signs between, of the same calendar year,
 * and an invoice or a credit note as it is. One that was sent back is repeated by its own day alone. NOT_FOUND. */
MUST_USE enum status bill_twin(struct ctx *ctx, const struct bill *bill, struct str siren, struct bill *ret_twin);
/* NOT_FOUND. */
MUST_USE enum status bill_get(struct ctx *ctx, int64_t id, struct bill *ret_bill);
MUST_USE enum status bill_file(struct ctx *ctx, int64_t id, struct str *ret_name, struct str *ret_bytes);
/* Of one state, the longest received first; at most 500. */
MUST_USE enum status bill_list(struct ctx *ctx, int64_t budget, enum bill_state state, struct bill **ret_bills,
                               size_t *ret_count);
MUST_USE enum status bill_list_of(struct ctx *ctx, uint64_t engagement, struct bill **ret_bills, size_t *ret_count);
/* Whose it is. INVALID: another supplier's engagement, or the bill is dealt with. */
MUST_USE enum status bill_match(struct ctx *ctx, const struct bill *bill, const struct engagement *engagement,
                                struct faults *faults);
/* The supplier was told what is missing; then it came. Once (R2192-27). */
MUST_USE enum status bill_interrupt(struct ctx *ctx, const struct bill *bill, struct date day, struct str reason,
                                    struct faults *faults);
MUST_USE enum status bill_complete(struct ctx *ctx, const struct bill *bill, struct date day, struct faults *faults);
MUST_USE enum status bill_send_back(struct ctx *ctx, const struct bill *bill, struct str reason,
                                    struct faults *faults);
/* So much of it is held back as a guarantee, with tax; 0: nothing. INVALID: more than its mandats leave of it
 * (bill.retained). */
MUST_USE enum status bill_retain(struct ctx *ctx, const struct bill *bill, struct money amount, struct faults *faults);
/* That is due from this day on, and waits for its mandat. INVALID: `faults`. */
MUST_USE enum status bill_free(struct ctx *ctx, const struct bill *bill, struct date day, struct faults *faults);
/* What its mandats are charged to credits. */
struct money bill_charge(const struct bill *bill, bool recovers_tax);
/* What is held back of it now, with tax. */
struct money bill_held(const struct bill *bill);
/* What is due and no mandat has ordered of it yet, with tax; what of that is charged to credits, and its tax. */
struct money bill_left(const struct bill *bill);
struct money bill_charge_left(const struct bill *bill, bool recovers_tax);
struct money bill_tax_left(const struct bill *bill);
/* One of its mandats was made, or a credit note was deducted; bill_settle: one was corrected. It is ordered once its
 * mandats come to all of it but what is held back, and waits while they do not. */
MUST_USE enum status bill_ordered(struct ctx *ctx, int64_t id);
MUST_USE enum status bill_settle(struct ctx *ctx, int64_t id);

/* ---- the payment delay (bill_delay.c) ---- */

/* The last day on which its own service was done, as far as that is attested; days 0: not known. What was attested for
 * it counts first; of what was attested on its engagement for no bill, mandats take their part in their order, then the
 * bills that wait, the longest received first. */
MUST_USE enum status bill_done(struct ctx *ctx, const struct bill *bill, struct date *ret_day);
/* Everywhere the same: from the later of its day of receipt and that day (R2192-12, R2192-13); of
 * what was held back and is all that is left, from the day it was released. */
MUST_USE enum status bill_delay(struct ctx *ctx, const struct bill *bill, struct faults *faults,
                                struct delay *ret_delay);
/* From a day that was kept with its mandat. */
MUST_USE enum status bill_delay_since(struct ctx *ctx, const struct bill *bill, struct date done,
                                      struct faults *faults, struct delay *ret_delay);

#endif
