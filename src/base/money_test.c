#include "base/money.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void amounts_are_read_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t cents;
    } good[] = {{"0", 0}, {"0.00", 0}, {"12", 1200}, {"12.3", 1230}, {"12.30", 1230}, {"-0.01", -1}, {"-1595", -159500},
                {"000012.00", 1200}, {"999999999999.99", MONEY_MAX}, {"-999999999999.99", -MONEY_MAX}};
    static const char *const bad[] = {"", "-", ".", "1.", ".5", "-.5", "1e5", "1,00", "-0.00", "-0", "1.234",
                                      "+1", " 1", "1 ", "1 000", "1.-5", "0x10", "1.2.3", "\xc2\xa0" "1"};
    static const char *const much[] = {"1000000000000.00", "1000000000000", "99999999999999999999999999"};
    struct money money = {7};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(money_parse(str_of(good[i].text), &money), OK);
        assert_int_equal(money.cents, good[i].cents);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(money_parse(str_of(bad[i]), &money), INVALID);
    for (size_t i = 0; i < sizeof much / sizeof *much; i++)
        assert_int_equal(money_parse(str_of(much[i]), &money), LIMIT);
    assert_int_equal(money_parse(STR_NONE, &money), INVALID);
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    static const int64_t amounts[] = {0, 1, -1, 99, 100, -100, -101, 123456789, MONEY_MAX, -MONEY_MAX};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(64);
        struct money again;
        money_write(&out, (struct money){amounts[i]});
        assert_int_equal(money_parse(buf_str(&out), &again), OK);
        assert_int_equal(again.cents, amounts[i]);
    }
}

static void sums_never_wrap(void **state)
{
    (void)state;
    struct money sum = {MONEY_MAX - 1};
    assert_int_equal(money_add(&sum, (struct money){1}), OK);
    assert_int_equal(money_add(&sum, (struct money){1}), LIMIT);
    assert_int_equal(money_add(&sum, (struct money){INT64_MAX}), LIMIT);
    assert_int_equal(sum.cents, MONEY_MAX);
    assert_int_equal(money_take(&sum, (struct money){2 * MONEY_MAX}), OK);
    assert_int_equal(money_take(&sum, (struct money){1}), LIMIT);
    assert_int_equal(sum.cents, -MONEY_MAX);
}

/* 10 000.00 EUR at 10.15 % for 20 days of 365: 55.616... */
static void shares_are_rounded_to_the_nearest_cent(void **state)
{
    (void)state;
    struct money share;
    assert_int_equal(money_share((struct money){1000000}, 1015 * 20, 10000 * 365, &share), OK);
    assert_int_equal(share.cents, 5562);
    static const int64_t rows[][4] = {{5, 1, 10, 1}, {-5, 1, 10, -1}, {4, 1, 10, 0}, {-4, 1, 10, 0},
                                      {1, 1, 3, 0}, {2, 1, 3, 1}, {3, 1, 2, 2}, {MONEY_MAX, 1, 1, MONEY_MAX},
                                      {7, 0, 3, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(money_share((struct money){rows[i][0]}, rows[i][1], rows[i][2], &share), OK);
        assert_int_equal(share.cents, rows[i][3]);
    }
    assert_int_equal(money_share((struct money){MONEY_MAX}, 3, 2, &share), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read_exactly),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(sums_never_wrap),
        cmocka_unit_test(shares_are_rounded_to_the_nearest_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
