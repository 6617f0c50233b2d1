/* Archives of XML files as trees, and what hostile ones do not do. They are made here. */
#include "document/archive.h"

#include <stdlib.h>

#include "document/test_wording.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static struct arena *arena;
static struct archive *archive;
static struct buf json;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(512 << 20);
    archive = NULL;
    json = BUF_INIT(ARCHIVE_TREE_MAX);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    archive_close(archive);
    buf_finish(&json);
    arena_destroy(&arena);
    return 0;
}

static void open_one(struct str content)
{
    archive_close(archive);
    assert_int_equal(archive_open(ZIP(arena, {"F1.xml", content}), &archive), OK);
    buf_clear(&json);
}

static enum status tree_of(struct str content)
{
    open_one(content);
    return archive_tree(archive, 0, NULL, 0, &json);
}

static void a_file_is_a_tree(void **state)
{
    (void)state;
    assert_int_equal(tree_of(STR(XML_HEAD "<P ID=\"F1\" t=\"&lt;&quot;\\\">un &amp; <b>\"d\te\nux\"</b>"
                                          " <c/><![CDATA[<tr\\ois>]]></P>")), OK);
    assert_true(str_eq(buf_str(&json),
        STR("{\"children\":[{\"type\":\"element\",\"name\":\"P\",\"attributes\":{\"ID\":\"F1\",\"t\":\"<\\\"\\\\\"},"
            "\"children\":[{\"type\":\"text\",\"text\":\"un & \"},{\"type\":\"element\",\"name\":\"b\","
            "\"attributes\":{},\"children\":[{\"type\":\"text\",\"text\":\"\\\"d e ux\\\"\"}]},"
            "{\"type\":\"text\",\"text\":\" \"},"
            "{\"type\":\"element\",\"name\":\"c\",\"attributes\":{},\"children\":[]},"
            "{\"type\":\"text\",\"text\":\"<tr\\\\ois>\"}]}]}")));
}

/* Dublin Core is told by its address, not by the mark a file happens to use. */
static void notes_are_gathered_beside_it(void **state)
{
    (void)state;
    struct archive_note notes[] = {{"dc:creator", BUF_INIT(100)}, {"Audience", BUF_INIT(100)}};
    open_one(STR("<P xmlns:x=\"http://purl.org/dc/elements/1.1/\"><x:creator>DI<b>LA</b></x:creator>"
                 "<creator>autre</creator><Q><Audience>dedans</Audience></Q>"
                 "<Audience>Particuliers</Audience><Audience>Associations</Audience></P>"));
    assert_int_equal(archive_tree(archive, 0, notes, 2, &json), OK);
    assert_true(str_eq(buf_str(&notes[0].text), STR("DILA")));
    assert_true(str_eq(buf_str(&notes[1].text), STR("Particuliers, Associations")));
    assert_true(str_find(buf_str(&json), STR("\"name\":\"dc:creator\"")) != SIZE_MAX);
    for (size_t i = 0; i < 2; i++)
        buf_finish(&notes[i].text);
}

static void wrong_files_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "<P>", "<P></Q>", "un texte", "<P>&x;</P>", "<P a=1/>", "<P>\xff</P>", "<P/><P/>",
        "<!DOCTYPE P [<!ENTITY x \"mot\">]><P>&x;</P>",
        "<!DOCTYPE P SYSTEM \"http://127.0.0.1/p.dtd\"><P/>",
        "<!DOCTYPE P [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><P>&b;</P>",
        "<!DOCTYPE P [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><P>&f;</P>",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(tree_of(str_of(wrong[i])), INVALID);
    assert_int_equal(archive_open(STR("PK\x03\x04 rien"), &archive), INVALID);
}

static void a_locked_file_is_told(void **state)
{
    (void)state;
    struct part part = {"F1.xml", STR("<P/>")};
    assert_int_equal(archive_open(zip_locked(arena, &part, 1, "secret"), &archive), OK);
    assert_int_equal(archive_tree(archive, 0, NULL, 0, &json), DENIED);
}

