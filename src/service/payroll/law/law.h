/* A law value is a number of the law in force for a time: a rate, an index, an amount, a fraction, a way of rounding.
 *
 * Source: law.csv, one row for each number and time; its column `source` cites the text. Each row has two times: since
 * and until when it is in force, and since when it is known (the day of its publication). What was in force on a day,
 * as it was known on another, is one row: of those in force, that of the nearest scope, then the one known last.
 * Invariants: no row without a text; rows of one code, scope and bracket that are in force on one day are known since
 * different days. Pure. */
#ifndef SERVICE_PAYROLL_LAW_LAW_H
#define SERVICE_PAYROLL_LAW_LAW_H

#include "base/arena.h"
#include "base/dates.h"

/* In the order of law_code_name. */
enum law_code {
    LAW_POINT_YEAR,
    LAW_INDEX_LEAST,
    LAW_SMIC_MONTH,
    LAW_PSS_MONTH,
    LAW_RESIDENCE_ZONE1,
    LAW_RESIDENCE_ZONE2,
    LAW_RESIDENCE_ZONE3,
    LAW_RESIDENCE_INDEX,
    LAW_SFT_LOW,
    LAW_SFT_HIGH,
    LAW_SFT_FIXED1,
    LAW_SFT_FIXED2,
    LAW_SFT_FIXED_MORE,
    LAW_SFT_SHARE2,
    LAW_SFT_SHARE3,
    LAW_SFT_SHARE_MORE,
    LAW_CSG_DEDUCTIBLE,
    LAW_CSG_TAXED,
    LAW_CRDS,
    LAW_CSG_ALLOWANCE,
    LAW_CSG_ALLOWANCE_CEILING,
    LAW_CSG_COMPENSATION,
    LAW_CNRACL_EMPLOYEE,
    LAW_CNRACL_EMPLOYER,
    LAW_ATIACL_EMPLOYER,
    LAW_ATIACL_BASE,
    LAW_RAFP_EMPLOYEE,
    LAW_RAFP_EMPLOYER,
    LAW_RAFP_CEILING,
    LAW_IRCANTEC_A_EMPLOYEE,
    LAW_IRCANTEC_B_EMPLOYEE,
    LAW_IRCANTEC_A_EMPLOYER,
    LAW_IRCANTEC_B_EMPLOYER,
    LAW_IRCANTEC_CEILING,
    LAW_SICKNESS_OFFICIAL,
    LAW_SICKNESS_GENERAL,
    LAW_AGE_CAPPED_EMPLOYEE,
    LAW_AGE_WHOLE_EMPLOYEE,
    LAW_AGE_CAPPED_EMPLOYER,
    LAW_AGE_WHOLE_EMPLOYER,
    LAW_FAMILY,
    LAW_AUTONOMY,
    LAW_FNAL_LARGE,
    LAW_FNAL_SMALL,
    LAW_CNFPT,
    LAW_TRANSFER_A,
    LAW_TRANSFER_B,
    LAW_TRANSFER_C,
    LAW_PART_TIME_80,
    LAW_PART_TIME_90,
    LAW_HOURS_WEEK,
    LAW_ROUNDING_GAIN,
    LAW_ROUNDING_CONTRIBUTION,
    LAW_NBI_ROUNDING,
    LAW_CARENCE_SHARE,
    LAW_SICK_FULL,
    LAW_SICK_HALF,
    LAW_THIRTIETHS,
    LAW_SICK_RESIDENCE,
    LAW_SICK_FAMILY,
    LAW_SICK_PRIMES,
    LAW_LONG_FULL,
    LAW_LONG_HALF,
    LAW_LONG_PRIMES,
    LAW_LASTING_FULL,
    LAW_LASTING_HALF,
    LAW_LASTING_PRIMES,
    LAW_LASTING_NBI,
    LAW_SERVICE_FULL,
    LAW_SERVICE_PRIMES,
    LAW_BIRTH_FULL,
    LAW_BIRTH_PRIMES,
    LAW_THERAPY_FULL,
    LAW_THERAPY_PRIMES,
    LAW_UNDONE_TREATMENT,
    LAW_UNDONE_FAMILY,
    LAW_UNPAID_TREATMENT,
    LAW_TRANSFER_GENERAL,
    LAW_PSS_DAYS,
    LAW_TERMINAL_INDEX,
    LAW_ELECTED_SCHEME,
    LAW_ELECTED_ALLOWANCE,
    LAW_OVERTIME_HOURS_YEAR,
    LAW_OVERTIME_FIRST,
    LAW_OVERTIME_MORE,
    LAW_OVERTIME_FIRST_HOURS,
    LAW_OVERTIME_NIGHT,
    LAW_OVERTIME_SUNDAY,
    LAW_OVERTIME_CEILING,
    LAW_OVERTIME_EXEMPT,
    LAW_OVERTIME_RELIEF,
    LAW_TRANSPORT_SHARE,
    LAW_TELEWORK_DAY,
    LAW_TELEWORK_YEAR,
    LAW_MOBILITY,
    LAW_CENTRE,
    LAW_ACCIDENT,
    LAW_IFSE,
    LAW_CIA,
    LAW_PRIME,
    LAW_HEALTH,
    LAW_COMPENSATION_FROZEN,
    LAW_COMPENSATION_BASE,
    LAW_ELECTED_SHARE,
    LAW_DEDUCTION,
    LAW_REFUND,
    LAW_TAX_RATE,
    LAW_TAX_ROUNDING,
    LAW_SUM,
    LAW_BASE_GENERAL,
    LAW_BASE_SPECIAL,
    LAW_NEUTRAL, /* in brackets: several rows at once, each from `above` on */
    LAW_CODES
};

