/* Charts: those that come with the program, files of others, and each way in which one may be wrong. */
#include "service/accounting/chart/chart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

enum { ARENA = 64 << 20, CSV_MAX = 4 << 20 };

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(ARENA);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static void assert_str(struct str got, const char *wanted)
{
    if (!str_eq(got, str_of(wanted)))
        fail_msg("%.*s instead of %s", STR_ARG(got), wanted);
}

static struct chart shipped(const char *nomenclature, int32_t year)
{
    struct chart chart;
    assert_int_equal(chart_shipped(arena, str_of(nomenclature), year, &chart), OK);
    return chart;
}

/* ---- those that come with the program ---- */

static void each_shipped_chart_is_what_it_is_called(void **state)
{
    (void)state;
    struct str name, other;
    int32_t year, other_year;
    size_t count = 0;
    for (; chart_shipped_at(count, &name, &year) == OK; count++) {
        struct arena *one ARENA_SCOPE = arena_create(ARENA);
        struct chart chart;
        assert_int_equal(chart_shipped(one, name, year, &chart), OK);
        assert_true(str_eq(str_format(one, "%.*s-%.*s", STR_ARG(chart.norm), STR_ARG(chart.variant)), name));
        assert_int_equal(chart.year, year);
        for (size_t i = 0; i < count; i++)
            if (chart_shipped_at(i, &other, &other_year) == OK)
                assert_false(str_eq(name, other) && year == other_year);
    }
    assert_int_equal(count, 32);
}

static void counts(const char *nomenclature, int32_t year, size_t chapters, size_t accounts, size_t functions)
{
    struct chart chart = shipped(nomenclature, year);
    assert_int_equal(chart.chapter_count, chapters);
    assert_int_equal(chart.account_count, accounts);
    assert_int_equal(chart.function_count, functions);
}

static void they_have_what_the_state_published(void **state)
{
    (void)state;
    counts("M57-M57_A", 2024, 91, 1612, 249);
    counts("M57-M57_D", 2024, 97, 2596, 249);
    counts("M57-M57_D", 2023, 97, 2562, 240);
    counts("M57-M57", 2020, 97, 3067, 238);
    counts("M14-M14_COM_500_3500", 2022, 47, 1750, 0);
    counts("M4-M49_A", 2024, 38, 778, 0);
    struct chart chart;
    assert_int_equal(chart_shipped(arena, STR("M57-M57_A"), 2018, &chart), NOT_FOUND);
    assert_int_equal(chart_shipped(arena, STR("M57-M57_en_erreur"), 2024, &chart), NOT_FOUND);
    assert_int_equal(chart_shipped(arena, STR(""), 2024, &chart), NOT_FOUND);
    struct arena *small ARENA_SCOPE = arena_create(1 << 16);
    assert_int_equal(chart_shipped(small, STR("M57-M57_A"), 2024, &chart), LIMIT);
}

static void what_a_code_says_is_found(void **state)
{
    (void)state;
    struct chart chart = shipped("M57-M57_A", 2024);
    const struct chart_account *water = chart_account(&chart, STR("60611"));
    assert_non_null(water);
    assert_str(water->label, "Eau et assainissement");
    assert_str(water->parent, "6061");
    assert_str(water->chapter[CHART_REAL][CHART_EXPENSE], "011");
    assert_str(water->chapter[CHART_REAL][CHART_RECEIPT], "");
    const struct chart_account *studies = chart_account(&chart, STR("203"));
    assert_non_null(studies);
    assert_str(studies->chapter[CHART_BETWEEN][CHART_RECEIPT], "040");
    assert_str(studies->chapter[CHART_WITHIN][CHART_EXPENSE], "041");
    assert_true(studies->is_equipment[CHART_EXPENSE] && studies->is_equipment[CHART_RECEIPT]);
    assert_true(chart_account(&chart, STR("20"))->is_total && !studies->is_total);
    assert_str(chart_function(&chart, STR("020"))->label, "Administration générale de la collectivité");
    assert_str(chart_function(&chart, STR("020"))->parent, "02");
    assert_true(chart_chapter(&chart, STR("016"))->is_special && !chart_chapter(&chart, STR("011"))->is_special);
    assert_true(chart_chapter(&chart, STR("900"))->is_by_function && !chart_chapter(&chart, STR("20"))->is_by_function);
    struct chart m4 = shipped("M4-M4", 2024);
    assert_true(chart_chapter(&m4, STR("73"))->is_shown_only && !chart_chapter(&m4, STR("70"))->is_shown_only);
}

