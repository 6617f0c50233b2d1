#include "service/staff/sample/staff_sample.h"

#include "service/staff/test_staff.h"

static void the_sample_is_paid_every_month(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct staff_month *months;
    size_t count, without = 0, part_time = 0, official = 0;
    assert_int_equal(DO(&test, staff_sample_posts(&ctx)), OK);
    for (int32_t i = 1; i <= STAFF_SAMPLE_AGENTS; i++) {
        struct arena *whole = test.arena;
        test.arena = arena_create(64 << 20);
        ctx = test_ctx(&test);
        assert_int_equal(DO(&test, staff_sample_agent(&ctx, i)), OK);
        arena_destroy(&test.arena);
        test.arena = whole;
    }
    ctx = test_ctx(&test);
    struct staff_asked asked = {.month = staff_test_day("2026-10-01"), .known = test.now};
    assert_int_equal(staff_months(&ctx, asked, &months, &count), OK);
    assert_int_equal(count, STAFF_SAMPLE_AGENTS);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(months[i].span_count > 0, 1);
        const struct staff_span *span = &months[i].spans[0];
        without += span->index == 0;
        part_time += span->part_time != 100;
        official += span->status == STAFF_OFFICIAL;
    }
    assert_int_equal(without, 5); /* elected members have no index of a grade */
    assert_int_equal(part_time, 32);
    assert_int_equal(official, 162);
    assert_int_equal(DO(&test, staff_sample_posts(&ctx)), CONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_sample_is_paid_every_month, staff_test_open, staff_test_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
