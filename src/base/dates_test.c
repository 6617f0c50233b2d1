#include "base/dates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <time.h>
#include <cmocka.h>

static void assert_str(struct str got, struct str wanted)
{
    assert_int_equal(got.len, wanted.len);
    assert_memory_equal(got.at, wanted.at, wanted.len);
}

static void every_day_agrees_with_the_c_library(void **state)
{
    (void)state;
    for (int32_t days = -719162; days < 2932896; days += 17) {
        time_t seconds = (time_t)days * 86400;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        struct civil civil = civil_of_date((struct date){days});
        assert_int_equal(civil.year, tm.tm_year + 1900);
        assert_int_equal(civil.month, tm.tm_mon + 1);
        assert_int_equal(civil.day, tm.tm_mday);
        assert_int_equal(date_weekday((struct date){days}), (tm.tm_wday + 6) % 7);
        assert_int_equal(date_of(civil.year, civil.month, civil.day).days, days);
    }
}

static void moments_are_written_and_read(void **state)
{
    (void)state;
    struct instant instant = {0};
    struct date date = {0};
    struct buf out BUF_SCOPE = BUF_INIT(100);
    assert_int_equal(instant_parse(STR("2026-11-24T10:42:00.25+01:00"), &instant), OK);
    assert_int_equal(instant.ms, 1795513320250);
    instant_write(&out, instant);
    assert_str(buf_str(&out), STR("2026-11-24T09:42:00Z"));
    buf_clear(&out);
    instant_write(&out, (struct instant){-1});
    assert_str(buf_str(&out), STR("1969-12-31T23:59:59Z"));
    buf_clear(&out);
    assert_int_equal(date_parse(STR("2024-02-29"), &date), OK);
    date_write(&out, date);
    assert_str(buf_str(&out), STR("2024-02-29"));
    assert_int_equal(instant_parse(STR("2016-12-31T23:59:60Z"), &instant), OK);
    assert_int_equal(instant.ms, 1483228800000);
}

static void what_is_no_moment_is_refused(void **state)
{
    (void)state;
    static const char *const dates[] = {"",           "2026-11-31",  "2023-02-29", "1900-02-29",
                                        "2026-13-01", "2026-00-10",  "2026-01-00", "2026-1-01",
                                        "26-01-01",   "2026-01-01 ", "2026/01/01", "-026-01-01"};
    static const char *const instants[] = {"2026-11-24",
                                           "2026-11-24T24:00:00Z",
                                           "2026-11-24T09:60:00Z",
                                           "2026-11-24T09:42:61Z",
                                           "2026-11-24T09:42:00",
                                           "2026-11-24T09:42:00.Z",
                                           "2026-11-24T09:42:00+24:00",
                                           "2026-11-24T09:42:00+01:60",
                                           "2026-11-24T09:42:00Zz",
                                           "2026-11-24 09:42:00Z"};
    struct date date = {77};
    struct instant instant = {77};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        assert_int_equal(date_parse(str_of(dates[i]), &date), INVALID);
    for (size_t i = 0; i < sizeof instants / sizeof *instants; i++)
        assert_int_equal(instant_parse(str_of(instants[i]), &instant), INVALID);
    assert_int_equal(date.days, 77);
    assert_int_equal(instant.ms, 77);
}

static void civil_fields_keep_to_their_ranges(void **state)
{
    (void)state;
    struct civil good = {.year = 2026, .month = 4, .day = 30, .hour = 1, .offset_minutes = 120};
    struct instant instant;
    assert_int_equal(instant_of_civil(good, &instant), OK);
    struct civil back = civil_of(instant, 120);
    assert_memory_equal(&back, &good, sizeof good);
    assert_int_equal(civil_of(instant, 0).day, 29);
    struct civil bad[] = {good, good, good, good, good};
    bad[0].day = 31, bad[1].hour = 24, bad[2].year = 10000, bad[3].second = 61;
    bad[4].offset_minutes = 24 * 60;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(instant_of_civil(bad[i], &instant), INVALID);
    assert_int_equal(date_of(2026, 13, 1).days, date_of(2027, 1, 1).days);
    assert_int_equal(date_of(2026, 3, 0).days, date_of(2026, 2, 28).days);
}

static void a_moment_is_in_one_day(void **state)
{
    (void)state;
    assert_int_equal(date_of_instant((struct instant){0}).days, 0);
    assert_int_equal(date_of_instant((struct instant){86400000 - 1}).days, 0);
    assert_int_equal(date_of_instant((struct instant){86400000}).days, 1);
    assert_int_equal(date_of_instant((struct instant){-1}).days, -1);
    for (int32_t days = -800000; days < 800000; days += 777)
        assert_int_equal(date_of_instant(instant_of_date((struct date){days})).days, days);
}

static void months_begin_and_end(void **state)
{
    (void)state;
    static const struct {
        int32_t year, month, day, last;
    } rows[] = {{2026, 12, 31, 31}, {2026, 12, 1, 31}, {2027, 1, 15, 31}, {2028, 2, 29, 29}, {2026, 2, 1, 28},
                {2000, 2, 3, 29},   {1900, 2, 3, 28},  {2026, 4, 30, 30}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct date day = date_of(rows[i].year, rows[i].month, rows[i].day);
        assert_int_equal(date_month_start(day).days, date_of(rows[i].year, rows[i].month, 1).days);
        assert_int_equal(date_month_end(day).days, date_of(rows[i].year, rows[i].month, rows[i].last).days);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_is_in_one_day),
        cmocka_unit_test(every_day_agrees_with_the_c_library),
        cmocka_unit_test(moments_are_written_and_read),
        cmocka_unit_test(what_is_no_moment_is_refused),
        cmocka_unit_test(civil_fields_keep_to_their_ranges),
        cmocka_unit_test(months_begin_and_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
