#include "service/payroll/dsn/dsn_fill.h"

#include "service/payroll/dsn/dsn_look.h"

enum { PAYS_MAX = 3, PREMIUMS_MAX = 4, BASES_MAX = 6, CONTRIBUTIONS_MAX = 10 };
/* Rubrics 51.011 and 78.001. */
enum { PAY_WHOLE = 1, PAY_BASIC = 10, PAY_RATE = 21, BASE_CAPPED = 2, BASE_WHOLE = 3, BASE_CSG = 4,
       BASE_IRCANTEC = 28, BASE_CNRACL = 48, BASE_RAFP = 49, MOBILITY = 81 /* code of 81.001 */ };

struct filling {
    struct arena *arena;
    const struct payslip *payslip;
    const struct pay_law *law;
    const struct dsn_fill *fill;
    struct dsn_pay *pays;
    struct dsn_premium *premiums;
    struct dsn_base *bases;
    struct dsn_contribution *contributions; /* of the base at hand */
    struct dsn_paid paid;
    bool is_full;
};

static int64_t cents(const struct filling *filling, enum pay_line line)
{
    return filling->payslip->cents[line];
}

/* ---- pay and premiums ---- */

static void add_pay(struct filling *filling, int32_t kind, int64_t amount, struct str rate)
{
    filling->pays[filling->paid.pay_count++] = (struct dsn_pay){.kind = kind,
                                                                .from = filling->fill->month,
                                                                .to = date_month_end(filling->fill->month),
                                                                .cents = amount,
                                                                .rate = rate};
}

static void add_premiums(struct filling *filling)
{
    static const struct {
        int32_t kind;
        enum pay_line line;
    } kinds[PREMIUMS_MAX] = {{48, PAY_RESIDENCE}, {49, PAY_FAMILY}, {50, PAY_IFSE}, {51, PAY_CIA}};
    for (size_t i = 0; i < PREMIUMS_MAX; i++)
        if (cents(filling, kinds[i].line) != 0)
            filling->premiums[filling->paid.premium_count++] =
                (struct dsn_premium){.kind = kinds[i].kind, .cents = cents(filling, kinds[i].line)};
}

/* ---- bases ---- */

/* Begins a base; none where it is 0. */
static bool add_base(struct filling *filling, int32_t kind, int64_t amount)
{
    filling->contributions = arena_array(filling->arena, struct dsn_contribution, CONTRIBUTIONS_MAX);
    if (filling->contributions == NULL)
        filling->is_full = true;
    if (filling->is_full || amount == 0)
        return false;
    filling->bases[filling->paid.base_count++] = (struct dsn_base){.kind = kind,
                                                                   .from = filling->fill->month,
                                                                   .to = date_month_end(filling->fill->month),
                                                                   .cents = amount,
                                                                   .contributions = filling->contributions};
    return true;
}

/* To the last base; nothing where the amount is 0. */
static void add(struct filling *filling, int32_t code, struct str body, int64_t base, int64_t amount)
{
    bool is_mobility = code == MOBILITY;
    struct dsn_base *last = &filling->bases[filling->paid.base_count - 1];
    if (amount == 0)
        return;
    filling->contributions[last->contribution_count++] =
        (struct dsn_contribution){.code = code,
                                  .body = body,
                                  .base = base,
                                  .cents = amount,
                                  .commune = is_mobility ? filling->fill->bodies->commune : STR_NONE};
}

/* A payslip's contribution in two: on the treatment, and what is left of it on the bonification. */
static void add_split(struct filling *filling, enum pay_line line, enum law_code rate, int32_t code, int32_t bonus_code)
{
    struct str body = filling->fill->bodies->cnracl;
    int64_t treatment = cents(filling, PAY_TREATMENT), bonus = cents(filling, PAY_NBI), whole = cents(filling, line);
    int64_t part = bonus != 0 ? dsn_share(treatment, filling->law->millionths[rate]) : whole;
    add(filling, code, body, treatment, part);
    if (bonus != 0)
        add(filling, bonus_code, body, bonus, whole - part);
}

static void fill_official(struct filling *filling)
{
    int64_t treatment = cents(filling, PAY_TREATMENT), bonus = cents(filling, PAY_NBI);
    bool is_on_treatment =
        dsn_share(treatment, filling->law->millionths[LAW_ATIACL_EMPLOYER]) == cents(filling, PAY_ATIACL);
    if (add_base(filling, BASE_CNRACL, treatment + bonus)) {
        add_split(filling, PAY_CNRACL_AGENT, LAW_CNRACL_EMPLOYEE, 300, 304);
        add_split(filling, PAY_CNRACL_EMPLOYER, LAW_CNRACL_EMPLOYER, 301, 305);
        add(filling, 319, filling->fill->bodies->cnracl, is_on_treatment ? treatment : treatment + bonus,
            cents(filling, PAY_ATIACL));
    }
    /* declared before its ceiling ("avant abattement"), contributed to within it */
    if (cents(filling, PAY_BASE_RAFP) != 0 && add_base(filling, BASE_RAFP, cents(filling, PAY_RAFP_PRIMES))) {
        add(filling, 311, filling->fill->bodies->rafp, cents(filling, PAY_BASE_RAFP), cents(filling, PAY_RAFP_AGENT));
        add(filling, 312, filling->fill->bodies->rafp, cents(filling, PAY_BASE_RAFP),
            cents(filling, PAY_RAFP_EMPLOYER));
    }
}

