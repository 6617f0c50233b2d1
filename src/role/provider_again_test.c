#include "role/provider_again.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MINUTE_MS = 60 * 1000, DAY_MS = 24 * 60 * MINUTE_MS, LATE_MS = 5000 };

static void each_time_it_waits_twice_as_long(void **state)
{
    (void)state;
    static const int64_t minutes[] = {5, 10, 20, 40, 60, 60};
    for (int i = 0; i < 6; i++)
        assert_int_equal(provider_again_after_ms(i), minutes[i] * MINUTE_MS);
    assert_int_equal(provider_again_after_ms(INT32_MAX), PROVIDER_AGAIN_MAX_MS);
}

/* As role and parent do: one lives as long as it may, a little late, ends cleanly, and is begun again. */
static void a_host_that_never_resolves_costs_few_beginnings(void **state)
{
    (void)state;
    int64_t now_ms = 0;
    int times = 0, begun = 0;
    for (; now_ms < DAY_MS; begun++) {
        int64_t lived_ms = provider_again_after_ms(times) + LATE_MS;
        now_ms += lived_ms;
        times = provider_again_count(times, true, lived_ms);
    }
    assert_in_range(begun, 24, 28); /* every five minutes: 288 */
    assert_int_equal(provider_again_after_ms(times), PROVIDER_AGAIN_MAX_MS);
}

static void whoever_found_all_counts_anew(void **state)
{
    (void)state;
    assert_int_equal(provider_again_count(3, true, PROVIDER_AGAIN_MAX_MS + LATE_MS), 4);
    assert_int_equal(provider_again_count(3, true, 2 * (int64_t)PROVIDER_AGAIN_MAX_MS), 0);
    assert_int_equal(provider_again_count(3, false, MINUTE_MS), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_time_it_waits_twice_as_long),
        cmocka_unit_test(a_host_that_never_resolves_costs_few_beginnings),
        cmocka_unit_test(whoever_found_all_counts_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
