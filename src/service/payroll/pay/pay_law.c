/* What a payslip is made from: the law of a month, and facts that can be. */
#include "service/payroll/pay/pay_work.h"

/* ---- what days count for ---- */

/* Where no row says more, a day counts whole. */
struct day_shares {
    enum law_code codes[PAY_SHARES]; /* LAW_CODES: whole */
};

#define DAY(treatment, nbi, residence, family, primes)                                                                 \
    {                                                                                                                  \
        {                                                                                                              \
            treatment, nbi, residence, family, primes                                                                  \
        }                                                                                                              \
    }
#define ALL LAW_CODES
static const struct day_shares days[PAY_DAYS] = {
    [PAY_WORKED] = DAY(ALL, ALL, ALL, ALL, ALL),
    [PAY_DAY_WAIT] = DAY(LAW_CARENCE_SHARE, LAW_CARENCE_SHARE, LAW_CARENCE_SHARE, ALL, LAW_CARENCE_SHARE),
    [PAY_DAY_SICK_FULL] = DAY(LAW_SICK_FULL, LAW_SICK_FULL, LAW_SICK_RESIDENCE, LAW_SICK_FAMILY, LAW_SICK_PRIMES),
    [PAY_DAY_SICK_HALF] = DAY(LAW_SICK_HALF, LAW_SICK_HALF, LAW_SICK_RESIDENCE, LAW_SICK_FAMILY, LAW_SICK_PRIMES),
    [PAY_DAY_LONG_FULL] = DAY(LAW_LONG_FULL, LAW_LONG_FULL, LAW_SICK_RESIDENCE, LAW_SICK_FAMILY, LAW_LONG_PRIMES),
    [PAY_DAY_LONG_HALF] = DAY(LAW_LONG_HALF, LAW_LONG_HALF, LAW_SICK_RESIDENCE, LAW_SICK_FAMILY, LAW_LONG_PRIMES),
    [PAY_DAY_LASTING_FULL] =
        DAY(LAW_LASTING_FULL, LAW_LASTING_NBI, LAW_SICK_RESIDENCE, LAW_SICK_FAMILY, LAW_LASTING_PRIMES),
    [PAY_DAY_LASTING_HALF] =
        DAY(LAW_LASTING_HALF, LAW_LASTING_NBI, LAW_SICK_RESIDENCE, LAW_SICK_FAMILY, LAW_LASTING_PRIMES),
    [PAY_DAY_SERVICE] = DAY(LAW_SERVICE_FULL, LAW_SERVICE_FULL, ALL, LAW_SICK_FAMILY, LAW_SERVICE_PRIMES),
    [PAY_DAY_BIRTH] = DAY(LAW_BIRTH_FULL, LAW_BIRTH_FULL, ALL, ALL, LAW_BIRTH_PRIMES),
    [PAY_DAY_THERAPY] = DAY(LAW_THERAPY_FULL, LAW_THERAPY_FULL, ALL, ALL, LAW_THERAPY_PRIMES),
    [PAY_DAY_STRIKE] = DAY(LAW_UNDONE_TREATMENT, LAW_UNDONE_TREATMENT, LAW_UNDONE_TREATMENT, LAW_UNDONE_FAMILY,
                           LAW_UNDONE_TREATMENT),
    [PAY_DAY_UNDONE] = DAY(LAW_UNDONE_TREATMENT, LAW_UNDONE_TREATMENT, LAW_UNDONE_TREATMENT, LAW_UNDONE_FAMILY,
                           LAW_UNDONE_TREATMENT),
    [PAY_DAY_UNPAID] = DAY(LAW_UNPAID_TREATMENT, LAW_UNPAID_TREATMENT, LAW_UNPAID_TREATMENT, LAW_UNPAID_TREATMENT,
                           LAW_UNPAID_TREATMENT),
};

enum law_code pay_day_code(enum pay_day day, enum pay_share share)
{
    return days[day].codes[share];
}

/* The share of a kind of day, in millionths. What is a share of primes "that follows the treatment" (sick.primes) is a
 * part of what the treatment keeps; one of carence is what is taken, of a month. */
static int64_t millionths_of(const struct pay_law *law, enum pay_day day, enum pay_share share)
{
    enum law_code code = days[day].codes[share];
    if (code == ALL)
        return LAW_MILLIONTHS;
    int64_t millionths = law->millionths[code];
    if (code == LAW_CARENCE_SHARE) {
        const struct law_value *value = law->values[code];
        return LAW_MILLIONTHS - value->top * PAY_THIRTIETHS * LAW_MILLIONTHS / value->bottom;
    }
    if (code == LAW_SICK_PRIMES)
        return millionths * law->millionths[days[day].codes[PAY_SHARE_TREATMENT]] / LAW_MILLIONTHS;
    return millionths;
}

