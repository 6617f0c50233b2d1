#include "service/payroll/vendor/vendor.h"

/* Another base, another rate, another rounding: what the line would then be. */
static int64_t reckon(const struct pay_step *step, int64_t base, int64_t rate, enum pay_rounding rounding)
{
    int64_t top = (step->plus * step->scale + base * rate) * step->part_top, bottom = step->scale * step->part_bottom;
    if (bottom == 0)
        return 0;
    return rounding == PAY_HALF_UP ? (2 * top + bottom) / (2 * bottom) : top / bottom;
}

static bool is_other_rounding(const struct pay_step *step, int64_t expected)
{
    return reckon(step, step->base, step->rate, PAY_HALF_UP) == expected ||
           reckon(step, step->base, step->rate, PAY_TRUNCATE) == expected;
}

/* A row of the same number that gives it: of another date, or another scope. */
static const struct law_value *other_value(const struct pay_step *step, const struct law *law, int64_t expected)
{
    for (size_t i = law->count; i > 0; i--) {
        const struct law_value *value = &law->at[i - 1];
        if (value->code != (enum law_code)step->law || value->unit == LAW_CHOICE || value->unit == LAW_COUNT)
            continue;
        int64_t rate = law_millionths(value);
        if (rate != step->rate && (reckon(step, step->base, rate, PAY_HALF_UP) == expected ||
                                   reckon(step, step->base, rate, PAY_TRUNCATE) == expected))
            return value;
    }
    return NULL;
}

static int64_t sum_of(const int64_t *differences, enum pay_line first, enum pay_line last)
{
    int64_t sum = 0;
    for (enum pay_line i = first; i <= last; i++)
        sum += differences[i];
    return sum;
}

/* What other lines differ by, in all the ways in which they make a base. */
static bool follows(const struct pay_step *step, const int64_t *differences, int64_t difference, int64_t expected)
{
    const int64_t gains = sum_of(differences, PAY_TREATMENT, PAY_HEALTH);
    const int64_t agent = sum_of(differences, PAY_CNRACL_AGENT, PAY_RELIEF);
    const int64_t employer = sum_of(differences, PAY_CNRACL_EMPLOYER, PAY_IRCANTEC_B_EMPLOYER);
    const int64_t sums[] = {gains, agent, employer, gains - agent, gains - agent - differences[PAY_TAX],
                            gains + employer};
    const int64_t bases[] = {gains, differences[PAY_TREATMENT] + differences[PAY_NBI],
                             gains - differences[PAY_TREATMENT] - differences[PAY_NBI], differences[PAY_BASE_CSG],
                             differences[PAY_NET_TAXABLE], differences[PAY_BASE_RAFP]};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (step->rounding == PAY_EXACT && difference != 0 && sums[i] == difference)
            return true;
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (bases[i] != 0 && step->scale > 0 &&
            reckon(step, step->base + bases[i], step->rate, (enum pay_rounding)step->rounding) == expected)
            return true;
    return false;
}

enum vendor_cause vendor_cause_of(const struct bulletin *bulletin, const struct law *law, enum pay_line line,
                                  const int64_t *differences, const struct law_value **ret_value)
{
    const struct pay_step *step = &bulletin->said.trace.steps[line];
    int64_t expected = bulletin->said.payslip.cents[line] + differences[line];
    *ret_value = NULL;
    if (differences[line] == 0)
        return VENDOR_SAME;
    if (line == PAY_SMIC && expected == 0)
        return VENDOR_SMIC;
    for (size_t i = 0; step->scale == 0 && i < bulletin->said.trace.piece_count; i++)
        if (bulletin->said.trace.pieces[i].line == line)
            step = &bulletin->said.trace.pieces[i].step;
    if (step->scale == 0)
        return VENDOR_ABSENT;
    if (step->rounding != PAY_EXACT && is_other_rounding(step, expected))
        return VENDOR_ROUNDING;
    *ret_value = other_value(step, law, expected);
    if (*ret_value != NULL)
        return VENDOR_RATE;
    return follows(step, differences, differences[line], expected) ? VENDOR_BASE : VENDOR_UNKNOWN;
}
