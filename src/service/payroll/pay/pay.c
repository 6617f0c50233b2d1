/* Each line is one call of `pay_line`, in the order of a payslip: what it takes stands in the call, and in its step. */
#include "service/payroll/pay/pay.h"

#include <string.h>

#include "service/payroll/pay/pay_work.h"

static int64_t sum_of(const struct pay_work *work, enum pay_line first, enum pay_line last)
{
    int64_t sum = 0;
    for (enum pay_line i = first; i <= last; i++)
        sum += work->cents[i];
    return sum;
}

/* ---- bases ---- */

/* Code de la sécurité sociale, article R242-2: by the days of the month within the employment. */
static int64_t pss_of(const struct pay_work *work)
{
    const struct pay_facts *facts = work->facts;
    int64_t pss = pay_cents_of(work, LAW_PSS_MONTH), top = pss * facts->pss_days;
    if (facts->pss_of == 0 || facts->pss_days == facts->pss_of)
        return pss;
    if (work->law->millionths[LAW_PSS_DAYS] == LAW_HALF_UP)
        return (2 * top + facts->pss_of) / (2 * facts->pss_of);
    return top / facts->pss_of;
}

/* Décret n° 2004-569 du 18 juin 2004, article 2: what is no base of the CNRACL, up to a share of the treatment. */
static void base_rafp(struct pay_work *work)
{
    const int64_t *cents = work->cents;
    int64_t primes = cents[PAY_RESIDENCE] + cents[PAY_SMIC] + cents[PAY_FAMILY] + cents[PAY_IFSE] + cents[PAY_CIA] +
                     cents[PAY_PRIMES] + cents[PAY_OVERTIME] + cents[PAY_TRANSFER] + cents[PAY_COMPENSATION] +
                     cents[PAY_HEALTH] - work->outside_rafp;
    int64_t ceiling = cents[PAY_TREATMENT] * pay_of_law(work, LAW_RAFP_CEILING);
    (void)pay_line_of(work, PAY_RAFP_PRIMES, LAW_RAFP_EMPLOYEE, primes);
    (void)pay_line_of(work, PAY_BASE_RAFP, LAW_RAFP_CEILING, primes);
    (void)pay_at_most(work, PAY_BASE_RAFP, (2 * ceiling + LAW_MILLIONTHS) / (2 * LAW_MILLIONTHS));
    (void)pay_at_least(work, PAY_BASE_RAFP, 0);
}

/* Code de la sécurité sociale, article L136-2. */
static void base_csg(struct pay_work *work, int64_t pss)
{
    enum law_code law = work->facts->status == PAY_ELECTED ? LAW_ELECTED_ALLOWANCE : LAW_CSG_ALLOWANCE;
    int64_t taxed = work->cents[PAY_GROSS] - work->cents[PAY_HEALTH];
    int64_t ceiling = pay_number_of(work, LAW_CSG_ALLOWANCE_CEILING) * pss;
    int64_t below = taxed < ceiling ? taxed : ceiling;
    (void)pay_line(work, PAY_BASE_CSG, law,
                   (struct pay_sum){taxed - below + work->cents[PAY_HEALTH], below,
                                    LAW_MILLIONTHS - pay_of_law(work, law), LAW_MILLIONTHS, pay_whole()},
                   PAY_HALF_UP);
}

static void pay_bases(struct pay_work *work, int64_t pss)
{
    bool is_official = work->facts->status == PAY_OFFICIAL;
    int64_t more = (pay_number_of(work, LAW_IRCANTEC_CEILING) - 1) * pss;
    int64_t base = is_official ? work->cents[PAY_TREATMENT] + work->cents[PAY_NBI] : work->cents[PAY_GROSS];
    (void)pay_line_of(work, PAY_BASE_EMPLOYER, is_official ? LAW_BASE_SPECIAL : LAW_BASE_GENERAL, base);
    if (is_official) {
        base_rafp(work);
    } else {
        (void)pay_line_of(work, PAY_BASE_A, LAW_PSS_MONTH, base);
        (void)pay_at_most(work, PAY_BASE_A, pss);
        (void)pay_line_of(work, PAY_BASE_B, LAW_IRCANTEC_CEILING, base > pss ? base - pss : 0);
        (void)pay_at_most(work, PAY_BASE_B, more);
    }
    base_csg(work, pss);
}

