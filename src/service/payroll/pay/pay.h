/* A payslip is what one agent is paid for one month, line by line, each with the step of arithmetic that made it.
 *
 * Source: the texts in law/law.csv, and the order of computation of a territorial official's pay. Amounts are whole
 * cents; a line is one sum, rounded once: (plus + base * rate / scale) * part, then cut to its floor and ceiling. Pure:
 * the same law, employer and facts give the same payslip, for ever.
 *
 * A month has thirty thirtieths, however long it is. What changes within it makes spans; each gives pieces of its
 * lines, rounded apart, and a line is their sum. A change of status makes two payslips.
 *
 * Invariants: gains are at least 0 but the transfer of primes, which is at most 0; gross is the sum of the gains; net
 * before tax is gross less what the agent pays; cost is gross plus what the employer pays. */
#ifndef SERVICE_PAYROLL_PAY_PAY_H
#define SERVICE_PAYROLL_PAY_PAY_H

#include "service/payroll/law/law.h"

enum pay_status {
    PAY_OFFICIAL, /* CNRACL */
    PAY_CONTRACT, /* IRCANTEC */
    PAY_OFFICIAL_GENERAL, /* an official below 28 hours a week: IRCANTEC and the general scheme */
    PAY_ELECTED,  /* indemnité de fonction */
    PAY_STATUSES
};
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
    PAY_PRIMES, /* those of the town's deliberations */
    PAY_MANDATE, /* indemnité de fonction of an élu */
    PAY_OVERTIME,
    PAY_TRANSFER,
    PAY_COMPENSATION,
    PAY_HEALTH, /* the employer's share of complementary health insurance */
    PAY_GROSS,
    /* bases */
    PAY_RAFP_PRIMES, /* its base before its ceiling */
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
    PAY_RELIEF, /* of contributions on overtime: at most 0 */
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
    PAY_EXEMPT, /* overtime that is not taxed */
    PAY_NET_TAXABLE,
    PAY_TAX,
    PAY_TRANSPORT,
    PAY_TELEWORK,
    PAY_REFUNDS,
    PAY_NET,
    PAY_COST,
    PAY_WAIT, /* told, and in no sum: what days of carence have taken from the lines above */
    PAY_LINES
};
enum { PAY_SPAN_LINES = PAY_IFSE + 1 /* those made span by span; and PAY_TRANSFER */ };

