#include "service/accounting/fungible/quarter.h"

#include "service/accounting/fungible/share.h"
#include "service/accounting/figure.h"

enum status quarter_check(const struct quarter *quarter, struct faults *faults)
{
    struct figure share;
    struct money whole = quarter->opened;
    TRY(figure_need(faults, STR("quarter.share"), quarter->day, &share));
    if (quarter->debt.cents < 0 || quarter->debt.cents > whole.cents) {
        fault_add_money(faults, "quarter.debt", "crédits de la dette", quarter->debt, whole);
        return INVALID;
    }
    TRY(money_take(&whole, quarter->debt));
    const struct money limit = share_of(whole, share.value);
    if (quarter->authorised.cents >= 0 && quarter->authorised.cents <= limit.cents)
        return OK;
    fault_add_money(faults, "quarter.limit", "autorisation", quarter->authorised, limit);
    return INVALID;
}

enum status quarter_spend(const struct quarter *quarter, struct money spent, struct money amount,
                          struct faults *faults)
{
    TRY(quarter_check(quarter, faults));
    TRY(money_add(&spent, amount));
    if (spent.cents <= quarter->authorised.cents)
        return OK;
    fault_add_money(faults, "quarter.spent", "dépense", spent, quarter->authorised);
    return INVALID;
}
