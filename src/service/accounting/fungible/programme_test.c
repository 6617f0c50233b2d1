#include "service/accounting/fungible/programme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { ARENA = 1 << 22 };

struct sheet {
    struct programme_year years[3];
    struct programme programme;
};

/* 1 000.00 in three years, all of it engaged, all of the first two years ordered. */
static void right(struct sheet *sheet)
{
    *sheet = (struct sheet){.years = {{2025, {30000}, {30000}}, {2026, {40000}, {40000}}, {2027, {30000}, {0}}}};
    sheet->programme =
        (struct programme){.authorised = {100000}, .engaged = {100000}, .years = sheet->years, .count = 3};
}

static void is(const struct sheet *sheet, enum status status, const char *rule, const char *value, const char *place)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    assert_int_equal(programme_check(&sheet->programme, &faults), status);
    assert_int_equal(faults.count, rule != NULL);
    if (rule == NULL)
        return;
    assert_true(str_eq(faults.kept[0].rule, str_of(rule)));
    assert_string_equal(faults.kept[0].value.at, value);
    assert_string_equal(faults.kept[0].place.at, place);
}

static void what_is_even_passes(void **state)
{
    (void)state;
    struct sheet sheet;
    right(&sheet);
    is(&sheet, OK, NULL, NULL, NULL);
    sheet.programme = (struct programme){0};
    is(&sheet, OK, NULL, NULL, NULL);
}

static void credits_are_the_authorisation(void **state)
{
    (void)state;
    struct sheet sheet;
    right(&sheet);
    sheet.years[2].credit.cents++;
    is(&sheet, INVALID, "programme.sum", "1000.01", "crédits de paiement");
    sheet.years[2].credit.cents -= 2;
    is(&sheet, INVALID, "programme.sum", "999.99", "crédits de paiement");
}

static void no_more_is_engaged_than_authorised(void **state)
{
    (void)state;
    struct sheet sheet;
    right(&sheet);
    sheet.programme.engaged.cents++;
    is(&sheet, INVALID, "programme.engaged", "1000.01", "engagements");
}

static void no_more_is_ordered_than_engaged(void **state)
{
    (void)state;
    struct sheet sheet;
    right(&sheet);
    sheet.programme.engaged.cents = 70000;
    is(&sheet, OK, NULL, NULL, NULL);
    sheet.programme.engaged.cents--;
    is(&sheet, INVALID, "programme.mandated", "700.00", "mandats");
}

static void no_more_is_ordered_in_a_year_than_its_credits(void **state)
{
    (void)state;
    struct sheet sheet;
    right(&sheet);
    sheet.years[1].mandated.cents++;
    is(&sheet, INVALID, "programme.year", "400.01", "année 2026");
}

static void negative_and_large_amounts_are_refused(void **state)
{
    (void)state;
    struct sheet sheet;
    right(&sheet);
    sheet.years[2].mandated.cents = -1;
    is(&sheet, INVALID, "programme.negative", "-0.01", "année 2027");
    right(&sheet);
    sheet.years[0].credit.cents = MONEY_MAX;
    is(&sheet, LIMIT, NULL, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_even_passes),
        cmocka_unit_test(credits_are_the_authorisation),
        cmocka_unit_test(no_more_is_engaged_than_authorised),
        cmocka_unit_test(no_more_is_ordered_than_engaged),
        cmocka_unit_test(no_more_is_ordered_in_a_year_than_its_credits),
        cmocka_unit_test(negative_and_large_amounts_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
