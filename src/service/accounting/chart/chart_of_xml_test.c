/* Charts from planDeCompte.xml: what is taken, what is refused and where, and each file that the State published. */
#include <setjmp.h>
#include <stdarg.h>
#include <time.h>
#include <cmocka.h>

#include "proto/csv/csv.h"
#include "service/accounting/chart/chart.h"
#include "service/accounting/test_shared.h"

enum { ARENA = 32 << 20, CSV_MAX = 1 << 20, PATH_LENGTH = 200 };

static struct arena *arena, *tree;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(ARENA);
    tree = arena_create(XML_ARENA);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    arena_destroy(&tree);
    return 0;
}

static void assert_str(struct str got, const char *wanted)
{
    if (!str_eq(got, str_of(wanted)))
        fail_msg("%.*s instead of %s", STR_ARG(got), wanted);
}

static enum status read(struct str bytes, struct chart *ret_chart, struct xml_fault *ret_fault)
{
    struct xml *root = NULL;
    arena_reset(tree);
    assert_int_equal(xml_read(tree, bytes, &root, ret_fault), OK);
    return chart_of_xml(arena, root, ret_chart, ret_fault);
}

/* ---- one made here ---- */

#define SMALL                                                                                      \
    "<Nomenclature Norme='M57' Declinaison='M57_T' Exer='2024'>\n"                                 \
    "<Nature><Chapitres>\n"                                                                        \
    "<Chapitre Code='20' Libelle='&#xC9;tudes' Section='I' Special='1'/>\n"                        \
    "<Chapitre Code='011' Libelle=' Charges &#xA0;' Section='F' Special='0'/>\n"                   \
    "</Chapitres><Comptes>\n"                                                                      \
    "<Compte Code='60' Libelle='Achats d&#x92;&#x9C;uvres &#x96; &#xE9;tat' DR='011' RR=''>\n"     \
    "<Compte Code='606' Libelle='Fournitures' DR='011' Supprime='1'>\n"                            \
    "<Compte Code='6061' Libelle='Eau' SupprimeDepuis='2023-11-25T14:00:00' Supprime='1'/>\n"      \
    "</Compte></Compte>\n"                                                                         \
    "<Compte Code='203' Libelle='' DR='20' ROES='20' DEquip='1' REquip='0' RegrTotalise='1'/>\n"   \
    "</Comptes></Nature>\n"                                                                        \
    "<Fonction><Chapitres>\n"                                                                      \
    "<Chapitre Code='900' Libelle='Services' Section='I'/>\n"                                      \
    "</Chapitres><RefFonctionnelles>\n"                                                            \
    "<RefFonc Code='0' Libelle='Services'><RefFonc Code='02' Libelle='Administration'/></RefFonc>\n" \
    "</RefFonctionnelles></Fonction></Nomenclature>"

static void what_it_says_is_taken(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(CSV_MAX);
    struct chart chart;
    struct xml_fault fault;
    assert_int_equal(read(STR(SMALL), &chart, &fault), OK);
    arena_reset(tree); /* the chart keeps nothing of it */
    chart_write(&out, &chart);
    assert_str(buf_str(&out), "chart,M57,M57_T,2024,3,4,2\r\n"
                              "c,011,F,,Charges\r\nc,20,I,x,Études\r\nc,900,I,f,Services\r\n"
                              "a,203,,20,,,20,,,dt,,\r\na,60,,011,,,,,,,,Achats d’œuvres – état\r\n"
                              "a,606,60,011,,,,,,,1,Fournitures\r\n"
                              "a,6061,606,,,,,,,,2023-11-25T14:00:00,Eau\r\n"
                              "f,0,,Services\r\nf,02,0,Administration\r\n");
}

/* The small one with one text for another, which stands there. */
static struct str with(const char *old, const char *new)
{
    struct str small = STR(SMALL);
    size_t at = str_find(small, str_of(old));
    assert_true(at != SIZE_MAX);
    struct str after = str_after(small, at + strlen(old));
    return str_format(arena, "%.*s%s%.*s", (int)at, small.at, new, STR_ARG(after));
}

