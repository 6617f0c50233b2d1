/* Payment delays: the worked example, each rule broken alone, and generated cases against an oracle that walks from
 * day to day with a calendar of its own and its own list of the days on which the refinancing rate changed. */
#include "service/accounting/delay/delay.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "base/seeded.h"
#include "service/accounting/figure.h"

enum { ARENA = 64 << 20, CASES = 200 };

#define DATE(year, month, day) date_of(year, month, day)

struct sheet {
    struct arena *arena;
    struct faults faults;
    struct delay delay;
    struct delay_late late;
};

static struct sheet sheet_new(void)
{
    struct sheet sheet = {.arena = arena_create(ARENA)};
    sheet.faults.arena = sheet.arena;
    return sheet;
}

static void same_day(struct date is, struct date should)
{
    assert_int_equal(is.days, should.days);
}

static enum status late(struct sheet *sheet, int64_t cents, struct date paid)
{
    return delay_late_of(&sheet->delay, (struct money){cents}, paid, &sheet->faults, &sheet->late);
}

/* One fault, of that rule, with that value. */
static void refuses(const struct delay_request *request, const char *rule, const char *value)
{
    struct sheet sheet = sheet_new();
    assert_int_equal(delay_of(request, &sheet.faults, &sheet.delay), INVALID);
    assert_int_equal(sheet.faults.count, 1);
    assert_true(str_eq(sheet.faults.kept[0].rule, str_of(rule)));
    assert_string_equal(sheet.faults.kept[0].value.at, value);
    arena_destroy(&sheet.arena);
}

/* ---- by hand ---- */

static void the_worked_example(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    const struct delay_request request = {.received = DATE(2026, 3, 2), .done = DATE(2026, 2, 27)};
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.start, DATE(2026, 3, 2));
    same_day(sheet.delay.due, DATE(2026, 4, 1));
    same_day(sheet.delay.order_by, DATE(2026, 3, 22));
    assert_int_equal(sheet.delay.days, 30);
    assert_int_equal(late(&sheet, 1000000, DATE(2026, 4, 21)), OK);
    assert_int_equal(sheet.late.days, 20);
    assert_int_equal(sheet.late.rate, 1015);
    assert_int_equal(sheet.late.interest.cents, 5562);
    assert_int_equal(sheet.late.indemnity.cents, 4000);
    same_day(sheet.late.half_year, DATE(2026, 1, 1));
    same_day(sheet.late.settle_by, DATE(2026, 6, 5));
    assert_int_equal(sheet.faults.found, 0);
    arena_destroy(&sheet.arena);
}

static void the_last_day_is_in_time_and_the_next_is_not(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    const struct delay_request request = {.received = DATE(2026, 3, 2), .done = DATE(2026, 3, 2)};
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    assert_int_equal(late(&sheet, 1000000, DATE(2026, 4, 1)), OK);
    assert_true(sheet.late.days == 0 && sheet.late.interest.cents == 0 && sheet.late.indemnity.cents == 0);
    assert_int_equal(late(&sheet, 1000000, DATE(2026, 4, 2)), OK);
    assert_int_equal(sheet.late.days, 1);
    assert_int_equal(sheet.late.interest.cents, 278); /* 10 000.00 * 0.1015 / 365 = 2.7808 */
    assert_int_equal(late(&sheet, 0, DATE(2026, 4, 2)), OK);
    assert_true(sheet.late.interest.cents == 0 && sheet.late.indemnity.cents == 4000);
    arena_destroy(&sheet.arena);
}

/* Due on 30 June 2025: interest begins on 1 July, so the rate is that day's (2.15 %), not that of January (3.15 %). */
static void the_rate_is_that_of_the_half_year_interest_begins_in(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    struct delay_request request = {.received = DATE(2025, 5, 31)};
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.due, DATE(2025, 6, 30));
    assert_int_equal(late(&sheet, 1000000, DATE(2025, 7, 1)), OK);
    same_day(sheet.late.half_year, DATE(2025, 7, 1));
    assert_int_equal(sheet.late.rate, 1015);
    request.received = DATE(2025, 5, 30);
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    assert_int_equal(late(&sheet, 1000000, DATE(2025, 12, 31)), OK);
    assert_int_equal(sheet.late.rate, 1115);
    arena_destroy(&sheet.arena);
}