/* ---- what each pays ---- */

/* Code de la sécurité sociale, articles L382-31 and D382-34: an élu below half the ceiling is outside it. */
static bool has_general(const struct pay_work *work)
{
    const struct pay_facts *facts = work->facts;
    int64_t threshold = pay_cents_of(work, LAW_PSS_MONTH) * pay_of_law(work, LAW_ELECTED_SCHEME);
    if (facts->status != PAY_ELECTED)
        return facts->status != PAY_OFFICIAL;
    return facts->is_general ||
           (work->cents[PAY_MANDATE] + facts->mandates_elsewhere) * LAW_MILLIONTHS > threshold;
}

/* Code de la sécurité sociale, article L241-17: of what overtime costs the agent for old age, at most. */
static void pay_relief(struct pay_work *work)
{
    const int64_t *cents = work->cents;
    int64_t overtime = cents[PAY_OVERTIME], paid = sum_of(work, PAY_RAFP_AGENT, PAY_IRCANTEC_B_AGENT);
    bool is_official = work->facts->status == PAY_OFFICIAL;
    if (overtime == 0)
        return;
    enum law_code law = is_official ? LAW_RAFP_EMPLOYEE : LAW_OVERTIME_RELIEF;
    bool is_given = pay_of_law(work, LAW_OVERTIME_RELIEF) > 0;
    (void)pay_share_of(work, PAY_RELIEF, overtime, is_given ? pay_of_law(work, law) : 0, law);
    work->cents[PAY_RELIEF] = -pay_at_most(work, PAY_RELIEF, paid);
}

static void agent_pays(struct pay_work *work, bool is_general)
{
    const int64_t *cents = work->cents;
    if (work->facts->status == PAY_OFFICIAL) {
        (void)pay_contribution(work, PAY_CNRACL_AGENT, cents[PAY_BASE_EMPLOYER], LAW_CNRACL_EMPLOYEE);
        (void)pay_contribution(work, PAY_RAFP_AGENT, cents[PAY_BASE_RAFP], LAW_RAFP_EMPLOYEE);
    } else {
        if (is_general) {
            (void)pay_contribution(work, PAY_AGE_CAPPED_AGENT, cents[PAY_BASE_A], LAW_AGE_CAPPED_EMPLOYEE);
            (void)pay_contribution(work, PAY_AGE_WHOLE_AGENT, cents[PAY_BASE_EMPLOYER], LAW_AGE_WHOLE_EMPLOYEE);
        }
        (void)pay_contribution(work, PAY_IRCANTEC_A_AGENT, cents[PAY_BASE_A], LAW_IRCANTEC_A_EMPLOYEE);
        (void)pay_contribution(work, PAY_IRCANTEC_B_AGENT, cents[PAY_BASE_B], LAW_IRCANTEC_B_EMPLOYEE);
    }
    (void)pay_contribution(work, PAY_CSG_DEDUCTIBLE, cents[PAY_BASE_CSG], LAW_CSG_DEDUCTIBLE);
    (void)pay_contribution(work, PAY_CSG_TAXED, cents[PAY_BASE_CSG], LAW_CSG_TAXED);
    (void)pay_contribution(work, PAY_CRDS, cents[PAY_BASE_CSG], LAW_CRDS);
    pay_relief(work);
    (void)pay_line_of(work, PAY_AGENT_TOTAL, LAW_SUM, sum_of(work, PAY_CNRACL_AGENT, PAY_RELIEF));
}

static void employer_pays_official(struct pay_work *work, int64_t base)
{
    const int64_t *cents = work->cents;
    bool has_nbi = work->law->millionths[LAW_ATIACL_BASE] == LAW_TREATMENT_AND_NBI;
    (void)pay_contribution(work, PAY_CNRACL_EMPLOYER, base, LAW_CNRACL_EMPLOYER);
    (void)pay_contribution(work, PAY_ATIACL, has_nbi ? base : cents[PAY_TREATMENT], LAW_ATIACL_EMPLOYER);
    (void)pay_contribution(work, PAY_RAFP_EMPLOYER, cents[PAY_BASE_RAFP], LAW_RAFP_EMPLOYER);
    (void)pay_contribution(work, PAY_SICKNESS, base, LAW_SICKNESS_OFFICIAL);
}

