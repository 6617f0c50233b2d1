#include "service/accounting/asset/asset.h"

#include "service/accounting/figure.h"

enum { DAYS_365 = 365, DAYS_360 = 360, MONTH_30 = 30, MONTHS = 12, CODE_MAX = 64 };

static enum status check_ceiling(const struct asset *asset, struct faults *faults)
{
    struct figure ceiling;
    struct buf code BUF_SCOPE = BUF_INIT(CODE_MAX);
    if (asset->kind.len == 0)
        return OK;
    buf_add_literal(&code, "asset.");
    buf_add(&code, asset->kind);
    TRY(figure_need(faults, buf_str(&code), asset->commissioned, &ceiling));
    if (asset->years > ceiling.value)
        fault_add_numbers(faults, "asset.ceiling", "durée d’amortissement", asset->years, ceiling.value);
    return OK;
}

static enum status check(const struct asset *asset, struct faults *faults)
{
    size_t before = faults->found;
    if (asset->base.cents <= 0 || !money_is_within(asset->base.cents))
        fault_add_money(faults, "asset.base", "valeur à amortir", asset->base, (struct money){0});
    if (asset->years < 1 || asset->years > ASSET_YEARS_MAX)
        fault_add_numbers(faults, "asset.years", "durée d’amortissement", asset->years, ASSET_YEARS_MAX);
    TRY(check_ceiling(asset, faults));
    return faults->found == before ? OK : INVALID;
}

static int64_t least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

/* Days of use in the first year, the first and the last of them within, of `of`. A leap year has no more than 365. */
static int64_t first_days(const struct asset *asset, int64_t *ret_of)
{
    struct civil civil = civil_of_date(asset->commissioned);
    if (asset->basis == ASSET_DAYS_360) {
        *ret_of = DAYS_360;
        return (MONTHS - civil.month) * MONTH_30 + MONTH_30 + 1 - least(civil.day, MONTH_30);
    }
    *ret_of = DAYS_365;
    if (asset->basis == ASSET_WHOLE_YEAR)
        return DAYS_365;
    return least(date_of(civil.year, MONTHS, 31).days - asset->commissioned.days + 1, DAYS_365);
}

/* Charges are cut down to the cent, so nothing is charged before its time, and the last year has what remains. */
enum status asset_plan_of(const struct asset *asset, struct faults *faults, struct asset_plan *ret_plan)
{
    int64_t of;
    TRY(check(asset, faults));
    const int64_t days = first_days(asset, &of), base = asset->base.cents;
    const bool is_whole = days == of;
    const size_t count = (size_t)asset->years + !is_whole;
    const int32_t first = civil_of_date(asset->commissioned).year + (asset->basis == ASSET_WHOLE_YEAR);
    int64_t left = base;
    for (size_t i = 0; i < count; i++) {
        int64_t charge = i == 0 ? base * days / (asset->years * of) : base / asset->years;
        if (i == count - 1)
            charge = left;
        left -= charge;
        ret_plan->years[i] = (struct asset_year){first + (int32_t)i, {charge}, {left}};
    }
    ret_plan->count = count;
    return OK;
}

/* ---- it leaves ---- */

/* Days of use in the year of `last`, both ends within. */
static int64_t last_days(const struct asset *asset, enum asset_basis basis, struct date last)
{
    struct civil to = civil_of_date(last), from = civil_of_date(asset->commissioned);
    if (from.year != to.year)
        from = civil_of_date(date_of(to.year, 1, 1));
    if (basis == ASSET_DAYS_360)
        return (to.month - from.month) * MONTH_30 + least(to.day, MONTH_30) - least(from.day, MONTH_30) + 1;
    return least(last.days - date_of(from.year, from.month, from.day).days + 1, DAYS_365);
}

/* Days that the plan counts in its last year. */
static int64_t end_days(const struct asset *asset)
{
    int64_t of, first = first_days(asset, &of);
    return first == of ? of : of - first;
}

void asset_plan_cut(const struct asset *asset, enum asset_basis basis, struct date last, struct asset_plan *plan)
{
    const int32_t year = civil_of_date(last).year;
    const int64_t of = basis == ASSET_DAYS_360 ? DAYS_360 : DAYS_365, days = last_days(asset, basis, last);
    const size_t whole = plan->count;
    while (plan->count > 0 && plan->years[plan->count - 1].year > year)
        plan->count--;
    if (plan->count == 0 || plan->years[plan->count - 1].year != year)
        return;
    struct asset_year *end = &plan->years[plan->count - 1];
    if (basis == ASSET_WHOLE_YEAR) {
        plan->count--;
        return;
    }
    if (plan->count == whole && days >= end_days(asset))
        return; /* used up by then */
    int64_t before = end->left.cents + end->charge.cents;
    end->charge.cents = least(asset->base.cents * days / (asset->years * of), end->charge.cents);
    end->left.cents = before - end->charge.cents;
}
