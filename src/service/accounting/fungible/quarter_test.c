#include "service/accounting/fungible/quarter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { ARENA = 1 << 22 };

/* 1 000.03 open, 200.00 of it for debt: a quarter of 800.03 is 200.0075. */
static struct quarter quarter_new(void)
{
    return (struct quarter){
        .day = date_of(2026, 1, 20), .opened = {100003}, .debt = {20000}, .authorised = {20000}};
}

static void passes(struct quarter quarter)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    assert_int_equal(quarter_check(&quarter, &faults), OK);
    assert_int_equal(faults.found, 0);
}

static void refuses(struct quarter quarter, const char *rule, const char *value)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    assert_int_equal(quarter_check(&quarter, &faults), INVALID);
    assert_int_equal(faults.count, 1);
    assert_true(str_eq(faults.kept[0].rule, str_of(rule)));
    assert_string_equal(faults.kept[0].value.at, value);
}

/* By what is left of it when four divide it. */
static void odd_cents_are_cut(void **state)
{
    (void)state;
    static const int64_t rows[][2] = {{100000, 20000}, {100001, 20000}, {100002, 20000}, {100003, 20000},
                                      {100004, 20001}};
    static const char *const above[] = {"200.01", "200.01", "200.01", "200.01", "200.02"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct quarter quarter = quarter_new();
        quarter.opened.cents = rows[i][0];
        quarter.authorised.cents = rows[i][1];
        passes(quarter);
        quarter.authorised.cents++;
        refuses(quarter, "quarter.limit", above[i]);
    }
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    struct quarter quarter = quarter_new();
    quarter.authorised.cents = -1;
    refuses(quarter, "quarter.limit", "-0.01");
    quarter = quarter_new();
    quarter.debt.cents = 100004;
    refuses(quarter, "quarter.debt", "1000.04");
    quarter.debt.cents = -1;
    refuses(quarter, "quarter.debt", "-0.01");
    quarter.debt.cents = 100003; /* all of it was for debt: nothing is left */
    quarter.authorised.cents = 0;
    passes(quarter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odd_cents_are_cut),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
