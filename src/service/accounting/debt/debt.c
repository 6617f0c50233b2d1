#include "service/accounting/debt/debt.h"

enum { MONTHS = 12 };

static enum status check(const struct debt *debt, struct faults *faults)
{
    size_t before = faults->found;
    bool is_period = debt->a_year == 1 || debt->a_year == 2 || debt->a_year == 4 || debt->a_year == MONTHS;
    if (debt->borrowed.cents <= 0 || !money_is_within(debt->borrowed.cents))
        fault_add_money(faults, "debt.borrowed", "capital emprunté", debt->borrowed, (struct money){0});
    if (debt->rate < 0 || debt->rate > DEBT_RATE_WHOLE)
        fault_add_numbers(faults, "debt.rate", "taux", debt->rate, DEBT_RATE_WHOLE);
    if (!is_period)
        fault_add_numbers(faults, "debt.period", "échéances par an", debt->a_year, MONTHS);
    if (debt->count < 1 || debt->count > DEBT_COUNT_MAX)
        fault_add_numbers(faults, "debt.count", "nombre d’échéances", debt->count, DEBT_COUNT_MAX);
    return faults->found == before ? OK : INVALID;
}

/* ---- the constant annuity: borrowed * i / (1 - (1 + i)^-count), i = rate / (whole * a_year) ---- */

static const __int128 UNIT = INT64_C(1000000000000000000); /* 10^18 is 1 */

/* 1 - (1 + i)^-count, of UNIT. Powers are taken six digits finer, so that what is cut at each step does not show. */
static __int128 discounted(const struct debt *debt)
{
    enum { FINER = 1000000 };
    const __int128 year = (__int128)DEBT_RATE_WHOLE * debt->a_year;
    __int128 power = UNIT * FINER;
    for (int32_t i = 0; i < debt->count; i++)
        power = power * year / (year + debt->rate);
    return (UNIT * FINER - power) / FINER;
}

/* borrowed * rate * UNIT is at most 10^14 * 10^6 * 10^18, which fits. */
static int64_t annuity_of(const struct debt *debt)
{
    if (debt->rate == 0)
        return debt->borrowed.cents / debt->count;
    const __int128 rest = discounted(debt);
    const __int128 year = (__int128)DEBT_RATE_WHOLE * debt->a_year;
    const __int128 interest = (__int128)debt->borrowed.cents * debt->rate * UNIT / year;
    return (int64_t)((interest + rest / 2) / rest);
}

/* ---- instalments ---- */

/* So many months after the first, in the same place of its month, or on its last day. */
static struct date due_of(struct date first, int32_t months)
{
    const struct civil civil = civil_of_date(first);
    const int32_t month = civil.year * MONTHS + civil.month - 1 + months, next = month + 1;
    const struct date ends = {date_of(next / MONTHS, next % MONTHS + 1, 1).days - 1};
    const struct date day = {date_of(month / MONTHS, month % MONTHS + 1, 1).days + civil.day - 1};
    return day.days < ends.days ? day : ends;
}

static int64_t least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

/* Never more than what is left: a cent of rounding may be most of a very small annuity. */
static int64_t capital_of(const struct debt *debt, int64_t annuity, const struct debt_instalment *instalment,
                          int64_t left)
{
    switch (debt->profile) {
    case DEBT_PROGRESSIVE:
        return least(annuity - instalment->interest.cents, left);
    case DEBT_CONSTANT:
        return debt->borrowed.cents / debt->count;
    case DEBT_IN_FINE:
        break;
    }
    return 0;
}

static enum status fill(const struct debt *debt, struct debt_schedule *schedule)
{
    const int64_t annuity = debt->profile == DEBT_PROGRESSIVE ? annuity_of(debt) : 0;
    const int64_t year = (int64_t)DEBT_RATE_WHOLE * debt->a_year;
    struct money left = debt->borrowed;
    for (size_t i = 0; i < schedule->count; i++) {
        struct debt_instalment *instalment = &schedule->instalments[i];
        bool is_last = i == schedule->count - 1;
        TRY(money_share(left, debt->rate, year, &instalment->interest));
        instalment->due = due_of(debt->first, (int32_t)i * (MONTHS / debt->a_year));
        instalment->capital.cents = is_last ? left.cents : capital_of(debt, annuity, instalment, left.cents);
        TRY(money_take(&left, instalment->capital));
        instalment->left = left;
    }
    return OK;
}

enum status debt_schedule_of(const struct debt *debt, struct faults *faults, struct debt_schedule *ret_schedule)
{
    struct debt_schedule schedule = {.count = (size_t)debt->count};
    TRY(check(debt, faults));
    schedule.instalments = arena_array(faults->arena, struct debt_instalment, schedule.count);
    if (schedule.instalments == NULL)
        return LIMIT;
    TRY(fill(debt, &schedule));
    *ret_schedule = schedule;
    return OK;
}
