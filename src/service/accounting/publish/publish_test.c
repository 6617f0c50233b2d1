#include "service/accounting/budget/test_budget_take.h"

#include "core/audit.h"
#include "core/bars.h"
#include "proto/csv/csv.h"
#include "service/accounting/publish/publish.h"
#include "service/accounting/test_shared.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

enum { ARENA = 64 << 20 };

static struct test_town test;
static struct arena *arena;
static int64_t person;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    person = test_person(&test, "finances@beauval.example", "Service des finances");
    test_act_as(&test, person, ROLE_ADMINISTRATOR);
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

static enum status take(struct str bytes, bool replaces)
{
    int64_t document;
    struct test_budget_in in = {.bytes = bytes, .replaces = replaces, .lines_most = SIZE_MAX};
    return test_budget_take(&test, arena, in, &document);
}

static void as_nobody(void)
{
    test.actor = (struct actor){.address = STR(""), .name = STR("")};
}

/* An operation told in words, a function no chart has, an order operation, a town of 1 234 people. */
#define INSIDE                                                                                                         \
    "<InformationsGenerales><Information Code=\"PopTot\" V=\"1 234\"/></InformationsGenerales>" LINES                  \
    "<LigneBudget><Nature V=\"2315\"/><Operation V=\"Maison de Mme X\"/><ContNat V=\"23\"/><CodRD V=\"D\"/>"           \
    "<MtPrev V=\"60.00\"/><CredOuv V=\"60.00\"/><OpBudg V=\"0\"/></LigneBudget>"                                       \
    "<LigneBudget><Nature V=\"023\"/><LibCpte V=\"Mme X\"/><ContNat V=\"023\"/><CodRD V=\"D\"/>"                       \
    "<MtPrev V=\"65.00\"/><CredOuv V=\"65.00\"/><OpBudg V=\"1\"/></LigneBudget>"
static const char planned[] = HEAD("2023", "01") INSIDE FOOT;

