/* Debt schedules: by hand, against values computed with decimals of sixty digits, each rule broken alone, and sums
 * over many. */
#include "service/accounting/debt/debt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "base/seeded.h"

enum { ARENA = 1 << 22, SCHEDULES = 2000 };

struct sheet {
    struct arena *arena;
    struct faults faults;
    struct debt_schedule schedule;
};

static struct sheet sheet_new(void)
{
    struct sheet sheet = {.arena = arena_create(ARENA)};
    sheet.faults.arena = sheet.arena;
    return sheet;
}

/* Interest, capital, what is left. */
static void is_row(const struct debt_instalment *instalment, int64_t interest, int64_t capital, int64_t left)
{
    assert_int_equal(instalment->interest.cents, interest);
    assert_int_equal(instalment->capital.cents, capital);
    assert_int_equal(instalment->left.cents, left);
}

static void is_schedule(const struct debt *debt, int64_t (*rows)[3], size_t count)
{
    struct sheet sheet = sheet_new();
    assert_int_equal(debt_schedule_of(debt, &sheet.faults, &sheet.schedule), OK);
    assert_int_equal(sheet.schedule.count, count);
    for (size_t i = 0; i < count; i++)
        is_row(&sheet.schedule.instalments[i], rows[i][0], rows[i][1], rows[i][2]);
    arena_destroy(&sheet.arena);
}

/* 1 000.00 at 3 %, three times a year apart. The annuity is 353.530; 666.67 * 3 % is 20.0001. */
static void three_years_by_hand(void **state)
{
    (void)state;
    struct debt debt = {.borrowed = {100000}, .rate = 30000, .a_year = 1, .count = 3, .first = date_of(2026, 5, 1)};
    int64_t progressive[][3] = {{3000, 32353, 67647}, {2029, 33324, 34323}, {1030, 34323, 0}};
    int64_t constant[][3] = {{3000, 33333, 66667}, {2000, 33333, 33334}, {1000, 33334, 0}};
    int64_t in_fine[][3] = {{3000, 0, 100000}, {3000, 0, 100000}, {3000, 100000, 0}};
    int64_t at_none[][3] = {{0, 33333, 66667}, {0, 33333, 33334}, {0, 33334, 0}};
    is_schedule(&debt, progressive, 3);
    debt.profile = DEBT_CONSTANT;
    is_schedule(&debt, constant, 3);
    debt.profile = DEBT_IN_FINE;
    is_schedule(&debt, in_fine, 3);
    debt = (struct debt){.borrowed = {100000}, .a_year = 1, .count = 3, .first = date_of(2026, 5, 1)};
    is_schedule(&debt, at_none, 3);
}

/* 100 000.00 at 3.6 % in twelve months. */
static void twelve_months(void **state)
{
    (void)state;
    const struct debt debt = {.borrowed = {10000000}, .rate = 36000, .a_year = 12, .count = 12,
                              .first = date_of(2026, 1, 31)};
    int64_t rows[][3] = {{30000, 819673, 9180327}, {27541, 822132, 8358195}, {25075, 824598, 7533597},
                         {22601, 827072, 6706525}, {20120, 829553, 5876972}, {17631, 832042, 5044930},
                         {15135, 834538, 4210392}, {12631, 837042, 3373350}, {10120, 839553, 2533797},
                         {7601, 842072, 1691725},  {5075, 844598, 847127},   {2541, 847127, 0}};
    is_schedule(&debt, rows, 12);
}

static void long_ones(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    const struct debt quarters = {.borrowed = {25000000}, .rate = 34750, .a_year = 4, .count = 80,
                                  .first = date_of(2026, 3, 31)};
    const struct debt months = {.borrowed = {15000000}, .rate = 41200, .a_year = 12, .count = 240,
                                .first = date_of(2026, 1, 5)};
    int64_t interest = 0;
    assert_int_equal(debt_schedule_of(&quarters, &sheet.faults, &sheet.schedule), OK);
    is_row(&sheet.schedule.instalments[0], 217188, 217687, 24782313);
    is_row(&sheet.schedule.instalments[78], 7458, 427417, 431107);
    is_row(&sheet.schedule.instalments[79], 3745, 431107, 0);
    assert_int_equal(debt_schedule_of(&months, &sheet.faults, &sheet.schedule), OK);
    is_row(&sheet.schedule.instalments[0], 51500, 40348, 14959652);
    is_row(&sheet.schedule.instalments[119], 31180, 60668, 9021022);
    is_row(&sheet.schedule.instalments[239], 315, 91653, 0);
    for (size_t i = 0; i < sheet.schedule.count; i++)
        interest += sheet.schedule.instalments[i].interest.cents;
    assert_int_equal(interest, 7043640);
    arena_destroy(&sheet.arena);
}

static void dates_keep_to_their_day(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    struct debt debt = {.borrowed = {100000}, .a_year = 12, .count = 14, .first = date_of(2027, 12, 31)};
    assert_int_equal(debt_schedule_of(&debt, &sheet.faults, &sheet.schedule), OK);
    assert_int_equal(sheet.schedule.instalments[0].due.days, date_of(2027, 12, 31).days);
    assert_int_equal(sheet.schedule.instalments[2].due.days, date_of(2028, 2, 29).days);
    assert_int_equal(sheet.schedule.instalments[3].due.days, date_of(2028, 3, 31).days);
    assert_int_equal(sheet.schedule.instalments[4].due.days, date_of(2028, 4, 30).days);
    assert_int_equal(sheet.schedule.instalments[12].due.days, date_of(2028, 12, 31).days);
    debt.a_year = 4;
    assert_int_equal(debt_schedule_of(&debt, &sheet.faults, &sheet.schedule), OK);
    assert_int_equal(sheet.schedule.instalments[3].due.days, date_of(2028, 9, 30).days);
    debt.a_year = 1;
    assert_int_equal(debt_schedule_of(&debt, &sheet.faults, &sheet.schedule), OK);
    assert_int_equal(sheet.schedule.instalments[13].due.days, date_of(2040, 12, 31).days);
    arena_destroy(&sheet.arena);
}

