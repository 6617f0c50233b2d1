/* A delay is the time a local authority has to pay (délai global de paiement), and what it owes where it paid
 * later.
 *
 * Source: code de la commande publique, articles L2192-10 to L2192-13 and R2192-10 to R2192-36; the accountant's
 * part: décret n° 2013-269, article 12. Numbers are those in force on the day the delay begins (or, of late
 * payment, ends), as figures.csv has them. Invariants: days are civil days, counted from the one after the
 * first; no clock, no floating point; what a text does not say here is no result, never a guess. */
#ifndef SERVICE_ACCOUNTING_DELAY_DELAY_H
#define SERVICE_ACCOUNTING_DELAY_DELAY_H

#include "service/accounting/fault.h"

/* The delay stops once, where the request lacks something that the creditor has to add (R2192-27). */
struct delay_interruption {
    struct date notified;  /* the creditor received what says why (R2192-28) */
    struct date completed; /* all of it came; days 0: not yet */
};

struct delay_request {
    struct date received, done; /* the request for payment; the service. days 0: not known */
    struct date ordered;        /* the mandat; days 0: not yet */
    const struct delay_interruption *interruptions;
    size_t interruption_count;
    int32_t agreed_days;     /* by the contract; 0: as the regulation says */
    int32_t accountant_days; /* of them, by a convention; 0: as the regulation says */
};

struct delay {
    struct date start;     /* the later of request and service done (R2192-12, R2192-13) */
    struct date again;     /* when it began anew (R2192-29); days 0: it did not */
    struct date due;       /* its last day; days 0 while it is interrupted */
    struct date order_by;  /* the last day the accountant may receive the mandat; as `due` */
    int32_t days;          /* of the delay that runs */
    bool is_interrupted;   /* and waits for what was asked for */
};

/* INVALID: a rule delay.* is broken, and stands in faults with what mends it. NOT_FOUND: a number of that day is not
 * known, and a fault names it. */
MUST_USE enum status delay_of(const struct delay_request *request, struct faults *faults, struct delay *ret_delay);

struct delay_late {
    int32_t days;              /* after the due day, that of payment within; 0: in time */
    struct date half_year;     /* first day of the half-year in which interest began to run (R2192-31) */
    int64_t rate;              /* hundredths of a percent a year: refinancing rate of that day, and the margin */
    struct money interest;     /* nearest cent; bears no VAT (R2192-34) */
    struct money indemnity;    /* once for each late payment (D2192-35) */
    struct date settle_by;     /* the last day to pay these two (R2192-36) */
};

/* What is owed beside `amount` (with VAT, less what is held back as a guarantee) paid on that day, or not yet paid
 * by it: amount * rate * days / 365. One rate for all of the time, however the refinancing rate moves (R2192-31). In
 * time, or while the delay is interrupted, nothing. INVALID, NOT_FOUND: as delay_of. LIMIT: above MONEY_MAX. */
MUST_USE enum status delay_late_of(const struct delay *delay, struct money amount, struct date paid,
                                   struct faults *faults, struct delay_late *ret_late);

#endif
