/* A transfer is the file by which an employer has its bank pay its people: ISO 20022 pain.001, in euro.
 *
 * Source: the messages pain.001.001.03 and pain.001.001.09 of ISO 20022, as the European Payments Council uses them for
 * SEPA credit transfers (EPC132-08: amounts from 0.01 to 999999999.99, shared charges, one currency; letters of its
 * basic Latin set alone). A letter with an accent becomes one without; what has no such letter is refused. Invariants
 * of what is written: count and sum are those of its payments, in whole cents; every IBAN proves itself; no reference
 * comes twice. Pure. */
#ifndef SERVICE_PAYROLL_TRANSFER_TRANSFER_H
#define SERVICE_PAYROLL_TRANSFER_TRANSFER_H

#include "base/arena.h"
#include "base/dates.h"

enum {
    TRANSFER_PAYMENTS_MAX = 100000,
    TRANSFER_NAME_MAX = 70, /* characters */
    TRANSFER_REFERENCE_MAX = 35,
    TRANSFER_WORDS_MAX = 140,
};
#define TRANSFER_CENTS_MAX INT64_C(99999999999)

enum transfer_form { TRANSFER_PAIN_03, TRANSFER_PAIN_09 };

struct transfer_payment {
    struct str name, iban, bic; /* bic absent: not known, and not needed within SEPA */
    struct str reference;       /* end to end: who is paid reads it */
    int64_t cents;
};

struct transfer_order {
    enum transfer_form form;
    struct str message;      /* its identifier: never the same twice for one bank */
    struct instant made;
    struct date day;         /* on which the bank is to pay */
    struct str name, iban, bic; /* of who pays */
    struct str words;        /* what stands on every statement: "PAIE 03 2026"; absent: nothing */
    bool is_salary;          /* told to the bank as such (SALA) */
    const struct transfer_payment *payments;
    size_t count;
};

struct transfer_fault {
    const char *what; /* "none", "many", "message", "name", "iban", "bic", "amount", "reference", "twice", "words" */
    size_t place;     /* of the payment; SIZE_MAX: of the order */
};

/* INVALID: ret_fault is the first thing that cannot be written. LIMIT: `out` is full, or no room. */
MUST_USE enum status transfer_write(struct arena *arena, struct buf *out, const struct transfer_order *order,
                                    struct transfer_fault *ret_fault);
/* Two payments to one IBAN, from `from` on: a couple, or a fraud; whoever pays must look. NOT_FOUND: no more. LIMIT: no
 * room. */
MUST_USE enum status transfer_shared(struct arena *arena, const struct transfer_order *order, size_t from,
                                     size_t *ret_one, size_t *ret_other);
/* The sum of the payments, in cents. */
int64_t transfer_sum(const struct transfer_order *order);

#endif
