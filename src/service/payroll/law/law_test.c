#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "service/payroll/law/law.h"

static struct arena *arena;
static struct law shipped;

static int64_t value_on(enum law_code code, int year, int month, int day)
{
    const struct law_value *value =
        law_find(&shipped, code, date_of(year, month, day), (struct date){INT32_MAX});
    assert_non_null(value);
    return law_millionths(value);
}

/* Every code is known from 2017 on, without a hole, an overlap, or a row without its text. */
static void what_is_shipped_is_whole(void **state)
{
    (void)state;
    struct law_fault fault = {.what = ""};
    if (law_check(&shipped, &fault) != OK)
        fail_msg("%s: rows %zu and %zu", fault.what, fault.row, fault.other);
    for (enum law_code code = 0; code < LAW_CODES; code++)
        for (int year = 2020; year <= 2028; year++)
            if (law_find(&shipped, code, date_of(year, 1, 1), (struct date){INT32_MAX}) == NULL)
                fail_msg("%s in %d", law_code_name(code), year);
}

static void rates_change_on_their_day(void **state)
{
    (void)state;
    assert_int_equal(value_on(LAW_CNRACL_EMPLOYER, 2025, 12, 31), 346500);
    assert_int_equal(value_on(LAW_CNRACL_EMPLOYER, 2026, 1, 1), 376500);
    assert_int_equal(value_on(LAW_CNRACL_EMPLOYER, 2030, 1, 1), 436500);
    assert_int_equal(value_on(LAW_SICKNESS_OFFICIAL, 2024, 1, 1), 88800);
    assert_int_equal(value_on(LAW_SICKNESS_OFFICIAL, 2025, 1, 1), 98800);
    assert_int_equal(value_on(LAW_SMIC_MONTH, 2026, 5, 31), 1823030000);
    assert_int_equal(value_on(LAW_SMIC_MONTH, 2026, 6, 1), 1867020000);
    assert_int_equal(value_on(LAW_POINT_YEAR, 2026, 3, 1), 59073400);
    assert_int_equal(value_on(LAW_PART_TIME_80, 2026, 3, 1), 857143);
}

/* A rate published on 31 January for 1 January is not known in between: the one before goes on. */
static void what_is_known_later_counts_later(void **state)
{
    (void)state;
    struct date day = date_of(2024, 1, 15);
    assert_int_equal(law_millionths(law_find(&shipped, LAW_SICKNESS_OFFICIAL, day, date_of(2024, 1, 15))), 98800);
    assert_int_equal(law_millionths(law_find(&shipped, LAW_SICKNESS_OFFICIAL, day, date_of(2024, 1, 31))), 88800);
    struct law law;
    struct law_fault fault = {.what = ""};
    struct str csv = STR("code,since,until,value,unit,known,trust,name,source,link\n"
                         "crds,2020-01-01,2025-12-31,0.005,ratio,2020-01-01,A,CRDS,texte,\n");
    assert_int_equal(law_read(arena, csv, &law, &fault), OK);
    assert_null(law_find(&law, LAW_CRDS, date_of(2026, 1, 1), (struct date){INT32_MAX})); /* an end for good */
}

#define HEAD "code,since,until,value,unit,known,trust,name,source,link\n"

static const char *fault_of(const char *rows)
{
    struct law law;
    struct law_fault fault = {.what = ""};
    struct str csv = str_format(arena, HEAD "%s", rows);
    if (law_read(arena, csv, &law, &fault) != OK || law_check(&law, &fault) != OK)
        return fault.what;
    return "";
}

