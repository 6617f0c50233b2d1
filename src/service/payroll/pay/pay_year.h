/* A pay year is the months of one agent together, where a yearly ceiling decides: that of the RAFP's base.
 *
 * Source: décret n° 2004-569 du 18 juin 2004, article 2: the base is at most 20 % of the treatment of the year. Held
 * month by month, the ceiling takes too little or leaves too much where primes are uneven: in December, or when the
 * agent leaves, the year is computed once and what was paid is taken off. Pure. */
#ifndef SERVICE_PAYROLL_PAY_PAY_YEAR_H
#define SERVICE_PAYROLL_PAY_PAY_YEAR_H

#include "service/payroll/pay/pay.h"

enum { PAY_YEAR_MONTHS = 12 };

/* `ret_delta`: what is added to the lines of the last of `months`, by the law of that month; 0 where nothing is. */
void pay_year_rafp(const struct pay_law *law, const struct payslip *months, size_t count, struct payslip *ret_delta);

#endif
