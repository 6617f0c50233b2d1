#include "proto/mime/parameter.h"

#include "base/arena.h"
#include "proto/mime/test_text.h"

static struct parameter_list parsed(struct arena *arena, struct str rest)
{
    struct parameter_list list = {0};
    parameter_token(&rest);
    assert_int_equal(parameter_parse(arena, rest, &list), OK);
    return list;
}

#define assert_parameter(field, name, wanted)                          \
    do {                                                               \
        struct parameter_list list_ = parsed(arena, STR(field));       \
        assert_text(parameter_text(arena, &list_, STR(name)), wanted); \
    } while (0)

static void plain_values_are_read(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    assert_parameter("text; charset=us-ascii (Plain text)", "CHARSET", "us-ascii");
    assert_parameter("text ;\r\n charset = \"utf-8\" ; format=flowed", "charset", "utf-8");
    assert_parameter("text; ; =x; junk; charset=utf-8;", "charset", "utf-8");
    assert_parameter("a; filename=mon rapport (1).pdf; size=3", "filename", "mon rapport");
    assert_parameter("a; filename=rapport(1).pdf", "filename", "rapport(1).pdf");
    assert_parameter("a; filename=\"a;b\\\"c\"", "filename", "a;b\"c");
    assert_parameter("a; b=1; b=2", "b", "1");
    assert_parameter("a; filename=\"=?iso-8859-1?q?=E9t=E9.pdf?=\"", "filename", "été.pdf");
    assert_parameter("a; filename=\"open", "filename", "open");
}

/* RFC 2231 sections 3, 4 and 4.1. */
static void continued_and_extended_values_are_joined(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    assert_parameter("m/e; URL*0=\"ftp://\";\r\n URL*1=\"cs.example/x.ps\"", "url",
                     "ftp://cs.example/x.ps");
    assert_parameter("a; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "title",
                     "This is ***fun***");
    assert_parameter(
        "a; title*0*=us-ascii'en'This%20is%20even%20more%20; title*1*=%2A%2A%2Afun%2A%2A%2A%20;"
        "title*2=\"isn't it!\"",
        "title", "This is even more ***fun*** isn't it!");
    assert_parameter("a; x*1=b; x*0=a; x*2=c", "x", "abc");
    assert_parameter("a; x*0=a; x*2=c", "x", "a");
    assert_parameter("a; x*0=a; x*0=b; x*1=c", "x", "ac");
    assert_parameter("a; filename=plain.txt; filename*=utf-8''%C3%A9t%C3%A9.txt", "filename",
                     "été.txt");
    assert_parameter("a; filename*=caf%E9", "filename", "café");
    assert_parameter("a; filename*0*=utf-8''100%25; filename*1=\"50%\"", "filename", "100%50%");
}

static void the_raw_face_keeps_its_order_and_charset(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct parameter_list list =
        parsed(arena, STR("a; z=1; name*0*=utf-8''%C3; b=2; name*1=\"e f\""));
    assert_int_equal(list.count, 3);
    assert_text(list.at[0].name, "z");
    assert_text(list.at[1].name, "name");
    assert_text(list.at[1].value, "utf-8''%C3e%20f");
    assert_true(list.at[1].is_extended);
    assert_text(list.at[2].name, "b");
    assert_true(str_is_absent(parameter_raw(&list, STR("none"))));
}

static void pieces_are_counted_to_their_maximum(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    struct buf field BUF_SCOPE = BUF_INIT(1 << 20);
    for (int i = 0; i < PARAMETERS_MAX + 1; i++)
        buf_add_format(&field, "; p%d=%d", i, i);
    struct parameter_list list = parsed(arena, buf_str(&field));
    assert_int_equal(list.count, PARAMETERS_MAX);
    assert_text(parameter_raw(&list, STR("p199")), "199");
    assert_true(str_is_absent(parameter_raw(&list, STR("p200"))));
    struct arena *small ARENA_SCOPE = arena_create(100);
    assert_int_equal(parameter_parse(small, buf_str(&field), &list), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_values_are_read),
        cmocka_unit_test(continued_and_extended_values_are_joined),
        cmocka_unit_test(the_raw_face_keeps_its_order_and_charset),
        cmocka_unit_test(pieces_are_counted_to_their_maximum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
