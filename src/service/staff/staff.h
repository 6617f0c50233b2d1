/* A staff_month is what of one agent's career and absences counts in one month: what pay is reckoned from.
 *
 * For other services of a town that asks for both; they include nothing else of this one. Facts have two times: from
 * which day they hold, and since when the town knows them. So a month is asked for *as known at an instant*, and the
 * same question has the same answer for ever, whatever is entered later. No identity is in it: an agent is a code.
 *
 * Invariants: months come in order of their agents' ids, for agents in service on at least one day of the month;
 * spans and absences are in order of their first days; spans are within the month and do not overlap, and a day without
 * one is a day out of service, or in no position that is known. */
#ifndef SERVICE_STAFF_STAFF_H
#define SERVICE_STAFF_STAFF_H

#include "core/ctx.h"

enum {
    STAFF_CODE_MAX = 20,    /* bytes of an agent's code: A to Z, 0 to 9, - */
    STAFF_BATCH = 200,      /* months of one answer */
    STAFF_FACTS_MAX = 4000, /* of one agent */
    STAFF_INDEX_MIN = 366,  /* décret n° 85-1148, article 8, since 1 January 2024 */
    STAFF_INDEX_MAX = 3000, /* indice majoré, and what HE letters are worth */
    STAFF_NBI_MAX = 500,
    STAFF_WEEK_TENTHS_MAX = 350,
    STAFF_CHILDREN_MAX = 30,
};

enum staff_status { STAFF_TRAINEE /* stagiaire */, STAFF_OFFICIAL /* titulaire */, STAFF_CONTRACT, STAFF_ELECTED,
                    STAFF_STATUSES };
/* CGFP, article L511-1; hors cadres is a position of before 2016. */
enum staff_position {
    STAFF_ACTIVE,    /* activité */
    STAFF_SECONDED,  /* détachement */
    STAFF_AVAILABLE, /* disponibilité */
    STAFF_PARENTAL,  /* congé parental */
    STAFF_OUTSIDE,   /* hors cadres */
    STAFF_POSITIONS
};
enum staff_category { STAFF_NO_CATEGORY, STAFF_A, STAFF_B, STAFF_C, STAFF_CATEGORIES };

/* Days on which nothing of it changes. */
struct staff_span {
    struct date first, last;
    enum staff_status status;
    enum staff_position position;
    enum staff_category category;
    struct str grade;     /* its code in career/grade.csv; "" for none */
    int32_t step;         /* échelon; 0: none */
    int32_t gross_index;  /* indice brut; 0: none, or a personal index */
    int32_t index;        /* indice majoré; 0: no grid and no contract says it */
    int32_t nbi;          /* points */
    int32_t part_time;    /* percent, 50 to 100; 100: full time */
    int32_t week_tenths;  /* of hours: 175 is 17.5 h a week, not complete; 0: a complete post */
    int64_t post;         /* 0: none */
    int64_t act;          /* the arrêté its youngest fact stands on; 0: none */
};

enum staff_absence {
    STAFF_ANNUAL,     /* congé annuel */
    STAFF_RTT,
    STAFF_CET,        /* days of a compte épargne-temps */
    STAFF_AUTHORISED, /* autorisation spéciale d'absence */
    STAFF_STRIKE,
    STAFF_SICK,       /* congé de maladie ordinaire, CMO */
    STAFF_LONG_SICK,  /* longue maladie, CLM */
    STAFF_LONG_TERM,  /* longue durée, CLD */
    STAFF_ACCIDENT,   /* invalidité temporaire imputable au service, CITIS */
    STAFF_MATERNITY,  /* and adoption, paternity */
    STAFF_THERAPY,    /* temps partiel thérapeutique */
    STAFF_UNDONE,     /* service non fait */
    STAFF_ABSENCES
};

struct staff_absence_span {
    struct date first, last;  /* of the whole absence, not cut to the month */
    enum staff_absence kind;
    bool goes_on;             /* prolongation of the one before it */
    bool is_exempt;           /* no day of carence, for a reason the law gives */
    bool has_waiting_day;     /* of ordinary sick leave: neither of both, so its first day is unpaid */
    int64_t fact;
};

struct staff_month {
    int64_t agent;
    struct str code;
    struct date entered, left;        /* of the service in this month; left.days 0: no end is known */
    struct staff_span *spans;
    size_t span_count;
    /* Those that touch the month, and ordinary sick leave of the year before it, which decides what is paid. */
    struct staff_absence_span *absences;
    size_t absence_count;
    int32_t children, children_shared; /* in charge on the month's first day; shared: of those, in alternate custody */
    int32_t zone;                      /* of residence, 1 to 3: the town's */
};

struct staff_asked {
    struct date month;      /* any day of it */
    struct instant known;   /* as known then */
    int64_t after_agent;    /* 0: from the first */
    int64_t only_agent;     /* 0: all */
};

/* At most STAFF_BATCH of them (ctx->arena); fewer are the last. */
MUST_USE enum status staff_months(struct ctx *ctx, struct staff_asked asked, struct staff_month **ret_months,
                                  size_t *ret_count);

/* Pay of a month is closed: facts of its days and of those before make a difference in a later one, and whoever enters
 * such a fact is told. An earlier month than the last one closed changes nothing. */
MUST_USE enum status staff_month_close(struct ctx *ctx, struct date month);
/* Is a day of a month whose pay is closed? */
MUST_USE enum status staff_month_is_closed(struct ctx *ctx, struct date day, bool *ret_is_closed);

/* Who the agent is, unsealed. Each call is noted with its reason, and the agent sees it. */
struct staff_identity {
    struct str name, first_name, birth_name, sex /* "1", "2" */;
    struct date born;
    struct str born_at; /* commune */
    struct str nir;     /* fifteen digits; "" */
    struct str street, postcode, place;
};
enum staff_reason { STAFF_FOR_CAREER, STAFF_FOR_PAY, STAFF_FOR_DECLARATION, STAFF_FOR_ABSENCE, STAFF_FOR_ACT,
                    STAFF_FOR_AGENT /* who asked for it */, STAFF_REASONS };
/* NOT_FOUND: no such agent, or none was entered. DENIED "staff.right": ctx->actor may not read files of agents. */
MUST_USE enum status staff_identity_of(struct ctx *ctx, int64_t agent, enum staff_reason reason,
                                       struct staff_identity *ret_identity);

/* The account an agent is paid on: confirmed by a second person. Noted as a reading for pay. NOT_FOUND: none is. */
struct staff_account {
    struct str iban, bic, holder;
};
MUST_USE enum status staff_account_of(struct ctx *ctx, int64_t agent, struct staff_account *ret_account);

/* By its code. NOT_FOUND. */
MUST_USE enum status staff_agent_of(struct ctx *ctx, struct str code, int64_t *ret_agent);
/* The agent this person of the town is, for pages of one's own. NOT_FOUND: none. */
MUST_USE enum status staff_agent_of_person(struct ctx *ctx, int64_t person, int64_t *ret_agent);

#endif