static void refused(struct str bytes, enum status wanted, uint32_t line, const char *what)
{
    struct chart chart;
    struct xml_fault fault;
    assert_int_equal(read(bytes, &chart, &fault), wanted);
    assert_string_equal(fault.what, what);
    assert_int_equal(fault.line, line);
}

/* B25 of the report among them: a code twice, and an account within itself. */
static void faults_are_told_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *old, *new;
        uint32_t line;
        const char *what;
    } wrong[] = {{"Code='203'", "Code='606'", 10, "twice"},
                 {"Code='60'", "Code='6061'", 8, "cycle"},
                 {"Code='6061'", "Code='606'", 8, "cycle"},
                 {"Code='02'", "Code='0'", 15, "cycle"},
                 {"Code='011'", "Code='20'", 4, "twice"},
                 {"Code='900'", "Code='011'", 13, "twice"},
                 {"Code='011'", "Code='012'", 6, "chapter"},
                 {"ROES='20'", "ROES='21'", 10, "chapter"},
                 {"Code='606'", "Code='6 6'", 7, "code"},
                 {"Code='606'", "code='606'", 7, "code"},
                 {"Section='F'", "Section='f'", 4, "section"},
                 {"Section='I'/", "/", 13, "section"},
                 {"Norme='M57'", "", 1, "head"},
                 {"'M57_T'", "'M57-T'", 1, "head"},
                 {"'2024'", "'24'", 1, "head"},
                 {"'2024'", "''", 1, "head"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        refused(with(wrong[i].old, wrong[i].new), INVALID, wrong[i].line, wrong[i].what);
    refused(STR("<Nomenclature><Nature><Chapitres/></Nature></Nomenclature>"), INVALID, 1, "root");
    refused(STR("\n<DocumentBudgetaire/>"), INVALID, 2, "root");
}

/* ---- as much as may be, and one more ---- */

static struct str repeated(int count, const char *format, const char *close)
{
    struct buf out BUF_SCOPE = BUF_INIT(CSV_MAX);
    for (int i = 0; i < count; i++)
        buf_add_format(&out, format, i);
    for (int i = 0; i < count; i++)
        buf_add_c(&out, close);
    assert_int_equal(buf_status(&out), OK);
    return str_copy(arena, buf_str(&out));
}

static struct str more(const char *before, int count, const char *format, const char *close)
{
    return with(before, str_format(arena, "%.*s%s", STR_ARG(repeated(count, format, close)), before).at);
}

static void there_may_be_so_many_and_no_more(void **state)
{
    (void)state;
    struct chart chart;
    struct xml_fault fault;
    const char *account = "<Compte Code='a%d'/>", *chapter = "<Chapitre Code='a%d' Section='F'/>";
    const char *function = "<RefFonc Code='a%d'/>", *within = "<Compte Code='a%d'>";
    assert_int_equal(read(more("</Comptes>", CHART_ACCOUNTS_MAX - 4, account, ""), &chart, &fault), OK);
    refused(more("</Comptes>", CHART_ACCOUNTS_MAX - 3, account, ""), LIMIT, 5, "many");
    assert_int_equal(read(more("</Chapitres>", CHART_CHAPTERS_MAX - 3, chapter, ""), &chart, &fault), OK);
    refused(more("</Chapitres>", CHART_CHAPTERS_MAX - 2, chapter, ""), LIMIT, 12, "many");
    assert_int_equal(read(more("</RefFonctionnelles>", CHART_FUNCTIONS_MAX - 2, function, ""), &chart, &fault), OK);
    refused(more("</RefFonctionnelles>", CHART_FUNCTIONS_MAX - 1, function, ""), LIMIT, 14, "many");
    assert_int_equal(read(more("</Comptes>", CHART_DEPTH_MAX, within, "</Compte>"), &chart, &fault), OK);
    refused(more("</Comptes>", CHART_DEPTH_MAX + 1, within, "</Compte>"), LIMIT, 11, "deep");
    struct str label = str_format(arena, "%0*d", CHART_LABEL_MAX, 0);
    assert_int_equal(read(with("Eau", label.at), &chart, &fault), OK);
    refused(with("Eau", str_format(arena, "%s0", label.at).at), LIMIT, 8, "label");
    assert_int_equal(read(with("'Eau'", str_format(arena, "'&#x96;%s'", label.at + 3).at), &chart, &fault), OK);
    refused(with("'Eau'", str_format(arena, "'&#x96;%s'", label.at + 2).at), LIMIT, 8, "label");
}

/* Wherever the memory ends, it says so. */
static void a_full_arena_is_told(void **state)
{
    (void)state;
    struct xml *root = NULL;
    struct xml_fault fault;
    struct chart chart;
    enum status done = LIMIT;
    assert_int_equal(xml_read(tree, STR(SMALL), &root, &fault), OK);
    for (size_t size = 16; done != OK; size += 16) {
        struct arena *small ARENA_SCOPE = arena_create(size);
        assert_true(size < ARENA);
        done = chart_of_xml(small, root, &chart, &fault);
        assert_true(done == OK || (done == LIMIT && strcmp(fault.what, "memory") == 0));
    }
}

/* ---- those that the State published: beside the checkout ---- */

static struct str read_shared(const char *path)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    assert_true(shared_read(path, &bytes));
    struct str kept = str_copy(arena, buf_str(&bytes));
    assert_false(str_is_absent(kept));
    return kept;
}