static bool find_shares(struct pay_law *law, enum law_code *ret_missing)
{
    for (enum pay_day day = 0; day < PAY_DAYS; day++)
        for (enum pay_share share = 0; share < PAY_SHARES; share++) {
            int64_t millionths = millionths_of(law, day, share), one = LAW_MILLIONTHS / PAY_HUNDREDTHS;
            *ret_missing = days[day].codes[share];
            if (millionths < 0 || millionths > LAW_MILLIONTHS || millionths % one != 0)
                return false;
            law->shares[day][share] = (uint8_t)(millionths / one);
        }
    return true;
}

/* ---- the law of a month ---- */

static int64_t divisor(int64_t one, int64_t other)
{
    while (other != 0) {
        int64_t rest = one % other;
        one = other;
        other = rest;
    }
    return one;
}

static void find_hours(struct pay_law *law)
{
    static const enum law_code codes[PAY_HOURS] = {[PAY_HOURS_SUNDAY] = LAW_OVERTIME_SUNDAY,
                                                   [PAY_HOURS_NIGHT] = LAW_OVERTIME_NIGHT};
    for (size_t i = 0; i < PAY_HOURS; i++) {
        const struct law_value *value = law->values[codes[i]];
        int64_t common = i == PAY_HOURS_PLAIN ? 1 : divisor(value->top, value->bottom);
        law->hours_top[i] = i == PAY_HOURS_PLAIN ? 1 : value->top / common;
        law->hours_bottom[i] = i == PAY_HOURS_PLAIN ? 1 : value->bottom / common;
    }
}

static void find_neutral(const struct law *law, struct date month, struct date known, struct pay_law *ret_law)
{
    const struct law_value *brackets[LAW_BRACKETS_MAX];
    ret_law->neutral_count = law_brackets(law, LAW_NEUTRAL, month, known, brackets);
    for (size_t i = 0; i < ret_law->neutral_count; i++)
        ret_law->neutral[i] = (struct pay_bracket){brackets[i]->above, law_millionths(brackets[i])};
}

enum status pay_law_of(const struct law *law, const struct pay_employer *employer, struct date month,
                       struct date known, struct pay_law *ret_law, enum law_code *ret_missing)
{
    *ret_law = (struct pay_law){.employer = *employer};
    law_find_all(law, month, known, ret_law->values);
    for (enum law_code code = 0; code < LAW_CODES; code++) {
        const struct law_value *value = ret_law->values[code];
        *ret_missing = code;
        if (value == NULL)
            return INVALID;
        ret_law->millionths[code] = value->unit == LAW_CHOICE ? value->top : law_millionths(value);
    }
    for (size_t i = 0; i < 2; i++) {
        ret_law->part_top[i] = ret_law->values[LAW_PART_TIME_80 + i]->top;
        ret_law->part_bottom[i] = ret_law->values[LAW_PART_TIME_80 + i]->bottom;
    }
    find_hours(ret_law);
    find_neutral(law, month, known, ret_law);
    return find_shares(ret_law, ret_missing) ? OK : INVALID;
}

enum status pay_employer_of(const struct law *law, struct date month, struct date known, bool is_large,
                            struct pay_employer *ret_employer)
{
    const struct {
        enum law_code code;
        struct pay_rate *rate;
    } rates[] = {{LAW_MOBILITY, &ret_employer->mobility}, {LAW_CNFPT, &ret_employer->cnfpt},
                 {LAW_CENTRE, &ret_employer->centre}, {LAW_ACCIDENT, &ret_employer->accident}};
    *ret_employer = (struct pay_employer){.is_large = is_large};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        const struct law_value *value = law_find(law, rates[i].code, month, known);
        if (value == NULL)
            return INVALID;
        *rates[i].rate = (struct pay_rate){law_millionths(value), value->source};
    }
    return OK;
}

/* ---- facts ---- */

static bool is_cents(int64_t cents)
{
    return cents >= 0 && cents <= PAY_CENTS_MAX;
}

static bool is_between(int64_t value, int64_t least, int64_t most)
{
    return value >= least && value <= most;
}

struct field {
    const char *name;
    bool is_right;
};

static const char *first_wrong(const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!fields[i].is_right)
            return fields[i].name;
    return NULL;
}