static void employer_pays_general(struct pay_work *work, int64_t base)
{
    const int64_t *cents = work->cents;
    (void)pay_contribution(work, PAY_SICKNESS, base, LAW_SICKNESS_GENERAL);
    (void)pay_share_of(work, PAY_ACCIDENT, base, work->law->employer.accident.millionths, LAW_ACCIDENT);
    (void)pay_contribution(work, PAY_AGE_CAPPED_EMPLOYER, cents[PAY_BASE_A], LAW_AGE_CAPPED_EMPLOYER);
    (void)pay_contribution(work, PAY_AGE_WHOLE_EMPLOYER, base, LAW_AGE_WHOLE_EMPLOYER);
}

/* What every employer pays, whatever the pension; not for an élu below the threshold. */
static void employer_pays_all(struct pay_work *work, int64_t base, int64_t pss)
{
    const struct pay_employer *employer = &work->law->employer;
    int64_t capped = employer->is_large || base < pss ? base : pss;
    (void)pay_contribution(work, PAY_ALLOWANCES, base, LAW_FAMILY);
    (void)pay_contribution(work, PAY_AUTONOMY, base, LAW_AUTONOMY);
    (void)pay_contribution(work, PAY_FNAL, capped, employer->is_large ? LAW_FNAL_LARGE : LAW_FNAL_SMALL);
    (void)pay_share_of(work, PAY_MOBILITY, base, employer->mobility.millionths, LAW_MOBILITY);
    if (work->facts->status == PAY_ELECTED)
        return;
    (void)pay_share_of(work, PAY_CNFPT, base, employer->cnfpt.millionths, LAW_CNFPT);
    (void)pay_share_of(work, PAY_CENTRE, base, employer->centre.millionths, LAW_CENTRE);
}

static void employer_pays(struct pay_work *work, int64_t pss, bool is_general)
{
    const int64_t *cents = work->cents;
    int64_t base = cents[PAY_BASE_EMPLOYER];
    if (work->facts->status == PAY_OFFICIAL) {
        employer_pays_official(work, base);
    } else {
        if (is_general)
            employer_pays_general(work, base);
        (void)pay_contribution(work, PAY_IRCANTEC_A_EMPLOYER, cents[PAY_BASE_A], LAW_IRCANTEC_A_EMPLOYER);
        (void)pay_contribution(work, PAY_IRCANTEC_B_EMPLOYER, cents[PAY_BASE_B], LAW_IRCANTEC_B_EMPLOYER);
    }
    if (is_general || work->facts->status == PAY_OFFICIAL)
        employer_pays_all(work, base, pss);
    (void)pay_line_of(work, PAY_EMPLOYER_TOTAL, LAW_SUM, sum_of(work, PAY_CNRACL_EMPLOYER, PAY_IRCANTEC_B_EMPLOYER));
}

/* ---- to the agent ---- */

/* Code général des impôts, article 204 H: the rate of the bracket, on all of it. */
static int64_t neutral_rate(const struct pay_law *law, int64_t taxable)
{
    int64_t rate = 0;
    for (size_t i = 0; i < law->neutral_count && law->neutral[i].above <= taxable; i++)
        rate = law->neutral[i].millionths;
    return rate;
}

/* Code général des impôts, article 81 quater: overtime, up to so much a year. */
static int64_t pay_exempt(struct pay_work *work)
{
    int64_t left = pay_cents_of(work, LAW_OVERTIME_EXEMPT) - work->facts->overtime_year;
    if (work->cents[PAY_OVERTIME] == 0)
        return 0;
    (void)pay_line_of(work, PAY_EXEMPT, LAW_OVERTIME_EXEMPT, work->cents[PAY_OVERTIME]);
    return pay_at_most(work, PAY_EXEMPT, left > 0 ? left : 0);
}

static void pay_tax(struct pay_work *work)
{
    const struct pay_facts *facts = work->facts;
    int64_t taxable = work->cents[PAY_NET_TAXABLE] > 0 ? work->cents[PAY_NET_TAXABLE] : 0;
    bool is_neutral = facts->has_neutral_rate;
    int64_t rate = is_neutral ? neutral_rate(work->law, taxable) : facts->tax_millionths;
    (void)pay_line(work, PAY_TAX, is_neutral ? LAW_NEUTRAL : LAW_TAX_RATE,
                   (struct pay_sum){0, taxable, rate, LAW_MILLIONTHS, pay_whole()},
                   work->law->millionths[LAW_TAX_ROUNDING] == LAW_HALF_UP ? PAY_HALF_UP : PAY_TRUNCATE);
}

