/* What comes beside the treatment: primes by deliberation, overtime, their transfer, deductions and refunds. */
#include "service/payroll/pay/pay_work.h"

/* ---- extras ---- */

/* Of the whole month, what primes by days are paid at; as if carence had been worked, or as it is. */
static int64_t primes_share(const struct pay_work *work, bool is_worked)
{
    const struct pay_facts *facts = work->facts;
    int64_t sum = 0;
    if (facts->span_count == 0)
        return PAY_WHOLE_SHARE;
    for (size_t i = 0; i < facts->span_count; i++) {
        const uint8_t *days = facts->spans[i].days;
        for (size_t k = 0; k < PAY_DAYS; k++)
            sum += days[k] * work->law->shares[is_worked && k == PAY_DAY_WAIT ? PAY_WORKED : k][PAY_SHARE_PRIMES];
    }
    return sum;
}

static void pay_prime(struct pay_work *work, size_t place, int64_t share, int64_t share_worked)
{
    const struct pay_extra *extra = &work->facts->extras[place];
    struct pay_part part = extra->is_by_days ? (struct pay_part){share, PAY_WHOLE_SHARE} : pay_whole();
    struct payslip apart;
    struct pay_step steps[PAY_LINES];
    struct pay_work one = *work;
    one.cents = apart.cents;
    one.steps = work->trace != NULL ? steps : NULL;
    int64_t cents = pay_line(&one, PAY_PRIMES, LAW_PRIME, (struct pay_sum){0, extra->cents, 1, 1, part}, work->gain);
    if (work->trace != NULL && cents != 0)
        pay_keep_piece(work, PAY_PRIMES, place, cents, &steps[PAY_PRIMES]);
    work->cents[PAY_PRIMES] += cents;
    work->outside_rafp += extra->is_in_rafp ? 0 : cents;
    work->in_transfer += extra->is_in_transfer ? cents : 0;
    if (extra->is_by_days && share_worked != share)
        work->cents[PAY_WAIT] += extra->cents * share_worked / PAY_WHOLE_SHARE - cents;
}

void pay_primes(struct pay_work *work)
{
    const struct pay_facts *facts = work->facts;
    if (facts->extra_count == 0)
        return;
    int64_t share = primes_share(work, false), share_worked = primes_share(work, true);
    for (size_t i = 0; i < facts->extra_count; i++)
        if (facts->extras[i].kind == PAY_EXTRA_PRIME)
            pay_prime(work, i, share, share_worked);
    (void)pay_line_of(work, PAY_PRIMES, LAW_PRIME, work->cents[PAY_PRIMES]);
    if (work->cents[PAY_WAIT] != 0)
        (void)pay_line_of(work, PAY_WAIT, LAW_CARENCE_SHARE, work->cents[PAY_WAIT]);
}

int64_t pay_extras_of(const struct pay_work *work, enum pay_extra_kind kind)
{
    int64_t sum = 0;
    for (size_t i = 0; i < work->facts->extra_count; i++)
        sum += work->facts->extras[i].kind == kind ? work->facts->extras[i].cents : 0;
    return sum;
}

static void keep_extras(struct pay_work *work, enum pay_line line, enum pay_extra_kind kind, enum law_code law)
{
    for (size_t i = 0; work->trace != NULL && i < work->facts->extra_count; i++) {
        const struct pay_extra *extra = &work->facts->extras[i];
        struct pay_step step = {0, extra->cents, 1, 1, 1, 1, extra->cents * PAY_CENT, (uint16_t)law, PAY_EXACT,
                                PAY_WITHIN};
        if (extra->kind == kind)
            pay_keep_piece(work, line, i, extra->cents, &step);
    }
}

/* ---- overtime: décret n° 2002-60 du 14 janvier 2002, articles 7 and 8 ---- */

/* A year of treatment and residence indemnity at full time. */
static int64_t year_cents(const struct pay_work *work)
{
    struct pay_span span;
    pay_whole_span(work->facts, &span);
    if (work->facts->span_count > 0)
        span = work->facts->spans[work->facts->span_count - 1];
    int64_t point = pay_of_law(work, LAW_POINT_YEAR);
    int64_t rate = pay_of_law(work, LAW_RESIDENCE_ZONE1 + (enum law_code)(span.zone - 1));
    int64_t treatment = pay_treatment_cents(work, span.index + span.nbi);
    int64_t least = pay_treatment_cents(work, pay_number_of(work, LAW_RESIDENCE_INDEX));
    int64_t residence = (treatment > least ? treatment : least) * rate / LAW_MILLIONTHS;
    return span.index * point / PAY_CENT + PAY_MONTHS * residence;
}

