#include "document/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(XML_ARENA);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static struct xml *read(struct str bytes)
{
    struct xml *root = NULL;
    struct xml_fault fault;
    assert_int_equal(xml_read(arena, bytes, &root, &fault), OK);
    assert_non_null(root);
    return root;
}

static void refused(struct str bytes, enum status wanted, const char *what)
{
    struct xml *root = NULL;
    struct xml_fault fault = {.what = ""};
    assert_int_equal(xml_read(arena, bytes, &root, &fault), wanted);
    assert_null(root);
    if (what != NULL)
        assert_string_equal(fault.what, what);
    assert_true(fault.line >= 1 && fault.what != NULL);
}

static void assert_str(struct str got, const char *wanted)
{
    assert_true(!str_is_absent(got));
    assert_true(str_eq(got, str_of(wanted)));
}

static void values_are_found(void **state)
{
    (void)state;
    struct xml *root = read(STR("<?xml version='1.0'?>\n<a xmlns='urn:a' xmlns:b='urn:b'>\n <b:c V='1'/>\n "
                                "<c V='2' b:V='3'/><t> deux <!-- x -->mots </t><c/></a>"));
    assert_str(root->name, "a");
    assert_str(root->space, "urn:a");
    assert_int_equal(xml_count(root), 4);
    assert_str(xml_value(root, "c"), "1");
    struct xml *first = xml_child(root, "c"), *second = xml_next(first, "c");
    assert_str(first->space, "urn:b");
    assert_str(first->prefix, "b");
    assert_int_equal(second->line, 4);
    assert_str(xml_attribute(second, "V"), "2");
    assert_true(str_is_absent(xml_attribute(xml_next(second, "c"), "V")));
    assert_null(xml_next(xml_next(second, "c"), "c"));
    assert_str(xml_text(arena, xml_child(root, "t")), "deux mots");
    assert_str(xml_text(arena, second), "");
    assert_true(str_is_absent(xml_value(root, "nothing")));
    assert_null(xml_child(NULL, "a"));
}

static void encodings_become_utf_8(void **state)
{
    (void)state;
    assert_str(xml_attribute(read(STR("<?xml version='1.0' encoding='ISO-8859-1'?><a V='\xe9t\xe9'/>")), "V"), "été");
    assert_str(xml_attribute(read(STR("<?xml version='1.0' encoding='ISO-8859-15'?><a V='\xa4 \xbd'/>")), "V"), "€ œ");
    struct xml *root = read(STR("<?xml version='1.0' encoding='Windows-1252'?><a V='\x80 \x9c'/>"));
    assert_str(xml_attribute(root, "V"), "€ œ");
    assert_str(xml_attribute(read(STR("<?xml version='1.0' encoding='UTF-8'?><a V='été'/>")), "V"), "été");
    refused(STR("<?xml version='1.0' encoding='UTF-8'?><a V='\xe9t\xe9'/>"), INVALID, NULL);
    refused(STR("<?xml version='1.0' encoding='Windows-1252'?><a V='\x81'/>"), INVALID, NULL);
    refused(STR("<?xml version='1.0' encoding='KOI8-R'?><a/>"), INVALID, NULL);
}

/* B1, B2 of bad input: a bomb of entities, a file of this machine. */
static void nothing_is_declared_or_fetched(void **state)
{
    (void)state;
    refused(STR("<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a>&c;</a>"), INVALID, "doctype");
    refused(STR("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>"), INVALID, "doctype");
    refused(STR("<!DOCTYPE a SYSTEM 'http://elsewhere.invalid/a.dtd'><a/>"), INVALID, "doctype");
    refused(STR("<a>&b;</a>"), INVALID, NULL);
}

static void what_is_not_well_formed_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", " ", "<a>", "<a></b>", "<a/><b/>", "<a b='1' b='2'/>",
                                      "texte", "<a><b:c/></a>", "<a V=1/>", "{}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused(str_of(bad[i]), INVALID, NULL);
    refused(STR_NONE, INVALID, NULL);
    const char *whole = "<a xmlns='urn:a'><b V='\xc3\xa9'>x</b></a>";
    for (size_t len = 0; len < strlen(whole); len++)
        refused((struct str){whole, len}, INVALID, NULL);
}

static void add_many(struct buf *out, const char *what, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_c(out, what);
}

static struct str nested(struct buf *out, size_t depth)
{
    buf_clear(out);
    add_many(out, "<a>", depth);
    add_many(out, "</a>", depth);
    return buf_str(out);
}