static void the_later_of_request_and_service_starts_it(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    struct delay_request request = {.received = DATE(2023, 12, 31), .done = DATE(2024, 1, 30)};
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.due, DATE(2024, 2, 29)); /* a leap year */
    request.done = (struct date){0};
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.due, DATE(2024, 1, 30));
    request.received = (struct date){0}; /* uncertain: the service done counts (R2192-13) */
    request.done = DATE(2025, 1, 30);
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.due, DATE(2025, 3, 1));
    arena_destroy(&sheet.arena);
}

static void parts_are_agreed_on(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    struct delay_request request = {.received = DATE(2026, 3, 2), .accountant_days = 7};
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.order_by, DATE(2026, 3, 25));
    request.agreed_days = 21;
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.due, DATE(2026, 3, 23));
    same_day(sheet.delay.order_by, DATE(2026, 3, 16));
    arena_destroy(&sheet.arena);
}

static void an_interruption_opens_a_new_delay(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    struct delay_interruption one = {.notified = DATE(2026, 3, 12)};
    struct delay_request request = {.received = DATE(2026, 3, 2), .interruptions = &one, .interruption_count = 1};
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    assert_true(sheet.delay.is_interrupted && sheet.delay.due.days == 0 && sheet.delay.order_by.days == 0);
    assert_int_equal(late(&sheet, 100, DATE(2027, 1, 1)), OK);
    assert_int_equal(sheet.late.days, 0);
    one.completed = DATE(2026, 4, 10);
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.start, DATE(2026, 3, 2));
    same_day(sheet.delay.again, DATE(2026, 4, 10));
    same_day(sheet.delay.due, DATE(2026, 5, 10));
    request.done = DATE(2026, 4, 20); /* the pieces came before the service was done */
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.due, DATE(2026, 5, 20));
    arena_destroy(&sheet.arena);
}

/* What was left never exceeds the new delay of thirty days, so delay.c does not ask which is more (R2192-29). */
static void no_delay_is_longer_than_a_new_one(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    struct figure figure;
    struct figure_set all;
    assert_int_equal(figure_shipped(sheet.arena, &all), OK);
    for (size_t i = 0; i < all.count; i++)
        assert_true(!str_eq(all.at[i].code, STR("delay.payment")) || all.at[i].value <= 30);
    assert_int_equal(figure_find(sheet.arena, NULL, STR("delay.again"), DATE(2026, 1, 1), &figure), OK);
    assert_int_equal(figure.value, 30);
    arena_destroy(&sheet.arena);
}

/* ---- refused ---- */

static void dates_and_days_are_refused(void **state)
{
    (void)state;
    struct delay_request request = {.ordered = DATE(2026, 3, 20)};
    refuses(&request, "delay.start", "");
    request.received = DATE(2026, 3, 2);
    request.agreed_days = 31;
    refuses(&request, "delay.agreed", "31");
    request.agreed_days = -1;
    refuses(&request, "delay.agreed", "-1");
    request.agreed_days = 30;
    request.accountant_days = 30;
    refuses(&request, "delay.split", "30");
    request.accountant_days = -1;
    refuses(&request, "delay.split", "-1");
    request = (struct delay_request){.received = DATE(2026, 3, 2), .agreed_days = 10};
    refuses(&request, "delay.split", "10");
}

static void interruptions_are_refused(void **state)
{
    (void)state;
    struct delay_interruption two[2] = {{DATE(2026, 3, 12), DATE(2026, 3, 14)},
                                        {DATE(2026, 3, 20), DATE(2026, 3, 22)}};
    struct delay_request request = {.received = DATE(2026, 3, 2), .interruptions = two, .interruption_count = 2};
    refuses(&request, "delay.twice", "2026-03-20");
    request.interruption_count = 1;
    request.ordered = DATE(2026, 3, 12);
    refuses(&request, "delay.ordered", "2026-03-12");
    request.ordered = (struct date){0};
    two[0].notified = DATE(2026, 3, 1);
    refuses(&request, "delay.early", "2026-03-01");
    two[0] = (struct delay_interruption){.notified = DATE(2026, 4, 2)};
    refuses(&request, "delay.expired", "2026-04-02");
    two[0] = (struct delay_interruption){DATE(2026, 3, 12), DATE(2026, 3, 11)};
    refuses(&request, "delay.pieces", "2026-03-11");
}

static void the_borders_of_an_interruption_pass(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    struct delay_interruption one = {DATE(2026, 4, 1), DATE(2026, 4, 1)};
    struct delay_request request = {.received = DATE(2026, 3, 2), .ordered = DATE(2026, 4, 2),
                                    .interruptions = &one, .interruption_count = 1};
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.due, DATE(2026, 5, 1));
    one = (struct delay_interruption){DATE(2026, 3, 2), DATE(2026, 3, 2)};
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    same_day(sheet.delay.due, DATE(2026, 4, 1));
    arena_destroy(&sheet.arena);
}

