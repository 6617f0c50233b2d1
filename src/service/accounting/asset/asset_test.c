/* Depreciation plans: by hand, each rule broken alone, and I14 over many. */
#include "service/accounting/asset/asset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "base/seeded.h"

enum { ARENA = 1 << 22, PLANS = 20000 };

struct sheet {
    struct arena *arena;
    struct faults faults;
    struct asset_plan plan;
};

static struct sheet sheet_new(void)
{
    struct sheet sheet = {.arena = arena_create(ARENA)};
    sheet.faults.arena = sheet.arena;
    return sheet;
}

static void plans(const struct asset *asset, int32_t first, const int64_t *charges, size_t count)
{
    struct sheet sheet = sheet_new();
    int64_t left = asset->base.cents;
    assert_int_equal(asset_plan_of(asset, &sheet.faults, &sheet.plan), OK);
    assert_int_equal(sheet.plan.count, count);
    for (size_t i = 0; i < count; i++) {
        left -= charges[i];
        assert_int_equal(sheet.plan.years[i].year, first + (int32_t)i);
        assert_int_equal(sheet.plan.years[i].charge.cents, charges[i]);
        assert_int_equal(sheet.plan.years[i].left.cents, left);
    }
    assert_int_equal(left, 0);
    arena_destroy(&sheet.arena);
}

/* 10 000.00 in 5 years from 1 July 2024: 184 days of 365 are 1 008.219. */
static void the_first_year_is_in_proportion(void **state)
{
    (void)state;
    struct asset asset = {.base = {1000000}, .years = 5, .commissioned = date_of(2024, 7, 1)};
    static const int64_t real[] = {100821, 200000, 200000, 200000, 200000, 99179};
    static const int64_t months[] = {100000, 200000, 200000, 200000, 200000, 100000};
    static const int64_t whole[] = {200000, 200000, 200000, 200000, 200000};
    plans(&asset, 2024, real, 6);
    asset.basis = ASSET_DAYS_360;
    plans(&asset, 2024, months, 6);
    asset.basis = ASSET_WHOLE_YEAR;
    plans(&asset, 2025, whole, 5);
}

/* 29 February 2024: 307 days are 1 682.191; by months of thirty days 302, 1 677.777. */
static void a_leap_day_and_the_ends_of_a_year(void **state)
{
    (void)state;
    struct asset asset = {.base = {1000000}, .years = 5, .commissioned = date_of(2024, 2, 29)};
    static const int64_t real[] = {168219, 200000, 200000, 200000, 200000, 31781};
    static const int64_t months[] = {167777, 200000, 200000, 200000, 200000, 32223};
    static const int64_t one_day[] = {547, 200000, 200000, 200000, 200000, 199453};
    static const int64_t one_of_360[] = {555, 200000, 200000, 200000, 200000, 199445};
    static const int64_t whole[] = {200000, 200000, 200000, 200000, 200000};
    plans(&asset, 2024, real, 6);
    asset.basis = ASSET_DAYS_360;
    plans(&asset, 2024, months, 6);
    asset.commissioned = date_of(2024, 12, 31);
    plans(&asset, 2024, one_of_360, 6);
    asset.basis = ASSET_DAYS_365;
    plans(&asset, 2024, one_day, 6);
    asset.commissioned = date_of(2024, 1, 1); /* 366 days, and 365 count */
    plans(&asset, 2024, whole, 5);
    asset.commissioned = date_of(2024, 1, 2);
    plans(&asset, 2024, whole, 5);
    asset.commissioned = date_of(2023, 1, 1);
    plans(&asset, 2023, whole, 5);
}

static void what_remains_is_in_the_last_year(void **state)
{
    (void)state;
    struct asset asset = {.base = {1000000}, .years = 3, .commissioned = date_of(2025, 1, 1)};
    static const int64_t thirds[] = {333333, 333333, 333334};
    static const int64_t nothing_yet[] = {0, 0, 0, 0, 3};
    static const int64_t one[] = {3};
    plans(&asset, 2025, thirds, 3);
    asset = (struct asset){.base = {3}, .years = 5, .commissioned = date_of(2025, 1, 1)};
    plans(&asset, 2025, nothing_yet, 5);
    asset.years = 1;
    plans(&asset, 2025, one, 1);
}

