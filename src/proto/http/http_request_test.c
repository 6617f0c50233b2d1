#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "proto/http/http_request.h"

enum { BODY_MAX = 100000 };

/* What a run of steps gave, as text, pieces joined: the same wherever the input was cut. */
struct run {
    struct http_request request;
    struct buf seen;
};

static void note_start(struct run *run)
{
    struct http_request *r = &run->request;
    buf_add_format(&run->seen, "[%.*s %.*s", STR_ARG(r->method_name), STR_ARG(r->path));
    if (!str_is_absent(r->query))
        buf_add_format(&run->seen, " ?%.*s", STR_ARG(r->query));
    buf_add_format(&run->seen, " @%.*s:%d", STR_ARG(r->host.name), r->host.port);
    if (r->is_chunked)
        buf_add_literal(&run->seen, " chunked");
    if (r->expects_continue)
        buf_add_literal(&run->seen, " continue");
    buf_add_c(&run->seen, r->is_keep_alive ? " keep]" : " close]");
}

static void feed(struct run *run, struct str input)
{
    struct str piece;
    for (;;) {
        switch (http_request_next(&run->request, &input, &piece)) {
        case HTTP_MORE:
            assert_int_equal(input.len, 0);
            return;
        case HTTP_STARTED:
            note_start(run);
            break;
        case HTTP_PIECE:
            assert_true(piece.len > 0);
            buf_add(&run->seen, piece);
            break;
        case HTTP_ENDED:
            buf_add_literal(&run->seen, "[end]");
            http_request_again(&run->request);
            assert_null(run->request.head.at);
            break;
        case HTTP_REFUSED:
            assert_non_null(run->request.refusal_reason);
            return;
        }
    }
}

static void begin(struct run *run)
{
    *run = (struct run){.seen = BUF_INIT(1 << 20)};
    http_request_init(&run->request, BODY_MAX);
}

static void end(struct run *run, const char *want)
{
    if (run->request.refusal)
        buf_add_format(&run->seen, "[refused %d]", run->request.refusal);
    buf_add_byte(&run->seen, '\0');
    assert_string_equal(run->seen.at, want);
    buf_finish(&run->seen);
    http_request_finish(&run->request);
}

/* Exact copies on the heap, so the sanitiser sees a read past a piece. */
static void feed_copy(struct run *run, struct str input)
{
    char *copy = malloc(input.len ? input.len : 1);
    assert_non_null(copy);
    memcpy(copy, input.at, input.len);
    feed(run, (struct str){copy, input.len});
    free(copy);
}

static void check_bytes(struct str input, const char *want)
{
    struct run run;
    for (size_t cut = 0; cut <= input.len; cut++) {
        begin(&run);
        feed_copy(&run, str_slice(input, 0, cut));
        feed_copy(&run, str_after(input, cut));
        end(&run, want);
    }
    begin(&run);
    for (size_t i = 0; i < input.len; i++)
        feed_copy(&run, str_slice(input, i, i + 1));
    end(&run, want);
}

static void check(const char *input, const char *want)
{
    check_bytes(str_of(input), want);
}

#define GET_A "GET /a HTTP/1.1\r\nHost: b.example\r\n"
#define POST_A "POST /a HTTP/1.1\r\nHost: b.example\r\n"
#define STARTED_A "[POST /a @b.example:0 keep]"

