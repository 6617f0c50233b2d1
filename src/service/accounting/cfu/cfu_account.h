/* A cfu_row is one line of the accountant's part that tells of the execution of the budget: an account's, or a total.
 *
 * Within this folder alone. EB_DF, EB_RF, EB_DI and EB_RI are the statements of expenses and receipts of functioning
 * and investment; ModeTraitement says what a line is. */
#ifndef SERVICE_ACCOUNTING_CFU_CFU_ACCOUNT_H
#define SERVICE_ACCOUNTING_CFU_CFU_ACCOUNT_H

#include "service/accounting/cfu/cfu.h"

/* MtPrevisions, MtEmissions, MtAnnulations, MtRealNettes. */
enum cfu_amount { CFU_PLANNED, CFU_ISSUED, CFU_CANCELLED, CFU_NET, CFU_AMOUNTS };

struct cfu_row {
    struct str state, treatment;           /* Etat, ModeTraitement */
    struct str nature, chapter, operation; /* nature "": a total */
    struct str direction_said, section_said; /* CodeRD, Section as written; "" in totals of several */
    enum chart_section section;            /* of its statement */
    enum chart_direction direction;        /* of its statement */
    bool is_order;                         /* within a chapter of order operations */
    bool is_carried;                       /* what was carried over (001, 002): planned, never done */
    struct money amounts[CFU_AMOUNTS];
    const char *place;
};

/* Those of its statements of execution, and SIRET and year as its head says them. An amount that cannot be read is a
 * fault ("cfu.amount") and counts as 0. LIMIT: above CFU_ROWS_MAX, or the arena is full. */
MUST_USE enum status cfu_account_read(struct arena *arena, struct cfu *cfu, struct faults *faults);

#endif