/* ---- refused ---- */

static void refuses(const struct asset *asset, const char *rule, const char *value)
{
    struct sheet sheet = sheet_new();
    assert_int_equal(asset_plan_of(asset, &sheet.faults, &sheet.plan), INVALID);
    assert_int_equal(sheet.faults.count, 1);
    assert_true(str_eq(sheet.faults.kept[0].rule, str_of(rule)));
    assert_string_equal(sheet.faults.kept[0].value.at, value);
    arena_destroy(&sheet.arena);
}

static void bases_and_durations_are_refused(void **state)
{
    (void)state;
    struct asset asset = {.base = {0}, .years = 5, .commissioned = date_of(2025, 1, 1)};
    refuses(&asset, "asset.base", "0.00");
    asset.base.cents = -1;
    refuses(&asset, "asset.base", "-0.01");
    asset.base.cents = MONEY_MAX + 1;
    refuses(&asset, "asset.base", "1000000000000.00");
    asset.base.cents = MONEY_MAX;
    asset.years = 0;
    refuses(&asset, "asset.years", "0");
    asset.years = ASSET_YEARS_MAX + 1;
    refuses(&asset, "asset.years", "101");
}

/* Each ceiling passes, and one year more does not; those of grants changed on 1 January 2016. */
static void ceilings_of_the_law_hold(void **state)
{
    (void)state;
    static const struct {
        const char *kind;
        int32_t year, most;
        const char *above;
    } rows[] = {{"urbanism", 2026, 10, "11"},       {"study", 2026, 5, "6"},
                {"research", 2026, 5, "6"},         {"grant_movable", 2026, 5, "6"},
                {"grant_building", 2026, 30, "31"}, {"grant_national", 2026, 40, "41"},
                {"grant_building", 2015, 15, "16"}, {"grant_national", 2015, 30, "31"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sheet sheet = sheet_new();
        struct asset asset = {.kind = str_of(rows[i].kind), .base = {100}, .years = rows[i].most,
                              .commissioned = date_of(rows[i].year, 6, 1)};
        assert_int_equal(asset_plan_of(&asset, &sheet.faults, &sheet.plan), OK);
        asset.years++;
        refuses(&asset, "asset.ceiling", rows[i].above);
        arena_destroy(&sheet.arena);
    }
}

static void an_unknown_kind_is_told(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    struct asset asset = {.kind = STR("patent"), .base = {100}, .years = 5, .commissioned = date_of(2026, 1, 1)};
    assert_int_equal(asset_plan_of(&asset, &sheet.faults, &sheet.plan), NOT_FOUND);
    assert_true(str_eq(sheet.faults.kept[0].rule, str_of("figure.unknown")));
    asset = (struct asset){.kind = STR("study"), .base = {100}, .years = 5, .commissioned = date_of(2015, 12, 31)};
    assert_int_equal(asset_plan_of(&asset, &sheet.faults, &sheet.plan), NOT_FOUND);
    assert_string_equal(sheet.faults.kept[1].value.at, "2015-12-31");
    arena_destroy(&sheet.arena);
}

/* ---- I14 ---- */

static void a_plan_sums_to_its_base(const struct asset *asset, struct sheet *sheet)
{
    int64_t sum = 0;
    const int64_t annual = asset->base.cents / asset->years;
    assert_int_equal(asset_plan_of(asset, &sheet->faults, &sheet->plan), OK);
    for (size_t i = 0; i < sheet->plan.count; i++) {
        const struct asset_year *year = &sheet->plan.years[i];
        sum += year->charge.cents;
        assert_true(year->charge.cents >= 0 && year->left.cents == asset->base.cents - sum);
        assert_true(i == sheet->plan.count - 1 || year->charge.cents <= annual);
    }
    assert_int_equal(sum, asset->base.cents);
    assert_true(sheet->plan.years[sheet->plan.count - 1].charge.cents <= annual + asset->years);
}

static void every_plan_sums_to_its_base(void **state)
{
    (void)state;
    struct seeded seeded = {14};
    struct sheet sheet = sheet_new();
    for (int i = 0; i < PLANS; i++) {
        static const int64_t bases[] = {10, 100000, 100000000, MONEY_MAX};
        struct asset asset = {.base = {1 + (int64_t)seeded_below(&seeded, (uint64_t)bases[i % 4])},
                              .years = 1 + (int32_t)seeded_below(&seeded, ASSET_YEARS_MAX),
                              .basis = (enum asset_basis)seeded_below(&seeded, 3)};
        asset.commissioned.days = date_of(1990, 1, 1).days + (int32_t)seeded_below(&seeded, 20000);
        if (asset.base.cents > MONEY_MAX)
            asset.base.cents = MONEY_MAX;
        a_plan_sums_to_its_base(&asset, &sheet);
    }
    assert_int_equal(sheet.faults.found, 0);
    arena_destroy(&sheet.arena);
}

/* ---- it leaves ---- */

/* 3 650.00 in 5 years from 2 July 2026: 2.00 a day. */
static void leaves(enum asset_basis basis, struct date day, size_t count, int64_t last, int64_t left)
{
    struct sheet sheet = sheet_new();
    struct asset asset = {.base = {365000}, .years = 5, .commissioned = date_of(2026, 7, 2), .basis = basis};
    assert_int_equal(asset_plan_of(&asset, &sheet.faults, &sheet.plan), OK);
    asset_plan_cut(&asset, basis, day, &sheet.plan);
    assert_int_equal(sheet.plan.count, count);
    if (count > 0) {
        assert_int_equal(sheet.plan.years[count - 1].charge.cents, last);
        assert_int_equal(sheet.plan.years[count - 1].left.cents, left);
    }
    arena_destroy(&sheet.arena);
}

static void the_year_of_leaving_is_in_proportion(void **state)
{
    (void)state;
    leaves(ASSET_DAYS_365, date_of(2026, 7, 2), 1, 200, 364800); /* one day */
    leaves(ASSET_DAYS_365, date_of(2026, 11, 20), 1, 28400, 336600);
    leaves(ASSET_DAYS_365, date_of(2026, 12, 31), 1, 36600, 328400); /* as planned */
    leaves(ASSET_DAYS_365, date_of(2027, 1, 1), 2, 200, 328200);
    leaves(ASSET_DAYS_365, date_of(2027, 12, 31), 2, 73000, 255400);
    leaves(ASSET_DAYS_365, date_of(2028, 12, 31), 3, 73000, 182400); /* 366 days count as 365 */
    leaves(ASSET_DAYS_365, date_of(2031, 6, 30), 6, 36200, 200);     /* a day before its end */
    leaves(ASSET_DAYS_365, date_of(2031, 7, 1), 6, 36400, 0);
    leaves(ASSET_DAYS_365, date_of(2031, 12, 31), 6, 36400, 0); /* and no more after it */
    leaves(ASSET_DAYS_365, date_of(2032, 1, 1), 6, 36400, 0);
    leaves(ASSET_DAYS_360, date_of(2027, 3, 31), 2, 18250, 310453); /* 90 days of 360; 179 in the first */
    leaves(ASSET_WHOLE_YEAR, date_of(2026, 12, 31), 0, 0, 0);
    leaves(ASSET_WHOLE_YEAR, date_of(2028, 6, 1), 1, 73000, 292000); /* that year is not charged */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_year_is_in_proportion),
        cmocka_unit_test(a_leap_day_and_the_ends_of_a_year),
        cmocka_unit_test(what_remains_is_in_the_last_year),
        cmocka_unit_test(bases_and_durations_are_refused),
        cmocka_unit_test(ceilings_of_the_law_hold),
        cmocka_unit_test(an_unknown_kind_is_told),
        cmocka_unit_test(every_plan_sums_to_its_base),
        cmocka_unit_test(the_year_of_leaving_is_in_proportion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