/* The refinancing rate of 1 July 2026 is not among the figures: nobody guesses it. */
static void what_is_not_known_is_not_computed(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    struct delay_request request = {.received = DATE(2026, 6, 1)}; /* due on 1 July: interest from the second */
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    assert_int_equal(late(&sheet, 100, DATE(2026, 7, 2)), NOT_FOUND);
    assert_true(str_eq(sheet.faults.kept[0].rule, str_of("figure.unknown")));
    assert_string_equal(sheet.faults.kept[0].value.at, "2026-07-01");
    assert_true(str_find(sheet.faults.kept[0].mend, STR("taux de refinancement de la BCE")) != SIZE_MAX);
    request.received = DATE(2019, 3, 31);
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), NOT_FOUND);
    assert_true(str_find(sheet.faults.kept[1].mend, STR("délai de paiement")) != SIZE_MAX);
    arena_destroy(&sheet.arena);
}

static void negative_amounts_are_refused_and_large_ones_told(void **state)
{
    (void)state;
    struct sheet sheet = sheet_new();
    const struct delay_request request = {.received = DATE(2020, 1, 1)};
    assert_int_equal(delay_of(&request, &sheet.faults, &sheet.delay), OK);
    assert_int_equal(late(&sheet, -1, DATE(2020, 1, 2)), INVALID);
    assert_true(str_eq(sheet.faults.kept[0].rule, str_of("delay.amount")));
    assert_int_equal(late(&sheet, MONEY_MAX, DATE(2060, 1, 1)), LIMIT);
    arena_destroy(&sheet.arena);
}

/* ---- the oracle: slow, from day to day ---- */

