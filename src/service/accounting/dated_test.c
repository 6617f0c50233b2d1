#include "service/accounting/dated.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void rows_hold_between_their_days(void **state)
{
    (void)state;
    struct date day = date_of(2026, 3, 1);
    assert_true(dated_holds(STR(""), STR(""), day));
    assert_true(dated_holds(STR("2026-03-01"), STR("2026-03-01"), day));
    assert_false(dated_holds(STR("2026-03-02"), STR(""), day));
    assert_false(dated_holds(STR(""), STR("2026-02-28"), day));
    assert_false(dated_holds(STR("2026-3-1"), STR(""), day));
    assert_false(dated_holds(STR(""), STR("soon"), day));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_hold_between_their_days)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
