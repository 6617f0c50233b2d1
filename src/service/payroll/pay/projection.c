#include "service/payroll/pay/projection.h"

enum { MONTHS = 12 };

static const char *fault_of(const struct projection_ask *ask)
{
    if (civil_of_date(ask->from).day != 1)
        return "from";
    if (ask->month_count == 0 || ask->month_count > PROJECTION_MONTHS_MAX)
        return "months";
    if (ask->agent_count > PROJECTION_AGENTS_MAX)
        return "agents";
    for (size_t i = 0; i < ask->change_count; i++) {
        const struct projection_change *change = &ask->changes[i];
        bool is_late = i > 0 && change->from.days < ask->changes[i - 1].from.days;
        if (is_late || change->agent >= ask->agent_count ||
            (change->facts != NULL && pay_facts_fault(change->facts) != NULL))
            return "changes";
    }
    return NULL;
}

static struct date month_after(struct date from, size_t months)
{
    struct civil civil = civil_of_date(from);
    int32_t place = civil.year * MONTHS + civil.month - 1 + (int32_t)months;
    return date_of(place / MONTHS, place % MONTHS + 1, 1);
}

static enum status law_in(const struct projection_ask *ask, struct date month, struct pay_law *ret_law,
                          const char **ret_what)
{
    struct pay_employer employer;
    enum law_code missing = LAW_MOBILITY;
    enum status done = pay_employer_of(ask->law, month, ask->known, ask->is_large, &employer);
    if (done == OK)
        done = pay_law_of(ask->law, &employer, month, ask->known, ret_law, &missing);
    *ret_what = law_code_name(missing);
    return done;
}

static void pay_month(const struct pay_law *law, const struct pay_facts *const *agents, size_t count,
                      struct projection_month *month)
{
    for (size_t i = 0; i < count; i++) {
        struct payslip payslip;
        if (agents[i] == NULL)
            continue;
        pay_compute(law, agents[i], &payslip, NULL);
        month->agents++;
        for (size_t line = 0; line < PAY_LINES; line++)
            month->cents[agents[i]->status][line] += payslip.cents[line];
    }
}

enum status projection_of(struct arena *arena, const struct projection_ask *ask,
                          struct projection_month *ret_months, const char **ret_what)
{
    *ret_what = fault_of(ask);
    if (*ret_what != NULL)
        return INVALID;
    const struct pay_facts **agents = arena_array(arena, const struct pay_facts *, ask->agent_count + 1);
    struct pay_law *law = arena_new(arena, struct pay_law);
    if (agents == NULL || law == NULL)
        return LIMIT;
    for (size_t i = 0; i < ask->agent_count; i++)
        agents[i] = &ask->facts[i];
    for (size_t i = 0, change = 0; i < ask->month_count; i++) {
        struct date month = month_after(ask->from, i);
        for (; change < ask->change_count && ask->changes[change].from.days <= month.days; change++)
            agents[ask->changes[change].agent] = ask->changes[change].facts;
        TRY(law_in(ask, month, law, ret_what));
        ret_months[i] = (struct projection_month){.month = month};
        pay_month(law, agents, ask->agent_count, &ret_months[i]);
    }
    return OK;
}

int64_t projection_line(const struct projection_month *month, enum pay_line line)
{
    int64_t sum = 0;
    for (size_t status = 0; status < PAY_STATUSES; status++)
        sum += month->cents[status][line];
    return sum;
}

void projection_accounts(const struct projection_month *month, const int8_t accounts[PAY_STATUSES][PAY_LINES],
                         int64_t ret_cents[PROJECTION_ACCOUNTS_MAX])
{
    for (size_t status = 0; status < PAY_STATUSES; status++)
        for (size_t line = 0; line < PAY_LINES; line++)
            if (accounts[status][line] >= 0 && accounts[status][line] < PROJECTION_ACCOUNTS_MAX)
                ret_cents[accounts[status][line]] += month->cents[status][line];
}
