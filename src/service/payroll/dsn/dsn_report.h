/* A dsn_report is what a social body answers to a declaration (compte rendu métier, CRM): anomalies, each about a
 * person or the whole.
 *
 * Source: net-entreprises documents what such a report says (who sent, which declaration, its outcome, and anomalies
 * of a code, a category and a label: formation-net-entreprises.fr, « Les CRM du prélèvement à la source »), and no open
 * text was found of the form in which it does. So this reads a CSV with a head of our own, into which what stands on
 * the dashboard can be put: columns organisme, personne (NIR, or number within the employer), rubrique, code,
 * categorie, libelle, in any order; code and libelle are needed, others may be absent, and further ones are passed
 * over. Codes are kept as they stand: none is known here. UTF-8, or ISO-8859-1. Pure. */
#ifndef SERVICE_PAYROLL_DSN_DSN_REPORT_H
#define SERVICE_PAYROLL_DSN_DSN_REPORT_H

#include "service/payroll/dsn/dsn_fault.h"

enum { DSN_REPORT_MAX = 4 << 20, DSN_ANOMALIES_MAX = 20000 };

struct dsn_anomaly {
    struct str body, person, code, category, words; /* UTF-8; "" where it is not said */
    uint32_t number; /* of the rubric; 0: none */
    size_t line;     /* of the CSV, from 1 */
};

struct dsn_report {
    struct dsn_anomaly *at;
    size_t count;
};

/* INVALID: no CSV of that form, or a rubric that is none; *ret_line says where. LIMIT: more than DSN_ANOMALIES_MAX, or
 * no room. */
MUST_USE enum status dsn_report_read(struct arena *arena, struct str csv, struct dsn_report *ret_report,
                                     size_t *ret_line);
/* The next anomaly of a person, from `from` on; the count of the report: no more. */
size_t dsn_report_next(const struct dsn_report *report, struct str person, size_t from);

/* Level 7: adds each anomaly to the faults of the declaration that was sent, at the line of its rubric below its
 * person; at the person where there is none; without a line where there is no such person. LIMIT: no room. */
MUST_USE enum status dsn_report_attach(struct arena *arena, const struct dsn_report *report, struct str bytes,
                                       struct dsn_faults *faults);

#endif
