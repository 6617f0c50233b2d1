/* Level 5: what a territorial employer pays to CNRACL, RAFP and IRCANTEC is base times the rate of the period.
 *
 * A cent of difference is let pass: a payslip rounds a contribution once, and the part of the bonification (NBI) is
 * then what is left of it. */
#include "service/payroll/dsn/dsn_look.h"

enum rate {
    CNRACL_AGENT,
    CNRACL_EMPLOYER,
    ATIACL,
    RAFP_AGENT,
    RAFP_EMPLOYER,
    RAFP_CEILING,
    IRCANTEC_A_AGENT,
    IRCANTEC_A_EMPLOYER,
    IRCANTEC_B_AGENT,
    IRCANTEC_B_EMPLOYER,
    CEILING, /* of social security, a month: millionths of a euro */
    RATES
};

static const enum law_code law_codes[RATES] = {
    LAW_CNRACL_EMPLOYEE,     LAW_CNRACL_EMPLOYER,     LAW_ATIACL_EMPLOYER,     LAW_RAFP_EMPLOYEE,
    LAW_RAFP_EMPLOYER,       LAW_RAFP_CEILING,        LAW_IRCANTEC_A_EMPLOYEE, LAW_IRCANTEC_A_EMPLOYER,
    LAW_IRCANTEC_B_EMPLOYEE, LAW_IRCANTEC_B_EMPLOYER, LAW_PSS_MONTH,
};
_Static_assert((int)RATES <= (int)DSN_RATES, "room for each");

/* Codes of block 78 and of block 81. */
enum { BASE_CNRACL = 48, BASE_RAFP = 49, NORMAL_AGENT = 300, NORMAL_EMPLOYER = 301, NBI_AGENT = 304,
       NBI_EMPLOYER = 305, RETIREMENT_AGENT = 311, RETIREMENT_EMPLOYER = 312, INVALIDITY = 319, TRANCHE_A = 60,
       TRANCHE_B = 61 };
enum { GIPA = 47 /* a premium of block 52 that the ceiling of RAFP leaves out */, CENT_MILLIONTHS = 10000 };

/* ---- rates ---- */

/* Of a month: kept once looked up, while there is room. NULL: no room. */
static const int64_t *rates_of(struct dsn_look *look, struct date day)
{
    struct date month = date_month_start(day);
    for (size_t i = look->rate_count; i-- > 0;)
        if (look->rates[i].month.days == month.days)
            return look->rates[i].rates;
    if (look->rate_count == DSN_MONTHS_KEPT)
        return NULL;
    int64_t *rates = look->rates[look->rate_count].rates;
    for (size_t i = 0; i < RATES; i++) {
        const struct law_value *value = law_find(look->law, law_codes[i], month, (struct date){INT32_MAX});
        rates[i] = value != NULL ? law_millionths(value) : -1;
    }
    look->rates[look->rate_count++].month = month;
    return rates;
}

/* ---- one contribution ---- */

/* The rates that may have made an amount; IRCANTEC's may stand for the agent, the employer, or both. */
static size_t rates_for(uint64_t code, const int64_t *rates, int64_t ret_rates[3])
{
    static const struct {
        uint16_t code;
        uint8_t rate;
    } single[] = {{NORMAL_AGENT, CNRACL_AGENT}, {NORMAL_EMPLOYER, CNRACL_EMPLOYER}, {NBI_AGENT, CNRACL_AGENT},
                  {NBI_EMPLOYER, CNRACL_EMPLOYER}, {RETIREMENT_AGENT, RAFP_AGENT},
                  {RETIREMENT_EMPLOYER, RAFP_EMPLOYER}, {INVALIDITY, ATIACL}};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (single[i].code == code) {
            ret_rates[0] = rates[single[i].rate];
            return rates[single[i].rate] >= 0 ? 1 : 0;
        }
    if (code != TRANCHE_A && code != TRANCHE_B)
        return 0;
    int64_t agent = rates[code == TRANCHE_A ? IRCANTEC_A_AGENT : IRCANTEC_B_AGENT];
    int64_t employer = rates[code == TRANCHE_A ? IRCANTEC_A_EMPLOYER : IRCANTEC_B_EMPLOYER];
    ret_rates[0] = agent + employer;
    ret_rates[1] = agent;
    ret_rates[2] = employer;
    return agent >= 0 && employer >= 0 ? 3 : 0;
}

