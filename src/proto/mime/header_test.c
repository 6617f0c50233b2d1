#include "proto/mime/header.h"

#include "base/arena.h"
#include "proto/mime/test_text.h"

static void fields_are_found_folded_as_they_are(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct str message = STR("From x Fri Feb 22 17:06:23 2008\r\nSubject : a\r\n b\r\nno field\r\n"
                             "SUBJECT: again\nX-Empty:\r\n\r\nSubject: body\r\n");
    size_t length = header_length(message);
    assert_text(str_after(message, length), "Subject: body\r\n");
    struct str rest = str_slice(message, 0, length);
    struct header_field field;
    assert_true(header_next(&rest, &field));
    assert_text(field.name, "Subject");
    assert_text(field.value, " a\r\n b");
    assert_text(field.whole, "Subject : a\r\n b\r\n");
    assert_text(header_unfold(arena, field.value), "a b");
    assert_true(header_next(&rest, &field));
    assert_text(field.value, " again");
    assert_true(header_next(&rest, &field));
    assert_text(field.value, "");
    assert_false(header_next(&rest, &field));
    assert_text(header_find(message, STR("subject")), " a\r\n b");
    assert_true(str_is_absent(header_find(message, STR("To"))));
    assert_false(str_is_absent(header_find(message, STR("x-empty"))));
}

static void text_is_made_for_people(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    assert_text(
        header_text(arena, STR(" =?iso-8859-1?q?=C9tat?=\r\n =?iso-8859-1?q?_civil?= \r\n")),
        "État civil");
    assert_text(header_text(arena, STR("caf\xe9")), "café");
    assert_text(header_text(arena, STR("café")), "café");
    assert_true(str_is_absent(header_text(arena, STR_NONE)));
}

static void interpretation_stops_at_its_maximum(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    for (int i = 1; i < HEADER_FIELDS_MAX; i++)
        buf_add_literal(&out, "X: y\r\n");
    buf_add_literal(&out, "Last: z\r\n");
    assert_text(header_find(buf_str(&out), STR("Last")), " z");
    buf_clear(&out);
    for (int i = 0; i < HEADER_FIELDS_MAX; i++)
        buf_add_literal(&out, "X: y\r\n");
    buf_add_literal(&out, "Last: z\r\n");
    assert_true(str_is_absent(header_find(buf_str(&out), STR("Last"))));
    assert_int_equal(header_length(buf_str(&out)), out.len);
}

static void long_values_are_cut(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf out BUF_SCOPE = BUF_INIT(HEADER_VALUE_MAX * 2);
    for (int i = 0; i < HEADER_VALUE_MAX; i++)
        buf_add_byte(&out, 'x');
    assert_int_equal(header_unfold(arena, buf_str(&out)).len, HEADER_VALUE_MAX);
    buf_add_byte(&out, 'x');
    assert_int_equal(header_unfold(arena, buf_str(&out)).len, HEADER_VALUE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_found_folded_as_they_are),
        cmocka_unit_test(text_is_made_for_people),
        cmocka_unit_test(interpretation_stops_at_its_maximum),
        cmocka_unit_test(long_values_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
