#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "role/message.h"

/* Fills a struct of any shape with values that differ from field to field. */
static void fill(const struct shape *shape, char *at)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        void *field = at + shape->fields[i].offset;
        if (shape->fields[i].kind == SHAPE_INT)
            *(int64_t *)field = (int64_t)(i + 1) << 33;
        else if (shape->fields[i].kind == SHAPE_BOOL)
            *(bool *)field = true;
        else
            *(struct str *)field = str_slice(STR("abcdefghijklmnopqrstuvwxyz"), i, 26);
    }
}

static void every_kind_comes_back_the_same(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    for (uint16_t kind = 1; kind < MESSAGE_KIND_COUNT; kind++) {
        const struct shape *shape = message_shape(kind);
        assert_non_null(shape);
        struct buf once BUF_SCOPE = BUF_INIT(CHANNEL_FRAME_MAX), again BUF_SCOPE = BUF_INIT(CHANNEL_FRAME_MAX);
        char *sent = arena_alloc(arena, shape->size), *taken = arena_alloc(arena, shape->size);
        fill(shape, sent);
        shape_encode(&once, shape, sent);
        assert_int_equal(message_take(kind, buf_str(&once), taken), OK);
        shape_encode(&again, shape, taken);
        assert_true(str_eq(buf_str(&once), buf_str(&again)));
        for (size_t cut = 0; cut < once.len; cut++)
            assert_int_equal(message_take(kind, str_slice(buf_str(&once), 0, cut), taken), INVALID);
    }
}

/* What the other side would not believe is not sent to it: it would end. */
static void what_cannot_be_read_is_not_sent(void **state)
{
    (void)state;
    struct message_cookie cookie = {.handle = 1, .member = 1, .token = STR("\xff"), .remote = STR("")};
    assert_false(shape_is_sound(message_shape(MESSAGE_COOKIE), &cookie));
    assert_int_equal(message_send(NULL, MESSAGE_COOKIE, &cookie, -1), INVALID);
    cookie.token = STR("\xc3\xa9");
    assert_true(shape_is_sound(message_shape(MESSAGE_COOKIE), &cookie));
    cookie.token = STR_NONE;
    assert_true(shape_is_sound(message_shape(MESSAGE_COOKIE), &cookie));
    struct shape_field short_text[] = {SHAPE_FIELD(message_cookie, token, SHAPE_TEXT, 3)};
    struct shape shape = {"short", sizeof cookie, short_text, 1};
    cookie.token = STR("abc");
    assert_true(shape_is_sound(&shape, &cookie));
    cookie.token = STR("abcd");
    assert_false(shape_is_sound(&shape, &cookie));
}

static void an_unknown_kind_is_refused(void **state)
{
    (void)state;
    char room[64];
    assert_null(message_shape(0));
    assert_int_equal(message_take(0, STR(""), room), INVALID);
    assert_int_equal(message_take(MESSAGE_KIND_COUNT, STR(""), room), INVALID);
    assert_string_equal(message_name(UINT16_MAX), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_comes_back_the_same),
        cmocka_unit_test(what_cannot_be_read_is_not_sent),
        cmocka_unit_test(an_unknown_kind_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
