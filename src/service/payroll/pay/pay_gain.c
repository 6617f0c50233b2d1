/* Gains: first what each span of the month gives, then what is paid once. */
#include <string.h>

#include "service/payroll/pay/pay_work.h"

/* ---- parts ---- */

struct pay_part pay_part_of(const struct pay_law *law, const struct pay_span *span)
{
    if (span->week_tenths > 0)
        return (struct pay_part){span->week_tenths, law->millionths[LAW_HOURS_WEEK] / LAW_MILLIONTHS * PAY_TENTHS};
    if (span->part_time == 80 || span->part_time == 90)
        return (struct pay_part){law->part_top[span->part_time == 90], law->part_bottom[span->part_time == 90]};
    return (struct pay_part){span->part_time, PAY_FULL_TIME};
}

struct pay_part pay_part_of_days(const struct pay_law *law, const uint8_t *days, enum pay_share share)
{
    int64_t sum = 0;
    if (days[PAY_WORKED] == PAY_THIRTIETHS)
        return pay_whole();
    for (size_t i = 0; i < PAY_DAYS; i++)
        sum += days[i] * law->shares[i][share];
    return sum == PAY_WHOLE_SHARE ? pay_whole() : (struct pay_part){sum, PAY_WHOLE_SHARE};
}

void pay_whole_span(const struct pay_facts *facts, struct pay_span *ret_span)
{
    *ret_span = (struct pay_span){facts->index, facts->nbi, facts->part_time, facts->week_tenths, facts->zone,
                                  facts->ifse, {[PAY_WORKED] = PAY_THIRTIETHS}};
}

/* ---- a span ---- */

struct span {
    const struct pay_span *of;
    struct pay_part part; /* of a full-time post */
    struct pay_part days[PAY_SHARES];
};

static struct pay_part both(struct pay_part one, struct pay_part other)
{
    return (struct pay_part){one.top * other.top, one.bottom * other.bottom};
}

static struct pay_sum treatment(const struct pay_work *work, int64_t index, struct pay_part part)
{
    return (struct pay_sum){0, index, pay_of_law(work, LAW_POINT_YEAR), (int64_t)PAY_MONTHS * PAY_CENT, part};
}

int64_t pay_treatment_cents(const struct pay_work *work, int64_t index)
{
    return index * pay_of_law(work, LAW_POINT_YEAR) / ((int64_t)PAY_MONTHS * PAY_CENT);
}

static bool is_nbi_apart(const struct pay_work *work)
{
    return work->law->millionths[LAW_NBI_ROUNDING] == LAW_APART;
}

static void pay_index(struct pay_work *work, const struct span *span)
{
    struct pay_part part = both(span->part, span->days[PAY_SHARE_TREATMENT]);
    struct pay_part part_nbi = both(span->part, span->days[PAY_SHARE_NBI]);
    int32_t index = span->of->index, nbi = span->of->nbi;
    (void)pay_line(work, PAY_TREATMENT, LAW_POINT_YEAR, treatment(work, index, part), work->gain);
    if (is_nbi_apart(work)) {
        (void)pay_line(work, PAY_NBI, LAW_NBI_ROUNDING, treatment(work, nbi, part_nbi), PAY_HALF_UP);
        return;
    }
    struct pay_sum alone = treatment(work, index, part_nbi);
    int64_t without = alone.base * alone.rate * alone.part.top / (alone.scale * alone.part.bottom);
    (void)pay_line(work, PAY_NBI, LAW_NBI_ROUNDING, treatment(work, index + nbi, part_nbi), work->gain);
    work->cents[PAY_NBI] -= without; /* what the points add to the treatment */
}

/* Treatment and NBI of a whole month: what sick leave leaves the residence indemnity computed on. */
static int64_t whole_treatment(const struct pay_work *work, const struct span *span)
{
    int64_t point = pay_of_law(work, LAW_POINT_YEAR), bottom = PAY_MONTHS * PAY_CENT * span->part.bottom;
    int64_t nbi = span->of->nbi * point * span->part.top;
    if (is_nbi_apart(work))
        return span->of->index * point * span->part.top / bottom + (2 * nbi + bottom) / (2 * bottom);
    return (span->of->index * point * span->part.top + nbi) / bottom;
}

/* Décret n° 85-1148 du 24 octobre 1985, article 9: never below that of the least index. */
static void pay_residence(struct pay_work *work, const struct span *span)
{
    enum law_code law = LAW_RESIDENCE_ZONE1 + (enum law_code)(span->of->zone - 1);
    struct pay_part days = span->days[PAY_SHARE_RESIDENCE];
    int64_t rate = pay_of_law(work, law);
    int64_t least = pay_number_of(work, LAW_RESIDENCE_INDEX) * pay_of_law(work, LAW_POINT_YEAR) / PAY_MONTHS *
                    span->part.top / span->part.bottom;
    (void)pay_line(work, PAY_RESIDENCE, law,
                   (struct pay_sum){0, whole_treatment(work, span), rate, LAW_MILLIONTHS, days}, work->gain);
    (void)pay_at_least(work, PAY_RESIDENCE, least * rate / LAW_MILLIONTHS / PAY_CENT * days.top / days.bottom);
}

