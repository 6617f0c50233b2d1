/* Each line is one call of `line`, in the order of a payslip: what it takes stands in the call, and so in its step.
 *
 * All products fit 64 bits: a base is at most PAY_CENTS_MAX times some lines, a rate some millionths, a part 35ths. */
#include "service/payroll/pay/pay.h"

#include <string.h>

enum { MONTHS = 12, CENT = LAW_MILLIONTHS / 100 /* millionths of a euro */, FULL_TIME = 100, TENTHS = 10 };

/* ---- one line ---- */

struct part {
    int64_t top, bottom;
};

static const struct part whole = {1, 1};

struct work {
    const struct pay_law *law;
    const struct pay_facts *facts;
    int64_t *cents;
    struct pay_step *steps; /* NULL: not wanted */
    struct part part;       /* of a full-time post */
    enum pay_rounding gain, contribution;
};

struct sum {
    int64_t plus, base, rate, scale;
    struct part part;
};

static inline int64_t line(struct work *work, enum pay_line line, struct sum sum, enum pay_rounding rounding)
{
    int64_t top = (sum.plus * sum.scale + sum.base * sum.rate) * sum.part.top, bottom = sum.scale * sum.part.bottom;
    int64_t cents = work->cents[line] = rounding == PAY_HALF_UP ? (2 * top + bottom) / (2 * bottom) : top / bottom;
    if (work->steps != NULL)
        work->steps[line] = (struct pay_step){sum.plus, sum.base, sum.rate, sum.scale, sum.part.top, sum.part.bottom,
                                              top / bottom * CENT + top % bottom * CENT / bottom,
                                              (uint8_t)rounding, PAY_WITHIN};
    return cents;
}

/* A sum of other lines, or an amount handed in. */
static inline int64_t line_of(struct work *work, enum pay_line which, int64_t cents)
{
    return line(work, which, (struct sum){0, cents, 1, 1, whole}, PAY_EXACT);
}

static inline int64_t bound(struct work *work, enum pay_line line, int64_t cents, enum pay_bound bound)
{
    if (work->steps != NULL)
        work->steps[line].bound = (uint8_t)bound;
    return work->cents[line] = cents;
}

static inline int64_t at_most(struct work *work, enum pay_line line, int64_t cents)
{
    return work->cents[line] > cents ? bound(work, line, cents, PAY_AT_CEILING) : work->cents[line];
}

static inline int64_t at_least(struct work *work, enum pay_line line, int64_t cents)
{
    return work->cents[line] < cents ? bound(work, line, cents, PAY_AT_FLOOR) : work->cents[line];
}

static inline int64_t share(struct work *work, enum pay_line which, int64_t base, int64_t millionths)
{
    return line(work, which, (struct sum){0, base, millionths, LAW_MILLIONTHS, whole}, work->contribution);
}

static inline int64_t of_law(const struct work *work, enum law_code code)
{
    return work->law->millionths[code];
}

static inline int64_t contribution(struct work *work, enum pay_line which, int64_t base, enum law_code code)
{
    return share(work, which, base, of_law(work, code));
}

/* Euros of the law in cents; and its whole numbers. */
static inline int64_t cents_of(const struct work *work, enum law_code code)
{
    return of_law(work, code) / CENT;
}

static inline int64_t number_of(const struct work *work, enum law_code code)
{
    return of_law(work, code) / LAW_MILLIONTHS;
}

static int64_t sum_of(const struct work *work, enum pay_line first, enum pay_line last)
{
    int64_t sum = 0;
    for (enum pay_line i = first; i <= last; i++)
        sum += work->cents[i];
    return sum;
}

/* ---- gains ---- */

static struct part part_of(const struct pay_law *law, const struct pay_facts *facts)
{
    if (facts->week_tenths > 0)
        return (struct part){facts->week_tenths, law->millionths[LAW_HOURS_WEEK] / LAW_MILLIONTHS * TENTHS};
    if (facts->part_time == 80 || facts->part_time == 90)
        return (struct part){law->part_top[facts->part_time == 90], law->part_bottom[facts->part_time == 90]};
    return (struct part){facts->part_time, FULL_TIME};
}

static struct sum treatment(const struct work *work, int64_t index, struct part part)
{
    return (struct sum){0, index, of_law(work, LAW_POINT_YEAR), (int64_t)MONTHS * CENT, part};
}

/* At full time, cut off to the cent. */
static int64_t treatment_cents(const struct work *work, int64_t index)
{
    return index * of_law(work, LAW_POINT_YEAR) / ((int64_t)MONTHS * CENT);
}

