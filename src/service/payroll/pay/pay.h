/* A payslip is what one agent is paid for one month, line by line, each with the step of arithmetic that made it.
 *
 * Source: the texts in law/law.csv, and the order of computation of a territorial official's pay. Amounts are whole
 * cents; a line is one sum, rounded once: (plus + base * rate / scale) * part, then cut to its floor and ceiling. Pure:
 * the same law, employer and facts give the same payslip, for ever.
 *
 * Invariants: gains are at least 0 but the transfer of primes, which is at most 0; gross is the sum of the gains; net
 * before tax is gross less what the agent pays; cost is gross plus what the employer pays. */
#ifndef SERVICE_PAYROLL_PAY_PAY_H
#define SERVICE_PAYROLL_PAY_PAY_H

#include "service/payroll/law/law.h"

enum pay_status { PAY_OFFICIAL /* CNRACL */, PAY_CONTRACT /* IRCANTEC */, PAY_STATUSES };
enum pay_category { PAY_NO_CATEGORY /* its primes are told after their transfer */, PAY_A, PAY_B, PAY_C };

/* In the order in which they are computed and shown. */
enum pay_line {
    /* gains */
    PAY_TREATMENT,
    PAY_NBI,
    PAY_RESIDENCE,
    PAY_SMIC,
    PAY_FAMILY,
    PAY_IFSE,
    PAY_CIA,
    PAY_TRANSFER,
    PAY_COMPENSATION,
    PAY_HEALTH, /* the employer's share of complementary health insurance */
    PAY_GROSS,
    /* bases */
    PAY_BASE_RAFP,
    PAY_BASE_EMPLOYER, /* of what the employer pays */
    PAY_BASE_A,
    PAY_BASE_B,
    PAY_BASE_CSG,
    /* what the agent pays */
    PAY_CNRACL_AGENT,
    PAY_RAFP_AGENT,
    PAY_AGE_CAPPED_AGENT,
    PAY_AGE_WHOLE_AGENT,
    PAY_IRCANTEC_A_AGENT,
    PAY_IRCANTEC_B_AGENT,
    PAY_CSG_DEDUCTIBLE,
    PAY_CSG_TAXED,
    PAY_CRDS,
    PAY_AGENT_TOTAL,
    /* what the employer pays */
    PAY_CNRACL_EMPLOYER,
    PAY_ATIACL,
    PAY_RAFP_EMPLOYER,
    PAY_SICKNESS,
    PAY_ACCIDENT,
    PAY_ALLOWANCES, /* family allowances */
    PAY_AUTONOMY,
    PAY_FNAL,
    PAY_MOBILITY,
    PAY_CNFPT,
    PAY_CENTRE, /* centre de gestion */
    PAY_AGE_CAPPED_EMPLOYER,
    PAY_AGE_WHOLE_EMPLOYER,
    PAY_IRCANTEC_A_EMPLOYER,
    PAY_IRCANTEC_B_EMPLOYER,
    PAY_EMPLOYER_TOTAL,
    /* to the agent */
    PAY_DEDUCTIONS, /* from the net: PSC, a garnishment... */
    PAY_NET_BEFORE_TAX,
    PAY_NET_TAXABLE,
    PAY_TAX,
    PAY_NET,
    PAY_COST,
    PAY_LINES
};

/* A local rate, in millionths, with the text that fixes it. */
struct pay_rate {
    int64_t millionths;
    struct str source;
};

struct pay_employer {
    struct pay_rate mobility, cnfpt, centre, accident;
    bool is_large; /* 50 agents and more: FNAL on the whole base */
};

enum { PAY_INDEX_MAX = 3000, PAY_NBI_MAX = 500, PAY_CHILDREN_MAX = 30, PAY_WEEK_TENTHS_MAX = 350 };
#define PAY_CENTS_MAX INT64_C(1000000000) /* of what is handed in */

/* What is known of an agent in a month. */
struct pay_facts {
    enum pay_status status;
    enum pay_category category;
    int32_t index, nbi;          /* indice majoré; points */
    int32_t part_time;           /* percent, 50 to 100; 100: full time */
    int32_t week_tenths;         /* of hours: 175 is 17.5 h a week, not complete; 0: a complete post */
    int32_t zone, children;      /* of residence, 1 to 3 */
    int64_t ifse, cia, health, deductions; /* cents, as paid this month */
    int64_t tax_millionths;      /* the agent's own rate: 2.1 % is 21000 */
};

enum pay_rounding { PAY_EXACT, PAY_TRUNCATE, PAY_HALF_UP };
enum pay_bound { PAY_WITHIN, PAY_AT_FLOOR, PAY_AT_CEILING };

/* How a line came to be: rounded((plus + base * rate / scale) * part_top / part_bottom), then `bound`. */
struct pay_step {
    int64_t plus, base, rate, scale; /* plus and base in cents, but of PAY_TREATMENT and PAY_NBI: base is an index */
    int64_t part_top, part_bottom;
    int64_t exact; /* millionths of a euro, before rounding; cut off */
    uint8_t rounding, bound;
};

struct payslip {
    int64_t cents[PAY_LINES];
};

/* The law of a month, looked up once for all who are paid. */
struct pay_law {
    const struct law_value *values[LAW_CODES]; /* NULL: none in force */
    int64_t millionths[LAW_CODES];             /* of those; a choice as it is */
    int64_t part_top[2], part_bottom[2];       /* of 80 % and 90 % */
    struct pay_employer employer;
};

/* INVALID: one that is needed is not in force on the first day of that month; *ret_missing says which. */
MUST_USE enum status pay_law_of(const struct law *law, const struct pay_employer *employer, struct date month,
                                struct date known, struct pay_law *ret_law, enum law_code *ret_missing);

/* The name of the first field that cannot be ("index", "part_time"...); NULL: all can. */
const char *pay_facts_fault(const struct pay_facts *facts);
/* `facts` without a fault. `ret_steps`, PAY_LINES of them, may be NULL: then nothing is explained, and it is faster. */
void pay_compute(const struct pay_law *law, const struct pay_facts *facts, struct payslip *ret_payslip,
                 struct pay_step *ret_steps);

#endif
