/* Sheets of an archive as lines, and that one which is damaged costs itself alone. */
#include "role/convert_sheets.h"

#include "document/archive.h"
#include "document/test_wording.h"
#include "role/test_sheets.h"

static struct arena *arena;
static struct buf lines;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    lines = BUF_INIT(CONVERT_SHEETS_MAX);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_finish(&lines);
    arena_destroy(&arena);
    return 0;
}

/* The next line of *rest. */
static struct conversion_sheet next(struct str *rest)
{
    struct conversion_sheet sheet;
    assert_int_equal(shape_from_json(arena, &conversion_sheet_shape, str_cut(rest, '\n'), &sheet), OK);
    return sheet;
}

static void a_sheet_is_read_with_whose_it_is(void **state)
{
    (void)state;
    assert_int_equal(convert_sheets(ZIP(arena, SHEET_GOOD("F12")), &lines), WORDING_DONE);
    struct str rest = buf_str(&lines);
    struct conversion_sheet sheet = next(&rest);
    assert_int_equal(sheet.end, WORDING_DONE);
    assert_string_equal(sheet.words.at, SHEET_WORDS);
    assert_string_equal(sheet.key.at, "F12");
    assert_string_equal(sheet.title.at, "Emprunter à la bibliothèque");
    assert_string_equal(sheet.authors.at, "Service des livres");
    assert_string_equal(sheet.publisher.at, "Maison des fiches");
    assert_string_equal(sheet.date.at, "2026-03-12");
    assert_string_equal(sheet.link.at, "https://www.service-public.fr/particuliers/vosdroits/F12");
    assert_string_equal(sheet.audience.at, "Particuliers");
    assert_int_equal(rest.len, 0);
}

static void folders_forms_and_others_are_no_sheets(void **state)
{
    (void)state;
    struct str archive = ZIP(arena, {"N1.xml", STR_INIT("<P>")}, {"R1.xml", STR_INIT("<P>")}, {"F.xml", STR_INIT("")},
                             {"F1.xml.txt", STR_INIT("")}, {"F1x.xml", STR_INIT("")}, {"liste.xml", STR_INIT("")},
                             {"F3.xml", STR_INIT(SHEET_XML("F3", "Recherche guidée", SHEET_TEXT))},
                             {"F4.xml", STR_INIT(SHEET_XML("F4", "Fiche d'information", "<Texte/>"))});
    assert_int_equal(convert_sheets(archive, &lines), WORDING_EMPTY);
    assert_int_equal(lines.len, 0);
}

static void a_damaged_one_costs_itself_alone(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        enum wording_end end;
    } expected[] = {{"F1", WORDING_DAMAGED}, {"F2", WORDING_DONE},    {"F3", WORDING_DAMAGED},
                    {"F4", WORDING_DAMAGED}, {"F5", WORDING_TOO_MUCH}, {"F6", WORDING_DONE}};
    char *large = arena_array(arena, char, ARCHIVE_FILE_MAX + 1);
    memset(large, ' ', ARCHIVE_FILE_MAX + 1);
    struct str archive = ZIP(arena, {"F1.xml", STR_INIT("<Publication>")}, SHEET_GOOD("F2"),
                             {"F3.xml", STR_INIT(SHEET_XML("F33", "Fiche d'information", SHEET_TEXT))},
                             {"F4.xml", STR_INIT("<!DOCTYPE P><Publication/>")},
                             {"F5.xml", {large, ARCHIVE_FILE_MAX + 1}}, SHEET_GOOD("F6"));
    assert_int_equal(convert_sheets(archive, &lines), WORDING_DONE);
    struct str rest = buf_str(&lines);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct conversion_sheet sheet = next(&rest);
        assert_string_equal(sheet.key.at, expected[i].key);
        assert_int_equal(sheet.end, expected[i].end);
    }
    assert_int_equal(rest.len, 0);
}

static void what_is_no_archive_says_so(void **state)
{
    (void)state;
    char *large = arena_array(arena, char, ARCHIVE_BYTES_MAX + 1);
    assert_non_null(large);
    assert_int_equal(convert_sheets(STR("une lettre"), &lines), WORDING_UNKNOWN);
    assert_int_equal(convert_sheets(STR("PK\x03\x04 une lettre"), &lines), WORDING_DAMAGED);
    assert_int_equal(convert_sheets((struct str){large, ARCHIVE_BYTES_MAX + 1}, &lines), WORDING_TOO_LARGE);
    assert_int_equal(convert_sheets((struct str){large, ARCHIVE_BYTES_MAX}, &lines), WORDING_UNKNOWN);
}

/* The lines as a whole have a limit, and one byte less than they need is too few. */
static void lines_have_a_limit(void **state)
{
    (void)state;
    struct str archive = ZIP(arena, SHEET_GOOD("F1"), SHEET_GOOD("F2"));
    assert_int_equal(convert_sheets(archive, &lines), WORDING_DONE);
    struct buf exact BUF_SCOPE = BUF_INIT(lines.len), narrow BUF_SCOPE = BUF_INIT(lines.len - 1);
    assert_int_equal(convert_sheets(archive, &exact), WORDING_DONE);
    assert_int_equal(convert_sheets(archive, &narrow), WORDING_TOO_MUCH);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_sheet_is_read_with_whose_it_is),
        CASE(folders_forms_and_others_are_no_sheets),
        CASE(a_damaged_one_costs_itself_alone),
        CASE(what_is_no_archive_says_so),
        CASE(lines_have_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
