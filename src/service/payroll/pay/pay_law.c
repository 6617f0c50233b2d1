/* What a payslip is made from: the law of a month, and facts that can be. */
#include "service/payroll/pay/pay.h"

enum { FULL_TIME = 100 };

/* ---- the law of a month ---- */

enum status pay_law_of(const struct law *law, const struct pay_employer *employer, struct date month,
                       struct date known, struct pay_law *ret_law, enum law_code *ret_missing)
{
    *ret_law = (struct pay_law){.employer = *employer};
    for (enum law_code code = 0; code < LAW_CODES; code++) {
        const struct law_value *value = law_find(law, code, month, known);
        *ret_missing = code;
        if (value == NULL)
            return INVALID;
        ret_law->values[code] = value;
        ret_law->millionths[code] = value->unit == LAW_CHOICE ? value->top : law_millionths(value);
    }
    for (size_t i = 0; i < 2; i++) {
        ret_law->part_top[i] = ret_law->values[LAW_PART_TIME_80 + i]->top;
        ret_law->part_bottom[i] = ret_law->values[LAW_PART_TIME_80 + i]->bottom;
    }
    return OK;
}

/* ---- facts ---- */

static bool is_cents(int64_t cents)
{
    return cents >= 0 && cents <= PAY_CENTS_MAX;
}

const char *pay_facts_fault(const struct pay_facts *facts)
{
    const struct {
        const char *name;
        bool is_right;
    } fields[] = {
        {"status", facts->status < PAY_STATUSES},
        {"category", facts->category <= PAY_C},
        {"index", facts->index > 0 && facts->index <= PAY_INDEX_MAX},
        {"nbi", facts->nbi >= 0 && facts->nbi <= PAY_NBI_MAX && (facts->nbi == 0 || facts->status == PAY_OFFICIAL)},
        {"part_time", facts->part_time >= 50 && facts->part_time <= FULL_TIME},
        {"week", facts->week_tenths >= 0 && facts->week_tenths <= PAY_WEEK_TENTHS_MAX &&
                     (facts->week_tenths == 0 || facts->part_time == FULL_TIME)},
        {"zone", facts->zone >= 1 && facts->zone <= 3},
        {"children", facts->children >= 0 && facts->children <= PAY_CHILDREN_MAX},
        {"ifse", is_cents(facts->ifse)},
        {"cia", is_cents(facts->cia)},
        {"health", is_cents(facts->health)},
        {"deductions", is_cents(facts->deductions)},
        {"tax", facts->tax_millionths >= 0 && facts->tax_millionths <= LAW_MILLIONTHS},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!fields[i].is_right)
            return fields[i].name;
    return NULL;
}
