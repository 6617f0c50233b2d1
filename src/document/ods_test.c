/* What a spreadsheet is to those who read it: libzip opens it, the tree of its content is looked at, LibreOffice where
 * it is there. */
#include "document/test_tool.h"
#include "document/test_wording.h"

#include <unistd.h>

#include "document/ods.h"
#include "document/xml.h"
#include "document/zip_write.h"

enum { ARENA = 16 << 20, FILE_MAX = 4 << 20, COLUMNS = 5 };

static struct arena *arena;
static char file[64];

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(ARENA);
    snprintf(file, sizeof file, "/tmp/parvis-ods-%d.ods", (int)getpid());
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(file);
    arena_destroy(&arena);
    return 0;
}

/* A code with a nought in front, what looks like a formula, an amount below zero, a leap day, letters XML has not. */
static enum status write_sheet(struct buf *out)
{
    struct ods ods;
    ods_begin(&ods, STR("Budget <primitif> & annexe"), STR("fr"));
    ods_table_begin(&ods, STR("Lignes"), COLUMNS);
    const struct ods_cell head[COLUMNS] = {ODS_OF_TEXT(STR("Chapitre")), ODS_OF_TEXT(STR("Libellé")),
                                           ODS_OF_TEXT(STR("Voté")), ODS_OF_TEXT(STR("Date")),
                                           ODS_OF_TEXT(STR("Nombre"))};
    ods_row(&ods, head, COLUMNS);
    struct date day;
    assert_int_equal(date_parse(STR("2024-02-29"), &day), OK);
    const struct ods_cell one[COLUMNS] = {ODS_OF_TEXT(STR("011")), ODS_OF_TEXT(STR("=1+1 & \"<a>\"\x01\n\xFF")),
                                          ODS_OF_MONEY(((struct money){-1234550})), ODS_OF_DATE(day),
                                          ODS_OF_NUMBER(-7)};
    ods_row(&ods, one, COLUMNS);
    const struct ods_cell two[COLUMNS] = {{.kind = ODS_NOTHING}, ODS_OF_TEXT(STR("")),
                                          ODS_OF_MONEY(((struct money){MONEY_MAX})), {.kind = ODS_NOTHING},
                                          ODS_OF_NUMBER(INT64_MIN)};
    ods_row(&ods, two, COLUMNS);
    ods_table_end(&ods);
    return ods_end(&ods, out);
}

/* Parts of a zip by libzip, with its own check of the whole; absent: there is none of that name. */
static struct str part_of(struct str bytes, const char *name, bool *ret_is_first)
{
    zip_error_t error;
    zip_stat_t about;
    zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.len, 0, &error);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    assert_non_null(archive);
    zip_int64_t at = zip_name_locate(archive, name, 0);
    assert_true(at >= 0);
    *ret_is_first = at == 0;
    assert_int_equal(zip_stat_index(archive, (zip_uint64_t)at, 0, &about), 0);
    char *copy = arena_array(arena, char, about.size + 1);
    zip_file_t *part = zip_fopen_index(archive, (zip_uint64_t)at, 0);
    assert_non_null(part);
    assert_int_equal(zip_fread(part, copy, about.size), about.size);
    assert_int_equal(zip_fclose(part), 0); /* the sum of its bytes is looked at here */
    zip_discard(archive);
    return (struct str){copy, about.size};
}

static struct xml *tree_of(struct str bytes, const char *name)
{
    bool is_first;
    struct xml *root;
    struct xml_fault fault;
    assert_int_equal(xml_read(arena, part_of(bytes, name, &is_first), &root, &fault), OK);
    return root;
}

static void it_is_a_zip_that_says_what_it_is(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(FILE_MAX), again BUF_SCOPE = BUF_INIT(FILE_MAX);
    bool is_first;
    assert_int_equal(write_sheet(&out), OK);
    struct str type = part_of(buf_str(&out), "mimetype", &is_first);
    assert_true(is_first && str_eq(type, STR("application/vnd.oasis.opendocument.spreadsheet")));
    assert_true(str_starts(str_after(buf_str(&out), 30), STR("mimetypeapplication/vnd.oasis."))); /* unpacked */
    struct xml *manifest = tree_of(buf_str(&out), "META-INF/manifest.xml");
    assert_int_equal(xml_count(manifest), 3);
    struct xml *meta = xml_child(tree_of(buf_str(&out), "meta.xml"), "meta");
    assert_true(str_eq(xml_text(arena, xml_child(meta, "title")), STR("Budget <primitif> & annexe")));
    assert_int_equal(write_sheet(&again), OK);
    assert_true(str_eq(buf_str(&out), buf_str(&again)));
}

