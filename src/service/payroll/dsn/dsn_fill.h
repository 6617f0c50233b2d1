/* What a payslip says of one payment, as a declaration has it: pay, premiums, bases, contributions. Pure.
 *
 * The contributions on the bonification (NBI) are what is left of a payslip's when those on the treatment are taken
 * off: each code has its own line, and their sum stays what was paid. Contributions that no rubric of block 81 names
 * (CNFPT, centre de gestion) are declared elsewhere and are not here. Net social: gross less what the agent pays, to be
 * confirmed. */
#ifndef SERVICE_PAYROLL_DSN_DSN_FILL_H
#define SERVICE_PAYROLL_DSN_DSN_FILL_H

#include "service/payroll/dsn/dsn_build.h"
#include "service/payroll/pay/pay.h"

/* The bodies that contributions are due to, by their SIRET; `commune`: INSEE code, for versement mobilité. */
struct dsn_bodies {
    struct str urssaf, cnracl, rafp, ircantec, commune;
};

struct dsn_fill {
    struct date month, day; /* first day of the month; day of the payment */
    struct str contract, tax_rate, tax_kind;
    const struct dsn_bodies *bodies;
};

/* LIMIT: no room. */
MUST_USE enum status dsn_fill_paid(struct arena *arena, const struct pay_law *law, const struct pay_facts *facts,
                                   const struct payslip *payslip, const struct dsn_fill *fill,
                                   struct dsn_paid *ret_paid);

#endif
