/* Accounting, for other services: a month's pay becomes mandats of chapter 012.
 *
 * Why here: whoever computes pay knows no credits, no numbers and no third parties' accounts; accounting knows no
 * people. What crosses is sums: for each creditor (the staff as a whole, URSSAF, CNRACL, the State for what is
 * withheld) what it is owed, by account and function. No name of an agent crosses, and none is asked for.
 *
 * A creditor with expenses is one mandat (or several: 50 lines each), engaged and ordered at once; one with
 * `is_receipt` is a titre, for what the town keeps of pay (meal vouchers). Invariants: all of it or nothing; the
 * expenses of all creditors are gross pay and the employer's contributions, to the cent; every expense is of chapter
 * 012; the same command again makes nothing and gives what it made.
 *
 * Source: CGCT L2322-1 and following for what is engaged and ordered at once, M57 for chapter 012; PES V2, NatPce 11
 * (paie) and ModRegl 04 (transfers of a file of their own) for the staff. Amounts in cents (base/money.h), days civil.
 * Texts are UTF-8; those given are read during the call, those returned live in ctx->arena. */
#ifndef SERVICE_ACCOUNTING_ACCOUNTING_H
#define SERVICE_ACCOUNTING_ACCOUNTING_H

#include "base/dates.h"
#include "base/money.h"
#include "core/ctx.h"

enum {
    ACCOUNTING_PAYEES_MAX = 50,
    ACCOUNTING_LINES_MAX = 500, /* of one creditor */
    ACCOUNTING_PIECES_MAX = 500,
    ACCOUNTING_FAULTS_MAX = 50,
    ACCOUNTING_COMMAND_BYTES = 16,
};

struct accounting_pay_line {
    struct str account, function; /* "64111", "020"; function "" where the budget has none */
    struct money amount;          /* above 0 */
};

struct accounting_payee {
    struct str party;  /* identifier of a third party of the town (SIRET); "": the staff, paid by a file of its own */
    struct str object; /* "Paie de novembre 2026, URSSAF": at most 160 bytes */
    struct money amount; /* what its lines come to */
    const struct accounting_pay_line *lines;
    size_t line_count;
    bool is_receipt;
    struct str product; /* of a receipt: CodProdLoc, four letters or digits */
};

struct accounting_pay {
    struct str budget; /* SIRET */
    int32_t year;
    struct date day;
    unsigned char command[ACCOUNTING_COMMAND_BYTES]; /* drawn by whoever asks, the same when it asks again */
    struct money gross, employer; /* expenses of 641 and the like; contributions of 645 and the like */
    const struct accounting_payee *payees;
    size_t payee_count;
};

/* What was made. */
struct accounting_made {
    size_t payee;      /* its place among those given */
    uint64_t sequence; /* "/accounting/pieces/SEQUENCE" */
    uint32_t number;
    bool is_receipt;
    struct money amount;
};

/* Why not, for the person: a rule's code, where ("payee 2, line 3"), and the sentence. */
struct accounting_fault {
    struct str rule, place, mend;
};

struct accounting_answer {
    struct accounting_made made[ACCOUNTING_PIECES_MAX];
    size_t made_count;
    struct accounting_fault faults[ACCOUNTING_FAULTS_MAX];
    size_t fault_count;
};

/* In a job of the writer, as ctx->actor, who needs the right to order in accounting. INVALID: nothing was written, and
 * ret_answer->faults says why: pay.balance, pay.payee, pay.party, pay.chapter, credits, accounts, delegations.
 * CONFLICT: the command made something else before. NOT_FOUND: no credits were opened for that budget and year.
 * DENIED: no right, or no delegation (a fault says which). LIMIT: above one of the maxima. */
MUST_USE enum status accounting_pay(struct ctx *ctx, const struct accounting_pay *pay,
                                    struct accounting_answer *ret_answer);

#endif