static const char *span_fault(const struct pay_facts *facts, const struct pay_span *span)
{
    bool has_nbi = facts->status == PAY_OFFICIAL || facts->status == PAY_OFFICIAL_GENERAL;
    int64_t week_most = facts->status == PAY_OFFICIAL_GENERAL ? PAY_WEEK_GENERAL_MAX : PAY_WEEK_TENTHS_MAX;
    int64_t week_least = facts->status == PAY_OFFICIAL_GENERAL ? 1 : 0;
    const struct field fields[] = {
        {"index", is_between(span->index, 1, PAY_INDEX_MAX)},
        {"nbi", is_between(span->nbi, 0, has_nbi ? PAY_NBI_MAX : 0)},
        {"part_time", is_between(span->part_time, PAY_FULL_TIME / 2, PAY_FULL_TIME)},
        {"week", is_between(span->week_tenths, week_least, week_most) &&
                     (span->week_tenths == 0 || span->part_time == PAY_FULL_TIME)},
        {"zone", is_between(span->zone, 1, 3)},
        {"ifse", is_cents(span->ifse)},
    };
    return first_wrong(fields, sizeof fields / sizeof *fields);
}

/* Days alone: an élu has no index, no NBI and no primes of a grade. */
static const char *elected_fault(const struct pay_facts *facts)
{
    int32_t thirtieths = 0;
    for (size_t i = 0; facts->span_count == 1 && i < PAY_DAYS; i++)
        thirtieths += facts->spans[0].days[i];
    if (facts->span_count > 1 || thirtieths > PAY_THIRTIETHS)
        return "days";
    return facts->index != 0 || facts->nbi != 0 || facts->ifse != 0 ? "elected" : NULL;
}

static const char *spans_fault(const struct pay_facts *facts)
{
    int32_t thirtieths = 0;
    struct pay_span whole;
    if (facts->span_count > PAY_SPANS_MAX)
        return "spans";
    if (facts->status == PAY_ELECTED)
        return elected_fault(facts);
    pay_whole_span(facts, &whole);
    for (size_t i = 0; i < facts->span_count; i++) {
        const char *fault = span_fault(facts, &facts->spans[i]);
        if (fault != NULL)
            return fault;
        for (size_t k = 0; k < PAY_DAYS; k++)
            thirtieths += facts->spans[i].days[k];
    }
    return thirtieths > PAY_THIRTIETHS ? "days" : facts->span_count == 0 ? span_fault(facts, &whole) : NULL;
}

static const char *extras_fault(const struct pay_facts *facts)
{
    if (facts->extra_count > PAY_EXTRAS_MAX)
        return "extras";
    for (size_t i = 0; i < facts->extra_count; i++) {
        const struct pay_extra *extra = &facts->extras[i];
        if (extra->kind >= PAY_EXTRA_KINDS || !is_cents(extra->cents))
            return "extra";
        if (extra->code.len == 0 || str_trim(extra->source).len == 0)
            return "extra_source"; /* no line without its text */
    }
    return NULL;
}

const char *pay_facts_fault(const struct pay_facts *facts)
{
    bool is_elected = facts->status == PAY_ELECTED;
    const struct field fields[] = {
        {"status", facts->status < PAY_STATUSES},
        {"category", facts->category <= PAY_C && (!is_elected || facts->category == PAY_NO_CATEGORY)},
        {"children", is_between(facts->children, 0, is_elected ? 0 : PAY_CHILDREN_MAX)},
        {"cia", is_cents(facts->cia)},
        {"health", is_cents(facts->health)},
        {"deductions", is_cents(facts->deductions)},
        {"tax", is_between(facts->tax_millionths, 0, LAW_MILLIONTHS)},
        {"neutral", !facts->has_neutral_rate || facts->tax_millionths == 0},
        {"pss_days", is_between(facts->pss_of, 0, 31) && is_between(facts->pss_days, 0, facts->pss_of)},
        {"overtime", is_between(facts->overtime[PAY_HOURS_PLAIN], 0, is_elected ? 0 : PAY_HOURS_MAX) &&
                         is_between(facts->overtime[PAY_HOURS_SUNDAY], 0, is_elected ? 0 : PAY_HOURS_MAX) &&
                         is_between(facts->overtime[PAY_HOURS_NIGHT], 0, is_elected ? 0 : PAY_HOURS_MAX)},
        {"overtime_year", is_cents(facts->overtime_year)},
        {"transport", is_cents(facts->transport)},
        {"telework", is_between(facts->telework_days, 0, 31) && is_cents(facts->telework_year)},
        {"compensation", is_cents(facts->compensation)},
        {"mandate", is_between(facts->mandate_millionths, 0, is_elected ? PAY_MANDATE_MAX : 0) &&
                        is_cents(facts->mandates_elsewhere)},
    };
    const char *fault = first_wrong(fields, sizeof fields / sizeof *fields);
    if (fault == NULL)
        fault = spans_fault(facts);
    return fault != NULL ? fault : extras_fault(facts);
}