struct day {
    int year, month, day;
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static struct day next_of(struct day day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int length = lengths[day.month - 1] + (day.month == 2 && is_leap(day.year));
    if (++day.day <= length)
        return day;
    day.day = 1;
    if (++day.month <= 12)
        return day;
    return (struct day){day.year + 1, 1, 1};
}

static int number_of(struct day day)
{
    return (day.year * 100 + day.month) * 100 + day.day;
}

/* Days on which the rate changed, in hundredths of a percent (README.md says who published them). */
static int rate_in_force(struct day day)
{
    static const int changes[][2] = {
        {20160316, 0},   {20190918, 0},   {20220727, 50},  {20220914, 125}, {20221102, 200},
        {20221221, 250}, {20230208, 300}, {20230322, 350}, {20230510, 375}, {20230621, 400},
        {20230802, 425}, {20230920, 450}, {20240612, 425}, {20240918, 365}, {20241023, 340},
        {20241218, 315}, {20250205, 290}, {20250312, 265}, {20250423, 240}, {20250611, 215}};
    int rate = -1;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (changes[i][0] <= number_of(day))
            rate = changes[i][1];
    return rate;
}

enum { WALK = 4000 /* days from the first */ };
static struct day calendar[WALK]; /* from 1 April 2019 */

static struct date date_at(int place)
{
    return date_of(calendar[place].year, calendar[place].month, calendar[place].day);
}

/* Places in the calendar; -1: none. */
struct story {
    int received, done, notified, completed, agreed, paid;
    int64_t cents;
};

struct ending {
    int due, late, rate;
    int64_t interest;
};

static int due_by_walking(const struct story *story)
{
    int left = story->agreed > 0 ? story->agreed : 30;
    bool waits = false, was_interrupted = false;
    int day = story->received;
    while (day < story->done)
        day++;
    for (;; day++) {
        if (story->notified >= 0 && !was_interrupted && day >= story->notified)
            was_interrupted = waits = true;
        if (waits && day >= story->completed) {
            waits = false;
            left = left > 30 ? left : 30;
        }
        if (!waits && left-- == 0)
            return day;
    }
}

static int half_year_by_walking(int day)
{
    while (calendar[day].day != 1 || (calendar[day].month != 1 && calendar[day].month != 7))
        day--;
    return day;
}

static struct ending end_by_walking(const struct story *story)
{
    struct ending ending = {.due = due_by_walking(story)};
    __int128 sum = 0;
    ending.rate = rate_in_force(calendar[half_year_by_walking(ending.due + 1)]) + 800;
    for (int day = ending.due + 1; day <= story->paid; day++) {
        ending.late++;
        sum += (__int128)story->cents * ending.rate;
    }
    ending.interest = (int64_t)((sum + 10000 * 365 / 2) / (10000 * 365));
    return ending;
}

static int below(struct seeded *seeded, int bound)
{
    return (int)seeded_below(seeded, (uint64_t)bound);
}

/* Every other one is interrupted; the last may be due in June 2026. */
static struct story story_of(struct seeded *seeded)
{
    struct story story = {.received = 100 + below(seeded, 2350), .notified = -1, .completed = -1};
    story.done = story.received - 20 + below(seeded, 40);
    story.agreed = below(seeded, 3) == 0 ? 11 + below(seeded, 20) : 0;
    story.cents = 1 + (int64_t)seeded_below(seeded, 500000000);
    if (below(seeded, 2) == 0) {
        int start = story.done > story.received ? story.done : story.received;
        int days = story.agreed > 0 ? story.agreed : 30;
        story.notified = story.received + below(seeded, start - story.received + days);
        story.completed = story.notified + below(seeded, 45);
    }
    story.paid = due_by_walking(&story) - 15 + below(seeded, 420);
    return story;
}

struct tally {
    int interrupted, leap, changed, in_time;
};

static void count(struct tally *tally, const struct story *story, const struct ending *ending)
{
    bool is_late = ending->late > 0;
    tally->interrupted += story->notified >= 0;
    tally->in_time += !is_late;
    for (int day = story->received; day <= story->paid; day++)
        tally->leap += calendar[day].month == 2 && calendar[day].day == 29;
    tally->changed += is_late && rate_in_force(calendar[story->paid]) != ending->rate - 800;
}

static void check(struct sheet *sheet, const struct story *story, const struct ending *ending)
{
    struct delay_interruption one = {0};
    struct delay_request request = {.received = date_at(story->received), .done = date_at(story->done),
                                    .agreed_days = story->agreed};
    if (story->notified >= 0) {
        one = (struct delay_interruption){date_at(story->notified), date_at(story->completed)};
        request.interruptions = &one;
        request.interruption_count = 1;
    }
    assert_int_equal(delay_of(&request, &sheet->faults, &sheet->delay), OK);
    same_day(sheet->delay.due, date_at(ending->due));
    assert_int_equal(late(sheet, story->cents, date_at(story->paid)), OK);
    assert_int_equal(sheet->late.days, ending->late);
    assert_int_equal(sheet->late.interest.cents, ending->interest);
    assert_int_equal(sheet->late.indemnity.cents, ending->late > 0 ? 4000 : 0);
    assert_int_equal(sheet->late.rate, ending->late > 0 ? ending->rate : 0);
}

static void generated_cases_are_as_walked(void **state)
{
    (void)state;
    struct seeded seeded = {2026};
    struct tally tally = {0};
    calendar[0] = (struct day){2019, 4, 1};
    for (int i = 1; i < WALK; i++)
        calendar[i] = next_of(calendar[i - 1]);
    struct sheet sheet = sheet_new();
    for (int i = 0; i < CASES; i++) {
        struct story story = story_of(&seeded);
        struct ending ending = end_by_walking(&story);
        check(&sheet, &story, &ending);
        count(&tally, &story, &ending);
        arena_reset(sheet.arena);
    }
    print_message("%d cases: %d interrupted, %d over a 29 February, %d whose refinancing rate changed while late, "
                  "%d in time\n", CASES, tally.interrupted, tally.leap, tally.changed, tally.in_time);
    assert_true(tally.interrupted > 50 && tally.leap > 10 && tally.changed > 20 && tally.in_time > 2);
    assert_int_equal(sheet.faults.found, 0);
    arena_destroy(&sheet.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example),
        cmocka_unit_test(the_last_day_is_in_time_and_the_next_is_not),
        cmocka_unit_test(the_rate_is_that_of_the_half_year_interest_begins_in),
        cmocka_unit_test(the_later_of_request_and_service_starts_it),
        cmocka_unit_test(parts_are_agreed_on),
        cmocka_unit_test(an_interruption_opens_a_new_delay),
        cmocka_unit_test(no_delay_is_longer_than_a_new_one),
        cmocka_unit_test(dates_and_days_are_refused),
        cmocka_unit_test(interruptions_are_refused),
        cmocka_unit_test(the_borders_of_an_interruption_pass),
        cmocka_unit_test(what_is_not_known_is_not_computed),
        cmocka_unit_test(negative_amounts_are_refused_and_large_ones_told),
        cmocka_unit_test(generated_cases_are_as_walked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
