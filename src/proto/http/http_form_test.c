#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "proto/http/http_form.h"

#define BOUNDARY "----WebKitFormBoundaryAbC123"
#define MULTIPART "multipart/form-data; boundary=" BOUNDARY
#define NEXT "--" BOUNDARY "\r\n"
#define LAST "--" BOUNDARY "--\r\n"
#define PART "Content-Disposition: form-data; name="

/* The fields as text, or the status. */
static void check_body(struct str content_type, struct str body, const char *want)
{
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf seen BUF_SCOPE = BUF_INIT(1 << 20);
    struct http_fields fields;
    enum status status = http_form_body(arena, content_type, body, &fields);
    for (size_t i = 0; status == OK && i < fields.count; i++) {
        struct http_field field = fields.at[i];
        buf_add_format(&seen, "[%.*s=%.*s", STR_ARG(field.name), STR_ARG(field.value));
        if (!str_is_absent(field.file_name))
            buf_add_format(&seen, " file %.*s", STR_ARG(field.file_name));
        if (!str_is_absent(field.content_type))
            buf_add_format(&seen, " type %.*s", STR_ARG(field.content_type));
        buf_add_byte(&seen, ']');
    }
    if (status != OK)
        buf_add_c(&seen, status_name(status));
    buf_add_byte(&seen, '\0');
    assert_string_equal(seen.at, want);
}

static void check_form(const char *text, const char *want)
{
    check_body(STR("application/x-www-form-urlencoded;charset=UTF-8"), str_of(text), want);
}

static void check_multipart(const char *body, const char *want)
{
    check_body(STR(MULTIPART), str_of(body), want);
}

static void urlencoded(void **state)
{
    (void)state;
    check_form("", "");
    check_form("a=1&b=&c&=d&&e=f=g", "[a=1][b=][c=][=d][e=f=g]");
    check_form("sujet=Conseil+du+24%2F11&%C3%A9=%c3%a9", "[sujet=Conseil du 24/11][é=é]");
    check_form("a=%0D%0ABcc:%20x", "[a=\r\nBcc: x]");
    static const char *const bad[] = {"a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "%c3=1", "a=%c0%80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_form(bad[i], "invalid");
    check_body(STR("text/plain"), STR("a=1"), "invalid");
    check_body(STR_NONE, STR("a=1"), "invalid");
}

static void multipart(void **state)
{
    (void)state;
    check_multipart(NEXT PART "\"a\"\r\n\r\nun\r\ndeux\r\n" NEXT PART "\"b\"\r\n\r\n\r\n" LAST,
                    "[a=un\r\ndeux][b=]");
    check_multipart(NEXT PART "\"f\"; filename=\"C:\\dos\\a.txt\"\r\n"
                    "Content-Type: text/plain\r\n\r\n--x\r\n\r\n" LAST,
                    "[f=--x\r\n file a.txt type text/plain]");
    check_multipart(NEXT PART "\"f\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n"
                    "\r\n\r\n" NEXT PART "b\r\n\r\n1\r\n" LAST, "[b=1]");
    check_multipart(NEXT PART "\"f\"; filename=\"\"\r\n\r\nx\r\n" LAST, "[f=x file fichier]");
    check_multipart(NEXT PART "\"a%22b\\\"c%41\"\r\n\r\n1\r\n" LAST, "[a\"b\"c%41=1]");
    check_multipart(LAST, "");
    check_body(STR("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""),
               STR("--a b\r\n" PART "\"x\"\r\n\r\n1\r\n--a b--"), "[x=1]");
    check_body(STR(MULTIPART), STR(NEXT PART "\"f\"; filename=\"a\"\r\n\r\n\0\xFF\r\n" LAST),
               "[f= file a]"); /* any bytes: the first one here is NUL, where %.*s stops */
}

static void malformed_multipart_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "x", NEXT, NEXT PART "\"a\"\r\n\r\n1", NEXT PART "\"a\"\r\n\r\n1\r\n" NEXT,
        "preamble\r\n" NEXT PART "\"a\"\r\n\r\n1\r\n" LAST, LAST "epilogue",
        "--" BOUNDARY " \r\n" PART "\"a\"\r\n\r\n1\r\n" LAST,
        "--" BOUNDARY "\n" PART "\"a\"\n\n1\n" LAST, NEXT "\r\n1\r\n" LAST,
        NEXT "Content-Type: a\r\n\r\n1\r\n" LAST, NEXT PART "\"a\"; name=\"b\"\r\n\r\n1\r\n" LAST,
        NEXT PART "\"a\"\r\n" PART "\"b\"\r\n\r\n1\r\n" LAST, NEXT PART "\"a\r\n\r\n1\r\n" LAST,
        NEXT PART "\"a\" x\r\n\r\n1\r\n" LAST, NEXT PART "\"a\"\n\r\n\r\n1\r\n" LAST,
        NEXT PART "\"\xFF\"\r\n\r\n1\r\n" LAST, NEXT PART "\"a\"\r\n\r\n\xFF\r\n" LAST,
        NEXT "Content-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n" LAST,
        NEXT "nocolon\r\n\r\n1\r\n" LAST, NEXT PART "\"a\"; x\r\n\r\n1\r\n" LAST,
        NEXT PART "\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n" LAST};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_multipart(bad[i], "invalid");
    check_body(STR(MULTIPART), STR(NEXT PART "\"a\"\r\n\r\n\0\r\n" LAST), "invalid");
    check_body(STR("multipart/form-data"), STR(LAST), "invalid");
    check_body(STR("multipart/form-data; boundary=\"\""), STR("----"), "invalid");
    check_body(STR("multipart/form-data; boundary=a; boundary=b"), STR("--a--"), "invalid");
    check_body(STR("multipart/form-data; boundary=a\x01"), STR("--a\x01--"), "invalid");
}

