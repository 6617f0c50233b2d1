/* Payslips drawn at random, for tests and for bench/payroll. */
#ifndef SERVICE_PAYROLL_PAY_TEST_PAY_H
#define SERVICE_PAYROLL_PAY_TEST_PAY_H

#include "base/seeded.h"
#include "service/payroll/pay/pay.h"

static const struct pay_facts test_plain = {.status = PAY_OFFICIAL, .category = PAY_C, .index = 387, .part_time = 100,
                                            .zone = 3};

/* All of one month, worked. */
static inline struct pay_facts test_drawn(struct seeded *random)
{
    static const int32_t parts[] = {100, 90, 80, 70, 60, 50};
    struct pay_facts facts = test_plain;
    facts.status = seeded_below(random, 3) == 0 ? PAY_CONTRACT : PAY_OFFICIAL;
    facts.category = (enum pay_category)(PAY_A + seeded_below(random, 3));
    facts.index = 366 + (int32_t)seeded_below(random, 600);
    facts.nbi = facts.status == PAY_OFFICIAL ? (int32_t)seeded_below(random, 4) * 10 : 0;
    facts.part_time = parts[seeded_below(random, 6)];
    if (seeded_below(random, 4) == 0) {
        facts.part_time = 100;
        facts.week_tenths = 80 + (int32_t)seeded_below(random, 270);
    }
    facts.zone = 1 + (int32_t)seeded_below(random, 3);
    facts.children = (int32_t)seeded_below(random, 5);
    facts.ifse = (int64_t)seeded_below(random, 300000);
    facts.cia = (int64_t)seeded_below(random, 50000);
    facts.health = (int64_t)seeded_below(random, 5000);
    facts.deductions = (int64_t)seeded_below(random, 10000);
    facts.tax_millionths = (int64_t)seeded_below(random, 200000);
    return facts;
}

/* Room for what facts point to. */
struct test_room {
    struct pay_span spans[3];
    struct pay_extra extras[3];
};

static inline void test_draw_spans(struct seeded *random, struct pay_facts *facts, struct test_room *room)
{
    int32_t left = 30 - (int32_t)seeded_below(random, 4);
    facts->span_count = 1 + seeded_below(random, 3);
    facts->spans = room->spans;
    for (size_t i = 0; i < facts->span_count; i++) {
        struct pay_span *span = &room->spans[i];
        *span = (struct pay_span){facts->index + (int32_t)i * 12, facts->nbi, facts->part_time, facts->week_tenths,
                                  facts->zone, facts->ifse, {0}};
        int32_t of_span = i + 1 == facts->span_count ? left : (int32_t)seeded_below(random, (uint64_t)left);
        left -= of_span;
        for (; of_span > 0; of_span--)
            span->days[seeded_below(random, 3) == 0 ? seeded_below(random, PAY_DAYS) : PAY_WORKED]++;
    }
}

/* Anything that a month can have. `room` must live as long as the facts. */
static inline struct pay_facts test_drawn_whole(struct seeded *random, struct test_room *room)
{
    struct pay_facts facts = test_drawn(random);
    if (seeded_below(random, 10) == 0)
        return (struct pay_facts){.status = PAY_ELECTED, .part_time = 100, .zone = 3,
                                  .mandate_millionths = (int64_t)seeded_below(random, 1450000),
                                  .mandates_elsewhere = (int64_t)seeded_below(random, 100000),
                                  .is_general = seeded_below(random, 5) == 0};
    if (facts.week_tenths > 0 && facts.week_tenths < 280 && facts.status == PAY_OFFICIAL)
        facts.status = PAY_OFFICIAL_GENERAL;
    if (seeded_below(random, 3) == 0)
        test_draw_spans(random, &facts, room);
    if (seeded_below(random, 3) == 0) {
        facts.extras = room->extras;
        facts.extra_count = 3;
        for (size_t i = 0; i < 3; i++)
            room->extras[i] = (struct pay_extra){STR("P1"), STR("deliberation"), (int64_t)seeded_below(random, 20000),
                                                 (enum pay_extra_kind)i, i == 0, true, true};
    }
    if (seeded_below(random, 5) == 0)
        for (size_t i = 0; i < PAY_HOURS; i++)
            facts.overtime[i] = (int32_t)seeded_below(random, 800);
    if (seeded_below(random, 5) == 0) {
        facts.transport = (int64_t)seeded_below(random, 9000);
        facts.telework_days = (int32_t)seeded_below(random, 12);
        facts.telework_year = (int64_t)seeded_below(random, 26000);
    }
    facts.is_compensated = seeded_below(random, 6) == 0;
    facts.has_neutral_rate = seeded_below(random, 6) == 0;
    if (facts.has_neutral_rate)
        facts.tax_millionths = 0;
    if (seeded_below(random, 9) == 0) {
        facts.pss_of = 31;
        facts.pss_days = 1 + (int32_t)seeded_below(random, 31);
    }
    return facts;
}

#endif
