/* A pay month is a month of an agent counted in thirtieths: what is known by dates becomes the spans of a payslip.
 *
 * Source: décret n° 62-765 du 8 juillet 1962, article 1 (a month is thirty days, however long; a thirtieth is not
 * divided). A day of the month stands at its number, the 31st with the 30th, the last of February at 30: so a part of
 * a month and the rest of it always make 30. Who was there at all has one thirtieth at least. Absent days are counted
 * one by one and taken from their span; a span all of whose days are absent is wholly absent. Pure. */
#ifndef SERVICE_PAYROLL_PAY_PAY_MONTH_H
#define SERVICE_PAYROLL_PAY_PAY_MONTH_H

#include "core/sick_leave.h"
#include "service/payroll/pay/pay.h"

enum { PAY_STATES_MAX = 64, PAY_ABSENCES_MAX = 64 };

/* What holds from a day to another; `days` of the span are left at 0. */
struct pay_state {
    struct date from, to; /* to, days 0: goes on */
    enum pay_status status;
    enum pay_category category;
    struct pay_span span;
};

struct pay_absence {
    struct date from, to;
    enum pay_day kind;
};

struct pay_month {
    struct date first;
    const struct pay_state *states;
    size_t state_count;
    const struct pay_absence *absences;
    size_t absence_count;
};

/* The facts of one payslip; it holds its spans. */
struct pay_month_slip {
    struct pay_facts facts; /* facts.spans points into this very struct */
    struct pay_span spans[PAY_SPANS_MAX];
};

/* What is the same for all of the month (children, tax, primes...) comes in `common`. One slip for each status, in the
 * order of their days, at most PAY_STATUSES; *ret_count 0: was never there. INVALID: *ret_fault says why: "month" (not
 * a first day), "states" (two overlap, or one ends before it begins), "absences" (likewise), "spans" (too many). */
MUST_USE enum status pay_month_slips(const struct pay_month *month, const struct pay_facts *common,
                                     struct pay_month_slip *ret_slips, size_t *ret_count, const char **ret_fault);
/* Thirtieths from one day of a month to another, both within. */
int32_t pay_month_thirtieths(struct date from, struct date to);
/* INVALID: a day nothing decides without the medical council. */
MUST_USE enum status pay_day_of_sick(enum sick_day sick, enum pay_day *ret_day);

#endif
