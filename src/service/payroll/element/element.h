/* An element is something an agent's pay has beside the career: IFSE, CIA, what is held back from the net, the rate of
 * tax.
 *
 * One with a last month is of those months and is added to others of its code; one without lasts until another of its
 * code begins or it is withdrawn: the newest holds. Nothing is changed: a row is added, and withdrawn; both have their
 * moment, so what was known at an instant can be asked for. Invariants: amounts fit their unit; each has its text
 * (deliberation, arrêté); none is of a month that is closed. */
#ifndef SERVICE_PAYROLL_ELEMENT_ELEMENT_H
#define SERVICE_PAYROLL_ELEMENT_ELEMENT_H

#include "core/ctx.h"
#include "service/payroll/element/element_sql.h"

enum element_code {
    ELEMENT_IFSE,
    ELEMENT_CIA,
    ELEMENT_PRIME,
    ELEMENT_HEALTH,
    ELEMENT_COMPENSATION, /* of the CSG, frozen in 2017 */
    ELEMENT_OVERTIME,
    ELEMENT_SUNDAY,
    ELEMENT_NIGHT,
    ELEMENT_TRANSPORT,
    ELEMENT_TELEWORK,
    ELEMENT_REFUND,
    ELEMENT_DEDUCTION,
    ELEMENT_TAX,
    ELEMENT_MANDATE, /* of an élu: the part of the terminal index */
    ELEMENT_CODES
};
enum element_unit { ELEMENT_CENTS, ELEMENT_RATE /* millionths */, ELEMENT_HOURS /* hundredths */, ELEMENT_DAYS };
enum { ELEMENT_SOURCE_MAX = 300 /* bytes */, ELEMENTS_OF_AGENT_MAX = 200, ELEMENT_LIST_MAX = 500,
       ELEMENT_FILE_MAX = 2 << 20, ELEMENT_DAYS_MAX = 31, ELEMENT_ROWS_MAX = 10000, ELEMENT_FAULTS_MAX = 100 };
#define ELEMENT_CENTS_MAX INT64_C(10000000)

typedef struct sql_element_list_row element_row;

/* Those of a month, by agent and code, as they stand now; at most ELEMENT_LIST_MAX from `after_id` of the list on. */
MUST_USE enum status element_list(struct ctx *ctx, struct date month, element_row **ret_rows, size_t *ret_count);

/* What one agent's come to in a month, as known at that instant. */
struct element_sums {
    int64_t amounts[ELEMENT_CODES];
    struct str sources[ELEMENT_CODES]; /* of the newest; "" */
};
MUST_USE enum status element_sums(struct ctx *ctx, int64_t agent, struct date month, struct instant known,
                                  struct element_sums *ret_sums);

struct element_given {
    struct str matricule, code, amount, source; /* "310,50" euros; "2,1" of percent */
    struct date since, until;                   /* months; until 0: none */
};
enum element_field { ELEMENT_MATRICULE, ELEMENT_CODE, ELEMENT_AMOUNT, ELEMENT_SINCE, ELEMENT_UNTIL, ELEMENT_SOURCE,
                     ELEMENT_FIELDS };
/* In a job. DENIED: no PAYROLL_PREPARE. INVALID, CONFLICT, with the sentence; *ret_field (may be NULL): which it was.
 * CONFLICT: "payroll.closed", the month is; "payroll.element_there", the same stands already. */
MUST_USE enum status element_add(struct ctx *ctx, const struct element_given *given, int64_t import,
                                 enum element_field *ret_field);
/* From now on it is not known. NOT_FOUND; CONFLICT: it was withdrawn. */
MUST_USE enum status element_withdraw(struct ctx *ctx, int64_t id);

/* ---- a file of them (element_import.c) ---- */

struct element_fault {
    int64_t line;
    struct str column, sentence; /* column "": the whole line */
};
struct element_taken {
    int64_t rows, refused;
    struct element_fault faults[ELEMENT_FAULTS_MAX];
    size_t fault_count;
};
/* CSV: matricule, code, montant, mois, until (fin), source (acte); a wrong line is left out and told of, the others
 * stand. INVALID "payroll.import_columns": no such columns, no text; CONFLICT "payroll.import_there": the same bytes
 * came before. `month` is of lines that say none. */
MUST_USE enum status element_import(struct ctx *ctx, struct str file, struct str name, struct date month,
                                    struct element_taken *ret_taken);

const char *element_code_name(enum element_code code);
MUST_USE enum status element_code_named(struct str name, enum element_code *ret_code);
enum text_key element_code_text(enum element_code code);
enum element_unit element_code_unit(enum element_code code);
/* "310,50", "2,10 %". */
struct str element_amount_words(struct ctx *ctx, enum element_code code, int64_t amount);

#endif
