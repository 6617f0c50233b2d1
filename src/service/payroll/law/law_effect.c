#include "service/payroll/law/law_effect.h"

struct sides {
    struct pay_law before, after;
};

/* The first day on which any of the rows counts, if that is after the month; else the month. */
static struct date day_of(const struct law_effect_ask *ask)
{
    struct date day = {INT32_MAX};
    for (size_t i = 0; i < ask->rows->count; i++)
        if (ask->rows->at[i].since.days < day.days)
            day = ask->rows->at[i].since;
    return ask->rows->count > 0 && day.days > ask->month.days ? day : ask->month;
}

/* What is proposed is known from the day it is read on, whatever it says. */
static struct date known_of(const struct law_effect_ask *ask)
{
    struct date known = ask->known;
    for (size_t i = 0; i < ask->rows->count; i++)
        if (ask->rows->at[i].known.days > known.days)
            known = ask->rows->at[i].known;
    return known;
}

static enum status side_of(const struct law *law, const struct law_effect_ask *ask, struct date day,
                           struct pay_law *ret_law, struct law_fault *ret_fault)
{
    struct pay_employer employer = {.is_large = ask->is_large};
    struct date known = known_of(ask);
    enum law_code missing = LAW_MOBILITY;
    enum status done = pay_employer_of(law, day, known, ask->is_large, &employer);
    if (done == OK)
        done = pay_law_of(law, &employer, day, known, ret_law, &missing);
    if (done == INVALID)
        *ret_fault = (struct law_fault){"law.missing", missing, missing};
    return done;
}

static enum status find_sides(struct arena *arena, const struct law_effect_ask *ask, struct date day,
                              struct sides *sides, struct law_fault *ret_fault)
{
    struct law joined;
    TRY(law_joined(arena, ask->law, ask->rows, &joined));
    TRY(law_check(&joined, ret_fault));
    TRY(side_of(ask->law, ask, day, &sides->before, ret_fault));
    return side_of(&joined, ask, day, &sides->after, ret_fault);
}

static void add_agent(const struct payslip *before, const struct payslip *after, struct law_effect *effect)
{
    bool is_touched = false;
    for (size_t line = 0; line < PAY_LINES; line++) {
        int64_t change = after->cents[line] - before->cents[line];
        effect->before.cents[line] += before->cents[line];
        effect->lines.cents[line] += change;
        effect->touched_of[line] += change != 0;
        is_touched |= change != 0;
    }
    effect->touched += is_touched;
}

enum status law_effect_of(struct arena *arena, const struct law_effect_ask *ask, struct law_effect *ret_effect,
                          int64_t *ret_costs, struct law_fault *ret_fault)
{
    struct law_effect effect = {.day = day_of(ask), .agents = ask->count};
    struct sides *sides = arena_new(arena, struct sides);
    if (sides == NULL)
        return LIMIT;
    TRY(find_sides(arena, ask, effect.day, sides, ret_fault));
    for (size_t i = 0; i < ask->count; i++) {
        struct payslip before, after;
        pay_compute(&sides->before, &ask->facts[i], &before, NULL);
        pay_compute(&sides->after, &ask->facts[i], &after, NULL);
        add_agent(&before, &after, &effect);
        if (ret_costs != NULL)
            ret_costs[i] = after.cents[PAY_COST] - before.cents[PAY_COST];
    }
    *ret_effect = effect;
    return OK;
}
