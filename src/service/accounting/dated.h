/* Rows of legal data hold from a day, until a day: ISO dates in two columns, "" where there is no such end. */
#ifndef SERVICE_ACCOUNTING_DATED_H
#define SERVICE_ACCOUNTING_DATED_H

#include "base/dates.h"

/* False also where a date is none. */
bool dated_holds(struct str since, struct str until, struct date day);

#endif
