#include "core/test_town.h"

#include "core/audit.h"
#include "service/accounting/chart/chart_kept.h"

#define TOKEN "form_token=" TEST_TOKEN "&"
#define NORM "M57-M57_T"

enum { ARENA = 64 << 20 };

static struct test_town test;
static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    test_act_as(&test, test_person(&test, "finances@beauval.example", "Service des finances"), ROLE_ADMINISTRATOR);
    arena = arena_create(ARENA);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    arena_destroy(&arena);
    return 0;
}

/* As chart_write says it. */
#define CHART(year, label)                                                                                             \
    "chart,M57,M57_T," year ",1,2,0\r\nc,011,F,,Charges\r\na,60,,011,,,,,,,,Achats\r\na,606,60,011,,,,,,,," label "\r\n"

static enum status put(const char *csv, bool replaces)
{
    struct ctx ctx = test_ctx(&test);
    struct chart_kept_card card;
    return DO(&test, chart_kept_put(&ctx, str_of(csv), STR("planDeCompte.xml"), replaces, &card));
}

static struct chart_kept found(const char *nomenclature, int32_t year)
{
    struct ctx ctx = test_ctx(&test);
    struct chart_kept kept;
    assert_int_equal(chart_kept_find(&ctx, str_of(nomenclature), year, &kept), OK);
    return kept;
}

static enum status decide(const char *nomenclature, int32_t year, int32_t from)
{
    struct ctx ctx = test_ctx(&test);
    return DO(&test, chart_taken_decide(&ctx, str_of(nomenclature), year, from));
}

static struct str label_of(const struct chart_kept *kept)
{
    return chart_account(kept->chart, STR("606"))->label;
}

