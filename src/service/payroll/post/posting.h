/* A posting is what a month's pay comes to for accounting: for each creditor, by account, what it is owed.
 *
 * Source: posting.csv, one row for each line of a payslip and status, with the account of the developed M57 and that of
 * the abridged one. What is withheld of agents is charged to their principal remuneration; the staff gets what is left.
 * Élus are not in it: their indemnities are no expense of chapter 012. Invariant: the lines of all creditors are gross
 * pay, refunds and the employer's contributions, to the cent; those of the staff are net pay. Pure, but
 * posting_make. */
#ifndef SERVICE_PAYROLL_POST_POSTING_H
#define SERVICE_PAYROLL_POST_POSTING_H

#include "service/accounting/accounting.h"
#include "service/payroll/post/posting_sql.h"
#include "service/payroll/run/payrun.h"
#include "service/payroll/slip/bulletin.h"

enum posting_creditor {
    POSTING_STAFF, POSTING_STATE, POSTING_URSSAF, POSTING_CNRACL, POSTING_RAFP, POSTING_IRCANTEC, POSTING_CNFPT,
    POSTING_CENTRE, POSTING_DEDUCTIONS, POSTING_CREDITORS
};
enum { POSTING_ACCOUNTS_MAX = 40 };

struct posting {
    struct str accounts[POSTING_ACCOUNTS_MAX];
    size_t account_count;
    int64_t cents[POSTING_CREDITORS][POSTING_ACCOUNTS_MAX];
    int64_t gross, employer; /* refunds are of gross */
    int64_t elected;         /* what élus are paid: not in it */
};

struct posting_table;
/* CORRUPT: posting.csv is damaged. */
MUST_USE enum status posting_table(struct arena *arena, bool is_short, const struct posting_table **ret_table);
/* Adds a payslip. LIMIT: too many accounts; CORRUPT: a line that has an amount has no row. */
MUST_USE enum status posting_add(const struct posting_table *table, const struct bulletin *bulletin,
                                 struct posting *posting);
int64_t posting_of(const struct posting *posting, enum posting_creditor creditor);
const char *posting_creditor_name(enum posting_creditor creditor);
enum text_key posting_creditor_text(enum posting_creditor creditor);

/* ---- in a town ---- */

struct posting_asked {
    struct str budget, function; /* SIRET; "020" */
    struct date day;
    bool is_short;
    struct str sirets[POSTING_CREDITORS]; /* of the staff: "" */
};
/* What the payslips of a payrun come to. */
MUST_USE enum status posting_of_run(struct ctx *ctx, const payrun_row *run, bool is_short, struct posting *ret_posting);
/* In a job: the mandats, once. CONFLICT "payroll.post_there", "payroll.not_approved"; INVALID "payroll.post_negative";
 * else what accounting_pay says, with its faults. */
MUST_USE enum status posting_make(struct ctx *ctx, const payrun_row *run, const struct posting_asked *asked,
                                  struct accounting_answer *ret_answer);
/* The SIRETs given last time; "" where none was. */
MUST_USE enum status posting_sirets(struct ctx *ctx, struct str ret_sirets[POSTING_CREDITORS]);

#endif
