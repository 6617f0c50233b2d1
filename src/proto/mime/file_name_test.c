#include "proto/mime/file_name.h"

#include "base/arena.h"
#include "proto/mime/test_text.h"

#define assert_safe(name, wanted) test_safe(STR(name), STR(wanted), __LINE__)

static void test_safe(struct str name, struct str wanted, int line)
{
    struct arena *arena ARENA_SCOPE = arena_create(10000);
    struct str safe = file_name_safe(arena, name);
    test_same(safe, wanted, "file_name_test.c", line);
    test_same(file_name_safe(arena, safe), wanted, "file_name_test.c (again)", line);
}

static void tricks_are_taken_out(void **state)
{
    (void)state;
    assert_safe("Délibération n° 12.pdf", "Délibération n° 12.pdf");
    assert_safe("../../etc/passwd", "passwd");
    assert_safe("C:\\Windows\\a.exe", "a.exe");
    assert_safe("/a\\b/c", "c");
    assert_safe("facture\u202Efdp.exe", "facturefdp.exe");
    assert_safe("a\u200b\u00adb\u2066.txt", "ab.txt");
    assert_safe("a\r\nb\tc", "abc");
    assert_safe("a<b>:\"|?*.txt", "a_b______.txt");
    assert_safe(".htaccess", "htaccess");
    assert_safe(" x. . ", "x");
    assert_safe("nul.txt", "_nul.txt");
    assert_safe("COM1", "_COM1");
    assert_safe("console.txt", "console.txt");
    assert_safe("bad\xff.txt", "bad\ufffd.txt");
}

static void nothing_may_be_left(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(10000);
    assert_true(str_is_absent(file_name_safe(arena, STR(".."))));
    assert_true(str_is_absent(file_name_safe(arena, STR("a/"))));
    assert_true(str_is_absent(file_name_safe(arena, STR("\u202e"))));
}

static void long_names_keep_their_ending(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(10000);
    struct buf name BUF_SCOPE = BUF_INIT(1000);
    for (int i = 0; i < FILE_NAME_MAX; i++)
        buf_add_byte(&name, 'a');
    assert_int_equal(file_name_safe(arena, buf_str(&name)).len, FILE_NAME_MAX);
    buf_add_literal(&name, "é.pdf");
    struct str safe = file_name_safe(arena, buf_str(&name));
    assert_int_equal(safe.len, FILE_NAME_MAX);
    assert_true(str_ends(safe, STR("a.pdf")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tricks_are_taken_out),
        cmocka_unit_test(nothing_may_be_left),
        cmocka_unit_test(long_names_keep_their_ending),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