static void a_chart_is_kept_once_and_replaced_when_asked(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct chart_kept_card *cards;
    size_t count;
    assert_null(found(NORM, 2027).chart);
    assert_int_equal(put(CHART("2027", "Fournitures"), false), OK);
    struct chart_kept kept = found(NORM, 2027);
    assert_true(kept.chart->year == 2027 && kept.taken_from == 0 && str_eq(label_of(&kept), STR("Fournitures")));
    assert_int_equal(put(CHART("2027", "Autres"), false), CONFLICT);
    kept = found(NORM, 2027);
    assert_true(str_eq(label_of(&kept), STR("Fournitures")));
    assert_int_equal(put(CHART("2027", "Autres"), true), OK);
    kept = found(NORM, 2027);
    assert_true(str_eq(label_of(&kept), STR("Autres")));
    assert_int_equal(chart_kept_list(&ctx, &cards, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(cards->sha256.len, 64);
    assert_true(str_eq(cards->source, STR("planDeCompte.xml")) && str_eq(cards->by, test.actor.address));
}

static void a_chart_that_is_none_is_refused(void **state)
{
    (void)state;
    static char long_csv[CHART_KEPT_BYTES_MAX + 2];
    memset(long_csv, 'x', CHART_KEPT_BYTES_MAX + 1);
    assert_int_equal(put("chart,M57,M57_T,2027,1,1,0\r\n", false), INVALID);
    assert_int_equal(put(CHART("2027", "Achats") "f,1,,Trop\r\n", false), INVALID);
    assert_int_equal(put(long_csv, false), LIMIT);
    long_csv[CHART_KEPT_BYTES_MAX] = 0;
    assert_int_equal(put(long_csv, false), INVALID); /* of that size one is read */
    /* Those of the program stay what they are. */
    assert_int_equal(put("chart,M57,M57_A,2024,0,0,0\r\n", true), CONFLICT);
    assert_true(found("M57-M57_A", 2024).chart->account_count > 1000);
}

static void a_year_without_chart_takes_one_over_by_decision(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct chart_taken *taken;
    struct instant at;
    size_t count;
    assert_null(found("M57-M57_A", 2027).chart);
    assert_int_equal(decide("M57-M57_A", 2027, 2024), OK);
    struct chart_kept kept = found("M57-M57_A", 2027);
    assert_true(kept.taken_from == 2024 && kept.chart->year == 2027 && kept.chart->account_count > 1000);
    assert_int_equal(audit_last_of(&ctx, "accounting.chart_taken", &at), OK);
    assert_int_equal(at.ms, TEST_NOW.ms);
    assert_null(found("M57-M57_A", 2028).chart); /* for that year alone */
    assert_null(found("M57-M57_D", 2027).chart);
    assert_int_equal(decide("M57-M57_A", 2027, 2023), OK); /* anew: the former ends */
    assert_int_equal(found("M57-M57_A", 2027).taken_from, 2023);
    assert_int_equal(chart_taken_list(&ctx, &taken, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(DO(&test, chart_taken_end(&ctx, taken->id)), OK);
    assert_null(found("M57-M57_A", 2027).chart);
    assert_int_equal(DO(&test, chart_taken_end(&ctx, taken->id)), NOT_FOUND);
}

static void what_cannot_be_taken_over_is_refused(void **state)
{
    (void)state;
    assert_int_equal(decide("M57-M57_A", 2024, 2024), INVALID);
    assert_int_equal(decide("M57-M57_A", 2023, 2024), INVALID);
    assert_int_equal(decide("M57-M57_A", 2024, 2023), CONFLICT); /* it has its own */
    assert_int_equal(decide("M57-M57_A", 2029, 2024), OK);
    assert_int_equal(decide("M57-M57_A", 2030, 2024), INVALID);
    assert_int_equal(decide("M57-M57_A", 2030, 2029), INVALID); /* that one is not its own */
    assert_int_equal(decide("M99-X", 2027, 2024), INVALID);
}

static void the_official_chart_takes_its_place(void **state)
{
    (void)state;
    assert_int_equal(put(CHART("2026", "Avant"), false), OK);
    assert_int_equal(decide(NORM, 2027, 2026), OK);
    assert_int_equal(found(NORM, 2027).taken_from, 2026);
    assert_int_equal(put(CHART("2027", "Officiel"), false), OK);
    struct chart_kept kept = found(NORM, 2027);
    assert_true(kept.taken_from == 0 && str_eq(label_of(&kept), STR("Officiel")));
}

static void the_command_finds_what_the_town_has(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct buf text BUF_SCOPE = BUF_INIT(1 << 20);
    struct chart_kept kept;
    assert_int_equal(put(CHART("2026", "Avant"), false), OK);
    assert_int_equal(put(CHART("2025", "Encore avant"), false), OK);
    assert_int_equal(decide(NORM, 2027, 2025), OK);
    assert_int_equal(decide("M57-M57_A", 2025, 2024), OK);
    assert_int_equal(chart_kept_write(&ctx, &text), OK);
    assert_int_equal(chart_kept_in(arena, buf_str(&text), STR(NORM), 2026, &kept), OK);
    assert_true(kept.taken_from == 0 && kept.chart->year == 2026 && str_eq(label_of(&kept), STR("Avant")));
    assert_int_equal(chart_kept_in(arena, buf_str(&text), STR(NORM), 2027, &kept), OK);
    assert_true(kept.taken_from == 2025 && kept.chart->year == 2027 && str_eq(label_of(&kept), STR("Encore avant")));
    assert_int_equal(chart_kept_in(arena, buf_str(&text), STR("M57-M57_A"), 2025, &kept), OK);
    assert_int_equal(kept.taken_from, 2024);
    assert_int_equal(chart_kept_in(arena, buf_str(&text), STR("M57-M57_A"), 2023, &kept), OK);
    assert_true(kept.taken_from == 0 && kept.chart->year == 2023);
    assert_int_equal(chart_kept_in(arena, buf_str(&text), STR(NORM), 2028, &kept), OK);
    assert_null(kept.chart);
    assert_int_equal(chart_kept_in(arena, STR(""), STR("M57-M57_A"), 2024, &kept), OK);
    assert_non_null(kept.chart);
}

static void text_that_hands_over_no_charts_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"x", "chart", "chart M57", "chart M57-M57_A 2027 5\nabcd",
                                        "taken M57-M57_A 2027", "taken M57-M57_A 2027 x", "taken M57-M57_A 99999 2024"};
    struct chart_kept kept;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(chart_kept_in(arena, str_of(wrong[i]), STR("M57-M57_A"), 2027, &kept), INVALID);
}

static void a_fault_says_which_year_stands_in(void **state)
{
    (void)state;
    struct faults *faults = arena_new(arena, struct faults);
    struct chart_kept kept = {.taken_from = 0};
    faults->arena = arena;
    chart_kept_fault(faults, STR("/Budget[1]"), &kept, 2027);
    assert_int_equal(faults->found, 0);
    kept.taken_from = 2024;
    chart_kept_fault(faults, STR("/Budget[1]"), &kept, 2027);
    assert_int_equal(faults->found, 1);
    assert_true(str_eq(faults->kept[0].rule, STR("docbudg.taken")));
    assert_true(str_find(faults->kept[0].mend, STR("2024")) != SIZE_MAX);
}

static bool has(struct str body, const char *what)
{
    return str_find(body, str_of(what)) != SIZE_MAX;
}

static void the_page_lists_and_decides(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(put(CHART("2027", "Fournitures"), false), OK);
    assert_int_equal(test_page(&test, "/accounting/charts", NULL, &body), 200);
    assert_true(has(body, NORM) && has(body, "planDeCompte.xml") && has(body, "SHA-256") && has(body, "M4-M49_D"));
    assert_false(has(body, "/end\""));
    assert_int_equal(test_page(&test, "/accounting/charts/taken", TOKEN "from=M57-M57_A+2024&year=2027", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/charts", NULL, &body), 200);
    assert_true(has(body, "/accounting/charts/taken/1/end") && has(body, "repris de 2024"));
    static const char *const wrong[] = {TOKEN "from=M57-M57_A+2024&year=deux", TOKEN "from=M57-M57_A&year=2027",
                                        TOKEN "from=M57-M57_A+2024&year=2020", TOKEN "year=2027",
                                        TOKEN "from=M57-M57_A+2023&year=2024"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(test_page(&test, "/accounting/charts/taken", wrong[i], &body), 422);
        assert_true(has(body, "role=\"alert\""));
    }
    test_act_as(&test, test.actor.person, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/accounting/charts", NULL, &body), 200);
    assert_false(has(body, "/end\""));
    assert_int_equal(test_page(&test, "/accounting/charts/taken", TOKEN "from=M57-M57_A+2024&year=2026", &body), 403);
    assert_int_equal(test_page(&test, "/accounting/charts/taken/1/end", TOKEN, &body), 403);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/charts/taken/1/end", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/charts/taken/1/end", TOKEN, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/charts/taken/x/end", TOKEN, &body), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_chart_is_kept_once_and_replaced_when_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_chart_that_is_none_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_year_without_chart_takes_one_over_by_decision, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_taken_over_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_official_chart_takes_its_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_command_finds_what_the_town_has, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_that_hands_over_no_charts_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_fault_says_which_year_stands_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_lists_and_decides, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