static void requests_without_body(void **state)
{
    (void)state;
    check(GET_A "\r\n", "[GET /a @b.example:0 keep][end]");
    check("\r\n" GET_A "\r\n", "[GET /a @b.example:0 keep][end]");
    check("GET /?q=%C3%A9 HTTP/1.1\r\nhost:\tB.Example.:8080 \r\n\r\n",
          "[GET / ?q=%C3%A9 @b.example:8080 keep][end]");
    check("GET /mail/%C3%A9t%C3%A9%20a HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
          "[GET /mail/été a @[::1]:80 keep][end]");
    check("HEAD /a HTTP/1.0\r\n\r\n", "[HEAD /a @:0 close][end]");
    check("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "[GET /a @:0 keep][end]");
    check(GET_A "Connection: x, Close\r\n\r\n", "[GET /a @b.example:0 close][end]");
    check("GET http://c.example:8/d?e HTTP/1.1\r\nHost: b\r\n\r\n",
          "[GET /d ?e @c.example:8 keep][end]");
    check("GET http://c.example HTTP/1.1\r\nHost: b\r\n\r\n", "[GET / @c.example:0 keep][end]");
    check("OPTIONS * HTTP/1.1\r\nHost: b\r\n\r\n", "[OPTIONS * @b:0 keep][end]");
    check("PROPFIND / HTTP/1.1\r\nHost: b\r\n\r\n", "[PROPFIND / @b:0 keep][end]");
}

static void bodies_and_pipelining(void **state)
{
    (void)state;
    check(POST_A "Content-Length: 5\r\n\r\nhello" GET_A "\r\n",
          STARTED_A "hello[end][GET /a @b.example:0 keep][end]");
    check(POST_A "Content-Length: 0\r\n\r\n", STARTED_A "[end]");
    check(POST_A "\r\n", STARTED_A "[end]");
    check(POST_A "Content-Length: 3\r\nExpect: 100-Continue\r\n\r\nabc",
          "[POST /a @b.example:0 continue keep]abc[end]");
    check(POST_A "Transfer-Encoding: Chunked\r\n\r\n"
                 "4\r\nwiki\r\n00A;x=\"y z\"\r\n0123456789\r\n0\r\n\r\n" GET_A "\r\n",
          "[POST /a @b.example:0 chunked keep]wiki0123456789[end]"
          "[GET /a @b.example:0 keep][end]");
    check(POST_A "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nTrailer: b\r\nC:\r\n\r\n",
          "[POST /a @b.example:0 chunked keep]a[end]");
}

#define REFUSED_400 "[refused 400]"

static void malformed_heads_are_refused(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "GET /a HTTP/1.1\nHost: b\n\n", "GET /a HTTP/1.1\r\nHost: b\n\r\n",
        "GET /a HTTP/1.1\rHost: b\r\n\r\n", "GET /a HTTP/1.1\r\nHost: b\rc\r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\nHost: b\r\n\r\n", "GET  / HTTP/1.1\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1 \r\nHost: b\r\n\r\n", "GET /\r\nHost: b\r\n\r\n", " GET / HTTP/1.1\r\n\r\n",
        "G@T / HTTP/1.1\r\nHost: b\r\n\r\n", "GET / http/1.1\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n", "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: \x7F\r\n\r\n",
        "GET a HTTP/1.1\r\nHost: a\r\n\r\n", "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://u@h/ HTTP/1.1\r\nHost: a\r\n\r\n", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nCookie: a=1\r\nCookie: a=2\r\n\r\n"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        check(heads[i], REFUSED_400);
    check_bytes(STR("GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n"), REFUSED_400);
    check("GET / HTTP/2.0\r\nHost: a\r\n\r\n", "[refused 505]");
    check(GET_A "Expect: more\r\n\r\n", "[refused 417]");
}

static void malformed_paths_are_refused(void **state)
{
    (void)state;
    static const char *const paths[] = {"/%00", "/%0a", "/../a", "/a/..", "/./a", "/a/%2e%2E/b",
                                        "/%", "/%4", "/%4g", "/%ff", "/%2f", "/a%5cb", "/a\\b",
                                        "//a", "/a//b", "/%c0%ae", "/%7f", "/%ed%a0%80"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char text[100];
        snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", paths[i]);
        check(text, REFUSED_400);
    }
    check("GET /a/ HTTP/1.1\r\nHost: a\r\n\r\n", "[GET /a/ @a:0 keep][end]");
    check("GET /...a HTTP/1.1\r\nHost: a\r\n\r\n", "[GET /...a @a:0 keep][end]");
}

/* RFC 9112 section 11.2: request smuggling. */
static void ambiguous_framing_is_refused(void **state)
{
    (void)state;
    static const char *const headers[] = {
        "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5, 5\r\n", "Content-Length: +5\r\n", "Content-Length: -1\r\n",
        "Content-Length: 0x5\r\n", "Content-Length:\r\n", "Content-Length: 1 2\r\n",
        "Content-Length: 18446744073709551616\r\n", "Content-Length: 9223372036854775808\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"};
    char text[300];
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        snprintf(text, sizeof text, POST_A "%s\r\nabcde", headers[i]);
        check(text, REFUSED_400);
    }
    check(POST_A "Transfer-Encoding: gzip, chunked\r\n\r\n", "[refused 501]");
    check(POST_A "Transfer-Encoding: xchunked\r\n\r\n", "[refused 501]");
    check("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", REFUSED_400);
}

static void malformed_chunks_are_refused(void **state)
{
    (void)state;
    static const char *const chunks[] = {
        "\r\n", "x\r\n", "4\nwiki", "4 \r\nwiki", " 4\r\nwiki", "-1\r\n", "0x4\r\nwiki", ";a\r\n",
        "4\r\rwiki", "0000000000000001\r\na", "0\r\n\n", "0\r\na\nb\r\n\r\n", "0\r\nX: \x01\r\n\r\n",
        "1;a\x01\r\nb", "0\r\n\rx"};
    char text[300];
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        snprintf(text, sizeof text, POST_A "Transfer-Encoding: chunked\r\n\r\n%s", chunks[i]);
        check(text, "[POST /a @b.example:0 chunked keep][refused 400]");
    }
    check(POST_A "Transfer-Encoding: chunked\r\n\r\n1\r\nab",
          "[POST /a @b.example:0 chunked keep]a[refused 400]");
    check(POST_A "Transfer-Encoding: chunked\r\n\r\n1\r\na\n",
          "[POST /a @b.example:0 chunked keep]a[refused 400]");
}

static void add_many(struct buf *out, const char *what, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_c(out, what);
}