static void pay_net(struct pay_work *work)
{
    const int64_t *cents = work->cents;
    int64_t extras = pay_extras_of(work, PAY_EXTRA_DEDUCTION);
    int64_t deductions = pay_line_of(work, PAY_DEDUCTIONS, LAW_DEDUCTION, work->facts->deductions + extras);
    int64_t before_tax = cents[PAY_GROSS] - cents[PAY_AGENT_TOTAL] - deductions;
    int64_t net = pay_line_of(work, PAY_NET_BEFORE_TAX, LAW_SUM, before_tax);
    int64_t taxable = net + cents[PAY_CSG_TAXED] + cents[PAY_CRDS] + deductions - pay_exempt(work);
    (void)pay_line_of(work, PAY_NET_TAXABLE, LAW_SUM, taxable);
    pay_tax(work);
    pay_refunds(work);
    (void)pay_line_of(work, PAY_NET, LAW_SUM, net - cents[PAY_TAX] + sum_of(work, PAY_TRANSPORT, PAY_REFUNDS));
    (void)pay_line_of(work, PAY_COST, LAW_SUM, cents[PAY_GROSS] + cents[PAY_EMPLOYER_TOTAL]);
}

int64_t pay_tax_of(const struct pay_law *law, const struct pay_facts *facts, int64_t taxable)
{
    struct payslip apart = {0};
    struct pay_work work = {.law = law, .facts = facts, .cents = apart.cents};
    apart.cents[PAY_NET_TAXABLE] = taxable;
    pay_tax(&work);
    return apart.cents[PAY_TAX];
}

static void compute(const struct pay_law *law, const struct pay_facts *facts, struct payslip *payslip,
                    struct pay_step *steps, struct pay_trace *trace)
{
    static const enum pay_rounding roundings[] = {[LAW_TRUNCATE] = PAY_TRUNCATE, [LAW_HALF_UP] = PAY_HALF_UP};
    struct pay_work work = {.law = law, .facts = facts, .cents = payslip->cents, .steps = steps, .trace = trace,
                            .gain = roundings[law->millionths[LAW_ROUNDING_GAIN]],
                            .contribution = roundings[law->millionths[LAW_ROUNDING_CONTRIBUTION]]};
    memset(payslip, 0, sizeof *payslip);
    if (steps != NULL)
        memset(steps, 0, PAY_LINES * sizeof *steps);
    pay_gains(&work);
    int64_t pss = pss_of(&work);
    bool is_general = has_general(&work);
    pay_bases(&work, pss);
    agent_pays(&work, is_general);
    employer_pays(&work, pss, is_general);
    pay_net(&work);
}

void pay_compute(const struct pay_law *law, const struct pay_facts *facts, struct payslip *ret_payslip,
                 struct pay_step *ret_steps)
{
    compute(law, facts, ret_payslip, ret_steps, NULL);
}

void pay_compute_traced(const struct pay_law *law, const struct pay_facts *facts, struct payslip *ret_payslip,
                        struct pay_trace *ret_trace)
{
    ret_trace->piece_count = 0;
    compute(law, facts, ret_payslip, ret_trace->steps, ret_trace);
}

const char *payslip_fault(const struct pay_law *law, const struct pay_facts *facts, const struct payslip *payslip)
{
    const int64_t *cents = payslip->cents;
    int64_t hours = facts->overtime[PAY_HOURS_PLAIN] + facts->overtime[PAY_HOURS_SUNDAY] +
                    facts->overtime[PAY_HOURS_NIGHT];
    if (hours * LAW_MILLIONTHS > law->millionths[LAW_OVERTIME_CEILING] * PAY_HUNDREDTHS)
        return "overtime";
    if (cents[PAY_NET] < 0 || cents[PAY_NET_BEFORE_TAX] < 0)
        return "net";
    if (cents[PAY_NET] > cents[PAY_GROSS] + cents[PAY_TRANSPORT] + cents[PAY_TELEWORK] + cents[PAY_REFUNDS])
        return "net_over";
    return NULL;
}
