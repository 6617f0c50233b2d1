/* A dsn_look is one declaration file as the levels of the checker see it: its lines, its records, what its month is.
 *
 * Values are read here and nowhere else: numbers as millionths, amounts as cents, dates written DDMMYYYY. Pure. */
#ifndef SERVICE_PAYROLL_DSN_DSN_LOOK_H
#define SERVICE_PAYROLL_DSN_DSN_LOOK_H

#include "service/payroll/dsn/dsn_tree.h"
#include "service/payroll/law/law.h"

enum { DSN_RATES = 12, DSN_MONTHS_KEPT = 64 };

struct dsn_look {
    struct arena *arena;
    const struct dsn_file *file;
    const struct dsn_norm *norm;
    const struct dsn_tree *tree;
    const struct law *law;
    struct dsn_faults *faults;
    uint8_t nature;          /* of the declaration at hand */
    struct date month, month_end; /* of the declaration at hand; days 0: it has none */
    struct {
        struct date month;
        int64_t rates[DSN_RATES]; /* millionths; -1: none in force */
    } rates[DSN_MONTHS_KEPT];     /* looked up once (dsn_check_pay.c) */
    size_t rate_count;
};

/* One value of a record. */
struct dsn_found {
    struct str value; /* absent: it is not there */
    size_t line;      /* from 0 */
    uint32_t number;
};

/* `rubric` is the last three digits. */
struct dsn_found dsn_find(const struct dsn_look *look, uint32_t record, uint32_t rubric);

/* Digits, an optional '-' in front, at most six decimals. */
MUST_USE enum status dsn_millionths(struct str value, int64_t *ret_millionths);
/* The same with at most two decimals. */
MUST_USE enum status dsn_cents(struct str value, int64_t *ret_cents);
MUST_USE enum status dsn_date(struct str value, struct date *ret_date);
/* An amount or a date of a record: INVALID where it is not there, or not of that form (which level 1 says). */
MUST_USE enum status dsn_cents_at(const struct dsn_look *look, uint32_t record, uint32_t rubric, int64_t *ret_cents);
MUST_USE enum status dsn_date_at(const struct dsn_look *look, uint32_t record, uint32_t rubric, struct date *ret_date);
/* "1905.11"; "01032026" */
void dsn_cents_write(struct buf *out, int64_t cents);
void dsn_date_write(struct buf *out, struct date date);
/* base * rate, to the nearest cent. */
int64_t dsn_share(int64_t cents, int64_t millionths);

/* 123456789 and the like: numbers that examples carry, and that no key proves. */
bool dsn_is_example(struct str digits);

/* Faults of one value, with what should stand there; of amounts. */
void dsn_fault_at(const struct dsn_look *look, const char *rule, const struct dsn_found *found, struct str wanted);
void dsn_fault_cents(const struct dsn_look *look, const char *rule, const struct dsn_found *found, int64_t wanted);
/* Of a record as a whole. */
void dsn_fault_record(const struct dsn_look *look, const char *rule, uint32_t record, uint32_t rubric,
                      struct str wanted);

/* Each direct child of that block in turn. */
#define DSN_EACH(look, child, parent, kind)                                                                            \
    for (uint32_t child = dsn_tree_below((look)->tree, (parent), (kind), (parent) + 1); (child) != DSN_NO_RECORD;      \
         child = dsn_tree_below((look)->tree, (parent), (kind), (look)->tree->at[child].end))

/* ---- the levels: what they find goes to the faults ---- */

void dsn_check_lines(struct dsn_look *look);                         /* 1 and 3 */
void dsn_check_counts(struct dsn_look *look);                        /* 2, and the totals of what carries */
void dsn_check_keys(struct dsn_look *look);                          /* 2: rubrics that a record cannot do without */
void dsn_check_place(struct dsn_look *look, uint32_t employer, uint32_t place);     /* 4: SIRET, dues, payments */
void dsn_check_sums(struct dsn_look *look, uint32_t place);          /* 4: contributions by code and body */
void dsn_check_person(struct dsn_look *look, uint32_t person);       /* 4 */
void dsn_check_contract(struct dsn_look *look, uint32_t contract);   /* 4: the dates and figures of one contract */
void dsn_check_pay(struct dsn_look *look, uint32_t paid);            /* 5: one payment to a person */

#endif