static void pay_index(struct work *work)
{
    const struct pay_facts *facts = work->facts;
    int64_t cents = line(work, PAY_TREATMENT, treatment(work, facts->index, work->part), work->gain);
    bool is_apart = work->law->millionths[LAW_NBI_ROUNDING] == LAW_APART;
    struct sum nbi = treatment(work, is_apart ? facts->nbi : facts->index + facts->nbi, work->part);
    (void)line(work, PAY_NBI, nbi, is_apart ? PAY_HALF_UP : work->gain);
    if (!is_apart)
        work->cents[PAY_NBI] -= cents; /* what the points add to the treatment */
}

/* Décret n° 85-1148 du 24 octobre 1985, article 9: never below that of the least index. */
static void pay_residence(struct work *work)
{
    int64_t rate = of_law(work, LAW_RESIDENCE_ZONE1 + (enum law_code)(work->facts->zone - 1));
    int64_t least = number_of(work, LAW_RESIDENCE_INDEX) * of_law(work, LAW_POINT_YEAR) / MONTHS * work->part.top /
                    work->part.bottom;
    (void)line(work, PAY_RESIDENCE,
               (struct sum){0, work->cents[PAY_TREATMENT] + work->cents[PAY_NBI], rate, LAW_MILLIONTHS, whole},
               work->gain);
    (void)at_least(work, PAY_RESIDENCE, least * rate / LAW_MILLIONTHS / CENT);
}

/* Décret n° 91-769 du 2 août 1991: what lacks to the SMIC at full time, by the part worked. */
static void pay_smic(struct work *work)
{
    int64_t lacks = cents_of(work, LAW_SMIC_MONTH) - treatment_cents(work, work->facts->index);
    (void)line(work, PAY_SMIC, (struct sum){0, lacks > 0 ? lacks : 0, 1, 1, work->part}, work->gain);
}

/* Décret n° 85-1148, articles 10 to 12. Part time: never below what the least index gives at full time; a post that is
 * not complete: by its hours; the amount for one child is always whole. */
static void pay_family(struct work *work)
{
    int64_t more = work->facts->children - 2, fixed = cents_of(work, LAW_SFT_FIXED2);
    int64_t rate = of_law(work, LAW_SFT_SHARE2);
    int64_t index = work->facts->index + work->facts->nbi;
    int64_t low = number_of(work, LAW_SFT_LOW), high = number_of(work, LAW_SFT_HIGH);
    if (work->facts->children < 2) {
        (void)line_of(work, PAY_FAMILY, work->facts->children == 1 ? cents_of(work, LAW_SFT_FIXED1) : 0);
        return;
    }
    if (more > 0) {
        fixed += more * cents_of(work, LAW_SFT_FIXED_MORE);
        rate = of_law(work, LAW_SFT_SHARE3) + (more - 1) * of_law(work, LAW_SFT_SHARE_MORE);
    }
    index = index < low ? low : index > high ? high : index;
    bool is_by_hours = work->facts->week_tenths > 0;
    struct part part = work->part;
    struct sum sum = {fixed, treatment_cents(work, index), rate, LAW_MILLIONTHS, part};
    if (!is_by_hours) {
        sum = (struct sum){fixed, sum.base, rate * part.top, LAW_MILLIONTHS * part.bottom, whole};
        int64_t least = fixed * LAW_MILLIONTHS + treatment_cents(work, low) * rate;
        (void)line(work, PAY_FAMILY, sum, work->gain);
        (void)at_least(work, PAY_FAMILY, least / LAW_MILLIONTHS);
        return;
    }
    (void)line(work, PAY_FAMILY, sum, work->gain);
}

/* Loi n° 2015-1785, article 148: officials give up to so much a year of their primes. */
static void pay_transfer(struct work *work)
{
    const struct pay_facts *facts = work->facts;
    bool gives = facts->status == PAY_OFFICIAL && facts->category != PAY_NO_CATEGORY;
    int64_t year = gives ? cents_of(work, LAW_TRANSFER_A + (enum law_code)(facts->category - PAY_A)) : 0;
    (void)line(work, PAY_TRANSFER, (struct sum){0, year, 1, MONTHS, work->part}, PAY_HALF_UP);
    work->cents[PAY_TRANSFER] = -at_most(work, PAY_TRANSFER, facts->ifse + facts->cia);
}

static void pay_gains(struct work *work)
{
    pay_index(work);
    pay_residence(work);
    pay_smic(work);
    pay_family(work);
    (void)line_of(work, PAY_IFSE, work->facts->ifse);
    (void)line_of(work, PAY_CIA, work->facts->cia);
    pay_transfer(work);
    (void)line_of(work, PAY_COMPENSATION, 0);
    (void)line_of(work, PAY_HEALTH, work->facts->health);
    (void)line_of(work, PAY_GROSS, sum_of(work, PAY_TREATMENT, PAY_HEALTH));
}