/* B3: a million within one another; and one more than each maximum. */
static void maxima_hold(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(XML_BYTES_MAX + 16);
    read(nested(&out, XML_DEPTH_MAX));
    refused(nested(&out, XML_DEPTH_MAX + 1), LIMIT, "deep");
    refused(nested(&out, 1000000), LIMIT, "deep");
    buf_clear(&out);
    buf_add_c(&out, "<r>");
    add_many(&out, "<a/>", XML_NODES_MAX - 1);
    buf_add_c(&out, "</r>");
    struct arena *wide ARENA_SCOPE = arena_create((size_t)1 << 30);
    struct xml *root;
    struct xml_fault fault;
    assert_int_equal(xml_read(wide, buf_str(&out), &root, &fault), OK);
    refused(buf_str(&out), LIMIT, "memory");
    out.len -= strlen("</r>");
    buf_add_c(&out, "<a/></r>");
    assert_int_equal(xml_read(wide, buf_str(&out), &root, &fault), LIMIT);
    assert_string_equal(fault.what, "many");
    buf_clear(&out);
    buf_add_c(&out, "<a>");
    add_many(&out, "x", XML_BYTES_MAX - strlen("<a></a>"));
    buf_add_c(&out, "</a>");
    assert_int_equal(out.len, XML_BYTES_MAX);
    arena_reset(arena);
    read(buf_str(&out));
    buf_add_byte(&out, '\n');
    refused(buf_str(&out), LIMIT, "long");
}

static void trees_go_round(void **state)
{
    (void)state;
    static const char *const trees[] = {
        "<a/>", "<a xmlns='urn:a'><b/></a>", "<a xmlns='urn:a'><b xmlns=''><c/></b></a>",
        "<x:a xmlns:x='urn:a' xmlns:y='urn:b' y:v='&lt;&quot;&#10;&#9;&amp;'><y:b>un<c/>deux</y:b></x:a>",
        "<a xml:lang='fr'>l\xe2\x80\x99\xc5\x93uvre \xe2\x82\xac &#13; \xc3\xa9</a>",
        "<x:a xmlns:x='urn:a'><x:a xmlns:x='urn:c'><x:b/></x:a><x:b/></x:a>"};
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
        for (enum xml_encoding encoding = XML_UTF_8; encoding <= XML_ISO_8859_1; encoding++) {
            struct buf out BUF_SCOPE = BUF_INIT(4096), where BUF_SCOPE = BUF_INIT(4096);
            struct xml *one = read(str_of(trees[i]));
            xml_write(&out, one, encoding);
            if (!xml_same(one, read(str_copy(arena, buf_str(&out))), &where))
                fail_msg("%s: %.*s", trees[i], STR_ARG(buf_str(&where)));
        }
}

static void differences_are_placed(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"<a><b V='1'/><b V='2'/></a>", "<a><b V='1'/><b V='3'/></a>", "/a/b[2]"},
        {"<a><b/></a>", "<a><b/><c/></a>", "/a/c[1]"},
        {"<a><b>x</b></a>", "<a><b>y</b></a>", "/a/b[1]/text[1]"},
        {"<a x='1'/>", "<a x='1' y='1'/>", "/a"},
        {"<a xmlns='urn:a'/>", "<a/>", "/a"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf where BUF_SCOPE = BUF_INIT(4096);
        assert_false(xml_same(read(str_of(rows[i][0])), read(str_of(rows[i][1])), &where));
        assert_str(buf_str(&where), rows[i][2]);
    }
    struct buf where BUF_SCOPE = BUF_INIT(4096);
    assert_true(xml_same(read(STR("<a x='1' y='2'><b/></a>")), read(STR("<a y='2'   x='1'>\n  <b></b>\n</a>")),
                         &where));
}

static void trees_are_made(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(4096);
    struct xml *root = xml_add(arena, NULL, STR("urn:a"), "Document");
    xml_add_value(arena, root, "Exer", STR("2022"));
    xml_set(arena, xml_add_value(arena, root, "MtSup", STR("1.00")), "Code", STR("Section"));
    xml_write(&out, root, XML_ISO_8859_1);
    assert_str(buf_str(&out), "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<Document xmlns=\"urn:a\">\n"
                              "    <Exer V=\"2022\"/>\n    <MtSup V=\"1.00\" Code=\"Section\"/>\n</Document>\n");
    assert_null(xml_add_value(arena, NULL, "Exer", STR("2022")));
}

/* ---- files ---- */

enum { PATH_LENGTH = 64 };

