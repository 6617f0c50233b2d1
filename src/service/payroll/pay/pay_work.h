/* The arithmetic of one line, for the files of pay alone.
 *
 * All products fit 64 bits: a base is at most PAY_CENTS_MAX times some lines, a rate some millionths, a part 35ths and
 * thirtieths of hundredths. */
#ifndef SERVICE_PAYROLL_PAY_PAY_WORK_H
#define SERVICE_PAYROLL_PAY_PAY_WORK_H

#include "service/payroll/pay/pay.h"

enum {
    PAY_MONTHS = 12,
    PAY_CENT = LAW_MILLIONTHS / 100, /* millionths of a euro */
    PAY_FULL_TIME = 100,
    PAY_TENTHS = 10,
    PAY_HUNDREDTHS = 100,
    PAY_WHOLE_SHARE = PAY_THIRTIETHS * PAY_HUNDREDTHS, /* a month of which each day counts whole */
};

struct pay_part {
    int64_t top, bottom;
};

struct pay_work {
    const struct pay_law *law;
    const struct pay_facts *facts;
    int64_t *cents;
    struct pay_step *steps;  /* NULL: not wanted */
    struct pay_trace *trace; /* NULL: no pieces wanted */
    enum pay_rounding gain, contribution;
    int64_t outside_rafp, in_transfer; /* of primes by deliberation */
};

struct pay_sum {
    int64_t plus, base, rate, scale;
    struct pay_part part;
};

static inline struct pay_part pay_whole(void)
{
    return (struct pay_part){1, 1};
}

static inline int64_t pay_line(struct pay_work *work, enum pay_line line, enum law_code law, struct pay_sum sum,
                               enum pay_rounding rounding)
{
    int64_t top = (sum.plus * sum.scale + sum.base * sum.rate) * sum.part.top, bottom = sum.scale * sum.part.bottom;
    int64_t cents = work->cents[line] = rounding == PAY_HALF_UP ? (2 * top + bottom) / (2 * bottom) : top / bottom;
    if (work->steps != NULL)
        work->steps[line] = (struct pay_step){sum.plus, sum.base, sum.rate, sum.scale, sum.part.top, sum.part.bottom,
                                              top / bottom * PAY_CENT + top % bottom * PAY_CENT / bottom,
                                              (uint16_t)law, (uint8_t)rounding, PAY_WITHIN};
    return cents;
}

/* A sum of other lines, or an amount handed in. */
static inline int64_t pay_line_of(struct pay_work *work, enum pay_line line, enum law_code law, int64_t cents)
{
    work->cents[line] = cents;
    if (work->steps != NULL)
        work->steps[line] = (struct pay_step){0, cents, 1, 1, 1, 1, cents * PAY_CENT, (uint16_t)law, PAY_EXACT,
                                              PAY_WITHIN};
    return cents;
}

static inline int64_t pay_bound(struct pay_work *work, enum pay_line line, int64_t cents, enum pay_bound bound)
{
    if (work->steps != NULL)
        work->steps[line].bound = (uint8_t)bound;
    return work->cents[line] = cents;
}

static inline int64_t pay_at_most(struct pay_work *work, enum pay_line line, int64_t cents)
{
    return work->cents[line] > cents ? pay_bound(work, line, cents, PAY_AT_CEILING) : work->cents[line];
}

static inline int64_t pay_at_least(struct pay_work *work, enum pay_line line, int64_t cents)
{
    return work->cents[line] < cents ? pay_bound(work, line, cents, PAY_AT_FLOOR) : work->cents[line];
}

static inline int64_t pay_of_law(const struct pay_work *work, enum law_code code)
{
    return work->law->millionths[code];
}

/* A rate of the law on a base. */
static inline int64_t pay_share_of(struct pay_work *work, enum pay_line line, int64_t base, int64_t millionths,
                                   enum law_code law)
{
    struct pay_sum sum = {0, base, millionths, LAW_MILLIONTHS, pay_whole()};
    return work->contribution == PAY_HALF_UP ? pay_line(work, line, law, sum, PAY_HALF_UP)
                                             : pay_line(work, line, law, sum, PAY_TRUNCATE);
}

static inline int64_t pay_contribution(struct pay_work *work, enum pay_line line, int64_t base, enum law_code code)
{
    return pay_share_of(work, line, base, pay_of_law(work, code), code);
}

/* Euros of the law in cents; and its whole numbers. */
static inline int64_t pay_cents_of(const struct pay_work *work, enum law_code code)
{
    return pay_of_law(work, code) / PAY_CENT;
}

static inline int64_t pay_number_of(const struct pay_work *work, enum law_code code)
{
    return pay_of_law(work, code) / LAW_MILLIONTHS;
}

/* A piece of what stands in `line`; its step is that of the line. */
static inline void pay_keep_piece(struct pay_work *work, enum pay_line line, size_t place, int64_t cents,
                                  const struct pay_step *step)
{
    struct pay_trace *trace = work->trace;
    if (trace != NULL && trace->piece_count < PAY_PIECES_MAX)
        trace->pieces[trace->piece_count++] = (struct pay_piece){*step, cents, (uint16_t)place, (uint8_t)line};
}

/* pay_gain.c: the lines from PAY_TREATMENT to PAY_GROSS; pay_more.c: overtime and extras. */
void pay_gains(struct pay_work *work);
void pay_primes(struct pay_work *work);
void pay_overtime(struct pay_work *work);
void pay_transfer(struct pay_work *work);
void pay_refunds(struct pay_work *work);
int64_t pay_extras_of(const struct pay_work *work, enum pay_extra_kind kind);
/* At full time and for a whole month, cut off to the cent. */
int64_t pay_treatment_cents(const struct pay_work *work, int64_t index);
/* The part that the days of a span give of a line; whole where all of them count whole. */
struct pay_part pay_part_of_days(const struct pay_law *law, const uint8_t *days, enum pay_share share);
void pay_whole_span(const struct pay_facts *facts, struct pay_span *ret_span);
/* What the span's post is of a full-time one. */
struct pay_part pay_part_of(const struct pay_law *law, const struct pay_span *span);
/* The row that says what a day counts for; LAW_CODES: it counts whole. */
enum law_code pay_day_code(enum pay_day day, enum pay_share share);

#endif
