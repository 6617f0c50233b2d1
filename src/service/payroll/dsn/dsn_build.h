/* A dsn_build writes a declaration of P26V01: the monthly one (nature 01), and the signals of a stop (04), of a return
 * (05) and of an end of contract (07).
 *
 * It is handed plain structs: texts in UTF-8 as the payroll run has them, amounts in cents, dates; an absent text and a
 * date of days 0 leave their rubric out. The structs carry names and numbers only as long as the file is being made;
 * who keeps them sealed is not its business. Invariants: what it writes passes dsn_check where the facts are sound
 * (sums of dues and payments are those of their parts). Pure. */
#ifndef SERVICE_PAYROLL_DSN_DSN_BUILD_H
#define SERVICE_PAYROLL_DSN_DSN_BUILD_H

#include "base/dates.h"
#include "service/payroll/dsn/dsn_file.h"

enum dsn_nature { DSN_MONTHLY = 1, DSN_SIGNAL_STOP = 4, DSN_SIGNAL_RETURN = 5, DSN_SIGNAL_END = 7 };

struct dsn_address {
    struct str street, postcode, town;
};

/* ---- what is paid ---- */

struct dsn_contribution {
    int32_t code;        /* of rubric 81.001: 300, 76... */
    struct str body;     /* whom it is due to */
    int64_t base, cents;
    struct str commune;  /* INSEE code, for versement mobilité */
};

struct dsn_base {
    int32_t kind;         /* of rubric 78.001: 2, 3, 4, 28, 48, 49... */
    struct date from, to;
    int64_t cents;
    const struct dsn_contribution *contributions;
    size_t contribution_count;
};

struct dsn_premium {
    int32_t kind; /* of rubric 52.001: 48 residence, 49 family, 50 IFSE, 51 CIA... */
    int64_t cents;
    struct date from, to; /* the months it is for, where they are others */
};

/* Another element of gross income: rubric 54.001 (36: days of a CET made into points of RAFP). */
struct dsn_income {
    int32_t kind;
    int64_t cents;
    struct date from, to;
};

struct dsn_pay {
    int32_t kind;         /* of rubric 51.011: 1 gross, 10 treatment, 21 rate of the position... */
    struct date from, to;
    int64_t cents;        /* not written for kind 21 */
    struct str hours, rate; /* 51.012; 51.014, "100.00" */
};

/* One payment: the payslip. */
struct dsn_paid {
    struct date day;
    int64_t net_taxable, net_paid, tax, taxed; /* taxed: what the tax was taken of */
    struct str tax_rate, tax_kind, tax_number; /* "2.10"; "01" told by the tax office, "13" neutral; its number */
    int64_t net_social;
    struct str contract;                       /* of all that follows */
    const struct dsn_pay *pays;
    const struct dsn_premium *premiums;
    const struct dsn_income *incomes;
    const struct dsn_base *bases;
    size_t pay_count, premium_count, income_count, base_count;
};

/* ---- what happens ---- */

struct dsn_stop {
    struct str reason;        /* 60.001: "01" sickness, "12" CLD, "13" CLM, "14" CITIS... */
    struct date last_worked, until, back;
    struct str back_reason;   /* 60.011 */
};

struct dsn_suspension {
    struct str reason;        /* 65.001: "657" strike... */
    struct date from, to;
    struct str secondment;    /* 65.004 */
};

struct dsn_leaving {
    struct date day, last_paid;
    struct str reason;        /* 62.002: "059" resignation... */
};

/* What stood there before: rubrics of block 41, rising. */
struct dsn_change {
    struct date day;
    struct {
        int32_t rubric;
        struct str old;
    } of[8];
    size_t count;
};

struct dsn_contract {
    struct date start, planned_end;
    struct str status, supplementary, job, job_more, label, nature, policy, number; /* 40.002 to 009 */
    struct str unit, whole, own, time, complement, agreement, sickness, workplace, pension; /* 40.011 to 020 */
    struct str abroad, exclusion, employment, employer_number, unemployment; /* 40.024 025 026 028 029 */
    struct str several_jobs, several_employers, accident, accident_risk, accident_rate; /* 40.036 037 039 040 043 */
    struct str post, post_whole, part_time, service; /* 40.053 to 056 */
    struct str gross_index, index, bonus, origin_index, higher_index; /* 40.057 to 061: IB, IM, NBI... */
    struct str former_employer, former_index, fireman_index, kept_pay, secondment; /* 40.062 to 066 */
    struct str active_rate, pay_level, step, grade, supplement; /* 40.068 069 070 079 080 */
    const struct dsn_change *changes;
    const struct dsn_stop *stops;
    const struct dsn_suspension *suspensions;
    const struct dsn_leaving *end; /* NULL: goes on */
    size_t change_count, stop_count, suspension_count;
};

struct dsn_agent {
    struct str nir, temporary, name, used_name, first_names, sex; /* nir: 13 characters; or a temporary number */
    struct str birth, birth_place, birth_department, birth_country; /* birth: "26031999" */
    struct dsn_address home;
    struct str number; /* within the employer */
    const struct dsn_contract *contracts;
    const struct dsn_paid *payments;
    size_t contract_count, payment_count;
};

/* ---- what the employer owes ---- */

struct dsn_due_line {
    struct str code, qualifier; /* 23.001, of URSSAF's own list (CTP); "920" all of it, "921" capped */
    struct str rate;            /* "0.50"; absent: known by the code */
    int64_t base, cents;
    struct str commune;
};

struct dsn_due {
    struct str body, entity;
    struct date from, to;
    const struct dsn_due_line *lines;
    size_t line_count;
};

struct dsn_payment {
    struct str body, entity, bic, iban, mode; /* mode "05": direct debit */
    struct date from, to;
    int64_t cents;
};

struct dsn_employer {
    struct str siren, seat, nic, activity; /* seat and nic: five digits each */
    struct dsn_address address;
    struct str contact, phone, mail;
    const struct dsn_due *dues;
    const struct dsn_payment *payments;
    size_t due_count, payment_count;
};

struct dsn_sender {
    struct str software, editor, version, siren, nic, name;
    struct dsn_address address;
    struct str contact_title, contact, mail, phone; /* title "01" or "02" */
    bool is_test;
};

struct dsn_order {
    enum dsn_nature nature;
    struct date month;        /* its first day; monthly only */
    struct date made;         /* the day on which the file is made */
    struct str number;        /* 05.004: rises with each declaration of the employer */
    struct str replaces;      /* 05.006: the identifier of one that this replaces; absent: none */
    const struct dsn_sender *sender;
    const struct dsn_employer *employer;
    const struct dsn_agent *agents; /* of a signal: one each */
    size_t agent_count;
};

/* INVALID: a text has a letter that ISO-8859-1 lacks, or a control character; *ret_agent is whose (SIZE_MAX: the
 * employer's or sender's). LIMIT: `out` is full. */
MUST_USE enum status dsn_build(struct buf *out, const struct dsn_order *order, size_t *ret_agent);

#endif
