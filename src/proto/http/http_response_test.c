#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "proto/http/http_response.h"

static void check(struct buf *out, const char *want)
{
    assert_int_equal(buf_status(out), OK);
    buf_add_byte(out, '\0');
    assert_string_equal(out->at, want);
    buf_clear(out);
}

static void whole_response(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    http_response_begin(&out, 303);
    assert_int_equal(http_response_header(&out, "Location", STR("/mail?a=b")), OK);
    http_response_length(&out, 0);
    http_response_date(&out, (struct instant){784111777000});
    http_response_end(&out);
    check(&out, "HTTP/1.1 303 See Other\r\nLocation: /mail?a=b\r\nContent-Length: 0\r\n"
                "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n");
    http_response_begin(&out, 599);
    check(&out, "HTTP/1.1 599 Error\r\n");
}

static void headers_cannot_be_split(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    assert_int_equal(http_response_header(&out, "Location", STR("/a\r\nSet-Cookie: b=c")), INVALID);
    assert_int_equal(http_response_header(&out, "Location", STR("/a\n")), INVALID);
    assert_int_equal(http_response_header(&out, "Location", STR("/a\r")), INVALID);
    assert_int_equal(http_response_header(&out, "Location", STR("/a\0")), INVALID);
    assert_int_equal(http_response_header(&out, "Loc ation", STR("/a")), INVALID);
    assert_int_equal(http_response_header(&out, "Location:", STR("/a")), INVALID);
    assert_int_equal(http_response_header(&out, "", STR("/a")), INVALID);
    assert_int_equal(http_response_cookie(&out, (struct http_cookie){"s", STR("a; Domain=x"), 1, true}), INVALID);
    assert_int_equal(http_response_cookie(&out, (struct http_cookie){"s", STR("a\r\n"), 1, true}), INVALID);
    assert_int_equal(http_response_cookie(&out, (struct http_cookie){"s=", STR("a"), 1, true}), INVALID);
    assert_int_equal(out.len, 0);
}

static void cookies_and_files(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    assert_int_equal(http_response_cookie(&out, (struct http_cookie){"s", STR("abc="), -1, true}), OK);
    check(&out, "Set-Cookie: __Host-s=abc=; Path=/; Secure; HttpOnly; SameSite=Lax\r\n");
    assert_int_equal(http_response_cookie(&out, (struct http_cookie){"s", STR(""), 0, true}), OK);
    check(&out, "Set-Cookie: __Host-s=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0\r\n");
    assert_int_equal(http_response_cookie(&out, (struct http_cookie){"s", STR("abc="), -1, false}), OK);
    check(&out, "Set-Cookie: s=abc=; Path=/; HttpOnly; SameSite=Lax\r\n");
    http_response_file_name(&out, STR("../d\xC3\xA9lib\r\n\"100%\".pdf"));
    check(&out, "Content-Disposition: attachment; filename=\"d_lib___100__.pdf\"; "
                "filename*=UTF-8''d%C3%A9lib___100%25_.pdf\r\n");
}

static void chunks(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    http_response_chunk(&out, STR("hello world, again"));
    http_response_chunk(&out, STR(""));
    http_response_last_chunk(&out);
    check(&out, "12\r\nhello world, again\r\n0\r\n\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_response),
        cmocka_unit_test(headers_cannot_be_split),
        cmocka_unit_test(cookies_and_files),
        cmocka_unit_test(chunks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