static void nothing_is_shown_until_somebody_says_so(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(take(str_of(planned), false), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1", NULL, &body), 200);
    assert_has(body, "/accounting/acts/1/publish");
    as_nobody();
    assert_int_equal(test_page(&test, "/budget", NULL, &body), 200);
    assert_has(body, "class=\"empty\"");
    static const char *const paths[] = {"/budget/1", "/budget/1/scdl.csv", "/budget/1/chapter/011",
                                        "/budget/1/function/2"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_int_equal(test_page(&test, paths[i], NULL, &body), 404);
    assert_int_not_equal(test_page(&test, "/accounting/acts/1/publish", TOKEN, &body), 303);
    test_act_as(&test, person, ROLE_AGENT);
    assert_int_equal(test_page(&test, "/accounting/acts/1/publish", TOKEN, &body), 403);
    assert_int_equal(test_page(&test, "/accounting/acts/1", NULL, &body), 200);
    assert_lacks(body, "/accounting/acts/1/publish");
}

static size_t noted(const char *kind)
{
    struct ctx ctx = test_ctx(&test);
    audit_row *rows;
    size_t count, met = 0;
    assert_int_equal(audit_list(&ctx, 0, &rows, &count), OK);
    for (size_t i = 0; i < count; i++)
        met += str_eq(rows[i].kind, str_of(kind));
    return met;
}

static void it_is_shown_and_taken_back(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(take(str_of(planned), false), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1/publish", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/1/publish", TOKEN, &body), 303);
    assert_int_equal(noted("accounting.publish"), 1);
    assert_int_equal(test_page(&test, "/accounting/acts/1", NULL, &body), 200);
    assert_has(body, "/accounting/acts/1/withdraw");
    as_nobody();
    assert_int_equal(test_page(&test, "/budget", NULL, &body), 200);
    assert_has(body, "/budget/1/chapter/011#df");
    test_act_as(&test, person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/acts/1/withdraw", TOKEN, &body), 303);
    assert_int_equal(noted("accounting.withdraw"), 1);
    assert_int_equal(test_page(&test, "/budget/1", NULL, &body), 404);
}

/* What another takes the place of is not shown any more: nobody has decided on the new one. */
static void what_comes_in_its_place_is_not_shown(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(take(str_of(planned), false), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1/publish", TOKEN, &body), 303);
    assert_int_equal(take(str_of(planned), true), OK);
    as_nobody();
    assert_int_equal(test_page(&test, "/budget", NULL, &body), 200);
    assert_has(body, "class=\"empty\"");
}

static void drafts_and_changes_are_not_shown(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(take(str_of(planned), false), OK);
    assert_int_equal(take(STR(HEAD("2023", "02") LINES FOOT), false), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/2/publish", TOKEN, &body), 409);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/3/publish", TOKEN, &body), 409);
    assert_int_equal(test_page(&test, "/accounting/acts/9/publish", TOKEN, &body), 404);
}

static void it_says_where_money_goes(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(take(str_of(planned), false), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1/publish", TOKEN, &body), 303);
    as_nobody();
    assert_int_equal(test_page(&test, "/budget/1", NULL, &body), 200);
    assert_has(body, "/budget/1/function/2#df");
    assert_has(body, "/budget/1/function/0#df");
    assert_has(body, "/budget/1/function/-#rf"); /* no line of it says a function */
    assert_has(body, "1,11</td>");               /* 1 365,50 for 1 234 people */
    assert_has(body, "width=\"100.0%\"");
    assert_has(body, "width=\"5.0%\""); /* 65 of the longest, 1 300,50 */
    assert_lacks(body, "Mme X");
    assert_int_equal(test_page(&test, "/budget/1/chapter/011", NULL, &body), 200);
    assert_has(body, "60611");
    assert_has(body, "300,50</td>");
    assert_int_equal(test_page(&test, "/budget/1/chapter/023", NULL, &body), 200);
    assert_has(body, "65,00</td>");
    assert_lacks(body, "Mme X");
    assert_int_equal(test_page(&test, "/budget/1/function/2", NULL, &body), 200);
    assert_has(body, "200,50</td>");
    assert_lacks(body, ">100,00<");
    assert_int_equal(test_page(&test, "/budget/1/function/21", NULL, &body), 200);
    assert_has(body, "200,50</td>");
    assert_int_equal(test_page(&test, "/budget/1/function/-", NULL, &body), 200);
    assert_has(body, "60,00</td>");
    assert_lacks(body, ">023<"); /* no money moves there */
    assert_int_equal(test_page(&test, "/budget/1/function/9", NULL, &body), 200);
    assert_has(body, "class=\"empty\"");
    assert_int_equal(test_page(&test, "/budget/1/chapter/Mme X", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/budget/x", NULL, &body), 404);
    test.language = LANGUAGE_EN;
    assert_int_equal(test_page(&test, "/budget/1", NULL, &body), 200);
    test.language = LANGUAGE_FR;
    assert_has(body, "Where does the everyday money go?");
}

static void lines_are_open_data(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(take(str_of(planned), false), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1/publish", TOKEN, &body), 303);
    as_nobody();
    assert_int_equal(test_page(&test, "/budget/1/scdl.csv", NULL, &body), 200);
    assert_has(body, "BGT_NATDEC,BGT_ANNEE,BGT_SIRET,BGT_NOM,BGT_CONTNAT,");
    assert_has(body, "budget primitif,2023,21560046100010,");
    assert_has(body, ",fonctionnement,réel,dépense,,90.00,,,100.00,100.00,,non spécialisé\r\n");
    assert_has(body, ",12,investissement,réel,dépense,,,70.00,,-65.00,5.00,,\r\n");
    assert_lacks(body, "Mme X");
}

/* What anybody may ask of a town, for a budget larger than most: of a turn's 20 ms. */
static void a_large_budget_takes_so_long(void **state)
{
    (void)state;
    enum { LARGE = PUBLISH_FILE_LINES };
    struct str body;
    assert_int_equal(take(test_budget_long(arena, LARGE), false), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1/publish", TOKEN, &body), 303);
    as_nobody();
    int64_t page = test_budget_us(&test, "/budget/1"), lines = test_budget_us(&test, "/budget/1/chapter/011");
    assert_int_equal(test_page(&test, "/budget/1/scdl.csv?file=2", NULL, &body), 404);
    print_message("%d lines: the page %lld us, 1,000 lines of a chapter %lld us, open data %lld us\n", LARGE,
                  (long long)page, (long long)lines, (long long)test_budget_us(&test, "/budget/1/scdl.csv"));
}

/* Above so many lines there are several files, and each line stands in one of them. */
static void open_data_may_be_several_files(void **state)
{
    (void)state;
    struct str body;
    char line[64];
    assert_int_equal(take(test_budget_long(arena, PUBLISH_FILE_LINES + 1), false), OK);
    assert_int_equal(test_page(&test, "/accounting/acts/1/publish", TOKEN, &body), 303);
    as_nobody();
    assert_int_equal(test_page(&test, "/budget/1", NULL, &body), 200);
    assert_has(body, "/budget/1/scdl.csv?file=1\"");
    assert_has(body, "/budget/1/scdl.csv?file=2\"");
    assert_int_equal(test_page(&test, "/budget/1/scdl.csv", NULL, &body), 200);
    assert_int_equal(str_count_byte(body, '\n'), 1 + PUBLISH_FILE_LINES);
    assert_int_equal(test_page(&test, "/budget/1/scdl.csv?file=2", NULL, &body), 200);
    assert_int_equal(str_count_byte(body, '\n'), 1 + 1);
    snprintf(line, sizeof line, ",%d,fonctionnement,", PUBLISH_FILE_LINES);
    assert_true(str_find(body, str_of(line)) != SIZE_MAX);
    static const char *const none[] = {"0", "3", "-1", "x9"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        snprintf(line, sizeof line, "/budget/1/scdl.csv?file=%s", none[i]);
        assert_int_equal(test_page(&test, line, NULL, &body), none[i][0] == 'x' ? 200 : 404);
    }
}

static void shares_are_of_the_whole(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    assert_true(str_eq(bars_share(&ctx, (struct money){125}, (struct money){1000}), STR("12,5\xC2\xA0%")));
    assert_true(str_eq(bars_share(&ctx, (struct money){-125}, (struct money){1000}),
                       STR("\xE2\x88\x92" "12,5\xC2\xA0%")));
    assert_true(str_eq(bars_share(&ctx, (struct money){1}, (struct money){0}), STR("")));
    struct bars_view view;
    const struct bar bars[] = {{.money = {MONEY_MAX}}, {.money = {1}}};
    assert_int_equal(bars_make(&ctx, &(struct bars_words){.id = STR("x")}, bars, 2, &view), LIMIT);
    assert_int_equal(bars_make(&ctx, &(struct bars_words){.id = STR("x")}, bars, 1, &view), OK);
    assert_true(str_eq(view.rows[0].width, STR("100.0%")));
}

/* ---- against the files another program made of the same documents ---- */

enum { ROWS_MAX = 2000, COLUMNS = 22, CHAPTER = 4, NATURE = 6, NATURE_LABEL = 7, AMOUNTS = 14, AMOUNTS_END = 21 };

struct table {
    struct csv_row *rows;
    struct str keys[ROWS_MAX];
    size_t order[ROWS_MAX], count;
};

static const struct table *sorted;

static int by_key(const void *one, const void *other)
{
    return str_compare(sorted->keys[*(const size_t *)one], sorted->keys[*(const size_t *)other]);
}

static struct str amount_word(struct str text)
{
    struct money money = {0};
    assert_true(text.len == 0 || money_parse(text, &money) == OK);
    return str_format(arena, "%lld", (long long)money.cents);
}

/* What both files must say alike; nothing and 0 are the same amount there. */
static struct str key_of(const struct csv_row *row)
{
    static const size_t words[] = {1, 2, NATURE, 8, 10, 12, 13, 21};
    struct str key = STR("");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        key = str_format(arena, "%.*s|%.*s", STR_ARG(key), STR_ARG(row->fields[words[i]]));
    for (size_t i = AMOUNTS; i < AMOUNTS_END; i++)
        key = str_format(arena, "%.*s|%.*s", STR_ARG(key), STR_ARG(amount_word(row->fields[i])));
    return key;
}

static void read_table(struct str text, struct table *table)
{
    struct csv_reader reader = csv_open(text);
    table->rows = arena_array(arena, struct csv_row, ROWS_MAX);
    table->count = 0;
    assert_int_equal(csv_next(&reader, arena, &table->rows[0]), OK); /* names */
    assert_int_equal(table->rows[0].count, COLUMNS);
    while (table->count < ROWS_MAX && csv_next(&reader, arena, &table->rows[table->count]) == OK) {
        table->keys[table->count] = key_of(&table->rows[table->count]);
        table->order[table->count] = table->count;
        table->count++;
    }
    sorted = table;
    qsort(table->order, table->count, sizeof *table->order, by_key);
}

static void assert_alike(const struct csv_row *ours, const struct csv_row *theirs)
{
    if (theirs->fields[CHAPTER].len > 0)
        assert_true(str_eq(ours->fields[CHAPTER], theirs->fields[CHAPTER]));
    /* Where a letter of Windows-1252 was taken for a control character, the chart here has the letter meant. */
    if (str_find_byte(theirs->fields[NATURE_LABEL], '\xC2') == SIZE_MAX)
        assert_true(str_eq(ours->fields[NATURE_LABEL], str_trim(theirs->fields[NATURE_LABEL])));
}

static void open_data_says_what_another_program_says(void **state)
{
    (void)state;
    static const char *const folders[] = {"crach_BP2022_principal", "crach_CA2021_principal",
                                          "crach_lotissement_BP2022", "mohon_CFU2023_M57A"};
    static struct table ours, theirs;
    shared_need("open_data_says_what_another_program_says");
    size_t rows = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX), expected BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
        char path[100];
        struct str body;
        tear_down(state);
        set_up(state);
        snprintf(path, sizeof path, "totem/%s/totem.xml", folders[i]);
        assert_true(shared_read(path, &bytes));
        snprintf(path, sizeof path, "totem/%s/expected_scdl.csv", folders[i]);
        assert_true(shared_read(path, &expected));
        assert_int_equal(take(buf_str(&bytes), false), OK);
        assert_int_equal(test_page(&test, "/accounting/acts/1/publish", TOKEN, &body), 303);
        as_nobody();
        assert_int_equal(test_page(&test, "/budget/1", NULL, &body), 200);
        assert_int_equal(test_page(&test, "/budget/1/scdl.csv", NULL, &body), 200);
        read_table(body, &ours);
        read_table(buf_str(&expected), &theirs);
        for (size_t row = 0; row < ours.count && row < theirs.count; row++) {
            assert_true(str_eq(ours.keys[ours.order[row]], theirs.keys[theirs.order[row]]));
            assert_alike(&ours.rows[ours.order[row]], &theirs.rows[theirs.order[row]]);
        }
        assert_int_equal(ours.count, theirs.count);
        rows += ours.count;
    }
    print_message("open data: %zu rows as another program has them\n", rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_shown_until_somebody_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_shown_and_taken_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_comes_in_its_place_is_not_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(drafts_and_changes_are_not_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_says_where_money_goes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lines_are_open_data, set_up, tear_down),
        cmocka_unit_test_setup_teardown(open_data_may_be_several_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_large_budget_takes_so_long, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shares_are_of_the_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(open_data_says_what_another_program_says, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
