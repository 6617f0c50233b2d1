#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "service/mail/mbox.h"
#include "service/mail/message.h"

static struct mbox_entry next(struct str *rest)
{
    struct mbox_entry entry;
    assert_int_equal(mbox_next(rest, &entry), OK);
    return entry;
}

static void messages_are_parted(void **state)
{
    (void)state;
    struct mbox_entry entry;
    struct str rest = STR("From a@b Tue Nov 24 10:00:00 2026\nSubject: x\n\nFromage\n>From me\n\nFrom "
                          "c\r\n\r\nFrom d\r\nA: b\r\n\r\n\r\n");
    entry = next(&rest);
    assert_true(str_eq(entry.from, STR("a@b Tue Nov 24 10:00:00 2026")));
    assert_true(str_eq(entry.lines, STR("Subject: x\n\nFromage\n>From me\n")));
    entry = next(&rest);
    assert_true(str_eq(entry.from, STR("c")));
    entry = next(&rest);
    assert_true(str_eq(entry.lines, STR("A: b\r\n\r\n")));
    assert_int_equal(mbox_next(&rest, &entry), NOT_FOUND);
    rest = STR("Subject: x\n");
    assert_int_equal(mbox_next(&rest, &entry), INVALID);
    rest = STR("From a");
    assert_int_equal(next(&rest).lines.len, 0);
}

static void the_line_says_when(void **state)
{
    (void)state;
    struct instant at;
    assert_int_equal(mbox_received(STR("a@b Tue Nov 24 10:00:00 2026"), &at), OK);
    assert_int_equal(at.ms, INT64_C(1795514400000));
    assert_int_equal(mbox_received(STR("a@b"), &at), NOT_FOUND);
    assert_int_equal(mbox_received(STR("a@b yesterday"), &at), NOT_FOUND);
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    static const struct str messages[] = {
        STR_INIT("Subject: a\r\n\r\nFrom x\r\n>From y\r\n>>From z\r\n >From\r\n"), STR_INIT("A: b\r\n\r\n\r\n\r\n"),
        STR_INIT(""), STR_INIT("\r\n"), STR_INIT("From: a\r\n\r\nb\r\n")};
    enum { COUNT = sizeof messages / sizeof messages[0] };
    struct buf file BUF_SCOPE = BUF_INIT(10000), again BUF_SCOPE = BUF_INIT(10000);
    struct instant at = {INT64_C(1795514400000)}, found;
    for (size_t i = 0; i < COUNT; i++)
        mbox_write(&file, at, messages[i]);
    struct str rest = buf_str(&file);
    for (size_t i = 0; i < COUNT; i++) {
        struct mbox_entry entry = next(&rest);
        assert_int_equal(mbox_received(entry.from, &found), OK);
        assert_int_equal(found.ms, at.ms);
        buf_clear(&again);
        assert_int_equal(mbox_unquote(&again, entry.lines), OK);
        assert_true(str_eq(buf_str(&again), messages[i]));
    }
    assert_int_equal(rest.len, 0);
}

static void flags_are_letters(void **state)
{
    (void)state;
    assert_int_equal(mbox_flags(STR("Status: RO\r\nX-Status: AF\r\n\r\nX-Status: D")),
                     MESSAGE_SEEN | MESSAGE_ANSWERED | MESSAGE_FLAGGED);
    assert_int_equal(mbox_flags(STR("Subject: RAFD\r\n\r\n")), 0);
}

static void a_full_buffer_is_said(void **state)
{
    (void)state;
    struct buf small BUF_SCOPE = BUF_INIT(3);
    assert_int_equal(mbox_unquote(&small, STR("a\n")), OK);
    buf_clear(&small);
    assert_int_equal(mbox_unquote(&small, STR("ab\n")), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_parted),      cmocka_unit_test(the_line_says_when),
        cmocka_unit_test(what_is_written_is_read_again), cmocka_unit_test(flags_are_letters),
        cmocka_unit_test(a_full_buffer_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
