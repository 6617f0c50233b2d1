/* A share is a percentage of an amount, cut down to the cent: what may be spent of it at most. */
#ifndef SERVICE_ACCOUNTING_FUNGIBLE_SHARE_H
#define SERVICE_ACCOUNTING_FUNGIBLE_SHARE_H

#include "base/money.h"

enum { SHARE_WHOLE = 10000 /* hundredths of a percent */ };

/* Nothing of what is below 0. `hundredths` of a percent, from 0 to SHARE_WHOLE: 7.5 % is 750. */
static inline struct money share_of(struct money whole, int64_t hundredths)
{
    return (struct money){whole.cents <= 0 ? 0 : whole.cents * hundredths / SHARE_WHOLE};
}

#endif
