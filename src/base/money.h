/* A money is an amount of euros in whole cents; it cannot be mixed with a number, and never passes through floating
 * point.
 *
 * Invariants: |cents| <= MONEY_MAX, fourteen digits as public accounting writes them at most (type of amounts in PES V2
 * and DocBudg: 14 digits, 2 of them cents); a sum that would pass it is refused, never wrapped. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include "base/buf.h"

#define MONEY_MAX INT64_C(99999999999999)

struct money {
    int64_t cents;
};

static inline bool money_is(struct money one, struct money other)
{
    return one.cents == other.cents;
}

static inline bool money_is_within(int64_t cents)
{
    return cents >= -MONEY_MAX && cents <= MONEY_MAX;
}

/* LIMIT: the sum is above MONEY_MAX; *sum is then unchanged. */
static inline MUST_USE enum status money_add(struct money *sum, struct money other)
{
    int64_t cents;
    if (__builtin_add_overflow(sum->cents, other.cents, &cents) || !money_is_within(cents))
        return LIMIT;
    sum->cents = cents;
    return OK;
}

static inline MUST_USE enum status money_take(struct money *sum, struct money other)
{
    int64_t cents;
    if (__builtin_sub_overflow(sum->cents, other.cents, &cents) || !money_is_within(cents))
        return LIMIT;
    sum->cents = cents;
    return OK;
}

/* As files write it: an optional '-', digits, and at most two of cents behind a point ("12", "-3.5", "0.00"). INVALID:
 * anything else, a comma, an exponent, a sign before nothing ("-0.00"), three decimals; LIMIT: above MONEY_MAX. */
MUST_USE enum status money_parse(struct str text, struct money *ret_money);
/* "-12.30": always two decimals, a point, nothing between thousands. */
void money_write(struct buf *out, struct money money);

/* The nearest cent of amount * by / of, halves away from zero. `of` is above 0. LIMIT: above MONEY_MAX. */
MUST_USE enum status money_share(struct money amount, int64_t by, int64_t of, struct money *ret_money);

#endif
