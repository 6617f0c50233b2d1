/* What is printed of an act, read back by others: pdftotext (poppler-utils), libzip. */
#include "service/accounting/budget/test_budget_take.h"

#include <unistd.h>

#include "document/pdf.h"
#include "document/test_tool.h"
#include "document/test_wording.h"
#include "service/accounting/test_shared.h"

enum { ARENA = 64 << 20, PDF_LINES = 250, ODS_LINES = 1200 /* as the pages have it */ };

static struct test_town test;
static struct arena *arena;
static struct pdf_fonts *fonts;
static char file[] = "/tmp/parvis-act-XXXXXX";

static int open_fonts(void **state)
{
    (void)state;
    int fd = mkstemp(file);
    return fd < 0 || close(fd) != 0 || pdf_fonts_open(&fonts) != OK ? -1 : 0;
}

static int close_fonts(void **state)
{
    (void)state;
    pdf_fonts_close(fonts);
    return unlink(file);
}

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    test_act_as(&test, test_person(&test, "finances@beauval.example", "Service des finances"), ROLE_AGENT);
    test.town.fonts = fonts;
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

static void take(struct str bytes)
{
    int64_t document;
    struct test_budget_in in = {.bytes = bytes, .lines_most = SIZE_MAX};
    assert_int_equal(test_budget_take(&test, arena, in, &document), OK);
}

/* Its words, each blank one blank. */
static struct str said_of(struct str body)
{
    tool_need("pdftotext");
    struct buf flat BUF_SCOPE = BUF_INIT(TOOL_SAID_MAX);
    assert_true(str_starts(body, STR("%PDF-1.")));
    tool_put(file, body);
    for (const char *at = tool_ask("pdftotext -layout %s -", file); *at != 0; at++)
        if (*at != ' ' && *at != '\n' && *at != '\f')
            buf_add_byte(&flat, *at);
        else if (flat.len > 0 && flat.at[flat.len - 1] != ' ')
            buf_add_byte(&flat, ' ');
    return str_copy(arena, buf_str(&flat));
}

static void an_act_is_printed(void **state)
{
    (void)state;
    struct str body;
    take(STR(HEAD("2023", "01") LINES FOOT));
    assert_int_equal(test_page(&test, "/accounting/acts/1/budget.pdf", NULL, &body), 200);
    struct str said = said_of(body);
    assert_has(said, "Budget primitif 2023");
    assert_has(said, "21560046100010");
    assert_has(said, "Eau & déchets");
    assert_has(said, "60611");
    assert_has(said, "fonction 211");
    test.town.fonts = NULL;
    assert_int_equal(test_page(&test, "/accounting/acts/1/budget.pdf", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/acts/9/budget.pdf", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/acts/9/lines.ods", NULL, &body), 404);
}

static void a_long_act_stops_at_chapters(void **state)
{
    (void)state;
    struct str body;
    take(test_budget_long(arena, PDF_LINES + 1));
    assert_int_equal(test_page(&test, "/accounting/acts/1/budget.pdf", NULL, &body), 200);
    struct str said = said_of(body);
    assert_has(said, "tableur (ODS)");
    assert_lacks(said, "60611");
    assert_int_equal(test_page(&test, "/accounting/acts/1/lines.ods", NULL, &body), 200);
    assert_true(str_starts(body, STR("PK\x03\x04")));
}

static void a_sheet_has_so_many_lines(void **state)
{
    (void)state;
    struct str body;
    take(test_budget_long(arena, ODS_LINES + 1));
    assert_int_not_equal(test_page(&test, "/accounting/acts/1/lines.ods", NULL, &body), 200);
    assert_has(body, "CSV");
}

/* The same figures as lines.csv, typed. */
static void lines_are_a_spreadsheet(void **state)
{
    (void)state;
    struct str body;
    zip_error_t error;
    char content[1 << 16] = {0};
    take(STR(HEAD("2023", "01") LINES FOOT));
    assert_int_equal(test_page(&test, "/accounting/acts/1/lines.ods", NULL, &body), 200);
    zip_source_t *source = zip_source_buffer_create(body.at, body.len, 0, &error);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    assert_non_null(archive);
    zip_file_t *part = zip_fopen(archive, "content.xml", 0);
    assert_true(zip_fread(part, content, sizeof content - 1) > 0);
    assert_int_equal(zip_fclose(part), 0);
    zip_discard(archive);
    struct str text = str_of(content);
    assert_has(text, "office:value=\"1200.50\"");
    assert_has(text, "office:value=\"-65.00\"");
    assert_has(text, "<text:p>011</text:p>");
    assert_int_equal(str_count_byte(text, '\n'), 1 + 5 + 1); /* declaration, head and four lines, the end */
}

static void the_longest_take_so_long(void **state)
{
    (void)state;
    take(test_budget_long(arena, PDF_LINES));
    int64_t pdf = test_budget_us(&test, "/accounting/acts/1/budget.pdf");
    tear_down(state);
    set_up(state);
    take(test_budget_long(arena, ODS_LINES));
    int64_t ods = test_budget_us(&test, "/accounting/acts/1/lines.ods");
    print_message("PDF of %d lines: %lld us; ODS of %d: %lld us\n", PDF_LINES, (long long)pdf, ODS_LINES,
                  (long long)ods);
}

static void real_acts_take_so_long(void **state)
{
    (void)state;
    static const char *const files[] = {"totem/crach_BP2022_principal/totem.xml",
                                        "totem/mohon_CFU2023_M57A/totem.xml"};
    shared_need("real_acts_take_so_long");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
        char path[64];
        assert_true(shared_read(files[i], &bytes));
        take(buf_str(&bytes));
        snprintf(path, sizeof path, "/accounting/acts/%zu/budget.pdf", i + 1);
        int64_t pdf = test_budget_us(&test, path);
        snprintf(path, sizeof path, "/accounting/acts/%zu/lines.ods", i + 1);
        int64_t ods = test_budget_us(&test, path);
        print_message("%s: PDF %lld us, ODS %lld us\n", files[i], (long long)pdf, (long long)ods);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_act_is_printed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_act_stops_at_chapters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_sheet_has_so_many_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lines_are_a_spreadsheet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_longest_take_so_long, set_up, tear_down),
        cmocka_unit_test_setup_teardown(real_acts_take_so_long, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