/* ---- refused ---- */

static void refuses(const struct debt *debt, const char *rule, const char *value)
{
    struct sheet sheet = sheet_new();
    assert_int_equal(debt_schedule_of(debt, &sheet.faults, &sheet.schedule), INVALID);
    assert_int_equal(sheet.faults.count, 1);
    assert_true(str_eq(sheet.faults.kept[0].rule, str_of(rule)));
    assert_string_equal(sheet.faults.kept[0].value.at, value);
    arena_destroy(&sheet.arena);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    const struct debt right = {.borrowed = {1}, .rate = DEBT_RATE_WHOLE, .a_year = 12, .count = DEBT_COUNT_MAX,
                               .first = date_of(2026, 1, 1)};
    struct sheet sheet = sheet_new();
    struct debt debt = right;
    assert_int_equal(debt_schedule_of(&debt, &sheet.faults, &sheet.schedule), OK);
    debt.borrowed.cents = 0;
    refuses(&debt, "debt.borrowed", "0.00");
    debt.borrowed.cents = MONEY_MAX + 1;
    refuses(&debt, "debt.borrowed", "1000000000000.00");
    debt = right;
    debt.rate = -1;
    refuses(&debt, "debt.rate", "-1");
    debt.rate = DEBT_RATE_WHOLE + 1;
    refuses(&debt, "debt.rate", "1000001");
    debt = right;
    debt.a_year = 3;
    refuses(&debt, "debt.period", "3");
    debt = right;
    debt.count = 0;
    refuses(&debt, "debt.count", "0");
    debt.count = DEBT_COUNT_MAX + 1;
    refuses(&debt, "debt.count", "1201");
    arena_destroy(&sheet.arena);
}

static void a_full_arena_is_told(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1024);
    struct faults faults = {.arena = arena};
    struct debt_schedule schedule;
    const struct debt debt = {.borrowed = {100}, .a_year = 12, .count = 240, .first = date_of(2026, 1, 1)};
    assert_int_equal(debt_schedule_of(&debt, &faults, &schedule), LIMIT);
}

/* ---- over many ---- */

/* Those of a progressive one are one annuity; the last differs by what a cent a time grows to. */
static void is_even(const struct debt *debt, const struct debt_schedule *schedule)
{
    const struct debt_instalment *first = schedule->instalments, *last = &schedule->instalments[schedule->count - 1];
    const int64_t annuity = first->interest.cents + first->capital.cents;
    if (debt->profile != DEBT_PROGRESSIVE || debt->borrowed.cents < 1000000 || schedule->count < 2)
        return;
    for (size_t i = 0; i + 1 < schedule->count; i++)
        assert_int_equal(schedule->instalments[i].interest.cents + schedule->instalments[i].capital.cents, annuity);
    const int64_t apart = last->interest.cents + last->capital.cents - annuity;
    assert_true(apart > -1000 && apart < 1000);
}

static void sums_up(const struct debt *debt, const struct debt_schedule *schedule)
{
    int64_t capital = 0;
    for (size_t i = 0; i < schedule->count; i++) {
        const struct debt_instalment *instalment = &schedule->instalments[i];
        capital += instalment->capital.cents;
        assert_true(instalment->capital.cents >= 0 && instalment->interest.cents >= 0);
        assert_int_equal(instalment->left.cents, debt->borrowed.cents - capital);
        assert_true(i == 0 || instalment->due.days > instalment[-1].due.days);
    }
    assert_int_equal(capital, debt->borrowed.cents);
}

/* Up to thirty years and 5 %, from a cent to 10 billion euros; and what no bank lends, for its sums alone. */
static void capital_sums_to_what_was_borrowed(void **state)
{
    (void)state;
    static const int32_t a_year[] = {1, 2, 4, 12};
    static const int64_t borrowed[] = {10, 1000000, 1000000000, 1000000000000};
    struct seeded seeded = {1641};
    struct sheet sheet = sheet_new();
    for (int i = 0; i < SCHEDULES; i++) {
        struct debt debt = {.profile = (enum debt_profile)seeded_below(&seeded, 3), .a_year = a_year[i % 4]};
        debt.borrowed.cents = 1 + (int64_t)seeded_below(&seeded, (uint64_t)borrowed[i / 4 % 4]);
        debt.rate = (int64_t)seeded_below(&seeded, 50001);
        debt.count = 1 + (int32_t)seeded_below(&seeded, 30 * (uint64_t)debt.a_year);
        debt.first = (struct date){10000 + (int32_t)seeded_below(&seeded, 20000)};
        assert_int_equal(debt_schedule_of(&debt, &sheet.faults, &sheet.schedule), OK);
        sums_up(&debt, &sheet.schedule);
        is_even(&debt, &sheet.schedule);
        debt.rate = (int64_t)seeded_below(&seeded, DEBT_RATE_WHOLE + 1);
        debt.borrowed.cents = i % 2 == 0 ? MONEY_MAX : 3;
        assert_int_equal(debt_schedule_of(&debt, &sheet.faults, &sheet.schedule), OK);
        sums_up(&debt, &sheet.schedule);
        arena_reset(sheet.arena);
    }
    arena_destroy(&sheet.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_years_by_hand),
        cmocka_unit_test(twelve_months),
        cmocka_unit_test(long_ones),
        cmocka_unit_test(dates_keep_to_their_day),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(a_full_arena_is_told),
        cmocka_unit_test(capital_sums_to_what_was_borrowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