/* Décret n° 91-769 du 2 août 1991: what lacks to the SMIC at full time, by the part worked. */
static void pay_smic(struct pay_work *work, const struct span *span)
{
    int64_t lacks = pay_cents_of(work, LAW_SMIC_MONTH) - pay_treatment_cents(work, span->of->index);
    struct pay_part part = both(span->part, span->days[PAY_SHARE_TREATMENT]);
    (void)pay_line(work, PAY_SMIC, LAW_SMIC_MONTH, (struct pay_sum){0, lacks > 0 ? lacks : 0, 1, 1, part}, work->gain);
}

/* Décret n° 85-1148, articles 10 to 12. Part time: never below what the least index gives at full time; a post that is
 * not complete: by its hours; the amount for one child is always whole. */
static void pay_family(struct pay_work *work, const struct span *span)
{
    int64_t more = work->facts->children - 2, fixed = pay_cents_of(work, LAW_SFT_FIXED2);
    int64_t rate = pay_of_law(work, LAW_SFT_SHARE2), index = span->of->index + span->of->nbi;
    int64_t low = pay_number_of(work, LAW_SFT_LOW), high = pay_number_of(work, LAW_SFT_HIGH);
    struct pay_part days = span->days[PAY_SHARE_FAMILY], part = span->part;
    if (work->facts->children < 2) {
        int64_t one = work->facts->children == 1 ? pay_cents_of(work, LAW_SFT_FIXED1) : 0;
        (void)pay_line(work, PAY_FAMILY, LAW_SFT_FIXED1, (struct pay_sum){0, one, 1, 1, days}, work->gain);
        return;
    }
    if (more > 0) {
        fixed += more * pay_cents_of(work, LAW_SFT_FIXED_MORE);
        rate = pay_of_law(work, LAW_SFT_SHARE3) + (more - 1) * pay_of_law(work, LAW_SFT_SHARE_MORE);
    }
    enum law_code law = more > 0 ? LAW_SFT_SHARE3 : LAW_SFT_SHARE2;
    index = index < low ? low : index > high ? high : index;
    int64_t base = pay_treatment_cents(work, index);
    if (span->of->week_tenths > 0) {
        (void)pay_line(work, PAY_FAMILY, law, (struct pay_sum){fixed, base, rate, LAW_MILLIONTHS, both(part, days)},
                       work->gain);
        return;
    }
    int64_t least = fixed * LAW_MILLIONTHS + pay_treatment_cents(work, low) * rate;
    (void)pay_line(work, PAY_FAMILY, law,
                   (struct pay_sum){fixed, base, rate * part.top, LAW_MILLIONTHS * part.bottom, days}, work->gain);
    (void)pay_at_least(work, PAY_FAMILY, least * days.top / (LAW_MILLIONTHS * days.bottom));
}

static void pay_ifse(struct pay_work *work, const struct span *span)
{
    struct pay_part days = span->days[PAY_SHARE_PRIMES];
    if (days.top == days.bottom)
        (void)pay_line_of(work, PAY_IFSE, LAW_IFSE, span->of->ifse);
    else
        (void)pay_line(work, PAY_IFSE, LAW_IFSE, (struct pay_sum){0, span->of->ifse, 1, 1, days}, work->gain);
}

static void pay_span(struct pay_work *work, const struct pay_span *of)
{
    struct span span = {.of = of, .part = pay_part_of(work->law, of)};
    for (enum pay_share i = 0; i < PAY_SHARES; i++)
        span.days[i] = pay_part_of_days(work->law, of->days, i);
    pay_index(work, &span);
    pay_residence(work, &span);
    pay_smic(work, &span);
    pay_family(work, &span);
    pay_ifse(work, &span);
    /* Loi n° 2015-1785, article 148: officials give up to so much a year of their primes. */
    const struct pay_facts *facts = work->facts;
    bool gives = facts->category != PAY_NO_CATEGORY &&
                 (facts->status == PAY_OFFICIAL ||
                  (facts->status == PAY_OFFICIAL_GENERAL && pay_of_law(work, LAW_TRANSFER_GENERAL) > 0));
    enum law_code law = LAW_TRANSFER_A + (enum law_code)(facts->category - PAY_A);
    int64_t year = gives ? pay_cents_of(work, law) : 0;
    (void)pay_line(work, PAY_TRANSFER, gives ? law : LAW_TRANSFER_A,
                   (struct pay_sum){0, year, 1, PAY_MONTHS, both(span.part, span.days[PAY_SHARE_TREATMENT])},
                   PAY_HALF_UP);
}