/* How a day of a month is paid. */
enum pay_day {
    PAY_WORKED,
    PAY_DAY_WAIT,       /* carence */
    PAY_DAY_SICK_FULL,  /* three months of ordinary sick leave: 90 % since March 2025 */
    PAY_DAY_SICK_HALF,
    PAY_DAY_LONG_FULL,  /* congé de longue maladie */
    PAY_DAY_LONG_HALF,
    PAY_DAY_LASTING_FULL, /* congé de longue durée */
    PAY_DAY_LASTING_HALF,
    PAY_DAY_SERVICE,    /* CITIS */
    PAY_DAY_BIRTH,      /* maternity, paternity, adoption */
    PAY_DAY_THERAPY,    /* part time for reasons of health */
    PAY_DAY_STRIKE,
    PAY_DAY_UNDONE,     /* service non fait */
    PAY_DAY_UNPAID,     /* a position without pay */
    PAY_DAYS
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

enum {
    PAY_INDEX_MAX = 3000,
    PAY_NBI_MAX = 500,
    PAY_CHILDREN_MAX = 30,
    PAY_WEEK_TENTHS_MAX = 350,
    PAY_WEEK_GENERAL_MAX = 279, /* décret n° 2022-244, article 1: below 28 hours */
    PAY_THIRTIETHS = 30,
    PAY_SPANS_MAX = 12,
    PAY_EXTRAS_MAX = 40,
    PAY_HOURS_MAX = 20000, /* hundredths of an hour, of one kind */
    PAY_MANDATE_MAX = 2000000, /* twice the terminal index */
};
#define PAY_CENTS_MAX INT64_C(1000000000) /* of what is handed in */

/* A part of a month in which nothing changes. */
struct pay_span {
    int32_t index, nbi, part_time, week_tenths, zone;
    int64_t ifse;             /* cents, of a whole month at this part */
    uint8_t days[PAY_DAYS];   /* thirtieths of each kind */
};

enum pay_extra_kind { PAY_EXTRA_PRIME, PAY_EXTRA_DEDUCTION, PAY_EXTRA_REFUND, PAY_EXTRA_KINDS };

/* One line more, with the deliberation or the title that it rests on. */
struct pay_extra {
    struct str code, source;
    int64_t cents;
    enum pay_extra_kind kind;
    bool is_by_days;     /* paid as IFSE is, by days */
    bool is_in_rafp, is_in_transfer;
};

enum pay_hours { PAY_HOURS_PLAIN, PAY_HOURS_SUNDAY, PAY_HOURS_NIGHT, PAY_HOURS };

/* What is known of an agent in a month. What is left at 0 does not happen. */
struct pay_facts {
    enum pay_status status;
    enum pay_category category;
    int32_t index, nbi;          /* indice majoré; points */
    int32_t part_time;           /* percent, 50 to 100; 100: full time */
    int32_t week_tenths;         /* of hours: 175 is 17.5 h a week, not complete; 0: a complete post */
    int32_t zone, children;      /* of residence, 1 to 3 */
    int64_t ifse, cia, health, deductions; /* cents, as paid this month */
    int64_t tax_millionths;      /* the agent's own rate: 2.1 % is 21000 */
    bool has_neutral_rate;       /* no own rate: by the table of the year */
    /* Where there are spans, they stand for index, nbi, part_time, week_tenths, zone and ifse above. */
    const struct pay_span *spans;
    size_t span_count;
    const struct pay_extra *extras;
    size_t extra_count;
    uint32_t wait_days;          /* which days were carence: bit 0 is the first of the month */
    int32_t pss_days, pss_of;    /* days of the month within the employment, of so many; 0 of 0: all */
    int32_t overtime[PAY_HOURS]; /* hundredths of an hour */
    int64_t overtime_year;       /* cents of overtime that went untaxed this year before */
    int64_t transport;           /* cents, the price of this month's season ticket */
    int32_t telework_days;
    int64_t telework_year;       /* cents paid this year before */
    int64_t compensation;        /* of the CSG, cents, frozen in 2017 */
    bool is_compensated;         /* came after 2017: by the rate */
    int64_t mandate_millionths;  /* of an élu: the part of the terminal index */
    int64_t mandates_elsewhere;  /* cents of other mandates, for the threshold alone */
    bool is_general;             /* an élu who stopped working: the general scheme from the first euro */
};

enum pay_rounding { PAY_EXACT, PAY_TRUNCATE, PAY_HALF_UP };
enum pay_bound { PAY_WITHIN, PAY_AT_FLOOR, PAY_AT_CEILING };

/* How a line came to be: rounded((plus + base * rate / scale) * part_top / part_bottom), then `bound`. */
struct pay_step {
    int64_t plus, base, rate, scale; /* plus and base in cents, but of PAY_TREATMENT and PAY_NBI: base is an index */
    int64_t part_top, part_bottom;
    int64_t exact; /* millionths of a euro, before rounding; cut off */
    uint16_t law;  /* enum law_code of its rate */
    uint8_t rounding, bound;
};

/* A part of a line: of a span, of an extra, of a kind of overtime. */
struct pay_piece {
    struct pay_step step;
    int64_t cents;
    uint16_t place; /* of the span or extra; of overtime, enum pay_hours, and PAY_HOURS more above the first hours */
    uint8_t line;
};
enum { PAY_PIECES_MAX = PAY_SPANS_MAX * (PAY_SPAN_LINES + 1) + PAY_EXTRAS_MAX + 2 * PAY_HOURS };

struct payslip {
    int64_t cents[PAY_LINES];
};

struct pay_trace {
    struct pay_step steps[PAY_LINES]; /* scale 0: the line is not one of this payslip */
    struct pay_piece pieces[PAY_PIECES_MAX];
    size_t piece_count;
};

/* What days count for, in hundredths. */
enum pay_share {
    PAY_SHARE_TREATMENT,
    PAY_SHARE_NBI,
    PAY_SHARE_RESIDENCE,
    PAY_SHARE_FAMILY,
    PAY_SHARE_PRIMES,
    PAY_SHARES
};

struct pay_bracket {
    int64_t above, millionths;
};

/* The law of a month, looked up once for all who are paid. */
struct pay_law {
    const struct law_value *values[LAW_CODES]; /* NULL: none in force */
    int64_t millionths[LAW_CODES];             /* of those; a choice as it is */
    int64_t part_top[2], part_bottom[2];       /* of 80 % and 90 % */
    int64_t hours_top[PAY_HOURS], hours_bottom[PAY_HOURS]; /* what an hour of overtime is multiplied by */
    uint8_t shares[PAY_DAYS][PAY_SHARES];
    struct pay_bracket neutral[LAW_BRACKETS_MAX];
    size_t neutral_count;
    struct pay_employer employer;
};

/* INVALID: one that is needed is not in force on the first day of that month, or is not whole hundredths where it must
 * be; *ret_missing says which. */
MUST_USE enum status pay_law_of(const struct law *law, const struct pay_employer *employer, struct date month,
                                struct date known, struct pay_law *ret_law, enum law_code *ret_missing);
/* The local rates as the law's rows say them for that month. */
MUST_USE enum status pay_employer_of(const struct law *law, struct date month, struct date known, bool is_large,
                                     struct pay_employer *ret_employer);

/* The name of the first field that cannot be ("index", "part_time"...); NULL: all can. */
const char *pay_facts_fault(const struct pay_facts *facts);
/* `facts` without a fault. `ret_steps`, PAY_LINES of them, may be NULL: then nothing is explained, and it is faster. */
void pay_compute(const struct pay_law *law, const struct pay_facts *facts, struct payslip *ret_payslip,
                 struct pay_step *ret_steps);
/* The same, with the pieces of lines that have some. */
void pay_compute_traced(const struct pay_law *law, const struct pay_facts *facts, struct payslip *ret_payslip,
                        struct pay_trace *ret_trace);
/* What is held back of so much taxable, by the agent's own rate or by the table; 0 of what is below 0. */
int64_t pay_tax_of(const struct pay_law *law, const struct pay_facts *facts, int64_t taxable);
/* What must be looked at before it is paid: "net" (below 0), "net_over" (above gross and refunds), "overtime" (above
 * the hours of a month); NULL: nothing. */
const char *payslip_fault(const struct pay_law *law, const struct pay_facts *facts, const struct payslip *payslip);

#endif
