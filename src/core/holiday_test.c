#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/holiday.h"

static void eleven_a_year_in_order(void **state)
{
    (void)state;
    struct holiday holidays[HOLIDAYS];
    static const struct {
        int month, day;
    } of_2026[HOLIDAYS] = {{1, 1},  {4, 6},  {5, 1},  {5, 8},   {5, 14}, {5, 25},
                           {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}};
    assert_int_equal(holiday_list(2026, holidays), OK);
    for (size_t i = 0; i < HOLIDAYS; i++)
        assert_int_equal(holidays[i].day.days, date_of(2026, of_2026[i].month, of_2026[i].day).days);
}

/* The earliest and the latest Easter of two centuries, and Ascension on 1 May. */
static void easter_at_its_ends(void **state)
{
    (void)state;
    assert_true(holiday_is(date_of(2285, 3, 23)));
    assert_true(holiday_is(date_of(2038, 4, 26)));
    struct holiday holidays[HOLIDAYS];
    size_t on_first_of_may = 0;
    assert_int_equal(holiday_list(2008, holidays), OK);
    for (size_t i = 0; i < HOLIDAYS; i++)
        on_first_of_may += holidays[i].day.days == date_of(2008, 5, 1).days;
    assert_int_equal(on_first_of_may, 2);
    assert_false(holiday_is(date_of(2026, 4, 5)));
    assert_int_equal(holiday_list(1946, holidays), INVALID);
    assert_int_equal(holiday_list(3000, holidays), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eleven_a_year_in_order),
        cmocka_unit_test(easter_at_its_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