static void same_as_shipped(const char *path, const char *nomenclature, int32_t year, bool is_same)
{
    struct buf one BUF_SCOPE = BUF_INIT(CSV_MAX), other BUF_SCOPE = BUF_INIT(CSV_MAX);
    struct chart of_file, shipped;
    struct xml_fault fault;
    struct str bytes;
    char whole[PATH_LENGTH];
    arena_reset(arena);
    snprintf(whole, sizeof whole, "plans_de_comptes/%s/planDeCompte.xml", path);
    bytes = read_shared(whole);
    assert_int_equal(read(bytes, &of_file, &fault), OK);
    assert_int_equal(chart_shipped(arena, str_of(nomenclature), year, &shipped), OK);
    chart_write(&one, &of_file);
    chart_write(&other, &shipped);
    if (buf_status(&one) != OK || str_eq(buf_str(&one), buf_str(&other)) != is_same)
        fail_msg("%s against %s %d", path, nomenclature, year);
}

static void each_is_shipped_as_it_was_published(void **state)
{
    (void)state;
    struct str name;
    int32_t year;
    shared_need("the State's charts");
    for (size_t i = 0; chart_shipped_at(i, &name, &year) == OK; i++) {
        char nomenclature[PATH_LENGTH], path[PATH_LENGTH];
        struct str norm = name, variant;
        snprintf(nomenclature, sizeof nomenclature, "%.*s", STR_ARG(name));
        norm = str_cut(&name, '-');
        variant = name;
        bool is_old = str_eq(variant, STR("M43_D")); /* of 2020, in the folder of 2022 */
        snprintf(path, sizeof path, "%d/%.*s/%.*s", is_old ? 2022 : year, STR_ARG(norm), STR_ARG(variant));
        same_as_shipped(path, nomenclature, year, true);
    }
    same_as_shipped("2022/M57/M57", "M57-M57", 2020, false); /* the same without account 4815 */
    same_as_shipped("2023/M57/M57_P", "M57-M57_D", 2023, true);
}

/* ---- against tables made by another program ---- */

