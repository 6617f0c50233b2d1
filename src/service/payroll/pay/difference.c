#include "service/payroll/pay/difference.h"

#include "service/payroll/pay/pay_year.h"

enum { MONTHS = 12, DECEMBER = 12 };

bool difference_is_of(enum pay_line line)
{
    return line != PAY_TAX && line != PAY_NET;
}

void payslip_add(struct payslip *payslip, const struct payslip *other)
{
    for (size_t i = 0; i < PAY_LINES; i++)
        payslip->cents[i] += other->cents[i];
}

enum status difference_between(struct date month, const struct payslip *then, const struct payslip *now,
                               struct difference_list *list)
{
    for (enum pay_line line = 0; line < PAY_LINES; line++) {
        int64_t cents = now->cents[line] - then->cents[line];
        if (cents == 0 || !difference_is_of(line))
            continue;
        if (list->count == list->room)
            return LIMIT;
        list->at[list->count++] = (struct difference){month, line, cents};
    }
    return OK;
}

/* ---- months in their order, each with its year behind it ---- */

/* The months of a year so far, as known on one day. */
struct year {
    struct date known;
    struct payslip months[PAY_YEAR_MONTHS];
    size_t count;
};

/* What a month comes to, the regularisation of its year included. */
static enum status month_of(const struct difference_ask *ask, struct year *year, struct date month,
                            struct payslip *ret_payslip)
{
    struct difference_month one = {0};
    struct payslip delta;
    struct civil civil = civil_of_date(month);
    if (civil.month == 1)
        year->count = 0;
    TRY(ask->compute(ask->of, month, year->known, &one));
    year->months[year->count++] = one.payslip;
    *ret_payslip = one.payslip;
    if (civil.month != DECEMBER && !one.is_last)
        return OK;
    pay_year_rafp(one.law, year->months, year->count, &delta);
    payslip_add(ret_payslip, &delta);
    year->count = 0; /* what comes after a departure is a year of its own */
    return OK;
}

static int32_t place_of(struct date month)
{
    struct civil civil = civil_of_date(month);
    return civil.year * MONTHS + civil.month - 1;
}

enum status difference_find(const struct difference_ask *ask, struct difference_list *list)
{
    struct year then = {.known = ask->then}, now = {.known = ask->now};
    bool are_first = civil_of_date(ask->from).day == 1 && civil_of_date(ask->to).day == 1;
    int32_t from = place_of(ask->from), to = place_of(ask->to);
    if (!are_first || to - from >= DIFFERENCE_MONTHS_MAX)
        return INVALID;
    for (int32_t at = from / MONTHS * MONTHS; at <= to; at++) {
        struct date month = date_of(at / MONTHS, at % MONTHS + 1, 1);
        struct payslip before, after;
        TRY(month_of(ask, &then, month, &before));
        TRY(month_of(ask, &now, month, &after));
        if (at >= from)
            TRY(difference_between(month, &before, &after, list));
    }
    return OK;
}

enum status difference_total(difference_compute *compute, void *of, struct date month, struct date known,
                             struct payslip *ret_payslip)
{
    struct difference_ask ask = {.compute = compute, .of = of};
    struct year year = {.known = known};
    struct civil civil = civil_of_date(month);
    for (int32_t i = 1; i <= civil.month; i++)
        TRY(month_of(&ask, &year, date_of(civil.year, i, 1), ret_payslip));
    return OK;
}

/* ---- with the month they are paid in ---- */

void difference_carry(const struct pay_law *law, const struct pay_facts *facts, const struct payslip *own,
                      const struct difference_list *list, struct payslip *ret_total)
{
    int64_t *cents = ret_total->cents;
    *ret_total = *own;
    for (size_t i = 0; i < list->count; i++)
        cents[list->at[i].line] += list->at[i].cents;
    cents[PAY_TAX] = pay_tax_of(law, facts, cents[PAY_NET_TAXABLE]);
    cents[PAY_NET] = cents[PAY_NET_BEFORE_TAX] - cents[PAY_TAX] + cents[PAY_TRANSPORT] + cents[PAY_TELEWORK] +
                     cents[PAY_REFUNDS];
}