static void boundary_of(size_t length, const char *want)
{
    struct buf type BUF_SCOPE = BUF_INIT(1000), body BUF_SCOPE = BUF_INIT(1000);
    char boundary[100];
    memset(boundary, 'b', length);
    buf_add_format(&type, "multipart/form-data; boundary=%.*s", (int)length, boundary);
    buf_add_format(&body, "--%.*s--", (int)length, boundary);
    check_body(buf_str(&type), buf_str(&body), want);
}

static enum status fields_of(size_t count, size_t name_length)
{
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    struct buf text BUF_SCOPE = BUF_INIT(4 << 20);
    struct http_fields fields;
    for (size_t i = 0; i < count; i++) {
        for (size_t at = 0; at < name_length; at++)
            buf_add_byte(&text, 'n');
        buf_add_literal(&text, "=v&");
    }
    enum status status = http_form_urlencoded(arena, buf_str(&text), &fields);
    if (status == OK)
        assert_int_equal(fields.count, count);
    return status;
}

static enum status parts_of(size_t count, size_t header_length)
{
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    struct buf body BUF_SCOPE = BUF_INIT(4 << 20);
    struct http_fields fields;
    for (size_t i = 0; i < count; i++) {
        buf_add_literal(&body, NEXT PART "\"a\"\r\nX:");
        for (size_t at = 0; at < header_length; at++)
            buf_add_byte(&body, 'x');
        buf_add_literal(&body, "\r\n\r\n1\r\n");
    }
    buf_add_literal(&body, LAST);
    return http_form_body(arena, STR(MULTIPART), buf_str(&body), &fields);
}

static void limits(void **state)
{
    (void)state;
    boundary_of(HTTP_BOUNDARY_MAX, "");
    boundary_of(HTTP_BOUNDARY_MAX + 1, "invalid");
    assert_int_equal(fields_of(HTTP_FIELD_COUNT_MAX, 1), OK);
    assert_int_equal(fields_of(HTTP_FIELD_COUNT_MAX + 1, 1), LIMIT);
    assert_int_equal(fields_of(1, HTTP_FIELD_NAME_MAX), OK);
    assert_int_equal(fields_of(1, HTTP_FIELD_NAME_MAX + 1), LIMIT);
    assert_int_equal(parts_of(HTTP_FIELD_COUNT_MAX, 1), OK);
    assert_int_equal(parts_of(HTTP_FIELD_COUNT_MAX + 1, 1), LIMIT);
    size_t others = sizeof PART "\"a\"\r\nX:\r\n\r\n" - 1;
    assert_int_equal(parts_of(1, HTTP_PART_HEADERS_MAX - others), OK);
    assert_int_equal(parts_of(1, HTTP_PART_HEADERS_MAX - others + 1), LIMIT);
}

static void check_name(const char *sent, const char *want)
{
    struct buf out BUF_SCOPE = BUF_INIT(HTTP_FILE_NAME_MAX);
    http_form_safe_name(&out, str_of(sent));
    assert_int_equal(buf_status(&out), OK);
    buf_consume(&out, 0);
    struct buf text BUF_SCOPE = BUF_INIT(1000);
    buf_add(&text, buf_str(&out));
    buf_add_byte(&text, '\0');
    assert_string_equal(text.at, want);
}

static void file_names_are_made_safe(void **state)
{
    (void)state;
    check_name("délibération 12.pdf", "délibération 12.pdf");
    check_name("../../etc/passwd", "passwd");
    check_name("C:\\Users\\x\\a.doc", "a.doc");
    check_name("a/", "fichier");
    check_name("", "fichier");
    check_name("..", "fichier");
    check_name(".htaccess", "htaccess");
    check_name("a. . .", "a");
    check_name("a:b*c?<d>|\"e\r\n\x7F.txt", "a_b_c__d___e___.txt");
    check_name("facture\xE2\x80\xAE" "fdp.exe", "facture_fdp.exe");
    check_name("\xFF.txt", "\xEF\xBF\xBD.txt");
    struct buf name BUF_SCOPE = BUF_INIT(10000), out BUF_SCOPE = BUF_INIT(HTTP_FILE_NAME_MAX);
    for (int i = 0; i < 1000; i++)
        buf_add_literal(&name, "é");
    buf_add_literal(&name, ".odt");
    http_form_safe_name(&out, buf_str(&name));
    assert_int_equal(out.len, HTTP_FILE_NAME_MAX);
    assert_true(str_ends(buf_str(&out), STR("é.odt")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urlencoded),
        cmocka_unit_test(multipart),
        cmocka_unit_test(malformed_multipart_is_refused),
        cmocka_unit_test(limits),
        cmocka_unit_test(file_names_are_made_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
