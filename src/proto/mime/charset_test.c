#include "proto/mime/charset.h"

#include "base/utf8.h"
#include "proto/mime/test_text.h"

static struct str read_as(struct buf *out, const char *name, struct str bytes)
{
    buf_clear(out);
    charset_to_utf8(out, str_of(name), bytes);
    return buf_str(out);
}

static void names_of_one_set_are_the_same(void **state)
{
    (void)state;
    static const char *const names[] = {
        "iso-8859-1",  "ISO_8859-1", "latin1", "L1",       "x-cp1252",  "Windows-1252",
        " iso8859-1 ", "unknown",    "",       "us-ascii", "../../etc", "utf-8//TRANSLIT"};
    struct buf out BUF_SCOPE = BUF_INIT(100);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_text(read_as(&out, names[i], STR("\xe9\x80")), "é€");
}

static void sets_are_told_apart(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(100);
    assert_text(read_as(&out, "iso-8859-15", STR("\xa4\xbd")), "€œ");
    assert_text(read_as(&out, "iso-8859-2", STR("\xb1")), "ą");
    assert_text(read_as(&out, "koi8-r", STR("\xed")), "М");
    assert_text(read_as(&out, "windows-1251", STR("\xcc")), "М");
    assert_text(read_as(&out, "cp850", STR("\x82")), "é");
    assert_text(read_as(&out, "macintosh", STR("\x8e")), "é");
    assert_text(read_as(&out, "utf-8", STR("\xc3\xa9\xe9")), "é�");
    assert_text(read_as(&out, "us-ascii", STR("é")), "é");
    assert_text(read_as(&out, "utf-16le", STR("e\0\xe9\0")), "eé");
    assert_text(read_as(&out, "iso-2022-jp", STR("\x1b$B%F\x1b(B!")), "テ!");
    assert_text(read_as(&out, "big5", STR("\xa4\xa4x\xff")), "中x�");
    assert_text(read_as(&out, "big5", STR("x\xa4")), "x�");
}

static void every_byte_of_every_set_gives_valid_text(void **state)
{
    (void)state;
    static const char *const names[] = {
        "iso-8859-1",   "iso-8859-2",   "iso-8859-3",   "iso-8859-5",   "iso-8859-6",
        "iso-8859-7",   "iso-8859-8-i", "iso-8859-9",   "iso-8859-10",  "iso-8859-11",
        "iso-8859-13",  "iso-8859-14",  "iso-8859-16",  "windows-1250", "windows-1253",
        "windows-1255", "windows-1256", "windows-1257", "windows-1258", "koi8-u",
        "ibm437",       "ibm858",       "gb18030",      "euc-kr",       "shift_jis",
        "utf-7",        "utf-32"};
    struct buf out BUF_SCOPE = BUF_INIT(4000);
    char all[256];
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (char)i;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str text = read_as(&out, names[i], (struct str){all, sizeof all});
        assert_true(utf8_is_valid(text) && text.len > 0);
        assert_int_equal(buf_status(&out), OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_one_set_are_the_same),
        cmocka_unit_test(sets_are_told_apart),
        cmocka_unit_test(every_byte_of_every_set_gives_valid_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
