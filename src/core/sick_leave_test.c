#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/sick_leave.h"

static struct arena *arena;

static struct date day(const char *text)
{
    struct date date;
    assert_int_equal(date_parse(str_of(text), &date), OK);
    return date;
}

static struct sick_stop stop(const char *from, const char *to)
{
    return (struct sick_stop){.from = day(from), .to = day(to)};
}

struct sums {
    int of[SICK_DAY_KINDS];
};

static struct sums count(const struct sick_stop *stops, size_t stop_count)
{
    struct sick_count counted;
    struct sick_fault fault = {0};
    struct sums sums = {0};
    assert_int_equal(sick_leave_count(arena, stops, stop_count, &counted, &fault), OK);
    for (size_t i = 0; i < counted.count; i++)
        sums.of[counted.days[i]]++;
    return sums;
}

/* Ninety days with carence, then half: 181 days from 1 January. */
static void ninety_days_then_half(void **state)
{
    (void)state;
    struct sick_stop stops[] = {stop("2026-01-01", "2026-06-30")};
    struct sums sums = count(stops, 1);
    assert_int_equal(sums.of[SICK_WAIT], 1);
    assert_int_equal(sums.of[SICK_NINETY], 89);
    assert_int_equal(sums.of[SICK_HALF], 91);
}

/* The window excludes both ends: a stop of a year before, day for day, no longer counts. */
static void the_same_day_of_the_year_before_is_outside(void **state)
{
    (void)state;
    struct sick_stop within[] = {stop("2025-06-01", "2025-08-29"), stop("2026-05-31", "2026-05-31")};
    struct sick_stop outside[] = {stop("2025-06-01", "2025-08-29"), stop("2026-06-01", "2026-06-02")};
    within[1].is_exempt = outside[1].is_exempt = true;
    assert_int_equal(count(within, 2).of[SICK_HALF], 1);
    struct sums sums = count(outside, 2);
    assert_int_equal(sums.of[SICK_HALF], 0);
    assert_int_equal(sums.of[SICK_NINETY], 89 + 2);
}

static void of_29_february_the_year_before_ends_on_the_28th(void **state)
{
    (void)state;
    struct sick_stop stops[] = {stop("2027-03-01", "2027-05-29"), stop("2028-02-29", "2028-03-01")};
    stops[1].is_exempt = true;
    struct sick_count counted;
    struct sick_fault fault;
    assert_int_equal(sick_leave_count(arena, stops, 2, &counted, &fault), OK);
    assert_int_equal(sick_leave_day(&counted, day("2028-02-29")), SICK_HALF); /* 1 March 2027 is within */
    assert_int_equal(sick_leave_day(&counted, day("2028-03-01")), SICK_NINETY);
}

static void before_march_2025_the_full_rate_is_whole(void **state)
{
    (void)state;
    struct sick_stop stops[] = {stop("2025-02-27", "2025-03-02")};
    struct sums sums = count(stops, 1);
    assert_int_equal(sums.of[SICK_WAIT], 1);
    assert_int_equal(sums.of[SICK_FULL], 1);
    assert_int_equal(sums.of[SICK_NINETY], 2);
}

static void a_thirteenth_month_is_refused(void **state)
{
    (void)state;
    struct sick_stop stops[] = {stop("2026-01-01", "2027-01-31")};
    struct sick_count counted;
    struct sick_fault fault;
    assert_int_equal(sick_leave_count(arena, stops, 1, &counted, &fault), OK);
    assert_int_equal(sick_leave_day(&counted, day("2026-12-30")), SICK_HALF);
    assert_int_equal(sick_leave_day(&counted, day("2026-12-31")), SICK_REFUSED);
    assert_int_equal(sick_leave_day(&counted, day("2027-01-31")), SICK_REFUSED);
}

static void a_day_of_two_stops_counts_once(void **state)
{
    (void)state;
    struct sick_stop stops[] = {stop("2026-01-05", "2026-01-09"), stop("2026-01-08", "2026-01-12")};
    stops[1].goes_on = true;
    struct sums sums = count(stops, 2);
    assert_int_equal(sums.of[SICK_WAIT], 1);
    assert_int_equal(sums.of[SICK_NINETY], 7);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    struct {
        struct sick_stop stops[2];
        const char *what;
        size_t place;
    } cases[] = {
        {{stop("2026-01-09", "2026-01-05"), stop("2026-02-01", "2026-02-02")}, "leave.dates", 0},
        {{stop("2026-02-05", "2026-02-09"), stop("2026-01-01", "2026-01-02")}, "leave.order", 1},
        {{stop("2026-01-05", "2026-01-09"), stop("2026-01-11", "2026-01-12")}, "leave.goes_on", 1},
    };
    cases[2].stops[1].goes_on = true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sick_count counted;
        struct sick_fault fault = {0};
        assert_int_equal(sick_leave_count(arena, cases[i].stops, 2, &counted, &fault), INVALID);
        assert_string_equal(fault.what, cases[i].what);
        assert_int_equal(fault.stop, cases[i].place);
    }
    struct sick_stop centuries[] = {stop("1900-01-01", "2026-01-01")};
    struct sick_count counted;
    struct sick_fault fault;
    assert_int_equal(sick_leave_count(arena, centuries, 1, &counted, &fault), LIMIT);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(ninety_days_then_half),
        CASE(the_same_day_of_the_year_before_is_outside),
        CASE(of_29_february_the_year_before_ends_on_the_28th),
        CASE(before_march_2025_the_full_rate_is_whole),
        CASE(a_thirteenth_month_is_refused),
        CASE(a_day_of_two_stops_counts_once),
        CASE(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
