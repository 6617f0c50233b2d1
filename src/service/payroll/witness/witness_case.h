/* What the witness reads of one case, for its own files alone. */
#ifndef SERVICE_PAYROLL_WITNESS_WITNESS_CASE_H
#define SERVICE_PAYROLL_WITNESS_WITNESS_CASE_H

#include <jansson.h>

#include "service/payroll/pay/pay.h"
#include "service/payroll/witness/witness.h"

struct reading {
    struct arena *arena;
    const struct law *law;
    const json_t *common, *profiles; /* of the file; NULL: none */
    bool is_json;
    struct buf *out;
};

/* What was found of a case. */
struct witness_judged {
    size_t lines, wrong;
    struct str what; /* absent: all was read; else what cannot be */
};

/* A case of OpenFisca's tests has a tolerance, and no `statut`; all its lines in scope, by its conventions. */
bool witness_is_openfisca(const json_t *one);
void witness_openfisca(struct reading *reading, const json_t *one, struct witness_judged *judged);
/* False: not digits with at most six decimals, or with two. */
bool witness_millionths(const json_t *value, int64_t *ret_millionths);
bool witness_cents(const json_t *value, int64_t *ret_cents);
/* "" for what is no text. */
struct str witness_text(const json_t *value);
/* Absent: all was read; else the name of what cannot be. */
struct str witness_facts(const json_t *input, struct pay_facts *ret_facts);
/* Of the case itself, else of its profile, else common to the file. */
bool witness_employer(const struct reading *reading, const json_t *one, struct pay_employer *ret_employer);
bool witness_month(const json_t *one, struct date *ret_month);

#endif