static void fill_contract(struct filling *filling)
{
    const struct dsn_bodies *bodies = filling->fill->bodies;
    int64_t low = cents(filling, PAY_BASE_A), high = cents(filling, PAY_BASE_B);
    if (add_base(filling, BASE_CAPPED, low))
        add(filling, 76, bodies->urssaf, low,
            cents(filling, PAY_AGE_CAPPED_AGENT) + cents(filling, PAY_AGE_CAPPED_EMPLOYER));
    if (add_base(filling, BASE_IRCANTEC, low + high)) {
        add(filling, 60, bodies->ircantec, low,
            cents(filling, PAY_IRCANTEC_A_AGENT) + cents(filling, PAY_IRCANTEC_A_EMPLOYER));
        add(filling, 61, bodies->ircantec, high,
            cents(filling, PAY_IRCANTEC_B_AGENT) + cents(filling, PAY_IRCANTEC_B_EMPLOYER));
    }
}

static void fill_general(struct filling *filling)
{
    const struct dsn_bodies *bodies = filling->fill->bodies;
    int64_t base = cents(filling, PAY_BASE_EMPLOYER), taxed = cents(filling, PAY_BASE_CSG);
    if (add_base(filling, BASE_WHOLE, base)) {
        add(filling, 75, bodies->urssaf, base, cents(filling, PAY_SICKNESS));
        add(filling, 76, bodies->urssaf, base,
            cents(filling, PAY_AGE_WHOLE_AGENT) + cents(filling, PAY_AGE_WHOLE_EMPLOYER));
        add(filling, 45, bodies->urssaf, base, cents(filling, PAY_ACCIDENT));
        add(filling, 74, bodies->urssaf, base, cents(filling, PAY_ALLOWANCES));
        add(filling, 68, bodies->urssaf, base, cents(filling, PAY_AUTONOMY));
        add(filling, 49, bodies->urssaf, base, cents(filling, PAY_FNAL));
        add(filling, 81, bodies->urssaf, base, cents(filling, PAY_MOBILITY));
    }
    if (add_base(filling, BASE_CSG, taxed)) {
        add(filling, 72, bodies->urssaf, taxed, cents(filling, PAY_CSG_DEDUCTIBLE) + cents(filling, PAY_CSG_TAXED));
        add(filling, 79, bodies->urssaf, taxed, cents(filling, PAY_CRDS));
    }
}

/* ---- the payment ---- */

static struct dsn_paid paid_of(const struct filling *filling)
{
    const struct dsn_fill *fill = filling->fill;
    return (struct dsn_paid){.day = fill->day,
                             .net_taxable = cents(filling, PAY_NET_TAXABLE),
                             .net_paid = cents(filling, PAY_NET),
                             .tax = cents(filling, PAY_TAX),
                             .taxed = cents(filling, PAY_NET_TAXABLE),
                             .tax_rate = fill->tax_rate,
                             .tax_kind = fill->tax_kind,
                             .net_social = cents(filling, PAY_GROSS) - cents(filling, PAY_AGENT_TOTAL),
                             .contract = fill->contract};
}

enum status dsn_fill_paid(struct arena *arena, const struct pay_law *law, const struct pay_facts *facts,
                          const struct payslip *payslip, const struct dsn_fill *fill, struct dsn_paid *ret_paid)
{
    struct filling filling = {.arena = arena, .payslip = payslip, .law = law, .fill = fill};
    filling.pays = arena_array(arena, struct dsn_pay, PAYS_MAX);
    filling.premiums = arena_array(arena, struct dsn_premium, PREMIUMS_MAX);
    filling.bases = arena_array(arena, struct dsn_base, BASES_MAX);
    if (filling.pays == NULL || filling.premiums == NULL || filling.bases == NULL)
        return LIMIT;
    filling.paid = paid_of(&filling);
    add_pay(&filling, PAY_WHOLE, cents(&filling, PAY_GROSS), STR_NONE);
    add_pay(&filling, PAY_BASIC, cents(&filling, PAY_TREATMENT), STR_NONE);
    add_pay(&filling, PAY_RATE, 0, STR("100.00"));
    add_premiums(&filling);
    if (facts->status != PAY_OFFICIAL)
        fill_contract(&filling);
    fill_general(&filling);
    if (facts->status == PAY_OFFICIAL)
        fill_official(&filling);
    filling.paid.pays = filling.pays;
    filling.paid.premiums = filling.premiums;
    filling.paid.bases = filling.bases;
    *ret_paid = filling.paid;
    return filling.is_full ? LIMIT : OK;
}