/* ---- bases ---- */

/* Décret n° 2004-569 du 18 juin 2004, article 2: what is no base of the CNRACL, up to a share of the treatment. */
static void base_rafp(struct work *work)
{
    const int64_t *cents = work->cents;
    int64_t primes = cents[PAY_RESIDENCE] + cents[PAY_SMIC] + cents[PAY_FAMILY] + cents[PAY_IFSE] + cents[PAY_CIA] +
                     cents[PAY_TRANSFER] + cents[PAY_COMPENSATION] + cents[PAY_HEALTH];
    int64_t ceiling = cents[PAY_TREATMENT] * of_law(work, LAW_RAFP_CEILING);
    (void)line_of(work, PAY_BASE_RAFP, primes);
    (void)at_most(work, PAY_BASE_RAFP, (2 * ceiling + LAW_MILLIONTHS) / (2 * LAW_MILLIONTHS));
    (void)at_least(work, PAY_BASE_RAFP, 0);
}

/* Code de la sécurité sociale, article L136-2. */
static void base_csg(struct work *work)
{
    int64_t taxed = work->cents[PAY_GROSS] - work->cents[PAY_HEALTH];
    int64_t ceiling = number_of(work, LAW_CSG_ALLOWANCE_CEILING) * cents_of(work, LAW_PSS_MONTH);
    int64_t below = taxed < ceiling ? taxed : ceiling;
    (void)line(work, PAY_BASE_CSG,
               (struct sum){taxed - below + work->cents[PAY_HEALTH], below,
                            LAW_MILLIONTHS - of_law(work, LAW_CSG_ALLOWANCE), LAW_MILLIONTHS, whole},
               PAY_HALF_UP);
}

static void pay_bases(struct work *work)
{
    bool is_official = work->facts->status == PAY_OFFICIAL;
    int64_t pss = cents_of(work, LAW_PSS_MONTH), more = (number_of(work, LAW_IRCANTEC_CEILING) - 1) * pss;
    int64_t base = is_official ? work->cents[PAY_TREATMENT] + work->cents[PAY_NBI] : work->cents[PAY_GROSS];
    (void)line_of(work, PAY_BASE_EMPLOYER, base);
    if (is_official) {
        base_rafp(work);
    } else {
        (void)line_of(work, PAY_BASE_A, base);
        (void)at_most(work, PAY_BASE_A, pss);
        (void)line_of(work, PAY_BASE_B, base > pss ? base - pss : 0);
        (void)at_most(work, PAY_BASE_B, more);
    }
    base_csg(work);
}

/* ---- what each pays ---- */

static void agent_pays(struct work *work)
{
    const int64_t *cents = work->cents;
    if (work->facts->status == PAY_OFFICIAL) {
        (void)contribution(work, PAY_CNRACL_AGENT, cents[PAY_BASE_EMPLOYER], LAW_CNRACL_EMPLOYEE);
        (void)contribution(work, PAY_RAFP_AGENT, cents[PAY_BASE_RAFP], LAW_RAFP_EMPLOYEE);
    } else {
        (void)contribution(work, PAY_AGE_CAPPED_AGENT, cents[PAY_BASE_A], LAW_AGE_CAPPED_EMPLOYEE);
        (void)contribution(work, PAY_AGE_WHOLE_AGENT, cents[PAY_BASE_EMPLOYER], LAW_AGE_WHOLE_EMPLOYEE);
        (void)contribution(work, PAY_IRCANTEC_A_AGENT, cents[PAY_BASE_A], LAW_IRCANTEC_A_EMPLOYEE);
        (void)contribution(work, PAY_IRCANTEC_B_AGENT, cents[PAY_BASE_B], LAW_IRCANTEC_B_EMPLOYEE);
    }
    (void)contribution(work, PAY_CSG_DEDUCTIBLE, cents[PAY_BASE_CSG], LAW_CSG_DEDUCTIBLE);
    (void)contribution(work, PAY_CSG_TAXED, cents[PAY_BASE_CSG], LAW_CSG_TAXED);
    (void)contribution(work, PAY_CRDS, cents[PAY_BASE_CSG], LAW_CRDS);
    (void)line_of(work, PAY_AGENT_TOTAL, sum_of(work, PAY_CNRACL_AGENT, PAY_CRDS));
}