static struct str value_of(const struct xml *cell, const char *name)
{
    for (size_t i = 0; i < cell->attribute_count; i++)
        if (str_eq(cell->attributes[i].name, str_of(name)))
            return cell->attributes[i].value;
    return STR_NONE;
}

static void cells_keep_their_types(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(FILE_MAX);
    assert_int_equal(write_sheet(&out), OK);
    struct xml *body = xml_child(tree_of(buf_str(&out), "content.xml"), "body");
    struct xml *table = xml_child(xml_child(body, "spreadsheet"), "table");
    assert_non_null(xml_child(xml_child(table, "table-header-rows"), "table-row"));
    struct xml *row = xml_child(table, "table-row"), *cell = xml_child(row, "table-cell");
    assert_true(str_eq(value_of(cell, "value-type"), STR("string")));
    assert_true(str_eq(xml_text(arena, xml_child(cell, "p")), STR("011")));
    cell = xml_next(cell, "table-cell");
    assert_true(str_is_absent(value_of(cell, "formula")));
    assert_true(str_eq(xml_text(arena, xml_child(cell, "p")), STR("=1+1 & \"<a>\"  \xEF\xBF\xBD")));
    cell = xml_next(cell, "table-cell");
    assert_true(str_eq(value_of(cell, "value-type"), STR("float")));
    assert_true(str_eq(value_of(cell, "value"), STR("-12345.50")));
    cell = xml_next(cell, "table-cell");
    assert_true(str_eq(value_of(cell, "date-value"), STR("2024-02-29")));
    cell = xml_next(cell, "table-cell");
    assert_true(str_eq(value_of(cell, "value"), STR("-7")));
    row = xml_next(row, "table-row");
    assert_int_equal(xml_count(row), COLUMNS);
    cell = xml_child(row, "table-cell");
    assert_true(str_is_absent(value_of(cell, "value-type")));
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(FILE_MAX), small BUF_SCOPE = BUF_INIT(300);
    struct ods ods;
    assert_int_equal(write_sheet(&small), LIMIT);
    char *text = arena_array(arena, char, ODS_TEXT_MAX + 1);
    memset(text, 'a', ODS_TEXT_MAX + 1);
    for (size_t length = ODS_TEXT_MAX; length <= ODS_TEXT_MAX + 1; length++) {
        buf_clear(&out);
        struct ods_cell cell = ODS_OF_TEXT(((struct str){text, length}));
        ods_begin(&ods, STR("x"), STR("fr"));
        ods_table_begin(&ods, STR("x"), 1);
        ods_row(&ods, &cell, 1);
        ods_table_end(&ods);
        assert_int_equal(ods_end(&ods, &out), length == ODS_TEXT_MAX ? OK : LIMIT);
    }
    buf_clear(&out);
    ods_begin(&ods, STR("x"), STR("fr"));
    ods_table_begin(&ods, STR("x"), 1);
    assert_int_equal(ods_end(&ods, &out), BUG);
    ods_begin(&ods, STR("x"), STR("fr"));
    ods_drop(&ods);
}

static void a_zip_has_so_many_parts(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct zip_write zip;
    zip_write_begin(&zip, &out);
    for (size_t i = 0; i < ZIP_WRITE_PARTS_MAX; i++)
        assert_int_equal(zip_write_part(&zip, str_format(arena, "%zu", i).at, STR("deux"), i % 2 == 0), OK);
    assert_int_equal(zip_write_part(&zip, "trop", STR("x"), false), LIMIT);
    assert_int_equal(zip_write_end(&zip), OK);
    bool is_first;
    assert_true(str_eq(part_of(buf_str(&out), "99", &is_first), STR("deux")));
    assert_true(str_eq(part_of(buf_str(&out), "98", &is_first), STR("deux")));
}

static void libreoffice_opens_it(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(FILE_MAX);
    tool_need("soffice");
    assert_int_equal(write_sheet(&out), OK);
    tool_put(file, buf_str(&out));
    const char *said = tool_ask("cd /tmp && soffice --headless --cat %s 2>/dev/null", file);
    assert_non_null(strstr(said, "011"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_a_zip_that_says_what_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_keep_their_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_does_not_fit_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_zip_has_so_many_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(libreoffice_opens_it, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