static void rows_that_cannot_be_are_refused(void **state)
{
    (void)state;
    assert_string_equal(fault_of("crds,2020-01-01,,0.005,ratio,2020-01-01,A,CRDS,texte,\n"), "");
    assert_string_equal(fault_of("crds,2020-01-01,,0.005,ratio,2020-01-01,A,CRDS,,\n"), "law.text");
    assert_string_equal(fault_of("crds,2020-01-01,2019-01-01,0.005,ratio,2020-01-01,A,CRDS,texte,\n"), "law.dates");
    assert_string_equal(fault_of("crds,2020-01-01,,0.005,ratio,2020-01-01,A,CRDS,texte,\n"
                                 "crds,2024-01-01,,0.006,ratio,2020-01-01,A,CRDS,texte,\n"), "law.overlap");
    assert_string_equal(fault_of("crds,2020-01-01,,0.005,ratio,2020-01-01,A,CRDS,texte,\n"
                                 "crds,2024-01-01,,0.006,ratio,2024-01-31,A,CRDS,texte,\n"), "");
    assert_string_equal(fault_of("crds,2020-01-01,2020-12-31,0.005,ratio,2020-01-01,A,CRDS,texte,\n"
                                 "crds,2022-01-01,,0.006,ratio,2020-01-01,A,CRDS,texte,\n"), "law.hole");
    static const char *const forms[] = {
        "nothing,2020-01-01,,0.005,ratio,2020-01-01,A,CRDS,texte,\n",
        "crds,2020-02-30,,0.005,ratio,2020-01-01,A,CRDS,texte,\n",
        "crds,2020-01-01,,\"0,005\",ratio,2020-01-01,A,CRDS,texte,\n",
        "crds,2020-01-01,,1e3,ratio,2020-01-01,A,CRDS,texte,\n",
        "crds,2020-01-01,,-1,ratio,2020-01-01,A,CRDS,texte,\n",
        "crds,2020-01-01,,1/0,ratio,2020-01-01,A,CRDS,texte,\n",
        "crds,2020-01-01,,0.005,percent,2020-01-01,A,CRDS,texte,\n",
        "crds,2020-01-01,,0.005,ratio,2020-01-01,D,CRDS,texte,\n",
        "rounding.gain,2020-01-01,,apart,choice,2020-01-01,A,arrondi,texte,\n",
        "rounding.gain,2020-01-01,,1,ratio,2020-01-01,A,arrondi,texte,\n",
        "crds,2020-01-01,,truncate,choice,2020-01-01,A,CRDS,texte,\n",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        assert_string_equal(fault_of(forms[i]), "law.form");
}

#define WHOLE "code,since,until,value,unit,known,trust,name,source,link,scope,above,reread\n"

/* The nearest of several counts; only what may be local can be. */
static void what_a_town_fixes_counts_before_the_national(void **state)
{
    (void)state;
    struct law law;
    struct law_fault fault = {.what = ""};
    struct str csv = STR(WHOLE
        "mobility,2012-01-01,,0,ratio,2012-01-01,C,VM,texte,,national,,\n"
        "mobility,2024-01-01,,0.02,ratio,2024-01-01,B,VM,deliberation,,centre,,2027-01-01\n"
        "mobility,2024-01-01,2026-12-31,0.01,ratio,2023-12-01,B,VM,deliberation,,town,,\n");
    assert_int_equal(law_read(arena, csv, &law, &fault), OK);
    assert_int_equal(law_check(&law, &fault), OK);
    struct date known = {INT32_MAX};
    assert_int_equal(law_millionths(law_find(&law, LAW_MOBILITY, date_of(2023, 6, 1), known)), 0);
    assert_int_equal(law_millionths(law_find(&law, LAW_MOBILITY, date_of(2024, 6, 1), known)), 10000);
    assert_int_equal(law_millionths(law_find(&law, LAW_MOBILITY, date_of(2027, 6, 1), known)), 20000);
    assert_false(law_is_stale(&law.at[1], date_of(2026, 12, 31)));
    assert_true(law_is_stale(&law.at[1], date_of(2027, 1, 1)));
    assert_int_equal(law_read(arena, STR(WHOLE "crds,2020-01-01,,0.005,ratio,2020-01-01,A,CRDS,texte,,town,,\n"), &law,
                              &fault), OK);
    assert_int_equal(law_check(&law, &fault), INVALID);
    assert_string_equal(fault.what, "law.scope");
}

static void a_table_of_brackets_is_replaced_whole(void **state)
{
    (void)state;
    const struct law_value *brackets[LAW_BRACKETS_MAX];
    struct law more, law;
    struct law_fault fault = {.what = ""};
    assert_int_equal(law_brackets(&shipped, LAW_NEUTRAL, date_of(2026, 3, 1), (struct date){INT32_MAX}, brackets), 20);
    assert_int_equal(brackets[1]->above, 142000);
    assert_int_equal(law_millionths(brackets[1]), 5000);
    struct str csv = STR(WHOLE "neutral,2026-01-01,,0.1,ratio,2026-01-01,A,TN,texte,,national,2000,\n"
                               "neutral,2026-01-01,,0,ratio,2026-01-01,A,TN,texte,,national,0,\n");
    assert_int_equal(law_read(arena, csv, &more, &fault), OK);
    assert_int_equal(law_joined(arena, &shipped, &more, &law), OK);
    assert_int_equal(law_check(&law, &fault), OK);
    assert_int_equal(law_brackets(&law, LAW_NEUTRAL, date_of(2026, 3, 1), (struct date){INT32_MAX}, brackets), 2);
    assert_int_equal(brackets[1]->above, 200000);
    assert_int_equal(law_brackets(&law, LAW_NEUTRAL, date_of(2026, 3, 1), date_of(2025, 12, 31), brackets), 20);
}

/* At once is as one by one. */
static void all_codes_at_once(void **state)
{
    (void)state;
    const struct law_value *values[LAW_CODES];
    for (int year = 2018; year < 2030; year++) {
        struct date day = date_of(year, 3, 1), known = date_of(year, 3, 31);
        law_find_all(&shipped, day, known, values);
        for (enum law_code code = 0; code < LAW_CODES; code++)
            assert_ptr_equal(values[code], law_find(&shipped, code, day, known));
    }
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    return law_shipped(arena, &shipped) == OK ? 0 : -1;
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
        CASE(what_is_shipped_is_whole),
        CASE(rates_change_on_their_day),
        CASE(what_is_known_later_counts_later),
        CASE(rows_that_cannot_be_are_refused),
        CASE(what_a_town_fixes_counts_before_the_national),
        CASE(a_table_of_brackets_is_replaced_whole),
        CASE(all_codes_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