static void compare_account(const struct chart *chart, const struct str *fields)
{
    const struct chart_account *account = chart_account(chart, fields[0]);
    static const size_t columns[CHART_KINDS][2] = {{6, 12}, {4, 10}, {5, 11}};
    assert_non_null(account);
    assert_true(str_eq(account->parent, fields[1]));
    for (int i = 0; i < CHART_KINDS * 2; i++)
        assert_true(str_eq(account->chapter[i / 2][i % 2], fields[columns[i / 2][i % 2]]));
    assert_int_equal(account->is_equipment[CHART_EXPENSE], str_eq(fields[3], STR("1")));
    assert_int_equal(account->is_equipment[CHART_RECEIPT], str_eq(fields[9], STR("1")));
    assert_int_equal(account->is_total, str_eq(fields[13], STR("1")));
    assert_true(str_eq(account->removed_since, fields[15]));
}

static void compare_chapter(const struct chart *chart, const struct str *fields)
{
    const struct chart_chapter *chapter = chart_chapter(chart, fields[0]);
    assert_non_null(chapter);
    assert_int_equal(chapter->section, str_eq(fields[3], STR("I")) ? CHART_INVESTMENT : CHART_FUNCTIONING);
    assert_int_equal(chapter->is_special, str_eq(fields[4], STR("1")));
}

static void compare_function(const struct chart *chart, const struct str *fields)
{
    const struct chart_function *function = chart_function(chart, fields[1]);
    assert_non_null(function);
    assert_true(str_eq(function->parent, fields[0]));
}

/* How many rows it has behind its head. */
static size_t compare(const char *path, const struct chart *chart,
                      void (*compare_row)(const struct chart *chart, const struct str *fields))
{
    struct csv_row *row = arena_new(arena, struct csv_row);
    struct str bytes;
    assert_non_null(row);
    bytes = read_shared(path);
    struct csv_reader reader = csv_open(bytes);
    size_t count = 0;
    assert_int_equal(csv_next(&reader, arena, row), OK);
    for (; csv_next(&reader, arena, row) == OK; count++)
        compare_row(chart, row->fields);
    return count;
}

static void tables_of_others_say_the_same(void **state)
{
    (void)state;
    static const char *const variants[][2] = {{"a", "M57-M57_A"}, {"d", "M57-M57_D"}};
    shared_need("the State's charts");
    for (size_t i = 0; i < 2; i++) {
        struct chart chart;
        char path[3][PATH_LENGTH];
        static const char *const tables[] = {"natures", "chapitres", "fonctions"};
        arena_reset(arena);
        for (size_t j = 0; j < 3; j++)
            snprintf(path[j], PATH_LENGTH, "derived/m57_%s_2024_%s.csv", variants[i][0], tables[j]);
        assert_int_equal(chart_shipped(arena, str_of(variants[i][1]), 2024, &chart), OK);
        assert_int_equal(compare(path[0], &chart, compare_account), chart.account_count);
        arena_reset(arena);
        assert_int_equal(chart_shipped(arena, str_of(variants[i][1]), 2024, &chart), OK);
        assert_int_equal(compare(path[1], &chart, compare_chapter), chart.chapter_count);
        arena_reset(arena);
        assert_int_equal(chart_shipped(arena, str_of(variants[i][1]), 2024, &chart), OK);
        assert_int_equal(compare(path[2], &chart, compare_function), chart.function_count);
    }
}

/* Told, not judged: the README has the figure. */
static void how_long_one_takes_is_told(void **state)
{
    (void)state;
    struct chart chart;
    int64_t best_us = INT64_MAX;
    for (int i = 0; i < 50; i++) {
        struct timespec from, to;
        arena_reset(arena);
        clock_gettime(CLOCK_MONOTONIC, &from);
        assert_int_equal(chart_shipped(arena, STR("M57-M57"), 2020, &chart), OK);
        clock_gettime(CLOCK_MONOTONIC, &to);
        int64_t took_us = (to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000;
        best_us = took_us < best_us ? took_us : best_us;
    }
    print_message("M57-M57 of 2020, the largest, is read in %lld us (best of 50), %zu KiB\n", (long long)best_us,
                  arena_used(arena) >> 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_it_says_is_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(faults_are_told_with_their_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(there_may_be_so_many_and_no_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_arena_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_is_shipped_as_it_was_published, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tables_of_others_say_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(how_long_one_takes_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