static void employer_pays_apart(struct work *work, int64_t base)
{
    const int64_t *cents = work->cents;
    if (work->facts->status == PAY_OFFICIAL) {
        bool has_nbi = work->law->millionths[LAW_ATIACL_BASE] == LAW_TREATMENT_AND_NBI;
        (void)contribution(work, PAY_CNRACL_EMPLOYER, base, LAW_CNRACL_EMPLOYER);
        (void)contribution(work, PAY_ATIACL, has_nbi ? base : cents[PAY_TREATMENT], LAW_ATIACL_EMPLOYER);
        (void)contribution(work, PAY_RAFP_EMPLOYER, cents[PAY_BASE_RAFP], LAW_RAFP_EMPLOYER);
        (void)contribution(work, PAY_SICKNESS, base, LAW_SICKNESS_OFFICIAL);
        return;
    }
    (void)contribution(work, PAY_SICKNESS, base, LAW_SICKNESS_GENERAL);
    (void)share(work, PAY_ACCIDENT, base, work->law->employer.accident.millionths);
    (void)contribution(work, PAY_AGE_CAPPED_EMPLOYER, cents[PAY_BASE_A], LAW_AGE_CAPPED_EMPLOYER);
    (void)contribution(work, PAY_AGE_WHOLE_EMPLOYER, base, LAW_AGE_WHOLE_EMPLOYER);
    (void)contribution(work, PAY_IRCANTEC_A_EMPLOYER, cents[PAY_BASE_A], LAW_IRCANTEC_A_EMPLOYER);
    (void)contribution(work, PAY_IRCANTEC_B_EMPLOYER, cents[PAY_BASE_B], LAW_IRCANTEC_B_EMPLOYER);
}

static void employer_pays(struct work *work)
{
    const struct pay_employer *employer = &work->law->employer;
    int64_t base = work->cents[PAY_BASE_EMPLOYER], pss = cents_of(work, LAW_PSS_MONTH);
    int64_t capped = employer->is_large || base < pss ? base : pss;
    employer_pays_apart(work, base);
    (void)contribution(work, PAY_ALLOWANCES, base, LAW_FAMILY);
    (void)contribution(work, PAY_AUTONOMY, base, LAW_AUTONOMY);
    (void)contribution(work, PAY_FNAL, capped, employer->is_large ? LAW_FNAL_LARGE : LAW_FNAL_SMALL);
    (void)share(work, PAY_MOBILITY, base, employer->mobility.millionths);
    (void)share(work, PAY_CNFPT, base, employer->cnfpt.millionths);
    (void)share(work, PAY_CENTRE, base, employer->centre.millionths);
    (void)line_of(work, PAY_EMPLOYER_TOTAL, sum_of(work, PAY_CNRACL_EMPLOYER, PAY_IRCANTEC_B_EMPLOYER));
}

static void pay_net(struct work *work)
{
    const int64_t *cents = work->cents;
    int64_t deductions = line_of(work, PAY_DEDUCTIONS, work->facts->deductions);
    int64_t net = line_of(work, PAY_NET_BEFORE_TAX, cents[PAY_GROSS] - cents[PAY_AGENT_TOTAL] - deductions);
    int64_t taxable = net + cents[PAY_CSG_TAXED] + cents[PAY_CRDS] + deductions;
    (void)line_of(work, PAY_NET_TAXABLE, taxable);
    (void)share(work, PAY_TAX, taxable, work->facts->tax_millionths);
    (void)line_of(work, PAY_NET, net - cents[PAY_TAX]);
    (void)line_of(work, PAY_COST, cents[PAY_GROSS] + cents[PAY_EMPLOYER_TOTAL]);
}

void pay_compute(const struct pay_law *law, const struct pay_facts *facts, struct payslip *ret_payslip,
                 struct pay_step *ret_steps)
{
    static const enum pay_rounding roundings[] = {[LAW_TRUNCATE] = PAY_TRUNCATE, [LAW_HALF_UP] = PAY_HALF_UP};
    struct work work = {.law = law, .facts = facts, .cents = ret_payslip->cents, .steps = ret_steps,
                        .part = part_of(law, facts), .gain = roundings[law->millionths[LAW_ROUNDING_GAIN]],
                        .contribution = roundings[law->millionths[LAW_ROUNDING_CONTRIBUTION]]};
    memset(ret_payslip, 0, sizeof *ret_payslip);
    if (ret_steps != NULL)
        memset(ret_steps, 0, PAY_LINES * sizeof *ret_steps);
    pay_gains(&work);
    pay_bases(&work);
    agent_pays(&work);
    employer_pays(&work);
    pay_net(&work);
}