static void check_amount(struct dsn_look *look, uint32_t record, uint64_t code, const int64_t *rates)
{
    struct dsn_found amount = dsn_find(look, record, 4);
    int64_t base, cents, candidates[3];
    size_t count = rates_for(code, rates, candidates);
    if (count == 0 || str_is_absent(amount.value) || dsn_cents(amount.value, &cents) != OK ||
        dsn_cents_at(look, record, 3, &base) != OK)
        return;
    for (size_t i = 0; i < count; i++) {
        int64_t gap = cents - dsn_share(base, candidates[i]);
        if (gap >= -1 && gap <= 1)
            return;
    }
    dsn_fault_cents(look, "rate.amount", &amount, dsn_share(base, candidates[0]));
}

static uint64_t code_at(const struct dsn_look *look, uint32_t record)
{
    uint64_t code = 0;
    struct str value = dsn_find(look, record, 1).value;
    return !str_is_absent(value) && str_to_u64(value, 999, &code) == OK ? code : 0;
}

/* ---- a base ---- */

/* The base of one contribution below it. */
static bool base_of(const struct dsn_look *look, uint32_t base, uint64_t code, int64_t *ret_cents)
{
    DSN_EACH(look, one, base, DSN_CONTRIBUTION)
        if (code_at(look, one) == code)
            return dsn_cents_at(look, one, 3, ret_cents) == OK;
    return false;
}

/* The base of CNRACL is the treatment, with the bonification or without it; each has its own contributions. */
static void check_cnracl(struct dsn_look *look, uint32_t base)
{
    struct dsn_found total = dsn_find(look, base, 4);
    int64_t cents, normal, bonus = 0;
    if (!base_of(look, base, NORMAL_AGENT, &normal) || str_is_absent(total.value) ||
        dsn_cents(total.value, &cents) != OK)
        return;
    bool has_bonus = base_of(look, base, NBI_AGENT, &bonus);
    if (cents != normal && (!has_bonus || cents != normal + bonus))
        dsn_fault_cents(look, "base.cnracl", &total, normal + bonus);
}

/* Of the same contract and period as a base of CNRACL: what RAFP's may be at most. */
static void check_rafp(struct dsn_look *look, uint32_t paid, uint32_t base, const int64_t *rates)
{
    struct dsn_found contract = dsn_find(look, base, 6), first = dsn_find(look, base, 2);
    int64_t treatment = 0, cents, gipa = 0, taken;
    bool has_treatment = false;
    DSN_EACH(look, other, paid, DSN_BASE) {
        struct dsn_found of = dsn_find(look, other, 6), from = dsn_find(look, other, 2);
        bool is_same = str_eq(of.value, contract.value) && str_eq(from.value, first.value);
        if (is_same && code_at(look, other) == BASE_CNRACL && base_of(look, other, NORMAL_AGENT, &taken)) {
            treatment += taken;
            has_treatment = true;
        }
    }
    DSN_EACH(look, premium, paid, DSN_PREMIUM)
        if (code_at(look, premium) == GIPA && dsn_cents_at(look, premium, 2, &cents) == OK)
            gipa += cents;
    if (!has_treatment || rates[RAFP_CEILING] < 0)
        return;
    int64_t most = dsn_share(treatment, rates[RAFP_CEILING]) + gipa;
    DSN_EACH(look, one, base, DSN_CONTRIBUTION) {
        struct dsn_found amount = dsn_find(look, one, 3);
        if (!str_is_absent(amount.value) && dsn_cents(amount.value, &cents) == OK && cents > most + 1)
            dsn_fault_cents(look, "rafp.ceiling", &amount, most);
    }
}

static void check_tranche(struct dsn_look *look, uint32_t one, const int64_t *rates)
{
    struct dsn_found amount = dsn_find(look, one, 3);
    int64_t cents;
    if (rates[CEILING] < 0 || str_is_absent(amount.value) || dsn_cents(amount.value, &cents) != OK)
        return;
    if (cents > rates[CEILING] / CENT_MILLIONTHS)
        dsn_fault_cents(look, "ircantec.ceiling", &amount, rates[CEILING] / CENT_MILLIONTHS);
}

void dsn_check_pay(struct dsn_look *look, uint32_t paid)
{
    DSN_EACH(look, base, paid, DSN_BASE) {
        struct date first;
        const int64_t *rates = dsn_date_at(look, base, 2, &first) == OK ? rates_of(look, first) : NULL;
        uint64_t kind = code_at(look, base);
        if (rates == NULL)
            continue;
        DSN_EACH(look, one, base, DSN_CONTRIBUTION) {
            uint64_t code = code_at(look, one);
            check_amount(look, one, code, rates);
            if (code == TRANCHE_A)
                check_tranche(look, one, rates);
        }
        if (kind == BASE_CNRACL)
            check_cnracl(look, base);
        if (kind == BASE_RAFP)
            check_rafp(look, paid, base, rates);
    }
}