/* An element, so many of them within one another. */
static struct str nested(size_t depth)
{
    struct buf out = BUF_INIT(1 << 20);
    for (size_t i = 0; i < depth; i++)
        buf_add_literal(&out, "<a>");
    for (size_t i = 0; i < depth; i++)
        buf_add_literal(&out, "</a>");
    struct str copy = str_copy(arena, buf_str(&out));
    buf_finish(&out);
    return copy;
}

enum { COMMENT = 1024 };

/* A file of that many bytes: of words that hardly deflate, or of comments that nearly vanish. */
static struct str padded(size_t size, bool is_random)
{
    char *at = arena_array(arena, char, size);
    assert_non_null(at);
    memset(at, ' ', size);
    memcpy(at, "<P>", 3);
    uint32_t seed = 1;
    for (size_t i = 3; is_random && i < size; i++)
        at[i] = (char)('a' + ((seed = seed * 1664525 + 1013904223) >> 24) % 26);
    for (size_t i = 3; !is_random && i + COMMENT + 4 < size; i += COMMENT) {
        memcpy(at + i, "<!--", 4);
        memcpy(at + i + COMMENT - 3, "-->", 3);
    }
    memcpy(at + size - 4, "</P>", 4);
    return (struct str){at, size};
}

static void limits_of_a_file_are_kept(void **state)
{
    (void)state;
    assert_int_equal(tree_of(nested(WORDING_DEPTH_MAX)), OK);
    assert_int_equal(tree_of(nested(WORDING_DEPTH_MAX + 1)), LIMIT);
    assert_int_equal(tree_of(padded(ARCHIVE_FILE_MAX, true)), OK);
    assert_int_equal(tree_of(padded(ARCHIVE_FILE_MAX + 1, true)), LIMIT);
    assert_int_equal(tree_of(padded(100 << 20, false)), LIMIT); /* a bomb */
}

/* One entry that is read again and again stands for the many of a bomb whose entries overlap. */
static void the_whole_has_a_limit(void **state)
{
    (void)state;
    enum { ROUNDS = ARCHIVE_WHOLE_MAX / ARCHIVE_FILE_MAX };
    open_one(padded(ARCHIVE_FILE_MAX, false));
    for (int i = 0; i < ROUNDS; i++) {
        buf_clear(&json);
        assert_int_equal(archive_tree(archive, 0, NULL, 0, &json), OK);
    }
    assert_false(archive_is_spent(archive));
    buf_clear(&json);
    assert_int_equal(archive_tree(archive, 0, NULL, 0, &json), LIMIT);
    assert_true(archive_is_spent(archive));
}

static struct str of_entries(size_t count)
{
    struct part *parts = arena_array(arena, struct part, count);
    assert_non_null(parts);
    for (size_t i = 0; i < count; i++)
        parts[i] = (struct part){str_c(arena, str_format(arena, "F%zu.xml", i)), STR("<P/>")};
    return zip_stored(arena, parts, count);
}

static void entries_have_a_limit(void **state)
{
    (void)state;
    assert_int_equal(archive_open(of_entries(ARCHIVE_ENTRIES_MAX), &archive), OK);
    assert_int_equal(archive_count(archive), ARCHIVE_ENTRIES_MAX);
    assert_true(str_eq(archive_name(archive, 2), STR("F2.xml")));
    archive_close(archive);
    assert_int_equal(archive_open(of_entries(ARCHIVE_ENTRIES_MAX + 1), &archive), LIMIT);
    archive = NULL;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_file_is_a_tree),          CASE(notes_are_gathered_beside_it), CASE(wrong_files_are_refused),
        CASE(a_locked_file_is_told),     CASE(limits_of_a_file_are_kept),    CASE(the_whole_has_a_limit),
        CASE(entries_have_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