/* A file of these bytes, then blanks up to `size`. */
static void put(char *path, struct str bytes, size_t size)
{
    snprintf(path, PATH_LENGTH, "/tmp/xml_test_XXXXXX");
    FILE *file = fdopen(mkstemp(path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    for (size_t i = bytes.len; i < size; i++)
        assert_int_equal(fputc(' ', file), ' ');
    assert_int_equal(fclose(file), 0);
}

static void a_file_says_what_its_bytes_say(void **state)
{
    (void)state;
    char path[PATH_LENGTH];
    struct buf bytes BUF_SCOPE = BUF_INIT(1 << 20), where BUF_SCOPE = BUF_INIT(4096);
    struct xml *root = NULL;
    struct xml_fault fault;
    buf_add_literal(&bytes, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a xmlns:b=\"urn:b\">");
    for (int i = 0; i < 5000; i++) /* several pieces, each of which ends within a word */
        buf_add_format(&bytes, "<b:c V=\"%d\" b:W=\"\xE9\"/><d V=\"%d\">mot \xE9</d>\n", i, i % 3);
    buf_add_literal(&bytes, "</a>");
    put(path, buf_str(&bytes), bytes.len);
    assert_int_equal(xml_read_file(arena, path, &root, &fault), OK);
    assert_true(xml_same(read(buf_str(&bytes)), root, &where));
    assert_int_equal(remove(path), 0);
    assert_int_equal(xml_read_file(arena, path, &root, &fault), NOT_FOUND);
    assert_null(fault.what);
}

/* Refused by its size alone, before anything is built. */
static void a_file_is_as_long_as_may_be(void **state)
{
    (void)state;
    for (size_t size = XML_BYTES_MAX; size <= XML_BYTES_MAX + 1; size++) {
        char path[PATH_LENGTH];
        struct xml *root = NULL;
        struct xml_fault fault;
        size_t before = arena_used(arena);
        put(path, STR("<a/>"), size);
        bool is_long = size > XML_BYTES_MAX;
        assert_int_equal(xml_read_file(arena, path, &root, &fault), is_long ? LIMIT : OK);
        assert_true(is_long ? strcmp(fault.what, "long") == 0 && arena_used(arena) == before : root != NULL);
        assert_int_equal(remove(path), 0);
    }
}

static void a_file_that_is_cut_is_refused(void **state)
{
    (void)state;
    static const struct str cut[] = {STR_INIT(""), STR_INIT("<a>"), STR_INIT("<a><b></a>"),
                                     STR_INIT("<!DOCTYPE a><a/>")};
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        char path[PATH_LENGTH];
        struct xml *root = NULL;
        struct xml_fault fault;
        put(path, cut[i], cut[i].len);
        assert_int_equal(xml_read_file(arena, path, &root, &fault), INVALID);
        assert_non_null(fault.what);
        assert_int_equal(remove(path), 0);
    }
}

/* Alike attributes are kept once: what is set on one element says nothing of another. */
static void what_is_kept_once_changes_alone(void **state)
{
    (void)state;
    struct xml *root = read(STR("<a><b V=\"1\"/><b V=\"1\"/></a>"));
    xml_set(arena, root->first, "W", STR("2"));
    assert_int_equal(root->first->attribute_count, 2);
    assert_int_equal(root->last->attribute_count, 1);
    assert_str(xml_attribute(root->last, "V"), "1");
    assert_true(str_is_absent(xml_attribute(root->last, "W")));
}

static void values_are_changed_and_dropped(void **state)
{
    (void)state;
    struct buf where BUF_SCOPE = BUF_INIT(4096);
    struct xml *root = read(STR("<a><b V='1'/><c V='2'/><b V='3'/></a>"));
    xml_set_value(arena, root, "c", STR("9"));
    xml_drop(root, "b");
    xml_set_value(arena, root, "d", STR("4"));
    assert_true(xml_same(root, read(STR("<a><c V='9'/><d V='4'/></a>")), &where));
    xml_drop(root, "d");
    xml_drop(root, "c");
    xml_drop(NULL, "c");
    xml_set_value(arena, root, "e", STR(""));
    assert_true(xml_same(root, read(STR("<a><e V=''/></a>")), &where));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_are_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(encodings_become_utf_8, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_declared_or_fetched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_well_formed_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(maxima_hold, set_up, tear_down),
        cmocka_unit_test_setup_teardown(trees_go_round, set_up, tear_down),
        cmocka_unit_test_setup_teardown(differences_are_placed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(trees_are_made, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_are_changed_and_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_says_what_its_bytes_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_is_as_long_as_may_be, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_cut_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_kept_once_changes_alone, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