/* Once whole, once byte by byte: long inputs are not cut everywhere. */
static void check_long(struct buf *input, const char *want)
{
    struct run run;
    assert_int_equal(buf_status(input), OK);
    begin(&run);
    feed_copy(&run, buf_str(input));
    end(&run, want);
    begin(&run);
    for (size_t i = 0; i < input->len; i++)
        feed(&run, str_slice(buf_str(input), i, i + 1));
    end(&run, want);
    buf_finish(input);
}

static void target_of(size_t length, int refusal)
{
    struct buf input = BUF_INIT(1 << 20);
    buf_add_literal(&input, "HEAD /?");
    add_many(&input, "a", length - 2);
    buf_add_literal(&input, " HTTP/1.1\r\nHost: b\r\n\r\n");
    struct run run;
    begin(&run);
    feed_copy(&run, buf_str(&input));
    assert_int_equal(run.request.refusal, refusal);
    buf_clear(&run.seen);
    run.request.refusal = 0;
    end(&run, "");
    buf_finish(&input);
}

static void limits_of_the_head(void **state)
{
    (void)state;
    target_of(HTTP_TARGET_MAX, 0);
    target_of(HTTP_TARGET_MAX + 1, 414);
    struct buf input = BUF_INIT(1 << 20);
    add_many(&input, "a", HTTP_TARGET_MAX + 65); /* no end of line in sight */
    check_long(&input, "[refused 414]");

    buf_add_literal(&input, GET_A);
    add_many(&input, "a:\r\n", HTTP_HEADER_COUNT_MAX - 1);
    buf_add_literal(&input, "\r\n");
    check_long(&input, "[GET /a @b.example:0 keep][end]");
    buf_add_literal(&input, GET_A);
    add_many(&input, "a:\r\n", HTTP_HEADER_COUNT_MAX);
    buf_add_literal(&input, "\r\n");
    check_long(&input, "[refused 431]");

    size_t used = sizeof "Host: b.example\r\n" - 1 + sizeof "X:\r\n" - 1;
    buf_add_literal(&input, GET_A "X:");
    add_many(&input, "a", HTTP_HEADERS_MAX - used);
    buf_add_literal(&input, "\r\n\r\n");
    check_long(&input, "[GET /a @b.example:0 keep][end]");
    buf_add_literal(&input, GET_A "X:");
    add_many(&input, "a", HTTP_HEADERS_MAX - used + 1);
    buf_add_literal(&input, "\r\n\r\n");
    check_long(&input, "[refused 431]");
    buf_add_literal(&input, GET_A);
    add_many(&input, "X: million\r\n", 20000);
    check_long(&input, "[refused 431]");
}

static void limits_of_the_body(void **state)
{
    (void)state;
    struct buf input = BUF_INIT(1 << 20);
    buf_add_format(&input, POST_A "Content-Length: %d\r\n\r\n", BODY_MAX + 1);
    check_long(&input, STARTED_A "[refused 413]");
    buf_add_literal(&input, POST_A "Transfer-Encoding: chunked\r\n\r\n");
    buf_add_format(&input, "%x\r\n", BODY_MAX + 1);
    check_long(&input, "[POST /a @b.example:0 chunked keep][refused 413]");

    buf_add_literal(&input, POST_A "Transfer-Encoding: chunked\r\n\r\n");
    add_many(&input, "1;a\r\nb\r\n", HTTP_EXTENSIONS_MAX);
    buf_add_literal(&input, "1;");
    struct run run;
    begin(&run);
    feed(&run, buf_str(&input));
    assert_int_equal(run.request.refusal, 0);
    feed(&run, STR("x"));
    assert_int_equal(run.request.refusal, 400);
    buf_finish(&run.seen);
    http_request_finish(&run.request);
    buf_finish(&input);
}

static void headers_are_found_by_name(void **state)
{
    (void)state;
    struct run run;
    begin(&run);
    struct str piece, input = STR(GET_A "X-One:  two \r\nx-one: three\r\nEmpty:\r\n\r\n");
    assert_int_equal(http_request_next(&run.request, &input, &piece), HTTP_STARTED);
    assert_true(str_eq(http_request_header(&run.request, "x-ONE"), STR("two")));
    assert_true(str_eq(http_request_header(&run.request, "empty"), STR("")));
    assert_true(str_is_absent(http_request_header(&run.request, "x-on")));
    assert_true(str_is_absent(http_request_header(&run.request, "GET /a HTTP/1.1\r")));
    assert_false(http_request_is_idle(&run.request));
    assert_int_equal(http_request_next(&run.request, &input, &piece), HTTP_ENDED);
    http_request_again(&run.request);
    assert_true(http_request_is_idle(&run.request));
    end(&run, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_without_body),
        cmocka_unit_test(bodies_and_pipelining),
        cmocka_unit_test(malformed_heads_are_refused),
        cmocka_unit_test(malformed_paths_are_refused),
        cmocka_unit_test(ambiguous_framing_is_refused),
        cmocka_unit_test(malformed_chunks_are_refused),
        cmocka_unit_test(limits_of_the_head),
        cmocka_unit_test(limits_of_the_body),
        cmocka_unit_test(headers_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