/* ---- several spans ---- */

static const enum pay_line span_lines[] = {PAY_TREATMENT, PAY_NBI, PAY_RESIDENCE, PAY_SMIC, PAY_FAMILY, PAY_IFSE,
                                           PAY_TRANSFER};
enum { SPAN_LINES = sizeof span_lines / sizeof *span_lines };

/* What the days of carence of a span take: as if they had been worked, less what is paid. */
static int64_t wait_of(const struct pay_work *work, const struct pay_span *span, const int64_t *paid)
{
    struct payslip other;
    struct pay_work apart = *work;
    struct pay_span worked = *span;
    int64_t wait = 0;
    apart.cents = other.cents;
    apart.steps = NULL;
    worked.days[PAY_WORKED] = (uint8_t)(worked.days[PAY_WORKED] + worked.days[PAY_DAY_WAIT]);
    worked.days[PAY_DAY_WAIT] = 0;
    pay_span(&apart, &worked);
    for (enum pay_line line = PAY_TREATMENT; line <= PAY_IFSE; line++)
        wait += other.cents[line] - paid[line];
    return wait;
}

static void pay_spans(struct pay_work *work)
{
    struct payslip sums = {0}, one = {0};
    struct pay_step steps[PAY_LINES];
    struct pay_work apart = *work;
    int64_t wait = 0;
    apart.cents = one.cents;
    apart.steps = work->trace != NULL ? steps : NULL;
    for (size_t i = 0; i < work->facts->span_count; i++) {
        const struct pay_span *span = &work->facts->spans[i];
        pay_span(&apart, span);
        for (size_t k = 0; k < SPAN_LINES; k++) {
            enum pay_line line = span_lines[k];
            sums.cents[line] += one.cents[line];
            if (one.cents[line] != 0 && apart.steps != NULL)
                pay_keep_piece(work, line, i, one.cents[line], &steps[line]);
        }
        if (span->days[PAY_DAY_WAIT] > 0)
            wait += wait_of(work, span, one.cents);
    }
    for (size_t k = 0; k < SPAN_LINES; k++)
        (void)pay_line_of(work, span_lines[k], LAW_SUM, sums.cents[span_lines[k]]);
    (void)pay_line_of(work, PAY_WAIT, LAW_CARENCE_SHARE, wait);
}

/* ---- a month ---- */

static void pay_mandate(struct pay_work *work)
{
    const struct pay_facts *facts = work->facts;
    int64_t terminal = pay_treatment_cents(work, pay_number_of(work, LAW_TERMINAL_INDEX));
    struct pay_part part = facts->span_count == 0
                               ? pay_whole()
                               : pay_part_of_days(work->law, facts->spans[0].days, PAY_SHARE_TREATMENT);
    (void)pay_line(work, PAY_MANDATE, LAW_ELECTED_SHARE,
                   (struct pay_sum){0, terminal, facts->mandate_millionths, LAW_MILLIONTHS, part}, work->gain);
}

/* Décret n° 2017-1889: what was frozen in 2017, or a share of the treatment of who came later. */
static void pay_compensation(struct pay_work *work)
{
    const struct pay_facts *facts = work->facts;
    int64_t base = work->cents[PAY_TREATMENT];
    if (work->law->millionths[LAW_COMPENSATION_BASE] == LAW_TREATMENT_AND_NBI)
        base += work->cents[PAY_NBI];
    if (!facts->is_compensated || facts->compensation > 0)
        (void)pay_line_of(work, PAY_COMPENSATION, LAW_COMPENSATION_FROZEN, facts->compensation);
    else
        (void)pay_line(work, PAY_COMPENSATION, LAW_CSG_COMPENSATION,
                       (struct pay_sum){0, base, pay_of_law(work, LAW_CSG_COMPENSATION), LAW_MILLIONTHS, pay_whole()},
                       work->gain);
}

void pay_gains(struct pay_work *work)
{
    const struct pay_facts *facts = work->facts;
    int64_t gross = 0;
    if (facts->status == PAY_ELECTED) {
        pay_mandate(work);
    } else if (facts->span_count > 0) {
        pay_spans(work);
    } else {
        struct pay_span whole;
        pay_whole_span(facts, &whole);
        pay_span(work, &whole);
    }
    (void)pay_line_of(work, PAY_CIA, LAW_CIA, facts->cia);
    pay_primes(work);
    pay_overtime(work);
    pay_transfer(work);
    pay_compensation(work);
    (void)pay_line_of(work, PAY_HEALTH, LAW_HEALTH, facts->health);
    for (enum pay_line line = PAY_TREATMENT; line < PAY_GROSS; line++)
        gross += work->cents[line];
    (void)pay_line_of(work, PAY_GROSS, LAW_SUM, gross);
}