/* So many hundredths of an hour at one rate. */
static void pay_hours(struct pay_work *work, size_t kind, int64_t hundredths, bool is_first, int64_t year)
{
    const struct pay_law *law = work->law;
    enum law_code code = is_first ? LAW_OVERTIME_FIRST : LAW_OVERTIME_MORE;
    struct pay_part part = {hundredths * law->hours_top[kind],
                            PAY_HUNDREDTHS * pay_number_of(work, LAW_OVERTIME_HOURS_YEAR) * law->hours_bottom[kind]};
    struct payslip apart;
    struct pay_step steps[PAY_LINES];
    struct pay_work one = *work;
    one.cents = apart.cents;
    one.steps = work->trace != NULL ? steps : NULL;
    int64_t cents = pay_line(&one, PAY_OVERTIME, code,
                             (struct pay_sum){0, year, pay_of_law(work, code), LAW_MILLIONTHS, part}, work->gain);
    if (work->trace != NULL)
        pay_keep_piece(work, PAY_OVERTIME, kind + (is_first ? 0 : PAY_HOURS), cents, &steps[PAY_OVERTIME]);
    work->cents[PAY_OVERTIME] += cents;
}

/* The first hours are counted plain ones first, then of Sundays, then of nights: what the text leaves open. */
void pay_overtime(struct pay_work *work)
{
    const int32_t *hours = work->facts->overtime;
    int64_t left = pay_number_of(work, LAW_OVERTIME_FIRST_HOURS) * PAY_HUNDREDTHS;
    if ((hours[PAY_HOURS_PLAIN] | hours[PAY_HOURS_SUNDAY] | hours[PAY_HOURS_NIGHT]) == 0)
        return;
    int64_t year = year_cents(work);
    for (size_t kind = 0; kind < PAY_HOURS; kind++) {
        int64_t first = hours[kind] < left ? hours[kind] : left;
        if (first > 0)
            pay_hours(work, kind, first, true, year);
        if (hours[kind] > first)
            pay_hours(work, kind, hours[kind] - first, false, year);
        left -= first;
    }
    (void)pay_line_of(work, PAY_OVERTIME, LAW_SUM, work->cents[PAY_OVERTIME]);
}

/* ---- their transfer ---- */

/* Décret n° 2016-588 du 11 mai 2016: residence, family, refunds and overtime give nothing. */
void pay_transfer(struct pay_work *work)
{
    int64_t primes = work->cents[PAY_IFSE] + work->cents[PAY_CIA] + work->in_transfer;
    work->cents[PAY_TRANSFER] = -pay_at_most(work, PAY_TRANSFER, primes);
}

/* ---- outside the gross ---- */

void pay_refunds(struct pay_work *work)
{
    const struct pay_facts *facts = work->facts;
    int64_t refunds = pay_extras_of(work, PAY_EXTRA_REFUND);
    if (facts->transport > 0)
        (void)pay_contribution(work, PAY_TRANSPORT, facts->transport, LAW_TRANSPORT_SHARE);
    if (facts->telework_days > 0) {
        int64_t left = pay_cents_of(work, LAW_TELEWORK_YEAR) - facts->telework_year;
        (void)pay_line(work, PAY_TELEWORK, LAW_TELEWORK_DAY,
                       (struct pay_sum){0, pay_cents_of(work, LAW_TELEWORK_DAY), facts->telework_days, 1, pay_whole()},
                       PAY_EXACT);
        (void)pay_at_most(work, PAY_TELEWORK, left > 0 ? left : 0);
    }
    if (refunds > 0)
        (void)pay_line_of(work, PAY_REFUNDS, LAW_REFUND, refunds);
    keep_extras(work, PAY_REFUNDS, PAY_EXTRA_REFUND, LAW_REFUND);
    keep_extras(work, PAY_DEDUCTIONS, PAY_EXTRA_DEDUCTION, LAW_DEDUCTION);
}