enum law_unit { LAW_EUR, LAW_RATIO, LAW_INDEX, LAW_COUNT, LAW_CHOICE, LAW_UNITS };

/* What a row of unit LAW_CHOICE says, as its numerator. */
enum law_choice {
    LAW_TRUNCATE,
    LAW_HALF_UP,
    LAW_DIFFERENCE,
    LAW_APART,
    LAW_TREATMENT,
    LAW_TREATMENT_AND_NBI,
    LAW_EXACT,
    LAW_AS_GIVEN,
    LAW_CHOICES
};

/* How sure it is: two sources or the text itself; one source; to be confirmed. */
enum law_trust { LAW_SURE, LAW_LIKELY, LAW_UNSURE };

/* Who fixes it: where several do, the nearest counts. */
enum law_scope {
    LAW_NATIONAL,
    LAW_CENTRE_SCOPE, /* centre de gestion, transport authority */
    LAW_TOWN,
    LAW_DELIBERATION,
    LAW_SCOPES
};

enum { LAW_MILLIONTHS = 1000000, LAW_VALUES_MAX = 4096, LAW_BRACKETS_MAX = 32 };

struct law_value {
    enum law_code code;
    enum law_unit unit;
    enum law_trust trust;
    enum law_scope scope;
    int64_t above;            /* cents: where its bracket begins; 0 where there are none */
    struct date reread;       /* to be read again before that day; days 0: not said */
    struct date since, until; /* until, days 0: as far as is known */
    struct date known;        /* since when */
    int64_t top, bottom;      /* the value, as a fraction; of decimals, `bottom` is LAW_MILLIONTHS */
    struct str name, source, link; /* French; link "" where there is none */
};

struct law {
    const struct law_value *at;
    size_t count;
};

struct law_fault {
    const char *what; /* law.form, law.text, law.overlap, law.hole, law.dates, law.scope */
    size_t row, other; /* places, from 0; of law.overlap both */
};

/* What comes with the program, as text. */
struct str law_text(void);
/* The same. CORRUPT: it is damaged; LIMIT: no room. */
MUST_USE enum status law_shipped(struct arena *arena, struct law *ret_law);
/* From a CSV of the same columns, the last three (scope, above, reread) left out or not; INVALID: ret_fault says
 * where. */
MUST_USE enum status law_read(struct arena *arena, struct str csv, struct law *ret_law, struct law_fault *ret_fault);
/* Each row has a text; no two of one code, scope and bracket are in force together and known since one day; none that
 * is national leaves a hole before the next; what only the State fixes has no other scope. INVALID: ret_fault. */
MUST_USE enum status law_check(const struct law *law, struct law_fault *ret_fault);

/* NULL: none is in force on that day, as far as was known on the other. A row ends where its successor begins: until
 * that one is known, the row goes on. */
const struct law_value *law_find(const struct law *law, enum law_code code, struct date day, struct date known);
/* Likewise of every code, at once: ret_values has LAW_CODES of them. */
void law_find_all(const struct law *law, struct date day, struct date known, const struct law_value **ret_values);
/* The brackets of a code, the lowest first; how many, at most LAW_BRACKETS_MAX. */
size_t law_brackets(const struct law *law, enum law_code code, struct date day, struct date known,
                    const struct law_value **ret_brackets);
/* The rows of one, then those of the other. LIMIT: no room. */
MUST_USE enum status law_joined(struct arena *arena, const struct law *one, const struct law *other,
                                struct law *ret_law);
/* It was to be read again by that day, and is still in force. */
bool law_is_stale(const struct law_value *value, struct date day);
/* A town, its centre or a deliberation may fix it. */
bool law_is_local(enum law_code code);
/* "cnracl.employer" */
const char *law_code_name(enum law_code code);
/* "ratio" */
const char *law_unit_name(enum law_unit unit);
MUST_USE enum status law_code_named(struct str name, enum law_code *ret_code);
/* Its value in millionths, to the nearest. */
int64_t law_millionths(const struct law_value *value);

#endif