/* B10 of the reference: an account that is not in the year's chart, and one that is closed. */
static void accounts_come_and_go_with_the_years(void **state)
{
    (void)state;
    struct chart of_2020 = shipped("M4-M43_D", 2020), of_2022 = shipped("M4-M43", 2022);
    assert_null(chart_account(&of_2020, STR("6518")));
    assert_non_null(chart_account(&of_2022, STR("6518")));
    struct chart chart = shipped("M57-M57_D", 2024);
    assert_null(chart_account(&chart, STR("99999")));
    assert_null(chart_account(&chart, STR("")));
    assert_null(chart_account(&chart, STR_NONE));
    size_t closed = 0;
    for (size_t i = 0; i < chart.account_count; i++)
        closed += chart.accounts[i].removed_since.len > 0;
    assert_int_equal(closed, 15);
    assert_str(chart_account(&chart, STR("60611"))->removed_since, "");
}

static void section(const struct chart *chart, const char *account, const char *chapter, enum chart_kind kind,
                    enum chart_direction direction, enum chart_section wanted)
{
    enum chart_section got = chart_section_of(chart, str_of(account), str_of(chapter), kind, direction);
    if (got != wanted)
        fail_msg("%s in %s: section %d instead of %d", account, chapter, got, wanted);
}

static void a_line_has_the_section_of_its_chapter_or_of_its_account(void **state)
{
    (void)state;
    struct chart chart = shipped("M57-M57_A", 2024);
    section(&chart, "60611", "011", CHART_REAL, CHART_EXPENSE, CHART_FUNCTIONING);
    section(&chart, "2031", "20", CHART_REAL, CHART_EXPENSE, CHART_INVESTMENT);
    section(&chart, "60611", "20", CHART_REAL, CHART_EXPENSE, CHART_INVESTMENT); /* the chapter decides */
    section(&chart, "001", "", CHART_REAL, CHART_RECEIPT, CHART_INVESTMENT);
    section(&chart, "002", "45411", CHART_REAL, CHART_EXPENSE, CHART_FUNCTIONING);
    section(&chart, "021", "", CHART_BETWEEN, CHART_RECEIPT, CHART_INVESTMENT);
    section(&chart, "023", "", CHART_BETWEEN, CHART_EXPENSE, CHART_FUNCTIONING);
    section(&chart, "021", "", CHART_REAL, CHART_RECEIPT, CHART_NO_SECTION);
    section(&chart, "99999", "", CHART_REAL, CHART_RECEIPT, CHART_NO_SECTION);
    section(&chart, "", "900", CHART_REAL, CHART_EXPENSE, CHART_INVESTMENT);
}

/* ---- as CSV ---- */

#define SMALL                                                                                      \
    "chart,M57,M57_T,2024,2,3,2\r\nc,011,F,,\"Charges, \"\"générales\"\"\"\r\nc,20,I,x,Études\r\n"            \
    "a,2,,,,,,,,t,,Immobilisations\r\na,203,2,20,20,,,,,dr,2023-11-25T14:00:00,Études\r\n"       \
    "a,60,,011,,,,,,s,1,Achats\r\nf,0,,Services\r\nf,02,0,Administration\r\n"

static enum status read(struct str csv)
{
    struct chart chart;
    return chart_read(arena, csv, &chart);
}

/* The small chart with one text for another, which stands there. */
static struct str with(const char *old, const char *new)
{
    struct str small = STR(SMALL);
    size_t at = str_find(small, str_of(old));
    assert_true(at != SIZE_MAX);
    struct str after = str_after(small, at + strlen(old));
    return str_format(arena, "%.*s%s%.*s", (int)at, small.at, new, STR_ARG(after));
}

static void what_is_written_reads_as_it_was(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(CSV_MAX);
    struct chart chart;
    assert_int_equal(chart_read(arena, STR(SMALL), &chart), OK);
    assert_str(chart.chapters[0].label, "Charges, \"générales\"");
    assert_str(chart.accounts[1].removed_since, "2023-11-25T14:00:00");
    assert_str(chart.accounts[2].removed_since, "1");
    assert_true(chart.chapters[1].is_special && chart.accounts[2].is_shown_only);
    chart_write(&out, &chart);
    assert_true(str_eq(buf_str(&out), STR(SMALL)));
}

