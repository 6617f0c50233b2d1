#include "service/accounting/fungible/fungible.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "base/seeded.h"

enum { ARENA = 1 << 22 };

/* 7.5 % of 1 000 000.00 in functioning, all of it free; 5 % of 333 333.33 in investment, 1 000.00 gone. */
static const struct fungible_section sections[2] = {
    [CHART_FUNCTIONING] = {.real = {100000000}, .rate = 750},
    [CHART_INVESTMENT] = {.real = {33333333}, .rate = 500, .moved = {100000}},
};

static struct fungible_transfer transfer_of(const char *from, const char *to, int64_t cents)
{
    return (struct fungible_transfer){.decided = date_of(2026, 6, 1), .from = str_of(from), .to = str_of(to),
                                      .amount = {cents}};
}

static void passes(const struct fungible_section *these, struct fungible_transfer transfer)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    assert_int_equal(fungible_check(these, &transfer, &faults), OK);
    assert_int_equal(faults.found, 0);
}

static void refuses(const struct fungible_section *these, struct fungible_transfer transfer, const char *rule,
                    const char *value)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    assert_int_equal(fungible_check(these, &transfer, &faults), INVALID);
    assert_int_equal(faults.count, 1);
    assert_true(str_eq(faults.kept[0].rule, str_of(rule)));
    assert_string_equal(faults.kept[0].value.at, value);
}

static void exactly_the_limit_passes_and_a_cent_more_does_not(void **state)
{
    (void)state;
    passes(sections, transfer_of("011", "65", 7500000));
    refuses(sections, transfer_of("011", "65", 7500001), "fungible.limit", "75000.01");
    struct fungible_transfer transfer = transfer_of("21", "23", 1566666); /* 16 666.6665 in all */
    transfer.from_section = transfer.to_section = CHART_INVESTMENT;
    passes(sections, transfer);
    transfer.amount.cents++;
    refuses(sections, transfer, "fungible.limit", "16666.67");
}

static void staff_is_neither_source_nor_target(void **state)
{
    (void)state;
    refuses(sections, transfer_of("012", "65", 1), "fungible.staff", "012");
    refuses(sections, transfer_of("65", "012", 1), "fungible.staff", "012");
    passes(sections, transfer_of("65", "011", 1));
}

static void a_transfer_stays_in_its_section(void **state)
{
    (void)state;
    struct fungible_transfer transfer = transfer_of("011", "21", 1);
    transfer.to_section = CHART_INVESTMENT;
    refuses(sections, transfer, "fungible.section", "de fonctionnement");
    refuses(sections, transfer_of("011", "011", 1), "fungible.same", "011");
}

/* L2312-2: by article, within a chapter, without a rate and of any amount; staff too, but no specialised article. */
static void articles_of_a_chapter_are_outside_the_limit(void **state)
{
    (void)state;
    const struct fungible_section by_article[2] = {{.real = {100000000}, .is_by_article = true}};
    struct fungible_transfer transfer = transfer_of("012", "012", 90000000);
    transfer.from_article = STR("64111");
    transfer.to_article = STR("64131");
    passes(by_article, transfer);
    refuses(by_article, transfer_of("011", "65", 1), "fungible.limit", "0.01"); /* between chapters the rate holds */
    transfer.is_specialised = true;
    refuses(by_article, transfer, "fungible.special", "64111");
    transfer.is_specialised = false;
    transfer.to_article = STR("64111");
    refuses(by_article, transfer, "fungible.article", "64111");
}

static void amounts_and_rates_are_refused(void **state)
{
    (void)state;
    struct fungible_section these[2] = {{.real = {100000000}, .rate = 751}};
    refuses(sections, transfer_of("011", "65", 0), "fungible.amount", "0.00");
    refuses(sections, transfer_of("011", "65", -1), "fungible.amount", "-0.01");
    refuses(these, transfer_of("011", "65", 1), "fungible.rate", "7.51");
    these[0].rate = 0; /* the assembly delegated nothing */
    refuses(these, transfer_of("011", "65", 1), "fungible.limit", "0.01");
}

static void all_that_is_wrong_is_told_at_once(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    struct fungible_transfer transfer = transfer_of("012", "012", 7500001);
    assert_int_equal(fungible_check(sections, &transfer, &faults), INVALID);
    assert_int_equal(faults.count, 4); /* the same chapter, staff twice, above the limit */
}

/* The limit against its definition: the most of which ten thousand times is no more than expenses times the rate. */
static void limits_are_the_most_that_is_within(void **state)
{
    (void)state;
    struct seeded seeded = {75};
    for (int i = 0; i < 10000; i++) {
        const struct fungible_section section = {.real = {(int64_t)seeded_below(&seeded, (uint64_t)MONEY_MAX)},
                                                 .rate = (int64_t)seeded_below(&seeded, 751)};
        const __int128 limit = fungible_limit(&section).cents, all = (__int128)section.real.cents * section.rate;
        assert_true(limit * 10000 <= all && (limit + 1) * 10000 > all);
    }
    const struct fungible_section below_nothing = {.real = {-1}, .rate = 750};
    assert_int_equal(fungible_limit(&below_nothing).cents, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exactly_the_limit_passes_and_a_cent_more_does_not),
        cmocka_unit_test(staff_is_neither_source_nor_target),
        cmocka_unit_test(a_transfer_stays_in_its_section),
        cmocka_unit_test(articles_of_a_chapter_are_outside_the_limit),
        cmocka_unit_test(amounts_and_rates_are_refused),
        cmocka_unit_test(all_that_is_wrong_is_told_at_once),
        cmocka_unit_test(limits_are_the_most_that_is_within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
