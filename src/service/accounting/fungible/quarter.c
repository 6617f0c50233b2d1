#include "service/accounting/fungible/quarter.h"

#include "service/accounting/fungible/share.h"
#include "service/accounting/figure.h"

enum status quarter_limit(const struct quarter *quarter, struct faults *faults, struct money *ret_limit)
{
    struct figure share;
    struct money whole = quarter->opened;
    TRY(figure_need(faults, STR("quarter.share"), quarter->day, &share));
    if (quarter->debt.cents < 0 || quarter->debt.cents > whole.cents) {
        fault_add_money(faults, "quarter.debt", "crédits de la dette", quarter->debt, whole);
        return INVALID;
    }
    TRY(money_take(&whole, quarter->debt));
    *ret_limit = share_of(whole, share.value);
    return OK;
}

enum status quarter_check(const struct quarter *quarter, struct faults *faults)
{
    struct money limit;
    TRY(quarter_limit(quarter, faults, &limit));
    if (quarter->authorised.cents >= 0 && quarter->authorised.cents <= limit.cents)
        return OK;
    fault_add_money(faults, "quarter.limit", "autorisation", quarter->authorised, limit);
    return INVALID;
}