static void one_that_is_cut_is_refused_wherever(void **state)
{
    (void)state;
    struct str whole = STR(SMALL);
    for (size_t length = 0; length < whole.len; length++) {
        char *part = malloc(length + 1); /* of that size alone, so that a read beyond it is seen */
        assert_non_null(part);
        memcpy(part, whole.at, length);
        assert_int_equal(read((struct str){part, length}), INVALID);
        free(part);
    }
    assert_int_equal(read(STR_NONE), INVALID);
}

static void rows_that_break_a_rule_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"20,20", "20,21"},               /* a chapter that is not there */
        {"f,02,0,Administration\r\n", ""},
        {"2,3,2", "2,3,3"},
        {"2,3,2", "2,3,1"},
        {"2,3,2", "2,3,x"},
        {"2,3,2", "2,3"},
        {"2024", "24"},
        {"2024", "99999999999"},
        {"M57_T", ""},
        {"M57_T", "M57-T"},
        {"chart", "card"},
        {"F,,", "E,,"},
        {"I,x", "I,y"},
        {"I,x", "I,xx"},
        {"Études\r\n", "Études,\r\n"},
        {"f,02,0", "f,0,"},               /* twice */
        {"a,60,", "a,1,"},                /* not in order */
        {"a,60,", "a,6-0,"},
        {"f,02,0", "f,,0"},
        {"f,02,0", "f,02,1"},             /* a parent that is not there */
        {"f,0,", "f,0,02"},               /* 0 within 02 within 0 */
        {"a,203,2", "a,203,203"},
        {"a,2,,", "b,2,,"},
        {"Achats", "Ach\"ats"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct str csv = with(wrong[i][0], wrong[i][1]);
        if (read(csv) != INVALID)
            fail_msg("read although wrong:\n%.*s", STR_ARG(csv));
    }
}

/* ---- as many as may be, and one more ---- */

/* A chart of that many chapters, accounts within one another in columns of `depth`, and functions. */
static enum status read_many(int chapters, int accounts, int functions, int depth)
{
    struct arena *large ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(CSV_MAX);
    struct chart chart;
    buf_add_format(&out, "chart,M57,M57_T,2024,%d,%d,%d\r\n", chapters, accounts, functions);
    for (int i = 0; i < chapters; i++)
        buf_add_format(&out, "c,%05d,F,,x\r\n", i);
    for (int i = 0; i < accounts; i++)
        if (i % depth > 0)
            buf_add_format(&out, "a,%05d,%05d,,,,,,,,,x\r\n", i, i - 1);
        else
            buf_add_format(&out, "a,%05d,,,,,,,,,,x\r\n", i);
    for (int i = 0; i < functions; i++)
        buf_add_format(&out, "f,%05d,,x\r\n", i);
    assert_int_equal(buf_status(&out), OK);
    return chart_read(large, buf_str(&out), &chart);
}

static void there_may_be_so_many_and_no_more(void **state)
{
    (void)state;
    assert_int_equal(read_many(CHART_CHAPTERS_MAX, CHART_ACCOUNTS_MAX, CHART_FUNCTIONS_MAX, CHART_DEPTH_MAX), OK);
    assert_int_equal(read_many(CHART_CHAPTERS_MAX + 1, 1, 1, 1), LIMIT);
    assert_int_equal(read_many(1, CHART_ACCOUNTS_MAX + 1, 1, 1), LIMIT);
    assert_int_equal(read_many(1, 1, CHART_FUNCTIONS_MAX + 1, 1), LIMIT);
    assert_int_equal(read_many(1, CHART_DEPTH_MAX + 1, 1, CHART_DEPTH_MAX + 1), LIMIT);
    assert_int_equal(read_many(0, 0, 0, 1), OK);
    assert_int_equal(read(with("Achats", str_format(arena, "%0*d", CHART_LABEL_MAX, 0).at)), OK);
    assert_int_equal(read(with("Achats", str_format(arena, "%0*d", CHART_LABEL_MAX + 1, 0).at)), LIMIT);
    assert_int_equal(read(with("a,60,", "a,6000000000000000,")), OK);
    assert_int_equal(read(with("a,60,", "a,60000000000000000,")), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_shipped_chart_is_what_it_is_called, set_up, tear_down),
        cmocka_unit_test_setup_teardown(they_have_what_the_state_published, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_code_says_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(accounts_come_and_go_with_the_years, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_line_has_the_section_of_its_chapter_or_of_its_account, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_written_reads_as_it_was, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_is_cut_is_refused_wherever, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_that_break_a_rule_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(there_may_be_so_many_and_no_more, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
