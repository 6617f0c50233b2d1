#include "service/payroll/pay/pay_year.h"

#include "service/payroll/pay/pay_work.h"

static int64_t half_up(int64_t base, int64_t millionths)
{
    return (2 * base * millionths + LAW_MILLIONTHS) / (2 * LAW_MILLIONTHS);
}

static int64_t sum_of(const struct payslip *months, size_t count, enum pay_line line)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += months[i].cents[line];
    return sum;
}

/* Primes of the year, at least 0, at most the share of its treatment. */
static int64_t base_of(const struct pay_law *law, const struct payslip *months, size_t count)
{
    int64_t base = sum_of(months, count, PAY_RAFP_PRIMES);
    int64_t most = half_up(sum_of(months, count, PAY_TREATMENT), law->millionths[LAW_RAFP_CEILING]);
    return base < 0 ? 0 : base < most ? base : most;
}

void pay_year_rafp(const struct pay_law *law, const struct payslip *months, size_t count, struct payslip *ret_delta)
{
    int64_t base = base_of(law, months, count);
    int64_t agent = half_up(base, law->millionths[LAW_RAFP_EMPLOYEE]) - sum_of(months, count, PAY_RAFP_AGENT);
    int64_t employer = half_up(base, law->millionths[LAW_RAFP_EMPLOYER]) - sum_of(months, count, PAY_RAFP_EMPLOYER);
    *ret_delta = (struct payslip){0};
    ret_delta->cents[PAY_BASE_RAFP] = base - sum_of(months, count, PAY_BASE_RAFP);
    ret_delta->cents[PAY_RAFP_AGENT] = ret_delta->cents[PAY_AGENT_TOTAL] = agent;
    ret_delta->cents[PAY_RAFP_EMPLOYER] = ret_delta->cents[PAY_EMPLOYER_TOTAL] = ret_delta->cents[PAY_COST] = employer;
    ret_delta->cents[PAY_NET_BEFORE_TAX] = ret_delta->cents[PAY_NET_TAXABLE] = -agent;
}
