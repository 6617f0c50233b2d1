#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "role/count.h"

static void numbers_come_back(void **state)
{
    (void)state;
    struct buf text BUF_SCOPE = BUF_INIT(COUNT_TEXT_MAX);
    int64_t counts[COUNT_KINDS];
    count_add(COUNT_LOGINS);
    count_add(COUNT_LOGINS);
    count_commit(1500);
    count_commit(60000);
    count_write(&text);
    count_read(buf_str(&text), counts);
    assert_int_equal(counts[COUNT_LOGINS], 2);
    assert_int_equal(counts[COUNT_CONNECTIONS], 0);
    assert_int_equal(counts[COUNT_COMMITS], 2);
    assert_int_equal(counts[COUNT_COMMIT_US], 61500);
    assert_int_equal(counts[COUNT_COMMIT_2MS], 1);
    assert_int_equal(counts[COUNT_COMMIT_50MS], 1);
    assert_int_equal(counts[COUNT_COMMIT_250MS], 2);
}

static void what_is_no_number_is_zero(void **state)
{
    (void)state;
    int64_t counts[COUNT_KINDS];
    count_read(STR("7 x"), counts);
    assert_int_equal(counts[0], 7);
    for (int i = 1; i < COUNT_KINDS; i++)
        assert_int_equal(counts[i], 0);
    count_read(STR(""), counts);
    assert_int_equal(counts[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_come_back),
                                       cmocka_unit_test(what_is_no_number_is_zero)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
